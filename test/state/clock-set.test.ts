/** The clock of a world, set, frozen, and taken up again elsewhere. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Clock, type ClockMode } from '../../server/state/clock.ts'

const START = '2026-11-21T10:00:00.000Z'

/** The machine's time stands still until it is told to go on. */
function machine(t: TestContext, now: string = START) {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse(now) })
  return { at: (time: string) => t.mock.timers.setTime(Date.parse(time)) }
}

const settings: [from: string, set: { mode?: ClockMode; now?: string }, then: string, later: string][] = [
  ['real', { mode: 'frozen' }, START, START],
  ['real', { mode: 'frozen', now: '2020-02-29' }, '2020-02-29T00:00:00.000Z', '2020-02-29T00:00:00.000Z'],
  ['real', { mode: 'offset' }, START, '2026-11-21T11:00:00.000Z'],
  ['real', { mode: 'offset', now: '2030-01-01T00:00:00Z' }, '2030-01-01T00:00:00.000Z', '2030-01-01T01:00:00.000Z'],
  ['real', { mode: 'offset', now: '1970-01-01T00:00:00Z' }, '1970-01-01T00:00:00.000Z', '1970-01-01T01:00:00.000Z'],
  ['real', { mode: 'real' }, START, '2026-11-21T11:00:00.000Z'],
  ['real', { now: '2030-01-01' }, '2030-01-01T00:00:00.000Z', '2030-01-01T01:00:00.000Z'],
  ['2020-01-01', { now: '2030-01-01' }, '2030-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'],
  ['2020-01-01', { mode: 'real' }, START, '2026-11-21T11:00:00.000Z'],
  ['2020-01-01', { mode: 'offset' }, '2020-01-01T00:00:00.000Z', '2020-01-01T01:00:00.000Z'],
  [
    '2020-01-01',
    { mode: 'frozen', now: '2019-01-01T01:00:00+01:00' },
    '2019-01-01T00:00:00.000Z',
    '2019-01-01T00:00:00.000Z',
  ],
]

for (const [from, setting, then, later] of settings) {
  test(`A clock that was ${from} and is set to ${JSON.stringify(setting)} says ${then}, and an hour later ${later}`, (t) => {
    const { at } = machine(t)
    const clock = Clock.of(from)
    clock.set(setting)
    const mode = setting.mode ?? (from === 'real' ? 'offset' : 'frozen')
    assert.deepEqual(clock.setting(), { mode, now: then })
    assert.equal(clock.mode, mode)
    at('2026-11-21T11:00:00Z')
    assert.equal(clock.iso(), later)
  })
}

const refused: [setting: object, message: RegExp][] = [
  [{ mode: 'stopped' }, /^Failed to set the clock: there is no mode "stopped"; there are real, frozen, offset\.$/],
  [{}, /^Failed to set the clock: say a mode, a time, or both\.$/],
  [{ mode: null }, /there is no mode "null"/],
  [{ now: 'noon' }, /"noon" is not/],
  [
    { mode: 'real', now: '2030-01-01' },
    /a real clock has the time of the machine\. Leave "now" out, or ask for "offset"\.$/,
  ],
  [
    { mode: 'frozen', now: 'tomorrow' },
    /"tomorrow" is not an ISO 8601 time of the years 1970 to 9999, such as 2026-11-21T10:00:00Z\.$/,
  ],
  [{ mode: 'frozen', now: '' }, /"" is not/],
  [{ mode: 'offset', now: '2026-02-29' }, /"2026-02-29" is not/],
  [{ mode: 'offset', now: '2026-11-31T10:00:00Z' }, /is not/],
  [{ mode: 'offset', now: '2026-11-21T10:00:00' }, /is not/],
  [{ mode: 'offset', now: '1969-12-31T23:59:59Z' }, /is not/],
  [{ mode: 'frozen', now: '9999-12-31T23:59:59-01:00' }, /is not/],
  [{ mode: 'frozen', now: '+010000-01-01T00:00:00Z' }, /is not/],
]

for (const [setting, message] of refused) {
  test(`A clock is not set to ${JSON.stringify(setting)}, and stays as it is`, (t) => {
    machine(t)
    const clock = Clock.of('2020-01-01')
    assert.throws(() => clock.set(setting as { mode: ClockMode }), { name: 'RangeError', message })
    assert.deepEqual(clock.setting(), { mode: 'frozen', now: '2020-01-01T00:00:00.000Z' })
  })
}

test('Time ends with the year 9999, for no answer can show a later one', (t) => {
  const { at } = machine(t)
  const clock = Clock.of('real')
  clock.set({ mode: 'offset', now: '9999-12-31T23:59:59Z' })
  at('2026-11-22T10:00:00Z')
  assert.equal(clock.iso(), '9999-12-31T23:59:59.999Z')
})

test('A fork goes its own way from where its source is', (t) => {
  machine(t)
  const clock = Clock.of('real')
  clock.advance('P1D')
  const fork = clock.fork()
  clock.freeze()
  fork.advance('P1D')
  assert.deepEqual(clock.setting(), { mode: 'frozen', now: '2026-11-22T10:00:00.000Z' })
  assert.deepEqual(fork.setting(), { mode: 'offset', now: '2026-11-23T10:00:00.000Z' })
})

test('A clock that is made from the state of another runs as that one does, an hour later too', (t) => {
  const { at } = machine(t)
  const clocks = [Clock.of('real'), Clock.of('2020-01-01T00:00:00.007Z'), Clock.of('real'), Clock.of('real')]
  clocks[2]?.advance('P1Y')
  clocks[3]?.advance('-P1Y')
  const states = clocks.map((clock) => clock.state())
  assert.deepEqual(
    states.map(({ offset_ms }) => offset_ms),
    [undefined, undefined, 365 * 86_400_000, -365 * 86_400_000],
  )
  at('2026-11-21T11:00:00Z')
  for (const [index, state] of states.entries()) {
    assert.deepEqual(Clock.at(JSON.parse(JSON.stringify(state))).state(), clocks[index]?.state())
  }
})
