/** A view against filtering and sorting a plain array. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Table } from '../../server/state/table.ts'
import { View } from '../../server/state/view.ts'
import { answer, isEven, type Question, question, read, type Thing, things } from './rows.ts'

function ask(table: Table<Thing>, { where, order, direction, between, even }: Question): View<Thing> {
  const view = View.of(table).where(where).orderBy(order, direction)
  return (between ? view.between(...between) : view).filter(even ? isEven : undefined)
}

test('A view holds the rows that a filtered and sorted array holds', () => {
  fc.assert(
    fc.property(things, question, fc.nat(), fc.nat(30), (rows, asked, any, limit) => {
      const view = ask(new Table(rows), asked)
      const wanted = answer(rows, asked)
      const offset = any % (wanted.length + 2)
      assert.equal(view.total(), wanted.length)
      assert.deepEqual(view.all(), wanted)
      assert.deepEqual(view.first(), wanted[0])
      assert.deepEqual(view.slice(offset, limit), wanted.slice(offset, offset + limit))
      assert.deepEqual(
        view.map((row) => row.id).slice(offset, limit),
        wanted.slice(offset, offset + limit).map((row) => row.id),
      )
    }),
    { numRuns: 1000 },
  )
})

test('A view shows what its table holds when it is read, not when it was made', () => {
  const table = new Table<Thing>([{ id: 'id-02', owner: 'ada' }])
  const view = View.of(table).where({ owner: 'ada' })
  table.put({ id: 'id-01', owner: 'ada' })
  assert.equal(view.total(), 2)
  assert.deepEqual(
    view.all().map((row) => row.id),
    ['id-01', 'id-02'],
  )
})

test('Each call makes a new view and leaves the old one as it was', () => {
  const table = new Table<Thing>(['ada', 'bob', 'eve'].map((owner, at) => ({ id: `id-0${at}`, owner, rank: -at })))
  const view = View.of(table)
  const before = view.all()
  view.where({ owner: 'ada' })
  view.filter(() => false)
  view.orderBy('rank', 'desc')
  view.between('x', 'y')
  view.map(() => 'shown')
  assert.deepEqual(view.all(), before)
})

test('Several filters must all hold, and columns of undefined are left out of account', () => {
  const table = new Table<Thing>(
    ['ada', 'ada', 'bob', 'eve'].map((owner, at) => ({ id: `id-0${at}`, owner, rank: at })),
  )
  const ids = (view: View<Thing>) => view.all().map((row) => row.id)
  const view = View.of(table)
  assert.deepEqual(ids(view.where({ owner: undefined })), ['id-00', 'id-01', 'id-02', 'id-03'])
  assert.deepEqual(ids(view.where({ owner: 'ada', rank: undefined })), ['id-00', 'id-01'])
  assert.deepEqual(ids(view.where({ owner: 'ada' }).where({ rank: 1 })), ['id-01'])
  assert.deepEqual(ids(view.filter((row) => row.owner !== 'eve').filter(isEven)), ['id-00', 'id-02'])
})

test('Rows are presented only when their page is read', () => {
  const table = new Table<Thing>(Array.from({ length: 50 }, (_, at) => ({ id: `id-${at + 10}`, owner: 'ada' })))
  let presented = 0
  const view = View.of(table).map((row) => {
    presented += 1
    return row.id
  })
  assert.equal(view.total(), 50)
  assert.equal(presented, 0)
  assert.equal(view.slice(40, 20).length, 10)
  assert.equal(presented, 10)
  view.after(undefined, 5)
  assert.equal(presented, 15)
})

const rows: Thing[] = Array.from({ length: 20 }, (_, at) => ({
  id: `id-${at + 10}`,
  owner: ['bob', 'ada'][at % 2] as string,
  rank: at % 5,
}))
const few = new Table(rows)

test('The id is a column like any other', () => {
  const questions: Question[] = (['id', 'owner', 'rank'] as const).flatMap((order) =>
    ['id-13', 'id-14', 'id-99'].map((id) => ({
      where: { id, owner: 'ada' },
      order,
      direction: 'asc',
      between: undefined,
      even: false,
    })),
  )
  for (const asked of questions) {
    const { id, owner } = asked.where
    const wanted = answer(rows, asked)
    for (const where of [
      { id, owner },
      { owner, id },
    ]) {
      assert.deepEqual(
        View.of(few).where(where).orderBy(asked.order).all(),
        wanted,
        JSON.stringify([where, asked.order]),
      )
    }
  }
})

test('Asking twice about one column narrows the list and never widens it', () => {
  const view = View.of(few).where({ owner: 'ada' })
  assert.deepEqual(view.where({ owner: 'bob' }).all(), [])
  assert.deepEqual(view.where({ owner: 'ada' }).all(), view.all())
})

test('A range that ends before it begins is empty', () => {
  for (const direction of ['asc', 'desc'] as const) {
    const view = View.of(few).orderBy('rank', direction).between(3, 1)
    assert.equal(view.total(), 0)
    assert.deepEqual(view.all(), [])
    assert.deepEqual(view.after(undefined, 5), { items: [] })
  }
})

test('Both ends of a range are included', () => {
  const ranks = View.of(few)
    .where({ owner: 'ada' })
    .orderBy('rank')
    .between(1, 2)
    .all()
    .map((row) => read(row, 'rank'))
  assert.deepEqual(ranks, [1, 1, 2, 2])
})

test('Past the end there is nothing', () => {
  for (const view of [View.of(few), View.of(few).orderBy('rank', 'desc'), View.of(few).filter(isEven)]) {
    for (const offset of [20, 21, 1e9, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY]) {
      assert.deepEqual(view.slice(offset, 5), [])
    }
    assert.deepEqual(view.slice(0, 0), [])
  }
})
