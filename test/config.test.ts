/** Options: where they come from, which one wins, and what is said about those that are wrong. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Config, OPTIONS, type OptionName } from '../schemas/config.ts'
import { CONFIG_FILE, ConfigError, parseOption, readConfig } from '../server/config.ts'

const DEFAULTS: Config = {
  port: 4010,
  host: '127.0.0.1',
  fixtures: 'docs',
  seed: 1,
  clock: 'real',
  stateless: false,
  auth: 'any',
  requests: 'lenient',
  contract: 'fail',
  log: 'info',
}

/** For each option three values that are not the default: for the file, the environment and the flag. */
const VALUES: { [Name in OptionName]: [file: Config[Name], env: Config[Name], flag: Config[Name]] } = {
  port: [1, 2, 0],
  host: ['a', 'b', 'c'],
  fixtures: ['empty', './b', './c'],
  seed: [-2147483648, 0, 2147483647],
  clock: ['2026-01-01', '2026-01-02T03:04:05Z', '2026-01-03T00:00:00+02:00'],
  stateless: [true, true, true],
  auth: ['off', 'off', 'off'],
  requests: ['strict', 'strict', 'strict'],
  contract: ['off', 'warn', 'off'],
  log: ['silent', 'json', 'debug'],
}

const TIME = 'must be "real" or an ISO 8601 time since 1970, such as 2026-11-21T10:00:00Z'

/** A folder with this config file, or with none. */
function folderWith(t: TestContext, text?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fauxflare-config-'))
  t.after(() => rmSync(folder, { recursive: true }))
  if (text !== undefined) writeFileSync(join(folder, CONFIG_FILE), text)
  return folder
}

const errorOf = (read: () => unknown): string => {
  let message = ''
  assert.throws(read, (error) => {
    assert.ok(error instanceof ConfigError)
    message = error.message
    return true
  })
  return message
}

test('Without a word, everything has its default', (t) => {
  assert.deepEqual(readConfig({}), DEFAULTS)
  assert.deepEqual(readConfig({ given: {}, env: {}, folder: folderWith(t) }), DEFAULTS)
  assert.deepEqual(readConfig({ folder: folderWith(t, '{}') }), DEFAULTS)
})

for (const name of Object.keys(VALUES) as OptionName[]) {
  test(`A flag is stronger than the environment, that than the file, that than the default: ${name}`, (t) => {
    const [file, env, flag] = VALUES[name]
    const variable = `FAUXFLARE_${name.toUpperCase()}`
    const folder = folderWith(t, JSON.stringify({ [name]: file }))
    const sources = { folder, env: { [variable]: String(env) }, given: { [name]: flag } }
    assert.deepEqual(readConfig({ folder }), { ...DEFAULTS, [name]: file })
    assert.deepEqual(readConfig({ folder, env: sources.env }), { ...DEFAULTS, [name]: env })
    assert.deepEqual(readConfig(sources), { ...DEFAULTS, [name]: flag })
    assert.deepEqual(readConfig({ ...sources, given: { [name]: undefined } }), { ...DEFAULTS, [name]: env })
    assert.deepEqual(readConfig({ ...sources, given: {}, env: { [variable]: '' } }), { ...DEFAULTS, [name]: file })
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

const bad: [name: OptionName, value: unknown, problem: string][] = [
  ['port', -1, 'must be >= 0, not -1'],
  ['port', 65536, 'must be <= 65535, not 65536'],
  ['port', 1.5, 'must be integer, not 1.5'],
  ['port', '4010', 'must be integer, not "4010"'],
  ['port', null, 'must be integer, not null'],
  ['port', true, 'must be integer, not true'],
  ['host', '', 'must NOT have fewer than 1 characters, not ""'],
  ['host', 1, 'must be string, not 1'],
  ['fixtures', '', 'must NOT have fewer than 1 characters, not ""'],
  ['fixtures', ['docs'], 'must be string, not ["docs"]'],
  ['seed', 2147483648, 'must be <= 2147483647, not 2147483648'],
  ['seed', -2147483649, 'must be >= -2147483648, not -2147483649'],
  ['seed', 'seven', 'must be integer, not "seven"'],
  ['clock', '', 'must NOT have fewer than 1 characters, not ""'],
  ['clock', 'noon', `${TIME}, not "noon"`],
  ['clock', '2026-13-01', `${TIME}, not "2026-13-01"`],
  ['clock', 0, 'must be string, not 0'],
  ['stateless', 'true', 'must be boolean, not "true"'],
  ['stateless', 1, 'must be boolean, not 1'],
  ['auth', 'enforce', 'must be one of off, any, not "enforce"'],
  ['auth', true, 'must be one of off, any, not true'],
  ['requests', 'Strict', 'must be one of lenient, strict, not "Strict"'],
  ['contract', '', 'must be one of off, warn, fail, not ""'],
  ['log', 'trace', 'must be one of silent, error, warn, info, debug, json, not "trace"'],
]

for (const [name, value, problem] of bad) {
  test(`Refuses ${JSON.stringify(value)} as ${name}, and says where it came from`, (t) => {
    const given = { [name]: value }
    const folder = folderWith(t, JSON.stringify(given))
    assert.equal(
      errorOf(() => readConfig({ given })),
      `Failed to start: --${name} ${problem}.`,
    )
    const inFile = `Failed to start: "${name}" in fauxflare.config.json ${problem}.`
    assert.equal(
      errorOf(() => readConfig({ folder })),
      inFile,
    )
  })
}

test('Every option has a bad value here', () => {
  assert.deepEqual([...new Set(bad.map(([name]) => name))].sort(), OPTIONS.map(({ name }) => name).sort())
})

test('A bad value of the environment is told by the name of its variable', () => {
  const rows: [variable: string, text: string, problem: string][] = [
    ['FAUXFLARE_PORT', '80a', 'must be integer, not "80a"'],
    ['FAUXFLARE_PORT', ' 80', 'must be integer, not " 80"'],
    ['FAUXFLARE_PORT', '1e3', 'must be integer, not "1e3"'],
    ['FAUXFLARE_STATELESS', 'maybe', 'must be boolean, not "maybe"'],
    ['FAUXFLARE_AUTH', 'none', 'must be one of off, any, not "none"'],
    ['FAUXFLARE_CLOCK', 'noon', `${TIME}, not "noon"`],
  ]
  for (const [variable, text, problem] of rows) {
    const message = errorOf(() => readConfig({ env: { [variable]: text } }))
    assert.equal(message, `Failed to start: ${variable} ${problem}.`)
  }
})

test('An option that there is not is refused with those that there are', (t) => {
  const names = OPTIONS.map(({ name }) => name).join(', ')
  for (const name of ['prot', 'PORT', 'constructor', '__proto__', '']) {
    const text = `{${JSON.stringify(name)}: 1}`
    const inFile = `Failed to start: there is no option "${name}" in fauxflare.config.json. The options are ${names}.`
    assert.equal(
      errorOf(() => readConfig({ folder: folderWith(t, text) })),
      inFile,
    )
    const message = `Failed to start: there is no option --${name}. The options are ${names}.`
    assert.equal(
      errorOf(() => readConfig({ given: JSON.parse(text) as object })),
      message,
    )
  }
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
  for (const [name, text, value] of texts) assert.equal(parseOption(name, text), value, `${name} ${text}`)
})

test('Every option is described once, with a flag, a variable and a default that it takes', () => {
  assert.deepEqual(
    OPTIONS.map(({ name, flag, env, default: value }) => [name, flag, env, value]),
    Object.entries(DEFAULTS).map(([name, value]) => [name, `--${name}`, `FAUXFLARE_${name.toUpperCase()}`, value]),
  )
  for (const { description } of OPTIONS) assert.match(description, /\.$/)
})
