/** Documents without secrets: what they leave out, and what is put back when they are restored. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Document } from '../../schemas/state.ts'
import { tokens } from '../../schemas/tokens.ts'
import { users } from '../../schemas/users.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import { World } from '../../server/state/world.ts'
import { Worlds } from '../../server/worlds.ts'

const docs = loadFixtures('docs')
const options = { seed: 7, clock: '2026-11-21T10:00:00Z', stateless: false }
const TOKEN = 'ed17574386854bf78a67040be0a770b0'
const USER = '7c5dae5552338874e5053f2534d2767a'
const SECRET = /_sha256|[0-9a-f]{64}/

/** What would come of sending a document over the wire. */
const sent = (document: Document): Document => JSON.parse(JSON.stringify(document))
const dump = (world: World, secrets = false) => sent(Checkpoint.of(world).document({ secrets }))
const hashOf = (world: World, id = TOKEN) => world.store.table(tokens).get(id)?.value_sha256

/** Rows as they are whatever the order of their columns. */
const sorted = (world: World) => JSON.stringify(dump(world, true), (_, value) => byName(value))
const byName = (value: unknown) =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

test('A document has no secrets unless they are asked for', () => {
  const checkpoint = Checkpoint.of(World.from(docs, options))
  assert.doesNotMatch(JSON.stringify(checkpoint), SECRET)
  assert.doesNotMatch(JSON.stringify(checkpoint.document()), SECRET)
  const whole = checkpoint.document({ secrets: true })
  const rows = [...(whole.tables.tokens ?? []), ...(whole.tables.users ?? [])]
  assert.ok(rows.length > 50)
  for (const row of rows) assert.match(JSON.stringify(row), SECRET)
  // Nothing else is left out.
  const names = Object.entries(checkpoint.document().tables).map(([name, { length }]) => [name, length])
  assert.deepEqual(
    names,
    Object.entries(whole.tables).map(([name, { length }]) => [name, length]),
  )
})

test('A document without secrets is restored to where it came from with every one of them', () => {
  const worlds = new Worlds(docs, options)
  const made = { ...worlds.of().store.table(tokens).all()[0], id: 'f'.repeat(32), value_sha256: 'a'.repeat(64) }
  worlds
    .of()
    .store.table(tokens)
    .put(made as never)
  const before = sorted(worlds.of())
  const document = dump(worlds.of())
  worlds
    .of()
    .store.table(users)
    .put({ id: 'e'.repeat(32), email: 'new@example.com' } as never)
  worlds.restore('default', Checkpoint.read(document, worlds.originOf('default')))
  assert.equal(sorted(worlds.of()), before)
})

test('What was deleted since gets the secret back that it began with; what was made and is gone gets none', () => {
  const worlds = new Worlds(docs, options)
  const known = hashOf(worlds.of())
  const own = { ...worlds.of().store.table(tokens).get(TOKEN), id: 'f'.repeat(32), value_sha256: 'a'.repeat(64) }
  worlds
    .of()
    .store.table(tokens)
    .put(own as never)
  const document = dump(worlds.of())
  worlds.of().store.table(tokens).delete(TOKEN)
  worlds.of().store.table(tokens).delete(own.id)
  worlds.restore('default', Checkpoint.read(document, worlds.originOf('default')))
  assert.ok(known)
  assert.equal(hashOf(worlds.of()), known)
  assert.ok(worlds.of().store.table(tokens).get(own.id))
  assert.equal(hashOf(worlds.of(), own.id), undefined)
})

test('A token that was rolled in between keeps its newer value, and one of another owner gets none', () => {
  const worlds = new Worlds(docs, options)
  const document = dump(worlds.of())
  const table = worlds.of().store.table(tokens)
  table.put({ ...table.get(TOKEN), value_sha256: 'b'.repeat(64) } as never)
  const other = document.tables.tokens?.find((row) => row.id !== TOKEN && !JSON.stringify(row).includes(USER))
  Object.assign(other ?? {}, { owner_id: USER })
  worlds.restore('default', Checkpoint.read(document, worlds.originOf('default')))
  assert.equal(hashOf(worlds.of()), 'b'.repeat(64))
  assert.ok(other)
  assert.equal(hashOf(worlds.of(), other.id), undefined)
})

test('A document with secrets brings its own, whatever the world knows', () => {
  const worlds = new Worlds(docs, options)
  const document = dump(worlds.of(), true)
  const row = document.tables.tokens?.find(({ id }) => id === TOKEN)
  Object.assign(row ?? {}, { value_sha256: 'c'.repeat(64) })
  worlds.restore('default', Checkpoint.read(document, worlds.originOf('default')))
  assert.equal(hashOf(worlds.of()), 'c'.repeat(64))
  // Into a world with none of its rows, too.
  worlds.make('w1', { fixtures: 'empty' })
  worlds.restore('w1', Checkpoint.read(document, worlds.originOf('w1')))
  assert.equal(hashOf(worlds.of('w1')), 'c'.repeat(64))
  worlds.restore('w1', Checkpoint.read(dump(worlds.of()), worlds.originOf('w1')))
  worlds.make('w2', { fixtures: 'empty' })
  worlds.restore('w2', Checkpoint.read(dump(worlds.of()), worlds.originOf('w2')))
  assert.deepEqual([hashOf(worlds.of('w1')), hashOf(worlds.of('w2'))], ['c'.repeat(64), undefined])
})
