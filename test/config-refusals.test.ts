/** Options that are wrong: what is said, and where they came from. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Config, OPTIONS, type OptionName } from '../schemas/config.ts'
import { QUIRK_NAMES } from '../schemas/quirks.ts'
import { readConfig } from '../server/config.ts'
import { errorOf, folderWith } from './config-folder.ts'

const TIME = 'must be "real" or an ISO 8601 time since 1970, such as 2026-11-21T10:00:00Z'
const LIMIT = 'must be "off" or a number of requests in a time, such as 1200/300s, 20/1m or 5000/1h'
const HOSTS = 'must be host names without a port, separated by commas, such as mock.example.com,ci.example.com'

const QUIRKS = 'must be names of quirks, separated by commas'
const NO_QUIRK = 'there is no quirk'
const QUIRKS_ARE = `There are ${QUIRK_NAMES.map((name) => `"${name}"`).join(', ')}`

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
  ['watch', 'true', 'must be boolean, not "true"'],
  ['seed', 2147483648, 'must be <= 2147483647, not 2147483648'],
  ['seed', -2147483649, 'must be >= -2147483648, not -2147483649'],
  ['seed', 'seven', 'must be integer, not "seven"'],
  ['clock', '', 'must NOT have fewer than 1 characters, not ""'],
  ['clock', 'noon', `${TIME}, not "noon"`],
  ['clock', '2026-13-01', `${TIME}, not "2026-13-01"`],
  ['clock', 0, 'must be string, not 0'],
  ['data', true, 'must be string, not true'],
  ['dataSync', 'none', 'must be one of full, relaxed, not "none"'],
  ['stateless', 'true', 'must be boolean, not "true"'],
  ['stateless', 1, 'must be boolean, not 1'],
  ['auth', 'enforced', 'must be one of off, any, enforce, not "enforced"'],
  ['auth', true, 'must be one of off, any, enforce, not true'],
  ['trustProxy', 'true', 'must be boolean, not "true"'],
  ['requests', 'Strict', 'must be one of lenient, strict, not "Strict"'],
  ['contract', '', 'must be one of off, warn, fail, not ""'],
  ['faults', 1, 'must be string, not 1'],
  ['faults', [{}], 'must be string, not [{}]'],
  ['rateLimit', '', 'must NOT have fewer than 1 characters, not ""'],
  ['rateLimit', 'on', `${LIMIT}, not "on"`],
  ['rateLimit', '10', `${LIMIT}, not "10"`],
  ['rateLimit', '10/0s', `${LIMIT}, not "10/0s"`],
  ['rateLimit', '-1/1s', `${LIMIT}, not "-1/1s"`],
  ['rateLimit', '10/1.5s', `${LIMIT}, not "10/1.5s"`],
  ['rateLimit', '10/1d', `${LIMIT}, not "10/1d"`],
  ['rateLimit', '1e3/1s', `${LIMIT}, not "1e3/1s"`],
  ['rateLimit', 10, 'must be string, not 10'],
  ['journal', -1, 'must be >= 0, not -1'],
  ['journal', 1_000_001, 'must be <= 1000000, not 1000001'],
  ['journal', 'all', 'must be integer, not "all"'],
  [
    'quirks',
    'members-need-keys',
    `${QUIRKS}, not "members-need-keys": ${NO_QUIRK} "members-need-keys". Did you mean "members-need-key"? ${QUIRKS_ARE}`,
  ],
  ['quirks', 'tokens-reordered,all', `${QUIRKS}, not "tokens-reordered,all": ${NO_QUIRK} "all". ${QUIRKS_ARE}`],
  ['quirks', true, 'must be string, not true'],
  ['allowedHosts', 'a,http://b', `${HOSTS}, not "a,http://b"`],
  ['allowedHosts', 'a:4010', `${HOSTS}, not "a:4010"`],
  ['allowedHosts', '*', `${HOSTS}, not "*"`],
  ['maxSandboxes', -1, 'must be >= 0, not -1'],
  ['failOnViolations', 'true', 'must be boolean, not "true"'],
  ['cors', '*', 'must be boolean, not "*"'],
  // A secret is not told, however wrong it is.
  ['controlToken', 'two words', 'must be of printable ASCII characters without spaces'],
  ['controlToken', 'gehe\u00efm', 'must be of printable ASCII characters without spaces'],
  ['controlToken', 12345, 'must be string'],
  ['log', 'trace', 'must be one of silent, error, warn, info, debug, json, not "trace"'],
]

const flagOf = (name: OptionName) => OPTIONS.find((option) => option.name === name)?.flag

for (const [name, value, problem] of bad) {
  test(`Refuses ${JSON.stringify(value)} as ${name}, and says where it came from`, (t) => {
    const given = { [name]: value }
    const folder = folderWith(t, JSON.stringify(given))
    assert.equal(
      errorOf(() => readConfig({ given })),
      `Failed to start: ${flagOf(name)} ${problem}.`,
    )
    const inFile = `Failed to start: "${name}" in fauxflare.config.json ${problem}.`
    assert.equal(
      errorOf(() => readConfig({ folder })),
      inFile,
    )
  })
}

test('Options that make no sense together are refused', () => {
  const rows: [given: Partial<Config>, problem: string][] = [
    [
      { data: 'a.json', stateless: true },
      '--data keeps what requests change, and --stateless forgets it. Leave one of them out.',
    ],
    [{ dataSync: 'relaxed' }, '--data-sync says how a file is written, and there is none. Name one with --data.'],
    [
      { data: 'a.json', fixtures: './b.json', watch: true },
      '--watch begins anew with the fixtures, and --data goes on with what its file holds. Leave one of them out.',
    ],
  ]
  for (const [given, problem] of rows) {
    assert.equal(
      errorOf(() => readConfig({ given })),
      `Failed to start: ${problem}`,
    )
  }
})

test('Every option has a bad value here', () => {
  assert.deepEqual([...new Set(bad.map(([name]) => name))].sort(), OPTIONS.map(({ name }) => name).sort())
})

test('A bad value of the environment is told by the name of its variable', () => {
  const rows: [variable: string, text: string, problem: string][] = [
    ['FAUXFLARE_PORT', '80a', 'must be integer, not "80a"'],
    ['FAUXFLARE_PORT', ' 80', 'must be integer, not " 80"'],
    ['FAUXFLARE_PORT', '1e3', 'must be integer, not "1e3"'],
    ['FAUXFLARE_STATELESS', 'maybe', 'must be boolean, not "maybe"'],
    ['FAUXFLARE_AUTH', 'none', 'must be one of off, any, enforce, not "none"'],
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

test('The secret of a config file that is broken is not told', (t) => {
  for (const text of ['{"controlToken":"s3cret",}', '{"port":1,"controlToken": s3cret}', '{"controlToken":"s3cret']) {
    const message = errorOf(() => readConfig({ folder: folderWith(t, text) }))
    assert.doesNotMatch(message, /cret/)
    assert.match(message, /It must be a JSON object of options\.$/)
  }
})
