/** What comes with the server: presets, and what a failure says that only has a status. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PRESETS as NAMES } from '../../../schemas/control/faults.ts'
import { failure } from '../../../schemas/envelope.ts'
import type { Delay } from '../../../schemas/wire-faults.ts'
import { compile } from '../../../server/ajv.ts'
import { closed } from '../../../server/readings.ts'
import { itemFor } from '../../../server/state/faults/default-errors.ts'
import { delayOf } from '../../../server/state/faults/delays.ts'
import { PRESETS } from '../../../server/state/faults/presets.ts'
import { Random } from '../../../server/state/random.ts'
import { CREATE, faultsAlone, LIST, strikeOn } from './rules-in-a-world.ts'

test('Every preset that is documented is there, says what it does in one line, and can be added', () => {
  assert.deepEqual(Object.keys(PRESETS), [...NAMES])
  for (const [name, { description, rules }] of Object.entries(PRESETS)) {
    assert.match(description, /^[A-Z][^\n]*\.$/)
    const { faults } = faultsAlone(name)
    assert.equal(faults.list().length, rules.length)
    for (const rule of faults.list()) assert.ok(rule.name === name || rule.name?.startsWith(`${name}-`), rule.name)
  }
})

test('All presets can be there at once', () => {
  assert.ok(faultsAlone([...NAMES]).faults.list().length >= NAMES.length)
})

const struck: [preset: string, effect: object | undefined][] = [
  ['slow', { delay: { lognormal: { median: 800, sigma: 0.6 } } }],
  ['outage', { error: { status: 503 } }],
  [
    'rate-limited',
    {
      error: {
        status: 429,
        code: 971,
        message: 'Please wait and consider throttling your request speed',
        retry_after: 1,
      },
    },
  ],
  ['auth-outage', { error: { status: 403, code: 10000, message: 'Authentication error' } }],
  ['eventual', { stale: { ms: 2000 } }],
]

for (const [preset, effect] of struck) {
  test(`${preset} strikes each read with ${JSON.stringify(effect)}`, () => {
    const { faults } = faultsAlone(preset)
    for (let i = 0; i < 3; i += 1) assert.deepEqual(strikeOn(faults, LIST), { name: preset, effect })
  })
}

test('One request in five of a flaky service fails, in each of four ways as often as in the others', () => {
  const { faults } = faultsAlone('flaky', 3)
  const counts = new Map<string, number>()
  for (let i = 0; i < 20_000; i += 1) {
    const name = faults.strike(CREATE)?.name ?? 'none'
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  assert.deepEqual([...counts.keys()].sort(), ['flaky-500', 'flaky-502', 'flaky-503', 'flaky-reset', 'none'])
  for (const [name, count] of counts) {
    const expected = name === 'none' ? 16_000 : 1000
    assert.ok(Math.abs(count - expected) < 200, `${name}: ${count}`)
  }
})

const items: [status: number, code: number, message: string][] = [
  [400, 6008, 'Invalid request parameters'],
  [401, 1000, 'Invalid API Token'],
  [403, 9109, 'Unauthorized to access requested resource'],
  [404, 1003, 'Account not found'],
  [405, 7001, 'Method not available for that URI.'],
  [413, 10413, 'The request body is larger than 1048576 bytes'],
  [418, 10418, "I'm a Teapot"],
  [429, 971, 'Please wait and consider throttling your request speed'],
  [500, 10500, 'Internal Server Error'],
  [503, 10503, 'Service Unavailable'],
  [599, 10599, 'Error 599'],
]

for (const [status, code, message] of items) {
  test(`${status} by itself is code ${code}: ${message}`, () => {
    assert.deepEqual(itemFor({ status }), { code, message })
    assert.deepEqual(itemFor({ status, code: 1234 }), { code: 1234, message })
    assert.deepEqual(itemFor({ status, message: 'Mine', retry_after: 5 }), { code, message: 'Mine' })
  })
}

test('What a failure says by itself keeps the contract and needs no more words, whatever its status', () => {
  const check = compile(closed(failure('iam')))
  for (let status = 400; status < 600; status += 1) {
    const item = itemFor({ status })
    assert.equal(check({ result: null, success: false, errors: [item], messages: [] }), undefined, String(status))
    assert.doesNotMatch(item.message, /[{}]/)
  }
})

const draws = (delay: Delay, seed = 1) => {
  const chance = Random.of(seed, 'chance')
  return Array.from({ length: 4000 }, () => delayOf(delay, chance)).sort((a, b) => a - b)
}
const median = (values: number[]) => values[values.length / 2] as number

test('A fixed delay is what it is, and draws nothing', () => {
  const chance = Random.of(1, 'chance')
  const before = chance.state
  assert.equal(delayOf({ ms: 12.5 }, chance), 12.5)
  assert.equal(chance.state, before)
})

test('A uniform delay lies between its bounds, everywhere between them', () => {
  const values = draws({ uniform: [100, 300] })
  assert.ok((values[0] as number) >= 100 && (values[0] as number) < 105)
  assert.ok((values.at(-1) as number) <= 300 && (values.at(-1) as number) > 295)
  assert.ok(Math.abs(median(values) - 200) < 10)
  assert.equal(draws({ uniform: [5, 5] }).at(-1), 5)
})

test('A lognormal delay lies around its median, with a long tail, and never beyond an hour', () => {
  const values = draws({ lognormal: { median: 800, sigma: 0.6 } })
  assert.ok(Math.abs(median(values) - 800) < 40, String(median(values)))
  // The logarithm of the quotient has a deviation of 0.6.
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + Math.log(value / 800) ** 2, 0) / values.length)
  assert.ok(Math.abs(deviation - 0.6) < 0.03, String(deviation))
  assert.ok((values.at(-1) as number) > 3000)
  assert.equal(draws({ lognormal: { median: 3_600_000, sigma: 3 } }).at(-1), 3_600_000)
  assert.equal(draws({ lognormal: { median: 5, sigma: 0 } }).at(-1), 5)
})

test('The same seed gives the same delays', () => {
  const delay: Delay = { lognormal: { median: 800, sigma: 0.6 } }
  assert.deepEqual(draws(delay, 5), draws(delay, 5))
  assert.notDeepEqual(draws(delay, 5), draws(delay, 6))
})
