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

test('The rows that pass a filter are looked for once, and found again after a change', () => {
  const own = new Table<Counted>(Array.from({ length: ROWS }, (_, at) => new Counted(at)))
  const log = View.of(own).where({ owner: 'ada' }).orderBy('rank')
  for (const rank of [-1, 2, 500]) {
    const list = log.filter({ name: `rank ${rank}`, holds: (row) => row.rank === rank })
    assert.ok(cost(() => list.total()) >= ROWS / 2)
    const total = list.total()
    for (const direction of ['asc', 'desc'] as const) {
      const pages = () => {
        const turned = list.orderBy('rank', direction)
        turned.slice(0, PAGE)
        turned.slice(Math.max(0, total - PAGE), PAGE)
        assert.equal(turned.total(), total)
        return turned.after(turned.after(undefined, 1).next, PAGE)
      }
      assert.ok(cost(pages) < BOUND)
      const row = own.get('050000')
      assert.ok(row)
      assert.ok(cost(() => own.put(new Counted(50_000))) < BOUND)
      assert.ok(cost(pages) < BOUND)
    }
  }
})

test('Pages by cursor look no further than they must, and after a few of them at nothing but themselves', () => {
  const log = View.of(new Table<Counted>(Array.from({ length: ROWS }, (_, at) => new Counted(at))))
  // One row in a hundred.
  const list = log.filter({ name: 'rare', holds: (row) => row.rank < 10 })
  log.total()
  let position = undefined as ReturnType<typeof list.after>['next']
  const prices = Array.from({ length: 12 }, () =>
    cost(() => {
      const { items, next } = list.after(position, PAGE)
      assert.equal(items.length, PAGE)
      position = next
    }),
  )
  assert.ok((prices[0] as number) < ROWS / 5, `The first page looked at ${prices[0]} columns.`)
  assert.ok(
    prices.reduce((sum, price) => sum + price) < 2 * ROWS,
    'Twice the price of a look at each, all pages together.',
  )
  assert.ok(
    prices.slice(6).every((price) => price < BOUND),
    String(prices),
  )
})

/** A hundred rows to each of a thousand teams. */
class OfTeam extends Counted {
  get team(): string {
    return `team-${Number(this.id) % 1000}`
  }
}

test('A new order of the rows of one owner costs what its rows cost, and that of all owners what a sort costs', () => {
  const teams = new Table<OfTeam>(Array.from({ length: ROWS }, (_, at) => new OfTeam(at)))
  const page = (team: number, order: string) =>
    View.of(teams)
      .where({ team: `team-${team}` })
      .orderBy(order)
      .slice(0, PAGE)
  // From now on the rows of a team are next to one another.
  page(0, 'id')
  assert.ok(cost(() => page(1, 'rank')) < BOUND)
  assert.ok(cost(() => page(1, 'owner')) < BOUND)
  const price = cost(() => {
    for (let team = 0; team < 1000; team += 1) assert.equal(page(team, 'rank').length, PAGE)
  })
  const again = cost(() => {
    for (let team = 0; team < 1000; team += 1) page(team, 'rank')
  })
  assert.ok(again < 300 * 1000, `${again} columns read by a thousand pages`)
  assert.ok(price < again + 20 * ROWS, `${price} columns read to put all of them in order`)
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
