/** What rules may be written as, and what they are kept as. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsAlone, kept } from './rules-in-a-world.ts'

const effects: [given: unknown, kept: unknown][] = [
  // Abbreviations.
  [{ error: 503 }, { error: { status: 503 } }],
  [{ delay: 250 }, { delay: { ms: 250 } }],
  [{ spoil: { remove: '/result' } }, { spoil: [{ remove: '/result' }] }],
  ['hang', { connection: 'hang' }],
  ['duplicate', { duplicate: true }],
  // WireMock.
  ['CONNECTION_RESET_BY_PEER', { connection: 'reset' }],
  [{ fault: 'EMPTY_RESPONSE' }, { connection: 'close' }],
  [{ connection: 'MALFORMED_RESPONSE_CHUNK' }, { connection: 'garbage' }],
  [
    { fault: 'RANDOM_DATA_THEN_CLOSE', delay: 5 },
    { connection: 'noise', delay: { ms: 5 } },
  ],
  // Toxiproxy.
  [{ latency: { latency: 100 } }, { delay: { ms: 100 } }],
  [{ latency: { latency: 100, jitter: 30 } }, { delay: { uniform: [70, 130] } }],
  [{ latency: { latency: 10, jitter: 30 } }, { delay: { uniform: [0, 40] } }],
  [{ latency: { latency: 3_600_000, jitter: 1 } }, { delay: { uniform: [3_599_999, 3_600_000] } }],
  [{ latency: {} }, { delay: { ms: 0 } }],
  [{ bandwidth: { rate: 64 } }, { connection: { drip: { bytes_per_s: 64_000 } } }],
  [{ slow_close: { delay: 300 } }, { connection: { slow_close: { ms: 300 } } }],
  [{ timeout: { timeout: 0 } }, { connection: 'hang' }],
  [{ timeout: { timeout: 200 } }, { connection: { hang: { ms: 200 } } }],
  [{ reset_peer: {} }, { connection: 'reset' }],
  [{ reset_peer: { timeout: 40 } }, { delay: { ms: 40 }, connection: 'reset' }],
  // 100 bytes every 10 ms.
  [
    { slicer: { average_size: 100, size_variation: 5, delay: 10_000 } },
    { connection: { drip: { bytes_per_s: 10_000, slice_bytes: 100, slice_variation: 5 } } },
  ],
  [{ slicer: { average_size: 2 } }, { connection: { drip: { bytes_per_s: 2_000_000, slice_bytes: 2 } } }],
  [{ limit_data: { bytes: 7 } }, { connection: { truncate: { bytes: 7 } } }],
  [
    { latency: { latency: 5 }, limit_data: {} },
    { delay: { ms: 5 }, connection: { truncate: { bytes: 0 } } },
  ],
  [{ type: 'timeout', stream: 'downstream', attributes: { timeout: 9 } }, { connection: { hang: { ms: 9 } } }],
  [{ type: 'reset_peer' }, { connection: 'reset' }],
]

for (const [given, effect] of effects) {
  test(`The effect ${JSON.stringify(given)} is kept as ${JSON.stringify(effect)}`, () => {
    assert.deepEqual(kept({ effect: given }).effect, effect)
    assert.deepEqual(kept({ sequence: [null, given] }).sequence, [null, effect])
  })
}

test('The toxicity of a toxic is the probability of the rule, beside what the rule says itself', () => {
  const effect = { type: 'latency', toxicity: 0.25, attributes: { latency: 100 } }
  assert.deepEqual(kept({ effect, when: { times: 2 } }).when, { times: 2, probability: 0.25 })
  assert.deepEqual(kept({ effect }).when, { probability: 0.25 })
})

test('A list may hold rules and presets, by name or as an object', () => {
  const { faults } = faultsAlone(['slow', { preset: 'outage' }, { name: 'mine', effect: 'reset' }])
  assert.deepEqual(
    faults.list().map(({ id, name }) => [id, name]),
    [
      ['fault-1', 'slow'],
      ['fault-2', 'outage'],
      ['fault-3', 'mine'],
    ],
  )
})

test('What is said beside the name of a preset holds for each of its rules', () => {
  const match = { method: 'GET' }
  const { faults } = faultsAlone({ preset: 'flaky', match, when: { times: 1 } })
  assert.equal(faults.list().length, 4)
  for (const rule of faults.list()) {
    assert.deepEqual(rule.match, match)
    assert.equal(rule.when?.times, 1)
    assert.ok(Number(rule.when?.probability) > 0)
  }
  const [always] = faultsAlone({ preset: 'flaky', when: { probability: 1 } }).faults.list()
  assert.equal(always?.when?.probability, 1)
})

test('A rule is what it was when it was given, whatever becomes of what was given', () => {
  const given = { effect: { error: { status: 503 } } }
  const { faults } = faultsAlone(given)
  given.effect.error.status = 500
  const [rule] = faults.list()
  assert.equal(rule?.effect?.error?.status, 503)
  assert.throws(() => Object.assign(rule?.effect?.error ?? {}, { status: 500 }), TypeError)
  assert.equal(faults.list()[0]?.effect?.error?.status, 503)
})

test('Values that are no JSON become what they would be as JSON', () => {
  const between = [new Date(0), new Date(1000)]
  assert.deepEqual(kept({ name: undefined, when: { between }, effect: 'reset' }), {
    id: 'fault-1',
    when: { between: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:01.000Z'] },
    effect: { connection: 'reset' },
    matched: 0,
    struck: 0,
  })
})
