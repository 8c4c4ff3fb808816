/** Walking a view page by page, with and without changes between the pages. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Position } from '../../schemas/operation.ts'
import { Table } from '../../server/state/table.ts'
import { View } from '../../server/state/view.ts'
import { answer, isEven, type Question, question, type Thing, thing, things } from './rows.ts'

function ask(table: Table<Thing>, { where, order, direction, between, even }: Question): View<Thing> {
  const view = View.of(table).where(where).orderBy(order, direction)
  return (between ? view.between(...between) : view).filter(even ? isEven : undefined)
}

/** All pages one after the other. A position is written down and read again, as a cursor is. */
function walk(view: View<Thing>, limit: number, between: (page: number) => void = () => {}): Thing[] {
  const seen: Thing[] = []
  let position: Position | undefined
  for (let page = 0; ; page += 1) {
    assert.ok(page < 1000, 'A walk comes to an end.')
    const { items, next } = view.after(position, limit)
    seen.push(...items)
    if (!next) return seen
    assert.equal(items.length, limit, 'A page that is not the last is full.')
    position = JSON.parse(JSON.stringify(next)) as Position
    between(page)
  }
}

test('A walk shows every row once, in order, at any size of page', () => {
  fc.assert(
    fc.property(things, question, fc.integer({ min: 1, max: 25 }), (rows, asked, limit) => {
      assert.deepEqual(walk(ask(new Table(rows), asked), limit), answer(rows, asked))
    }),
    { numRuns: 500 },
  )
})

test('The last page has no next, even when it is full', () => {
  const rows: Thing[] = Array.from({ length: 10 }, (_, at) => ({ id: `id-0${at}`, owner: 'ada' }))
  const view = View.of(new Table(rows)).orderBy('owner')
  const first = view.after(undefined, 5)
  assert.deepEqual(first.next, ['ada', 'id-04'])
  const last = view.after(first.next, 5)
  assert.equal(last.items.length, 5)
  assert.equal('next' in last, false)
  assert.equal('next' in view.after(undefined, 10), false)
})

const change = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), row: thing }),
  fc.record({ kind: fc.constant('delete' as const), row: thing }),
)

test('Rows that stay as they are during a walk are seen once, whatever comes and goes between the pages', () => {
  fc.assert(
    fc.property(
      things,
      question,
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 20, size: 'max' }),
      (rows, asked, limit, changes) => {
        const table = new Table(rows)
        const changed = new Set<string>()
        const seen = walk(ask(table, asked), limit, (page) => {
          for (const { kind, row } of changes[page] ?? []) {
            changed.add(row.id)
            if (kind === 'put') table.put(row)
            else table.delete(row.id)
          }
        })
        const steady = (row: Thing) => !changed.has(row.id)
        assert.deepEqual(seen.filter(steady), answer(rows, asked).filter(steady))
      },
    ),
    { numRuns: 500 },
  )
})

test('A walk goes on where it was after the row that it stood on is gone', () => {
  for (const direction of ['asc', 'desc'] as const) {
    const rows: Thing[] = Array.from({ length: 9 }, (_, at) => ({ id: `id-0${at}`, owner: 'ada', rank: at % 3 }))
    const table = new Table(rows)
    const view = View.of(table).where({ owner: 'ada' }).orderBy('rank', direction)
    const wanted = view.all().slice(4)
    const { items, next } = view.after(undefined, 4)
    for (const row of items) table.delete(row.id)
    assert.deepEqual(view.after(next, 100).items, wanted)
  }
})

test('A position outside the list shows nothing that is not of the list', () => {
  const rows: Thing[] = Array.from({ length: 30 }, (_, at) => ({ id: `id-${at + 10}`, owner: 'ada', rank: at }))
  const owners: Thing[] = rows.map((row) => ({ ...row, id: row.id.replace('id', 'xy'), owner: 'bob' }))
  const view = View.of(new Table([...rows, ...owners]))
    .where({ owner: 'bob' })
    .orderBy('rank')
    .between(10, 19)
  const ends: [position: Position, direction: 'asc' | 'desc', items: number][] = [
    [[5, 'xy-15'], 'asc', 10],
    [[null, ''], 'asc', 10],
    [[25, 'xy-35'], 'asc', 0],
    [['text', ''], 'asc', 0],
    [[25, 'xy-35'], 'desc', 10],
    [['text', ''], 'desc', 10],
    [[5, 'xy-15'], 'desc', 0],
    [[null, ''], 'desc', 0],
  ]
  for (const [position, direction, count] of ends) {
    const turned = view.orderBy('rank', direction)
    const { items } = turned.after(position, 100)
    assert.deepEqual(items, turned.all().slice(0, count), `${direction} after ${JSON.stringify(position)}`)
  }
})
