/** `--watch`: what a change of the fixtures does, as a person sees it who reads the log. */
import assert from 'node:assert/strict'
import { on } from 'node:events'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Config } from '../schemas/config.ts'
import { ConfigError, readConfig } from '../server/config.ts'
import type { Fauxflare } from '../server/fauxflare.ts'
import { fauxflare } from '../server/index.ts'
import { logTo } from '../server/log.ts'
import { start } from '../server/start.ts'
import { make } from './keep/server.ts'
import { closeAfter } from './simulator.ts'

/** Fixtures with one account of this name. */
const cloud = (name: string) => JSON.stringify({ accounts: [{ name }] })

/** The names of the accounts of a world. */
function namesIn(world: Pick<Fauxflare, 'state'>): string[] {
  return (world.state().tables.accounts as unknown as { name: string }[]).map(({ name }) => name)
}

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'fauxflare-watch-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

interface Watching {
  cf: Fauxflare
  /** The next line of the log. */
  told(): Promise<string>
}

async function watching(t: TestContext, fixtures: string, options: Partial<Config> = {}): Promise<Watching> {
  const stream = new PassThrough({ encoding: 'utf8' })
  const lines = on(stream, 'data')
  const config = readConfig({ given: { port: 0, clock: '2026-11-21T10:00:00Z', fixtures, watch: true, ...options } })
  const cf = await start(config, logTo(stream, 'info'))
  closeAfter(t, cf)
  const told = async () => JSON.parse((await lines.next()).value[0]).msg as string
  return { cf, told }
}

const anew = (path: string) => `The fixtures "${path}" have changed: the worlds that began with them begin anew.`

test('A change of the file begins the world anew; a bad one changes nothing, until it is mended', async (t) => {
  const path = join(folder(t), 'cloud.json')
  writeFileSync(path, cloud('One'))
  const { cf, told } = await watching(t, path)
  cf.snapshot('before')
  assert.equal((await make(cf, 'Made')).status, 200)
  assert.deepEqual(namesIn(cf).sort(), ['Made', 'One'])

  writeFileSync(path, cloud('Two'))
  assert.equal(await told(), anew(path))
  assert.deepEqual(namesIn(cf), ['Two'])
  assert.deepEqual(cf.diff(), {})

  writeFileSync(path, '{"accounts": [\n  {"nmae": "Three"}\n]}')
  const refused = await told()
  assert.match(refused, /^The worlds stay as they are\. Failed to load the fixtures ".*cloud\.json:2:\d+ .*name/)
  assert.deepEqual(namesIn(cf), ['Two'])

  writeFileSync(path, cloud('Three'))
  assert.equal(await told(), anew(path))
  assert.deepEqual(namesIn(cf), ['Three'])
  // What was given a name is still there.
  cf.restore('before')
  assert.deepEqual(namesIn(cf), ['One'])
  cf.reset()
  assert.deepEqual(namesIn(cf), ['Three'])
})

test('A file that is deleted changes nothing; one that takes its place is read', async (t) => {
  const path = join(folder(t), 'cloud.json')
  writeFileSync(path, cloud('One'))
  const { cf, told } = await watching(t, path)

  rmSync(path)
  assert.match(await told(), /^The worlds stay as they are\. .*there is no such file/)
  assert.deepEqual(namesIn(cf), ['One'])
  writeFileSync(path, cloud('Two'))
  assert.equal(await told(), anew(path))
  assert.deepEqual(namesIn(cf), ['Two'])

  // As editors save: beside it, and then in its place. The file beside it is none of ours.
  for (const name of ['Three', 'Four']) {
    writeFileSync(`${path}~`, cloud(name))
    renameSync(`${path}~`, path)
    assert.equal(await told(), anew(path))
    assert.deepEqual(namesIn(cf), [name])
  }
})

test('Every file of a folder counts, and what is saved together is read once', async (t) => {
  const path = join(folder(t), 'fixtures')
  mkdirSync(path)
  writeFileSync(join(path, 'accounts.json'), JSON.stringify([{ name: 'One' }]))
  const { cf, told } = await watching(t, path)

  writeFileSync(join(path, 'notes.txt'), 'none of ours')
  writeFileSync(join(path, 'members.json'), JSON.stringify([{ account_id: 'Two', email: 'ada@example.com' }]))
  writeFileSync(join(path, 'accounts.json'), JSON.stringify([{ name: 'Two' }]))
  assert.equal(await told(), anew(path))
  assert.deepEqual(namesIn(cf), ['Two'])
  assert.equal(cf.state().tables.members?.length, 1)

  rmSync(path, { recursive: true })
  assert.match(await told(), /there is no such file/)
  mkdirSync(path)
  writeFileSync(join(path, 'accounts.json'), JSON.stringify([{ name: 'Three' }]))
  assert.equal(await told(), anew(path))
  assert.deepEqual(namesIn(cf), ['Three'])
})

test('Sandboxes that began with it begin anew, those with other fixtures stay as they are', async (t) => {
  const path = join(folder(t), 'cloud.json')
  writeFileSync(path, cloud('One'))
  const { cf, told } = await watching(t, path)
  const same = cf.sandbox('same')
  const seeded = cf.sandbox('seeded', { fixtures: path, seed: 7, clock: '2030-01-01T00:00:00Z' })
  const other = cf.sandbox('other', { fixtures: 'empty' })
  for (const world of [same, seeded, other]) world.snapshot('before')
  const kept = other.state()
  const { random } = seeded.state()

  writeFileSync(path, cloud('Two'))
  assert.equal(await told(), anew(path))
  assert.deepEqual([namesIn(same), namesIn(seeded)], [['Two'], ['Two']])
  assert.deepEqual(other.state(), kept)
  // They keep the options that they were made with.
  assert.equal(seeded.clock.now, '2030-01-01T00:00:00.000Z')
  assert.deepEqual(seeded.state().random, random)
  seeded.restore('before')
  assert.deepEqual(namesIn(seeded), ['One'])
  // And what is made from now on begins with the new ones.
  assert.deepEqual(namesIn(cf.sandbox('later')), ['Two'])
  assert.deepEqual(namesIn(cf.sandbox('again', { fixtures: path })), ['Two'])
})

test('In process it is an option as well, and close() ends it', { timeout: 10_000 }, async (t) => {
  const path = join(folder(t), 'cloud.json')
  writeFileSync(path, cloud('One'))
  const cf = await fauxflare({ fixtures: path, watch: true })
  const isWatching = () => process.getActiveResourcesInfo().includes('FSEventWrap')
  assert.ok(isWatching())
  await cf.close()
  while (isWatching()) await setImmediate()
})

for (const fixtures of ['docs', 'empty', 'demo']) {
  test(`Nothing of the fixtures ${fixtures} can change: they are refused`, async () => {
    await assert.rejects(fauxflare({ fixtures, watch: true }), (error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(
        error.message,
        /^Failed to start: --watch waits .* Name a file or folder of your own with --fixtures\.$/,
      )
      return true
    })
  })
}
