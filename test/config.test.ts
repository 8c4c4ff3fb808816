/** Options: where they come from, and which one wins. */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Config, EXEC_OPTIONS, OPTIONS, type Option, type OptionName } from '../schemas/config.ts'
import { CONFIG_FILE, hostsOf, parseOption, readConfig } from '../server/config.ts'
import { errorOf, folderWith } from './config-folder.ts'

const DEFAULTS: Config = {
  port: 4010,
  host: '127.0.0.1',
  fixtures: 'docs',
  watch: false,
  seed: 1,
  clock: 'real',
  data: '',
  dataSync: 'full',
  stateless: false,
  auth: 'any',
  trustProxy: false,
  requests: 'lenient',
  contract: 'fail',
  faults: '',
  rateLimit: 'off',
  journal: 1000,
  quirks: '',
  controlToken: '',
  allowedHosts: '',
  maxSandboxes: 1000,
  failOnViolations: false,
  cors: false,
  log: 'info',
}

/** Flag and variable of each option, written out. */
const NAMES: { [Name in OptionName]: [flag: string, env: string] } = {
  port: ['--port', 'FAUXFLARE_PORT'],
  host: ['--host', 'FAUXFLARE_HOST'],
  fixtures: ['--fixtures', 'FAUXFLARE_FIXTURES'],
  watch: ['--watch', 'FAUXFLARE_WATCH'],
  seed: ['--seed', 'FAUXFLARE_SEED'],
  clock: ['--clock', 'FAUXFLARE_CLOCK'],
  data: ['--data', 'FAUXFLARE_DATA'],
  dataSync: ['--data-sync', 'FAUXFLARE_DATA_SYNC'],
  stateless: ['--stateless', 'FAUXFLARE_STATELESS'],
  auth: ['--auth', 'FAUXFLARE_AUTH'],
  trustProxy: ['--trust-proxy', 'FAUXFLARE_TRUST_PROXY'],
  requests: ['--requests', 'FAUXFLARE_REQUESTS'],
  contract: ['--contract', 'FAUXFLARE_CONTRACT'],
  faults: ['--faults', 'FAUXFLARE_FAULTS'],
  rateLimit: ['--rate-limit', 'FAUXFLARE_RATE_LIMIT'],
  journal: ['--journal', 'FAUXFLARE_JOURNAL'],
  quirks: ['--quirks', 'FAUXFLARE_QUIRKS'],
  controlToken: ['--control-token', 'FAUXFLARE_CONTROL_TOKEN'],
  allowedHosts: ['--allowed-hosts', 'FAUXFLARE_ALLOWED_HOSTS'],
  maxSandboxes: ['--max-sandboxes', 'FAUXFLARE_MAX_SANDBOXES'],
  failOnViolations: ['--fail-on-violations', 'FAUXFLARE_FAIL_ON_VIOLATIONS'],
  cors: ['--cors', 'FAUXFLARE_CORS'],
  log: ['--log', 'FAUXFLARE_LOG'],
}

/** For each option three values that are not the default: for the file, the environment and the flag. */
const VALUES: { [Name in OptionName]: [file: Config[Name], env: Config[Name], flag: Config[Name]] } = {
  port: [1, 2, 0],
  host: ['a', 'b', 'c'],
  fixtures: ['empty', './b', './c'],
  watch: [true, true, true],
  seed: [-2147483648, 0, 2147483647],
  clock: ['2026-01-01', '2026-01-02T03:04:05Z', '2026-01-03T00:00:00+02:00'],
  data: ['a.json', './b/', '/c.json'],
  // The one in the middle is its default, which is stronger than what stands in the file all the same.
  dataSync: ['relaxed', 'full', 'relaxed'],
  stateless: [true, true, true],
  auth: ['off', 'enforce', 'off'],
  trustProxy: [true, true, true],
  requests: ['strict', 'strict', 'strict'],
  contract: ['off', 'warn', 'off'],
  faults: ['flaky', './b.json', 'slow'],
  rateLimit: ['1/1s', '1200/300s', '5/2h'],
  journal: [0, 1, 1_000_000],
  quirks: ['members-need-key', 'tokens-reordered', 'members-need-key, tokens-reordered'],
  controlToken: ['a', 'b', '!~"'],
  allowedHosts: ['a', 'b.example', 'c.example, D_1.example'],
  maxSandboxes: [0, 1, 2],
  failOnViolations: [true, true, true],
  cors: [true, true, true],
  log: ['silent', 'json', 'debug'],
}

/** What an option needs beside it. */
const BESIDE: Partial<Record<OptionName, Partial<Config>>> = { dataSync: { data: 'a.json' } }

test('Without a word, everything has its default', (t) => {
  assert.deepEqual(readConfig({}), DEFAULTS)
  assert.deepEqual(readConfig({ given: {}, env: {}, folder: folderWith(t) }), DEFAULTS)
  assert.deepEqual(readConfig({ folder: folderWith(t, '{}') }), DEFAULTS)
})

for (const name of Object.keys(VALUES) as OptionName[]) {
  test(`A flag is stronger than the environment, that than the file, that than the default: ${name}`, (t) => {
    const [file, env, flag] = VALUES[name]
    const [, variable] = NAMES[name]
    const others = { ...DEFAULTS, ...BESIDE[name] }
    const folder = folderWith(t, JSON.stringify({ ...BESIDE[name], [name]: file }))
    const sources = { folder, env: { [variable]: String(env) }, given: { [name]: flag } }
    assert.deepEqual(readConfig({ folder }), { ...others, [name]: file })
    assert.deepEqual(readConfig({ folder, env: sources.env }), { ...others, [name]: env })
    assert.deepEqual(readConfig(sources), { ...others, [name]: flag })
    assert.deepEqual(readConfig({ ...sources, given: { [name]: undefined } }), { ...others, [name]: env })
    assert.deepEqual(readConfig({ ...sources, given: {}, env: { [variable]: '' } }), { ...others, [name]: file })
  })
}

test('A weaker source is checked even where a stronger one wins', (t) => {
  const folder = folderWith(t, '{"port": "many"}')
  assert.match(
    errorOf(() => readConfig({ folder, given: { port: 1 } })),
    /"port" in fauxflare\.config\.json/,
  )
  assert.match(
    errorOf(() => readConfig({ env: { FAUXFLARE_PORT: 'x' }, given: { port: 1 } })),
    /FAUXFLARE_PORT/,
  )
})

test('Variables of the environment that are nobody’s option are left alone', () => {
  assert.deepEqual(readConfig({ env: { FAUXFLARE_PROT: '1', PORT: '2', fauxflare_port: '3' } }), DEFAULTS)
})

for (const text of ['', '{', 'port = 1', '[]', '[{"port": 1}]', 'null', '"port"', '4010']) {
  test(`Refuses a config file that is no object of options: ${JSON.stringify(text)}`, (t) => {
    const folder = folderWith(t, text)
    const message = errorOf(() => readConfig({ folder }))
    assert.ok(message.startsWith(`Failed to read ${folder}/${CONFIG_FILE}: `), message)
    assert.match(message, /must be a JSON object of options\.$/i)
  })
}

test('A config file that cannot be read is told, not passed over', (t) => {
  const folder = folderWith(t)
  mkdirSync(join(folder, CONFIG_FILE))
  assert.match(
    errorOf(() => readConfig({ folder })),
    /^Failed to read .*fauxflare\.config\.json: EISDIR/,
  )
})

test('Every message is one line, whatever stands in the file', (t) => {
  for (const text of [
    'port: 1\nhost: here\n',
    '{\n  "port": 1,\n}\n',
    '{"x\\ny": 1}',
    '{"clock": "a\\nb"}',
    '{"log": "a\\nb"}',
  ]) {
    const message = errorOf(() => readConfig({ folder: folderWith(t, text) }))
    assert.equal(message.split('\n').length, 1, message)
  }
})

const option = (name: OptionName) => OPTIONS.find((candidate) => candidate.name === name) as Option

const texts: [name: OptionName, text: string, value: unknown][] = [
  ['port', '4010', 4010],
  ['port', '007', 7],
  ['seed', '-5', -5],
  ['port', '', ''],
  ['port', '4.5', '4.5'],
  ['host', '127', '127'],
  ['fixtures', 'true', 'true'],
  ...['true', 'TRUE', '1', 'on', 'Yes'].map((text): [OptionName, string, boolean] => ['stateless', text, true]),
  ...['false', 'False', '0', 'OFF', 'no', ''].map((text): [OptionName, string, boolean] => ['stateless', text, false]),
  ['stateless', 'maybe', 'maybe'],
  ['auth', 'off', 'off'],
  ['log', '1', '1'],
]

test('A text from a shell becomes the value that its option has', () => {
  for (const [name, text, value] of texts) assert.equal(parseOption(option(name), text), value, `${name} ${text}`)
})

test('Every option is described once, with a flag, a variable and a default that it takes', () => {
  assert.deepEqual(
    OPTIONS.map(({ name, flag, env, default: value }) => [name, flag, env, value]),
    Object.entries(DEFAULTS).map(([name, value]) => [name, ...NAMES[name as OptionName], value]),
  )
  for (const { description } of OPTIONS) assert.match(description, /\.$/)
})

test('A number may have decimals where it need not be whole', () => {
  const minCoverage = EXEC_OPTIONS.find(({ name }) => name === 'minCoverage') as Option
  assert.deepEqual(
    ['80', '99.5', '-1', '1e2', '.5', '80%'].map((text) => parseOption(minCoverage, text)),
    [80, 99.5, -1, '1e2', '.5', '80%'],
  )
})

test('A list of hosts is read without regard to case and spaces', () => {
  assert.deepEqual(hostsOf(''), [])
  assert.deepEqual(hostsOf(' Mock.Example.com, ci ,,'), ['mock.example.com', 'ci'])
})
