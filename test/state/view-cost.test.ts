/** A page costs its page: counted in rows that are looked at, not in time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Table } from '../../server/state/table.ts'
import { View } from '../../server/state/view.ts'

const ROWS = 100_000
const PAGE = 50
/** Far more than a page and the way to it, far less than a scan. */
const BOUND = 2000

/** How often any column of any row was read. */
let touched = 0

class Counted {
  readonly #at: number

  constructor(at: number) {
    this.#at = at
  }
  get id(): string {
    touched += 1
    return String(this.#at).padStart(6, '0')
  }
  get owner(): string {
    touched += 1
    return this.#at % 2 === 0 ? 'ada' : 'bob'
  }
  get rank(): number {
    touched += 1
    return (this.#at * 7919) % 1000
  }
}

const table = new Table<Counted>(Array.from({ length: ROWS }, (_, at) => new Counted(at)))

/** How many columns were read meanwhile. */
function cost(work: () => unknown): number {
  touched = 0
  work()
  return touched
}

const views: [name: string, view: View<Counted>][] = [
  ['plain', View.of(table)],
  ['plain, descending', View.of(table).orderBy('id', 'desc')],
  ['filtered by a column', View.of(table).where({ owner: 'ada' })],
  ['ordered', View.of(table).orderBy('rank')],
  ['filtered and ordered, descending', View.of(table).where({ owner: 'bob' }).orderBy('rank', 'desc')],
  ['within a range', View.of(table).where({ owner: 'bob' }).orderBy('rank').between(100, 899)],
]

for (const [name, view] of views) {
  test(`Page 1, the middle and the last page cost the same: ${name}`, () => {
    const total = view.total()
    assert.ok(total >= 40_000)
    for (const offset of [0, total / 2, total - PAGE]) {
      const price = cost(() => {
        assert.equal(view.slice(offset, PAGE).length, PAGE)
        assert.equal(view.total(), total)
      })
      assert.ok(price < BOUND, `${price} columns read at ${offset}`)
    }
  })

  test(`A walk goes on at the price of its page: ${name}`, () => {
    let position = view.after(undefined, 1).next
    const [last] = view.slice(view.total() - PAGE - 1, 1) as [Counted]
    const column = name.includes('ordered') || name.includes('range') ? last.rank : last.id
    for (const start of [position, [column, last.id] as const]) {
      const price = cost(() => {
        const { items, next } = view.after(start, PAGE)
        assert.equal(items.length, PAGE)
        position = next
      })
      assert.ok(price < BOUND, `${price} columns read`)
    }
    assert.equal(position, undefined)
  })
}

test('A filter that nearly all rows pass looks at little more than its page', () => {
  const view = View.of(table)
    .where({ owner: 'ada' })
    .orderBy('rank')
    .filter((row) => row.rank > 0)
  view.total()
  assert.ok(cost(() => view.slice(0, PAGE)) < BOUND)
  assert.ok(cost(() => view.after(view.after(undefined, PAGE).next, PAGE)) < BOUND)
})

test('A change keeps every order at the price of a few searches', () => {
  for (const [, view] of views) view.total()
  const row = new Counted(ROWS)
  assert.ok(cost(() => table.put(row)) < BOUND)
  assert.ok(cost(() => table.get('050000')) < BOUND)
  assert.ok(cost(() => table.delete(row.id)) < BOUND)
})

test('Forks cost nothing, and share the orders that one of them asks for', () => {
  const source = new Table<Counted>(Array.from({ length: ROWS }, (_, at) => new Counted(at)))
  const page = (fork: Table<Counted>) => View.of(fork).where({ owner: 'ada' }).orderBy('rank').slice(0, PAGE)
  const [first, second] = [source.fork(), source.fork()]
  assert.equal(
    cost(() => source.fork()),
    0,
  )
  assert.ok(cost(() => page(first)) > ROWS, 'The first one sorts.')
  assert.ok(cost(() => page(second)) < BOUND)
  assert.ok(cost(() => page(second.fork())) < BOUND)
  second.put(new Counted(ROWS))
  assert.ok(cost(() => page(second.fork())) < BOUND)
  assert.ok(cost(() => page(source.fork())) < BOUND)
})
