/** `fauxflare seed`: what it writes and where, what it adds to a server, and what it says. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { seed } from '../../server/cli/seed.ts'
import { summaryOf } from '../../server/cli/summary.ts'
import { writeDocument } from '../../server/cli/writing.ts'
import { emptyWorld, fixturesOf } from '../../server/fixtures/begin.ts'
import { fauxflare } from '../../server/index.ts'
import { loadGenerator, seedAtOnce } from '../../server/seeding.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import { World } from '../../server/state/world.ts'
import { closeAfter } from '../simulator.ts'
import { folder, run } from './command.ts'

const options = { seed: 42, clock: 'real', stateless: false }

/** The world that a server begins with, but for the time. */
async function begun(fixtures: string): Promise<string> {
  const world = World.from(await fixturesOf(fixtures, options), options)
  const { clock, ...document } = Checkpoint.of(world).document({ secrets: true })
  return JSON.stringify({ ...document, mode: clock.mode })
}

test('a file is the world that --fixtures demo begins with', async (t) => {
  const cwd = folder(t, { 'demo.json': 'something else' })
  const { code, stdout, stderr } = await run(t, ['seed', '--seed', '42', '--out', 'demo.json'], { cwd })
  assert.deepEqual([code, stdout], [0, ''], stderr)
  assert.match(stderr, /^ {2}users +\d+$[\s\S]*^ {2}in all +[\d,]+$/m)
  assert.match(stderr, / seed 42, call 1, until 2026-11-01T00:00:00Z, in \d+\.\d s\n/)
  assert.match(stderr, / written to demo\.json: fauxflare --fixtures demo\.json\n$/)
  assert.deepEqual(readdirSync(cwd), ['demo.json'])
  assert.equal(await begun(join(cwd, 'demo.json')), await begun('demo'))
  // Nothing in it tells where and when it was made.
  assert.equal(JSON.parse(readFileSync(join(cwd, 'demo.json'), 'utf8')).clock.now, '2026-11-01T00:00:00.000Z')
})

test('a folder has a file for each collection, and is the same world', async (t) => {
  await loadGenerator()
  const world = emptyWorld(options)
  seedAtOnce(world, {})
  const path = folder(t, { 'deleted_accounts.json': '[{"id":"0123456789abcdef0123456789abcdef"}]' })
  let rows = 0
  const where = await writeDocument(Checkpoint.of(world).document({ secrets: true }), path, (count) => {
    rows = count
  })
  assert.match(where, /^written to .*: fauxflare --fixtures /)
  assert.ok(rows >= world.rows)
  const files = readdirSync(path)
  for (const file of ['world.json', 'aliases.json', 'accounts.json', 'members.json', 'users.json']) {
    assert.ok(files.includes(file), file)
  }
  assert.ok(!files.some((file) => file.startsWith('.') || file === 'deleted_organizations.json'), files.join())
  assert.equal(await begun(path), await begun('demo'))
})

test('a server is given more, in the world that is meant', async (t) => {
  const cf = await fauxflare({ fixtures: 'empty', controlToken: 's3cret' })
  closeAfter(t, cf)
  const args = ['seed', '--url', cf.baseURL, '--sandbox', 'w1', '--accounts', '2', '--members-per-account=3']
  const counts = ['--tokens-per-account', '0', '--audit-days', '0', '--until', '2025-01-01']
  const env = { FAUXFLARE_CONTROL_TOKEN: 's3cret' }
  const { code, stdout, stderr } = await run(t, [...args, ...counts], { env })
  assert.deepEqual([code, stdout], [0, ''], stderr)
  assert.match(stderr, /^ {2}members +6$/m)
  assert.match(stderr, / seed 1, call 1, until 2025-01-01T00:00:00Z, /)
  assert.match(stderr, / added to the sandbox w1 of http:.*\n$/)
  const { accounts = [], members = [] } = cf.sandbox('w1').state().tables
  assert.deepEqual([accounts.length, members.length], [2, 6])
  assert.equal(cf.state().tables.accounts?.length, 0)
})

describe('a command that is wrong is refused before anything is made', () => {
  const wrong: [args: string[], message: RegExp][] = [
    [['--size', 'larg'], /^Failed to seed: --size must be one of small, medium, large, not "larg"\.$/],
    [['--accounts=-1'], /^Failed to seed: --accounts must be >= 0, not -1\.$/],
    [['--members-per-account', '1000001'], /^Failed to seed: --members-per-account must be <= 1000000/],
    [
      ['--acounts', '1'],
      /^Failed to seed: Unknown option '--acounts'\. Did you mean "--accounts"\? See fauxflare seed --help\.$/,
    ],
    [['--until', '2026-02-30'], /^Failed to seed: --until must be an ISO 8601 time/],
    [['--until', '1999-12-31'], /^Failed to seed: --until must be an ISO 8601 time since 2000, .* not "1999-12-31"\.$/],
    [['demo.json'], /^Failed to seed: "demo\.json" is no option\. A file is named with --out/],
    [
      ['--out', 'a', '--url', 'b'],
      /^Failed to seed: --out writes a file, and --url adds to a server\. Leave one of them out\.$/,
    ],
    [['--sandbox', 'w1'], /^Failed to seed: --sandbox is a world of a server\. Say with --url where that is\.$/],
    [['--url', 'localhost'], /--url must be such as http:\/\/127\.0\.0\.1:4010, not "localhost"/],
  ]
  for (const [args, message] of wrong) {
    test(args.join(' '), () => assert.rejects(seed(args), { name: 'ConfigError', message }))
  }
})

test('where nothing can be written, what is there stays', async (t) => {
  const path = folder(t, { file: 'kept' })
  const document = Checkpoint.of(emptyWorld(options)).document()
  await assert.rejects(
    writeDocument(document, join(path, 'file/x.json'), () => {}),
    { code: 'ENOTDIR' },
  )
  const broken = { ...document, tables: { users: [{ id: 'x', toJSON: () => assert.fail('stop') }] } }
  await assert.rejects(
    writeDocument(broken, join(path, 'file'), () => {}),
    /stop/,
  )
  assert.deepEqual(readdirSync(path), ['file'])
  assert.equal(readFileSync(join(path, 'file'), 'utf8'), 'kept')
  writeFileSync(join(path, 'empty'), '')
  await writeDocument(document, join(path, 'empty'), () => {})
  assert.equal(JSON.parse(readFileSync(join(path, 'empty'), 'utf8')).version, document.version)
})

test('the summary is a table, whose numbers stand below each other', () => {
  const seeded = { seed: 1, call: 2, until: '2026-11-01T00:00:00Z', added: { users: 1_234_567, audit_logs: 89 } }
  assert.equal(
    stripVTControlCharacters(summaryOf(seeded, 'written to a.json', 1234)),
    [
      '  users       1,234,567',
      '  audit logs         89',
      '  in all      1,234,656',
      '  seed 1, call 2, until 2026-11-01T00:00:00Z, in 1.2 s',
      '  written to a.json',
      '',
    ].join('\n'),
  )
})
