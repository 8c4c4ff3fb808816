/** Former states of a store: what a reader sees who lags behind, by a clock that stands still, runs, or goes back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { zones } from '../../schemas/accounts.ts'
import { Clock } from '../../server/state/clock.ts'
import { History } from '../../server/state/history.ts'
import { Store } from '../../server/state/store.ts'

const ID = 'a'.repeat(32)
const START = Date.parse('2026-11-21T10:00:00Z')

/** A store with one row, whose name says which change it was, and a clock that is set by milliseconds from the start. */
class Written {
  readonly clock = Clock.of('2026-11-21T10:00:00Z')
  readonly history = new History(this.clock)
  readonly store = new Store()

  constructor() {
    this.put('0')
  }

  put(name: string): void {
    this.store.table(zones).put({ id: ID, name, account_id: ID })
  }

  at(ms: number): this {
    this.clock.set({ now: new Date(START + ms).toISOString() })
    return this
  }

  change(name: string): this {
    this.history.record(this.store)
    this.put(name)
    return this
  }

  /** What a reader sees who lags so far behind. */
  seen(ms: number): string | undefined {
    return nameOf(this.history.asOf(ms) ?? this.store)
  }
}

const nameOf = (store: Store) => store.table(zones).get(ID)?.name

test('Without a change there is nothing to lag behind', () => {
  const { history } = new Written()
  assert.equal(history.asOf(0), undefined)
  assert.equal(history.asOf(3_600_000), undefined)
})

test('A reader sees each change when it is as old as the lag', () => {
  const written = new Written().at(1000).change('1').at(2000).change('2').at(3000)
  const rows: [lag: number, seen: string][] = [
    [0, '2'],
    [999, '2'],
    [1000, '2'],
    [1001, '1'],
    [2000, '1'],
    [2001, '0'],
    [3_600_000, '0'],
  ]
  for (const [lag, seen] of rows) assert.equal(written.seen(lag), seen, `${lag} ms`)
  assert.equal(written.history.asOf(1000), undefined)
})

test('Under a frozen clock a reader who lags sees no change until the clock moves on', () => {
  const written = new Written().change('1').change('2').change('3')
  assert.equal(written.history.size, 1)
  assert.equal(written.seen(1), '0')
  assert.equal(written.seen(0), '3')
  assert.equal(written.at(1).seen(1), '3')
})

test('What happened after the time that a clock is set back to counts as having happened then', () => {
  const written = new Written().at(10_000).change('1').at(20_000).change('2').at(15_000)
  assert.equal(written.seen(0), '2')
  assert.equal(written.seen(4999), '1')
  assert.equal(written.seen(5001), '0')
  // It is not stale for longer than the lag, though that time comes again only later.
  assert.equal(written.at(16_000).seen(1000), '2')
  written.at(5000).change('3')
  assert.equal(written.seen(1), '0')
  assert.equal(written.at(6000).seen(1000), '3')
})

test('A change that was undone leaves nothing to be seen', () => {
  const written = new Written().at(1000)
  written.history.record(written.store)
  const undo = written.store.checkpoint()
  written.put('undone')
  undo()
  written.at(2000)
  for (const lag of [0, 1, 1000, 1001, 2000]) assert.equal(written.seen(lag), '0', `${lag} ms`)
  written.change('1').at(3000)
  assert.equal(written.seen(1000), '1')
  for (const lag of [1001, 2001, 3000]) assert.equal(written.seen(lag), '0', `${lag} ms`)
})

test('What is done to a former state changes no history', () => {
  const written = new Written().change('1')
  written.history.asOf(1)?.table(zones).delete(ID)
  assert.equal(written.seen(1), '0')
  assert.equal(nameOf(written.store), '1')
})

test('The last thousand states of the last hour are kept, and a reader who lags further sees the oldest', () => {
  const written = new Written()
  for (let i = 1; i <= 1500; i += 1) written.at(i).change(String(i))
  assert.equal(written.history.size, 1000)
  assert.equal(written.seen(1400), '500')
  assert.equal(written.seen(999), '501')
  written.at(3_600_000 + 1200).change('later')
  assert.equal(written.history.size, 301)
  assert.equal(written.seen(3_600_000), '1200')
})

test('Every reader sees what was there then, whatever the clock does', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('clock' as const), ms: fc.integer({ min: -50, max: 100 }) }),
    fc.record({ kind: fc.constant('change' as const), isUndone: fc.boolean() }),
    fc.record({ kind: fc.constant('read' as const), lag: fc.nat(200) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const written = new Written()
      let ms = 100_000
      let count = 0
      /** When each value came, by a clock that is brought forward as the history does. */
      const came: { at: number; name: string }[] = [{ at: Number.NEGATIVE_INFINITY, name: '0' }]
      for (const one of steps) {
        if (one.kind === 'clock') ms += one.ms
        written.at(ms)
        if (one.kind === 'clock') continue
        for (const value of came) value.at = Math.min(value.at, ms)
        if (one.kind === 'read') {
          const expected = came.findLast(({ at }) => at <= ms - one.lag)
          assert.equal(written.seen(one.lag), expected?.name)
        } else {
          count += 1
          const undo = written.store.checkpoint()
          written.change(String(count))
          if (one.isUndone) undo()
          else came.push({ at: ms, name: String(count) })
        }
      }
    }),
    { numRuns: 300 },
  )
})
