/** The ring of a journal against the plainest one there is: an array that grows. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Journal, JournalError } from '../../../server/state/journal/journal.ts'
import { entry } from './entries.ts'

const ids = (found: { id: string }[]) => found.map(({ id }) => Number(id))

/** An array of everything that was written down and not cleared. */
class Model {
  readonly size: number
  all: { id: number; status: number }[] = []
  count = 0

  constructor(size: number) {
    this.size = size
  }

  get kept() {
    return this.size === 0 ? [] : this.all.slice(-this.size)
  }

  idsOf(status?: number): number[] {
    return this.kept.filter((one) => status === undefined || one.status === status).map(({ id }) => id)
  }
}

/** Writes something down, clears, or asks for the next page of one of several readers. */
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('add' as const), status: fc.constantFrom(200, 404) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('page' as const),
      reader: fc.nat(2),
      limit: fc.integer({ min: 1, max: 5 }),
    }),
  },
)

/** What each reader asks for. */
const STATUSES = [undefined, 200, 404]

test('keeps, numbers, drops and pages as an array would', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 }), fc.array(step, { maxLength: 60, size: 'max' }), (size, steps) => {
      const journal = new Journal(size)
      const model = new Model(size)
      const readers = STATUSES.map(() => ({ cursor: undefined as string | undefined, seen: 0 }))
      for (const made of steps) {
        if (made.kind === 'add') {
          model.count += 1
          model.all.push({ id: model.count, status: made.status })
          journal.add(entry({ answer: { status: made.status } }))
        } else if (made.kind === 'clear') {
          model.all = []
          journal.clear()
        } else {
          const reader = readers[made.reader] as (typeof readers)[number]
          const status = STATUSES[made.reader]
          const left = model.idsOf(status).filter((id) => id > reader.seen)
          const filter = status === undefined ? {} : { status: String(status) }
          const { exchanges, cursor } = journal.page(filter, made.limit, reader.cursor)
          assert.deepEqual(ids(exchanges), left.slice(0, made.limit))
          assert.equal(cursor !== undefined, left.length > made.limit)
          reader.cursor = cursor
          reader.seen = cursor === undefined ? 0 : (left[made.limit - 1] as number)
        }
        assert.deepEqual(ids(journal.all()), model.idsOf())
        assert.equal(journal.count, model.count)
        assert.equal(journal.dropped, model.all.length - model.kept.length)
        for (let id = 0; id <= model.count + 1; id += 1) {
          const found = journal.get(String(id))?.id
          assert.equal(found, model.idsOf().includes(id) ? String(id) : undefined)
        }
      }
    }),
  )
})

test('all pages together are everything, whatever comes in and drops out between them', () => {
  const journal = new Journal(10)
  for (let at = 0; at < 10; at += 1) journal.add(entry())
  const first = journal.page({}, 4)
  assert.deepEqual(ids(first.exchanges), [1, 2, 3, 4])
  // 1 to 5 drop out; 5 was not seen yet, and goes unseen.
  for (let at = 0; at < 5; at += 1) journal.add(entry())
  const second = journal.page({}, 4, first.cursor)
  assert.deepEqual(ids(second.exchanges), [6, 7, 8, 9])
  journal.add(entry())
  const third = journal.page({}, 100, second.cursor)
  assert.deepEqual(ids(third.exchanges), [10, 11, 12, 13, 14, 15, 16])
  assert.equal('cursor' in third, false)
  assert.equal(journal.dropped, 6)
})

test('a cursor stays good after the journal was cleared', () => {
  const journal = new Journal(10)
  for (let at = 0; at < 5; at += 1) journal.add(entry())
  const { cursor } = journal.page({}, 2)
  journal.clear()
  assert.deepEqual(journal.page({}, 2, cursor), { exchanges: [] })
  journal.add(entry())
  assert.deepEqual(ids(journal.page({}, 2, cursor).exchanges), [6])
})

test('refuses a cursor that it never gave', () => {
  const journal = new Journal(10)
  for (let at = 0; at < 5; at += 1) journal.add(entry())
  const { cursor = '' } = journal.page({}, 2)
  const emptied = new Journal(10)
  const encode = (text: string) => Buffer.from(text).toString('base64url')
  for (const wrong of [
    '',
    'x',
    '2',
    encode('2'),
    encode('seen x'),
    encode('seen -1'),
    encode('seen 1.5'),
    encode('seen 6'),
  ]) {
    assert.throws(() => journal.page({}, 2, wrong), { name: 'JournalError', pointer: 'cursor' }, wrong)
  }
  assert.throws(() => emptied.page({}, 2, cursor), JournalError, 'of a journal before a reset')
})

test('refuses a page of nothing', () => {
  for (const limit of [0, -1, Number.NaN]) {
    assert.throws(() => new Journal(10).page({}, limit), { name: 'JournalError', pointer: 'limit' }, String(limit))
  }
})

test('an entry that is written down twice is there once, with its last answer', () => {
  const journal = new Journal(10)
  const made = entry({ answer: { status: 200 } })
  journal.add(made)
  made.answer = { status: 500, headers: {}, body: undefined }
  journal.add(made)
  assert.deepEqual(
    journal.all().map(({ id, response }) => [id, response?.status]),
    [['1', 500]],
  )
  assert.equal(journal.count, 1)
})

test('nothing else is an id', () => {
  const journal = new Journal(10)
  journal.add(entry())
  for (const id of ['', '0', '01', ' 1', '1.0', '-1', '1e0', 'x', '__proto__', '9'.repeat(400)]) {
    assert.equal(journal.get(id), undefined, id)
  }
})
