/** `--faults`: a preset, or a file of rules; each world begins with them, and has them again after a reset. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { PRESETS } from '../schemas/control/faults.ts'
import { ConfigError } from '../server/config.ts'
import { loadFaults } from '../server/fault-file.ts'
import { resources } from '../server/resources/index.ts'
import { simulator } from './simulator.ts'

const OPERATIONS = resources.flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))
const RULE = { name: 'busy', match: { operation: 'accounts-list-accounts' }, effect: { error: { status: 503 } } }

function fileWith(t: TestContext, content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'fauxflare-faults-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'faults.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

for (const preset of PRESETS) {
  test(`Loads the preset ${preset}`, () => {
    const rules = loadFaults(preset, OPERATIONS)
    assert.ok(rules.length > 0)
    for (const rule of rules) assert.ok('effect' in rule || 'sequence' in rule)
  })
}

test('Loads a file with a rule, and one with rules and presets in their order', (t) => {
  assert.deepEqual(loadFaults(fileWith(t, RULE), OPERATIONS), [RULE])
  const rules = loadFaults(fileWith(t, [RULE, { preset: 'outage' }, { ...RULE, name: 'later' }]), OPERATIONS)
  assert.deepEqual(rules, [RULE, ...loadFaults('outage', OPERATIONS), { ...RULE, name: 'later' }])
  assert.deepEqual(loadFaults(fileWith(t, []), OPERATIONS), [])
})

test('A rule of a file has what it began with only: neither an id nor counts', (t) => {
  const [rule] = loadFaults(fileWith(t, RULE), OPERATIONS)
  assert.deepEqual(Object.keys(rule ?? {}).sort(), ['effect', 'match', 'name'])
})

const wrong: [what: string, content: unknown, problem: RegExp][] = [
  ['no JSON', '{\n"match": }', /^it is not JSON: /],
  [
    'an unknown operation',
    [RULE, { ...RULE, match: { operation: 'accounts-list' } }],
    /^\/1\/match\/operation .*"accounts-list-accounts"/,
  ],
  ['an unknown field', { ...RULE, wen: {} }, /^\/wen .*"?when"?/],
  ['no effect', { match: {} }, /effect/],
  ['an unknown preset', { preset: 'flacky' }, /^\/preset .*flaky/],
  ['a number', 7, /^it /],
]

for (const [what, content, problem] of wrong) {
  test(`Refuses a file with ${what}, and says where`, (t) => {
    const path = fileWith(t, content)
    assert.throws(
      () => loadFaults(path, OPERATIONS),
      (error) => {
        assert.ok(error instanceof ConfigError)
        const lead = `Failed to load the faults ${JSON.stringify(path)}: `
        assert.ok(error.message.startsWith(lead), error.message)
        assert.match(error.message.slice(lead.length), problem)
        assert.equal(error.message.split('\n').length, 1)
        return true
      },
    )
  })
}

test('Refuses a name that is neither a file nor a preset, and tells those that there are', () => {
  assert.throws(() => loadFaults('rate-limit', OPERATIONS), {
    name: 'ConfigError',
    message: `Failed to load the faults "rate-limit": there is no such file, and no such preset. Did you mean "rate-limited"? The presets are ${PRESETS.join(', ')}.`,
  })
  assert.throws(() => loadFaults(tmpdir(), OPERATIONS), /^ConfigError: Failed to load the faults .*EISDIR/)
})

test('Each world begins with them, and has them again after a reset', async (t) => {
  const { app, call, worlds } = await simulator(t, { faults: fileWith(t, { ...RULE, when: { times: 1 } }) })
  const list = async () => (await call('GET /accounts')).status
  assert.deepEqual([await list(), await list()], [503, 200])
  worlds.reset()
  assert.deepEqual([await list(), await list()], [503, 200])
  const sandboxed = await app.inject({ url: '/sandboxes/w1/accounts', headers: { 'x-auth-user-service-key': 'v1.0' } })
  assert.equal(sandboxed.statusCode, 503)
  worlds.of().faults.clear()
  worlds.reset()
  assert.equal(await list(), 503)
})
