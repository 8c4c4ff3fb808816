/** What a single request may ask for in its header `Fauxflare-Fault`. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FaultError } from '../../../server/state/faults/faults.ts'
import { bare, faultsAlone } from './rules-in-a-world.ts'

const rows: [text: string, name: string, effect: object][] = [
  ['reset', 'reset', { connection: 'reset' }],
  ['  hang ', 'hang', { connection: 'hang' }],
  ['EMPTY_RESPONSE', 'EMPTY_RESPONSE', { connection: 'close' }],
  ['duplicate', 'duplicate', { duplicate: true }],
  ['"reset"', 'reset', { connection: 'reset' }],
  ['outage', 'outage', { error: { status: 503 } }],
  ['eventual', 'eventual', { stale: { ms: 2000 } }],
  ['{"preset":"outage"}', 'outage', { error: { status: 503 } }],
  ['{"error":503}', 'error', { error: { status: 503 } }],
  ['{"delay":{"ms":5},"error":{"status":429}}', 'delay+error', { delay: { ms: 5 }, error: { status: 429 } }],
  ['{"connection":{"drip":{"bytes_per_s":9}}}', 'drip', { connection: { drip: { bytes_per_s: 9 } } }],
  ['{"latency":{"latency":9}}', 'delay', { delay: { ms: 9 } }],
  ['{"spoil":{"remove":"/result"}}', 'spoil', { spoil: [{ remove: '/result' }] }],
  ['{"effect":"reset"}', 'reset', { connection: 'reset' }],
  ['{"name":"mine","effect":{"fault":"EMPTY_RESPONSE"}}', 'mine', { connection: 'close' }],
  ['{"effect":"reset","when":{"probability":1}}', 'reset', { connection: 'reset' }],
]

for (const [text, name, effect] of rows) {
  test(`${text} asks for ${JSON.stringify(effect)}`, () => {
    const { faults } = faultsAlone()
    assert.deepEqual(faults.requested(text), { name, effect })
    assert.equal(faults.isEmpty, true)
  })
}

const refused: [text: string, pointer: string, message: RegExp][] = [
  ['', '', /must be a fault, not ""/],
  [
    'rest',
    '',
    /not "rest"\. Did you mean "reset"\? The presets are flaky, .*; the effects reset, .*EMPTY_RESPONSE.*JSON/,
  ],
  ['mien', '', /Did you mean "mine"\? .*The rules of this world are mine, fault-2\./],
  ['toString', '', /must be a fault/],
  ['[]', '', /must be one fault, not \[\]/],
  ['["reset"]', '', /must be one fault/],
  ['{', '', /must be JSON/],
  ['"reset', '', /must be JSON/],
  ['{}', '', /at least one of "error"/],
  ['{"eror":503}', '/eror', /Did you mean "error"\?/],
  ['{"error":200}', '/error', />= 400/],
  ['{"error":503,"duplicate":true}', '/duplicate', /cannot stand beside "error"/],
  ['{"spoil":{"remove":"/reslt"}}', '/spoil/remove', /Did you mean "result"\?/],
  ['{"preset":"flakey"}', '/preset', /Did you mean "flaky"\?/],
  ['{"effect":{"eror":503}}', '/effect/eror', /Did you mean "error"\?/],
  ['{"effect":"reset","match":{}}', '/match', /no place in a header/],
  ['{"preset":"slow","match":{}}', '/match', /no place in a header/],
  ['{"sequence":["reset"]}', '/sequence', /no place in a header/],
  ['{"effect":"reset","when":{"times":1}}', '/when/times', /no place in a header/],
  ['{"effect":"reset","when":{"between":[]}}', '/when/between', /no place in a header/],
  ['{"effect":"reset","when":7}', '/when', /must be object/],
  ['{"name":"x"}', '/effect', /is required/],
]

for (const [text, pointer, message] of refused) {
  test(`${text} is refused: ${message.source}`, () => {
    const { faults, chance } = faultsAlone([{ name: 'mine', effect: 'reset' }, { effect: 'hang' }])
    const before = [JSON.stringify(faults.list()), chance.state]
    assert.throws(
      () => faults.requested(text),
      (error) => {
        assert.ok(error instanceof FaultError)
        assert.equal(error.pointer, pointer)
        assert.match(error.message, message)
        assert.ok(error.message.startsWith(`${pointer || 'it'} `), error.message)
        return true
      },
    )
    assert.deepEqual([JSON.stringify(faults.list()), chance.state], before)
  })
}

test('A rule of the world strikes by name or id, out of turn, and is counted as struck', () => {
  const { faults } = faultsAlone([
    { name: 'mine', match: { method: 'POST' }, when: { after: 9, times: 1 }, effect: { error: 503 } },
    { sequence: [null, 'hang'] },
  ])
  assert.deepEqual(bare(faults.requested('mine')), { name: 'mine', effect: { error: { status: 503 } } })
  assert.deepEqual(bare(faults.requested('fault-1')), { name: 'mine', effect: { error: { status: 503 } } })
  assert.deepEqual(bare(faults.requested('fault-2')), { name: 'fault-2', effect: { connection: 'hang' } })
  assert.deepEqual(
    faults.list().map(({ matched, struck }) => [matched, struck]),
    [
      [0, 2],
      [0, 1],
    ],
  )
})

test('A rule of the world comes before what comes with the server', () => {
  const { faults } = faultsAlone({ name: 'reset', effect: { error: 418 } })
  assert.deepEqual(faults.requested('reset')?.effect, { error: { status: 418 } })
})

test('A preset with a probability may not strike, as the chance of the world has it', () => {
  const ask = (seed: number) => {
    const { faults } = faultsAlone([], seed)
    return Array.from({ length: 200 }, () => JSON.stringify(faults.requested('flaky')?.effect) ?? '.')
  }
  const answers = ask(1)
  assert.deepEqual(ask(1), answers)
  assert.notDeepEqual(ask(2), answers)
  const struck = answers.filter((effect) => effect !== '.')
  assert.ok(struck.length > 15 && struck.length < 75, String(struck.length))
  assert.equal(new Set(struck).size, 4, 'Each of its rules strikes now and then.')
  assert.equal(faultsAlone().faults.requested('{"effect":"reset","when":{"probability":0}}'), undefined)
})
