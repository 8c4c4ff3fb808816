/** When rules strike, and which of several does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { When } from '../../../schemas/faults.ts'
import { CREATE, faultsAlone, LIST, NOW, strikeOn, UNKNOWN } from './rules-in-a-world.ts'

/** `x` for each request that is struck, `.` for the others. */
function pattern(when: When, requests: number): string {
  const { faults } = faultsAlone({ when, effect: 'reset' })
  return Array.from({ length: requests }, () => (faults.strike(LIST) ? 'x' : '.')).join('')
}

const rows: [when: When, struck: string][] = [
  [{}, 'xxxxx'],
  [{ times: 2 }, 'xx...'],
  [{ after: 2 }, '..xxx'],
  [{ after: 2, times: 1 }, '..x..'],
  [{ every: 1 }, 'xxxxx'],
  [{ every: 2 }, '.x.x.x'],
  [{ every: 3 }, '..x..x..x'],
  [{ after: 1, every: 2 }, '..x.x.x'],
  [{ every: 3, times: 1 }, '..x......'],
  [{ after: 2, every: 2, times: 2 }, '...x.x...'],
  [{ probability: 1 }, 'xxxxx'],
  [{ probability: 0 }, '.....'],
  [{ probability: 1, times: 3 }, 'xxx..'],
]

for (const [when, struck] of rows) {
  test(`${JSON.stringify(when)} strikes ${struck}`, () => {
    assert.equal(pattern(when, struck.length), struck)
  })
}

test('A request that the rule does not match is no turn', () => {
  const { faults } = faultsAlone({ match: { method: 'GET' }, when: { every: 2 }, effect: 'reset' })
  const strikes = [LIST, CREATE, UNKNOWN, CREATE, LIST].map((asked) => faults.strike(asked) !== undefined)
  assert.deepEqual(strikes, [false, false, true, false, false])
  assert.deepEqual([faults.list()[0]?.matched, faults.list()[0]?.struck], [3, 1])
})

test('Between two times of the clock of the world a rule strikes, the second one excluded', () => {
  const between = ['2026-11-21T10:00:01Z', '2026-11-21T12:00:02+02:00']
  const { faults, clock } = faultsAlone({ when: { between, times: 2 }, effect: 'reset' })
  const at = (time: string) => {
    clock.set({ mode: 'frozen', now: time })
    return faults.strike(LIST) !== undefined
  }
  assert.equal(at(NOW), false)
  assert.equal(at('2026-11-21T10:00:00.999Z'), false)
  assert.equal(at('2026-11-21T10:00:01Z'), true)
  assert.equal(at('2026-11-21T10:00:02Z'), false)
  // Backwards is allowed.
  assert.equal(at('2026-11-21T10:00:01.999Z'), true)
  assert.equal(at('2026-11-21T10:00:01.500Z'), false)
  assert.equal(faults.list()[0]?.matched, 6)
})

test('A sequence plays its effects one after the other, lets null pass, and is then used up', () => {
  const { faults } = faultsAlone({ name: 's', sequence: [{ error: 500 }, null, 'reset'] })
  assert.deepEqual(
    Array.from({ length: 5 }, () => strikeOn(faults, LIST)),
    [
      { name: 's', effect: { error: { status: 500 } } },
      undefined,
      { name: 's', effect: { connection: 'reset' } },
      undefined,
      undefined,
    ],
  )
  assert.deepEqual([faults.list()[0]?.matched, faults.list()[0]?.struck], [5, 2])
})

test('A sequence takes its turns as any rule does', () => {
  const { faults } = faultsAlone({ when: { after: 1, every: 2 }, sequence: ['reset', null, 'hang'] })
  const words = Array.from({ length: 9 }, () => faults.strike(LIST)?.effect.connection ?? '.')
  assert.deepEqual(words, ['.', '.', 'reset', '.', '.', '.', 'hang', '.', '.'])
})

test('The first rule whose turn it is strikes, and those behind it do not see the request', () => {
  const { faults } = faultsAlone([
    { name: 'a', match: { method: 'POST' }, effect: 'reset' },
    { name: 'b', when: { times: 1 }, effect: 'reset' },
    { name: 'c', when: { every: 2 }, effect: 'reset' },
    { name: 'd', effect: 'reset' },
  ])
  const names = [LIST, LIST, LIST, CREATE, LIST].map((asked) => faults.strike(asked)?.name)
  assert.deepEqual(names, ['b', 'd', 'c', 'a', 'd'])
  assert.deepEqual(
    faults.list().map(({ name, matched, struck }) => [name, matched, struck]),
    [
      ['a', 1, 1],
      ['b', 4, 1],
      ['c', 3, 1],
      ['d', 2, 2],
    ],
  )
})

test('A request that a sequence lets pass is passed by the rules behind it, too', () => {
  const { faults } = faultsAlone([{ sequence: [null, 'reset'] }, { name: 'behind', effect: 'hang' }])
  assert.equal(faults.strike(LIST), undefined)
  assert.deepEqual(faults.strike(LIST)?.effect, { connection: 'reset' })
  assert.equal(faults.strike(LIST)?.name, 'behind')
})

test('A rule that only lets reads lag leaves changes to the rules behind it', () => {
  const { faults } = faultsAlone(['eventual', { name: 'behind', effect: 'reset' }])
  assert.equal(faults.strike(CREATE)?.name, 'behind')
  assert.equal(faults.strike(LIST)?.name, 'eventual')
  assert.deepEqual(
    faults.list().map(({ matched }) => matched),
    [1, 1],
  )
  const both = faultsAlone({ effect: { stale: { ms: 5 }, delay: 5 } }).faults
  assert.deepEqual(both.strike(CREATE)?.effect.delay, { ms: 5 })
})

test('A strike that did nothing is taken back, and the rules behind have their turn', () => {
  const { faults } = faultsAlone([
    { name: 'limit', when: { times: 1 }, effect: { rate_limit: { limit: 5, window_s: 1 } } },
    { name: 'steps', sequence: [{ stale: { ms: 5 } }, 'reset'] },
    { name: 'behind', effect: 'hang' },
  ])
  const names: unknown[] = []
  for (let i = 0; i < 2; i += 1) {
    for (let strike = faults.strike(LIST); strike; strike = strike.pass?.()) names.push(strike.name)
  }
  assert.deepEqual(names, ['limit', 'steps', 'behind', 'limit', 'steps', 'behind'])
  // The one that may strike once has not yet; the sequence has played both of its steps.
  const later = [faults.strike(LIST)?.name, faults.strike(LIST)?.name]
  assert.deepEqual(later, ['limit', 'behind'])
  assert.deepEqual(
    faults.list().map(({ matched, struck }) => [matched, struck]),
    [
      [4, 1],
      [3, 0],
      [3, 1],
    ],
  )
})

test('A strike out of turn that did nothing is taken back, and takes no turn of the rule', () => {
  const { faults } = faultsAlone([
    { name: 'limit', when: { times: 1 }, effect: { rate_limit: { limit: 5, window_s: 1 } } },
    { effect: 'hang' },
  ])
  assert.equal(faults.requested('limit')?.pass?.(), undefined)
  assert.equal(faults.list()[0]?.struck, 0)
  assert.equal(faults.strike(LIST)?.name, 'limit')
  assert.equal(faults.strike(LIST)?.name, 'fault-2')
})

test('Without a name, the id is what a strike is called', () => {
  const { faults } = faultsAlone([{ effect: 'hang', match: { method: 'POST' } }, { effect: 'reset' }])
  assert.deepEqual(strikeOn(faults, LIST), { name: 'fault-2', effect: { connection: 'reset' } })
})

test('Without a rule, nothing strikes', () => {
  assert.equal(faultsAlone().faults.strike(LIST), undefined)
})

test('Probability is only drawn when everything else holds, so that it repeats', () => {
  const when = { after: 3, probability: 0.5 }
  const { faults, chance } = faultsAlone({ when, effect: 'reset' }, 7)
  const before = chance.state
  for (let i = 0; i < 3; i += 1) faults.strike(LIST)
  faults.strike(CREATE)
  assert.notEqual(chance.state, before)
  const [used] = [faultsAlone({ when: { probability: 1, times: 1 }, effect: 'reset' })]
  used?.faults.strike(LIST)
  const after = used?.chance.state
  used?.faults.strike(LIST)
  assert.equal(used?.chance.state, after)
})
