/** The clock of a world, advanced by durations, and back. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { Clock } from '../../server/state/clock.ts'

const START = '2026-11-21T10:00:00.000Z'

/** The machine's time stands still until it is told to go on. */
function machine(t: TestContext, now: string = START) {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse(now) })
  return { at: (time: string) => t.mock.timers.setTime(Date.parse(time)) }
}

const durations: [from: string, duration: string, to: string][] = [
  ['2026-11-21T10:00:00Z', 'P31D', '2026-12-22T10:00:00.000Z'],
  ['2026-11-21T10:00:00Z', 'P1W', '2026-11-28T10:00:00.000Z'],
  ['2026-11-21T10:00:00Z', 'PT90M', '2026-11-21T11:30:00.000Z'],
  ['2026-11-21T10:00:00Z', 'P1Y2M3W4DT5H6M7S', '2028-02-15T15:06:07.000Z'],
  ['2026-01-31T10:00:00.123Z', 'P1M', '2026-02-28T10:00:00.123Z'],
  ['2028-01-31T10:00:00Z', 'P1M', '2028-02-29T10:00:00.000Z'],
  ['2024-02-29T00:00:00Z', 'P1Y', '2025-02-28T00:00:00.000Z'],
  ['2026-12-31T23:59:59Z', 'PT1S', '2027-01-01T00:00:00.000Z'],
  ['2026-11-21T10:00:00Z', 'PT0.5H', '2026-11-21T10:30:00.000Z'],
  ['2026-11-21T10:00:00Z', 'PT1.5M', '2026-11-21T10:01:30.000Z'],
  ['2026-11-21T10:00:00Z', 'PT0.25S', '2026-11-21T10:00:00.250Z'],
  ['2026-11-21T10:00:00Z', 'PT1,5S', '2026-11-21T10:00:01.500Z'],
  ['2026-11-21T10:00:00Z', 'PT0.0001S', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21T10:00:00Z', 'P0D', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21T10:00:00Z', 'PT0S', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21T10:00:00Z', '-P1D', '2026-11-20T10:00:00.000Z'],
  ['2026-03-31T10:00:00Z', '-P1M', '2026-02-28T10:00:00.000Z'],
  ['2026-11-21T10:00:00Z', '-P1Y2M3DT4H5M6.5S', '2025-09-18T05:54:53.500Z'],
  ['2026-11-21T10:00:00Z', '+P1D', '2026-11-22T10:00:00.000Z'],
  ['2026-11-21T10:00:00Z', 'p1dt1h', '2026-11-22T11:00:00.000Z'],
  // A day is a day in UTC, whatever summer time does elsewhere.
  ['2026-03-28T12:00:00Z', 'P1D', '2026-03-29T12:00:00.000Z'],
  ['1970-01-01T00:00:00.001Z', '-PT0.001S', '1970-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59.998Z', 'PT0.001S', '9999-12-31T23:59:59.999Z'],
]

for (const [from, duration, to] of durations) {
  test(`${duration} after ${from} it is ${to}`, (t) => {
    const { at } = machine(t)
    const clock = Clock.of(from)
    clock.advance(duration)
    assert.deepEqual(clock.setting(), { mode: 'frozen', now: to })
    at('2030-01-01T00:00:00Z')
    assert.equal(clock.iso(), to, 'A frozen clock stays frozen.')
  })
}

test('A duration means the same in every time zone of the machine', (t) => {
  const before = process.env.TZ
  t.after(() => {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })
  for (const zone of ['Europe/Berlin', 'America/New_York', 'Pacific/Apia']) {
    process.env.TZ = zone
    const clock = Clock.of('2026-03-28T23:30:00Z')
    clock.advance('P1D')
    assert.equal(clock.iso(), '2026-03-29T23:30:00.000Z', zone)
  }
})

const none = [
  '',
  'P',
  'PT',
  '1D',
  'P1',
  'P1H',
  'PT1D',
  'P0.5D',
  'P1.5M',
  'P1M-15D',
  '31 days',
  '-',
  'P1D ',
  '3600',
  'PT1.5H1M',
]

for (const duration of none) {
  test(`"${duration}" is no duration, and the clock stays as it is`, (t) => {
    machine(t)
    for (const clock of [Clock.of('real'), Clock.of('2020-01-01')]) {
      const before = clock.state()
      assert.throws(() => clock.advance(duration), {
        name: 'RangeError',
        message: `Failed to advance the clock: "${duration}" is not an ISO 8601 duration such as P31D, P1M, PT90M or PT0.5S; a minus before it, as in -P1D, goes back.`,
      })
      assert.deepEqual(clock.state(), before)
    }
  })
}

test('What is no text is no duration and no time', () => {
  const clock = Clock.of(START)
  for (const value of [31, null, undefined, {}, { days: 1 }, ['P1D', 'P1D'], true]) {
    assert.throws(() => clock.advance(value as unknown as string), RangeError)
    if (value !== undefined) assert.throws(() => clock.freeze(value as unknown as string), RangeError)
  }
  assert.deepEqual(clock.state(), { mode: 'frozen', now: START })
})

test('A clock never leaves the years 1970 to 9999', (t) => {
  machine(t)
  for (const [from, duration] of [
    ['1970-01-01T00:00:00Z', '-PT0.001S'],
    ['2026-11-21T10:00:00Z', '-P57Y'],
    ['9999-12-31T23:59:59.999Z', 'PT0.001S'],
    ['2026-11-21T10:00:00Z', 'P8000Y'],
    ['2026-11-21T10:00:00Z', 'P1000000Y'],
    ['2026-11-21T10:00:00Z', '-P4294967295Y'],
    ['2026-11-21T10:00:00Z', 'PT9007199254740991S'],
    ['real', 'P8000Y'],
    ['real', '-P57Y'],
  ] as const) {
    const clock = Clock.of(from)
    const before = clock.state()
    assert.throws(() => clock.advance(duration), {
      name: 'RangeError',
      message:
        'Failed to advance the clock: that leads out of the years 1970 to 9999, which are all that a clock can show.',
    })
    assert.deepEqual(clock.state(), before)
  }
})

test('Whatever is asked of a clock, it shows a time of four digits for the year, or says no and stays', () => {
  const text = fc.oneof(
    fc.string(),
    fc.stringMatching(
      /^[+-]?P(\d{1,10}Y)?(\d{1,10}M)?(\d{1,10}W)?(\d{1,12}D)?(T(\d{1,12}H)?(\d{1,14}M)?(\d{1,17}(\.\d{1,12})?S)?)?$/,
    ),
  )
  const start = fc.date({ min: new Date(0), max: new Date(START), noInvalidDate: true })
  fc.assert(
    fc.property(start, text, (from, duration) => {
      const clock = Clock.of(from.toISOString())
      const before = clock.state()
      try {
        clock.advance(duration)
        assert.match(clock.iso(), /^\d{4}-/)
      } catch (error) {
        assert.ok(error instanceof RangeError, String(error))
        assert.deepEqual(clock.state(), before)
      }
    }),
  )
})

test('A real clock that is advanced runs on from there', (t) => {
  const { at } = machine(t)
  const clock = Clock.of('real')
  clock.advance('P1M')
  assert.deepEqual(clock.setting(), { mode: 'offset', now: '2026-12-21T10:00:00.000Z' })
  at('2026-11-21T10:00:05Z')
  assert.equal(clock.iso(), '2026-12-21T10:00:05.000Z')
  clock.advance('-P2M')
  assert.deepEqual(clock.setting(), { mode: 'offset', now: '2026-10-21T10:00:05.000Z' })
})
