/** The clock of a world: the machine's, or standing still. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Clock } from '../../server/state/clock.ts'

test('The real clock is the clock of the machine', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-21T10:00:00.123Z') })
  const clock = Clock.of('real')
  assert.equal(clock.iso(), '2026-11-21T10:00:00.123Z')
  t.mock.timers.setTime(Date.parse('2027-01-01T00:00:00Z'))
  assert.equal(clock.iso(), '2027-01-01T00:00:00.000Z')
  assert.equal(clock.http(), 'Fri, 01 Jan 2027 00:00:00 GMT')
  t.mock.timers.setTime(Date.parse('2027-01-01T00:00:01.999Z'))
  assert.equal(clock.http(), 'Fri, 01 Jan 2027 00:00:01 GMT')
})

const frozen: [setting: string, iso: string][] = [
  ['2026-11-21T10:00:00Z', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21T10:00:00.987Z', '2026-11-21T10:00:00.987Z'],
  ['2026-11-21T12:00:00+02:00', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21T00:30:00+02:00', '2026-11-20T22:30:00.000Z'],
  ['2026-11-21', '2026-11-21T00:00:00.000Z'],
  ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
]

test('A clock that was given a time stands still there', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 0 })
  for (const [setting, iso] of frozen) {
    const clock = Clock.of(setting)
    t.mock.timers.setTime(Date.parse('2030-01-01T00:00:00Z'))
    assert.equal(clock.iso(), iso)
    assert.equal(clock.now(), Date.parse(iso))
    assert.equal(clock.seconds(), `${iso.slice(0, 19)}Z`)
    assert.equal(clock.day(), iso.slice(0, 10))
    assert.equal(clock.http(), new Date(iso).toUTCString())
  }
})

for (const setting of [
  '',
  'now',
  'Real',
  'tomorrow',
  '2026-13-01',
  '2026-11-21T25:00:00Z',
  'yesterday 1',
  '1',
  'May 5',
  '2026-11',
  '2026-11-21T10:00:00',
  '1969-12-31',
]) {
  test(`Refuses "${setting}", which is neither "real" nor an ISO 8601 time`, () => {
    assert.throws(() => Clock.of(setting), RangeError)
  })
}

test('What a clock writes is the same in every time zone of the machine', (t) => {
  const before = process.env.TZ
  t.after(() => {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })
  // A time without a zone must be refused, or mean the same everywhere.
  const written = ['UTC', 'Asia/Tokyo', 'America/New_York'].map((zone) => {
    process.env.TZ = zone
    return ['2026-11-21', '2026-11-21T10:00:00Z', '2026-11-21T10:00:00'].map((setting) => {
      try {
        return Clock.of(setting).iso()
      } catch (error) {
        return (error as Error).name
      }
    })
  })
  assert.deepEqual(written[1], written[0])
  assert.deepEqual(written[2], written[0])
})
