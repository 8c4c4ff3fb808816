/** A document of `GET /state` as fixtures: a server then begins where another one was. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { zones } from '../../schemas/accounts.ts'
import type { Document } from '../../schemas/state.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import { World } from '../../server/state/world.ts'

const options = { seed: 7, clock: '2026-11-21T10:00:00Z', stateless: false }
const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'
const ZONE = { id: 'f'.repeat(32), name: 'new.example', account_id: ACCOUNT }

/** Where a file with this content lies until the test ends. */
function file(t: TestContext, content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'fauxflare-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'state.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

function used(): World {
  const world = World.from(loadFixtures('docs'), options)
  world.store.table(zones).put(ZONE)
  world.ids.id()
  return world
}

const json = (world: World) => JSON.stringify(Checkpoint.of(world))

test('A document as fixtures gives the same world: rows, words, clock, and the ids that come next', (t) => {
  const world = used()
  const path = file(t, Checkpoint.of(world))
  // Else the first id would come up a second time, and take the place of the row that has it.
  for (const seed of [7, 1]) {
    const again = World.from(loadFixtures(path), { ...options, clock: 'real', seed })
    assert.equal(json(again), json(world))
    assert.equal(again.ids.id(), world.fork().ids.id())
  }
})

test('A clock that was told to stand still goes before that of the document', (t) => {
  const path = file(t, Checkpoint.of(used()))
  const { clock } = World.from(loadFixtures(path), { ...options, clock: '2030-01-01' })
  assert.deepEqual(clock.setting(), { mode: 'frozen', now: '2030-01-01T00:00:00.000Z' })
})

const bad: [what: string, change: (document: Document) => unknown, message: RegExp][] = [
  ['another version', (document) => ({ ...document, version: 9 }), /\/version is 9; this release reads 1 to 2\./],
  [
    'a bad row',
    (document) => ({ ...document, tables: { ...document.tables, zones: [{}] } }),
    /\/tables\/zones\/0\/name is required\./,
  ],
  ['a collection beside them', (document) => ({ ...document, zones: [] }), /\/zones is not allowed here\./],
]

for (const [what, change, message] of bad) {
  test(`A document with ${what} is refused, with what to do`, (t) => {
    const path = file(t, change(Checkpoint.of(used()).toJSON()))
    assert.throws(
      () => loadFixtures(path),
      (error) => {
        const { name, message: text } = error as Error
        assert.equal(name, 'ConfigError')
        assert.ok(text.startsWith(`Failed to load the fixtures "${path}": ${path}:1:`), text)
        assert.match(text, message)
        assert.ok(text.endsWith(` To see all that is wrong: fauxflare check ${path}`), text)
        return true
      },
    )
  })
}

test('Bare collections in a file begin at the clock and the seed of the options', (t) => {
  const { tables } = Checkpoint.of(used()).toJSON()
  const world = World.from(loadFixtures(file(t, tables)), options)
  assert.deepEqual(world.store.table(zones).get(ZONE.id), ZONE)
  assert.deepEqual(world.clock.setting(), { mode: 'frozen', now: '2026-11-21T10:00:00.000Z' })
  assert.equal(world.ids.state, World.from(loadFixtures('docs'), options).ids.state)
})
