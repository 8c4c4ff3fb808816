/** A part of a table, filtered and ordered, that is read page by page. */
import type { View as Pages, Position } from '../../schemas/operation.ts'
import { Columns } from './columns.ts'
import { column, type Value } from './order.ts'
import type { SortedTree } from './sorted-tree.ts'
import type { Row, Table } from './table.ts'

interface Terms<R extends Row> {
  /** Columns that must have a value: served from an index, at no cost per row. */
  equal: Columns
  /** Those values, in the order of the columns. */
  values: readonly Value[]
  order: string
  direction: 'asc' | 'desc'
  /** Only rows whose ordering column lies between these two, both included: served from the index as well. */
  between: readonly [Value, Value] | undefined
  /** Anything else that must hold: looked at row by row. */
  filters: readonly ((row: R) => boolean)[]
}

/** What a view asks for to which nothing was said yet, but for columns that must have a value. */
export function everything<R extends Row>(equal = Columns.NONE, values: readonly Value[] = []): Terms<R> {
  return { equal, values, order: 'id', direction: 'asc', between: undefined, filters: [] }
}

/** Shows rows in the form in which they are kept. */
export const asItIs = <R>(row: R): R => row

/**
 * Immutable: each call returns a new view.
 * @example world.store.table(members).where({ account_id }).orderBy('user.email').map(present)
 */
export class View<R extends Row, Item = R> implements Pages<Item> {
  readonly #table: Table<R>
  readonly #terms: Terms<R>
  readonly #present: (row: R) => Item

  protected constructor(table: Table<R>, terms: Terms<R>, present: (row: R) => Item) {
    this.#table = table
    this.#terms = terms
    this.#present = present
  }

  /** Every row of a table, ordered by id. */
  static of<R extends Row>(table: Table<R>): View<R> {
    return new View(table, everything(), asItIs)
  }

  /** Only rows with these values; a column of undefined is left out of account. For one row by id, use `get`. */
  where(columns: Record<string, Value | undefined>): View<R, Item> {
    let view: View<R, Item> = this
    for (const name in columns) {
      const value = columns[name]
      if (value !== undefined) view = view.#narrow(name, value)
    }
    return view
  }

  /** Only rows for which this holds. Costs a look at each row: prefer {@link where}. */
  filter(holds: ((row: R) => boolean) | undefined): View<R, Item> {
    return holds ? this.#with({ filters: [...this.#terms.filters, holds] }) : this
  }

  /** Ordered by a column, then by id. */
  orderBy(order: string, direction: 'asc' | 'desc' = 'asc'): View<R, Item> {
    return this.#with({ order, direction })
  }

  /** Only rows whose ordering column lies between two values, both included. */
  between(from: Value, to: Value): View<R, Item> {
    return this.#with({ between: [from, to] })
  }

  /** Shows rows in another form. Done only for the rows of a page. */
  map<Next>(present: (row: R) => Next): View<R, Next> {
    return new View(this.#table, this.#terms, present)
  }

  total(): number {
    const { from, to } = this.#range()
    return this.#terms.filters.length === 0 ? to - from : this.#scan(0, Number.POSITIVE_INFINITY).length
  }

  slice(offset: number, limit: number): Item[] {
    return this.#rows(offset, limit).map(this.#present)
  }

  /** The first of all; undefined when there is none. */
  first(): Item | undefined {
    const row = this.#terms.filters.length === 0 ? this.#end() : this.#scan(0, 1)[0]
    return row === undefined ? undefined : this.#present(row)
  }

  /** Everything, as one page. */
  all(): Item[] {
    return this.slice(0, Number.POSITIVE_INFINITY)
  }

  after(position: Position | undefined, limit: number): { items: Item[]; next?: Position } {
    const offset = position ? this.#offsetAfter(position) : 0
    // One more than asked for tells whether there is another page.
    const rows = this.#scan(offset, limit + 1)
    const more = rows.length > limit
    const page = more ? rows.slice(0, limit) : rows
    const last = page.at(-1)
    const items = page.map(this.#present)
    return more && last ? { items, next: this.#position(last) } : { items }
  }

  #narrow(name: string, value: Value): View<R, Item> {
    const { equal, values } = this.#terms
    const at = equal.names.indexOf(name)
    // An index ends in the id, so that it cannot begin with it; and what two calls ask of one column must both hold.
    if (name === 'id' || (at >= 0 && values[at] !== value)) {
      const read = column(name)
      return this.filter((row) => read(row) === value)
    }
    return at >= 0 ? this : this.#with({ equal: equal.and(name), values: [...values, value] })
  }

  #with(others: Partial<Terms<R>>): View<R, Item> {
    const { equal, values, order, direction, between, filters } = this.#terms
    // Term by term, which takes a fraction of the time of spreading them: every lookup makes a view or two.
    const terms = {
      equal: others.equal ?? equal,
      values: others.values ?? values,
      order: others.order ?? order,
      direction: others.direction ?? direction,
      between: others.between ?? between,
      filters: others.filters ?? filters,
    }
    return new View(this.#table, terms, this.#present)
  }

  /** The columns of the index that serves this view. */
  #columns(): Columns {
    return this.#terms.equal.and(this.#terms.order)
  }

  /** The least values of those columns that a row of the range can have. */
  #low(): readonly Value[] {
    const { values, between } = this.#terms
    return between ? [...values, between[0]] : values
  }

  /** The greatest. */
  #high(): readonly Value[] {
    const { values, between } = this.#terms
    return between ? [...values, between[1]] : values
  }

  /** Where the rows with the wanted values begin and end in the index. */
  #range(): { index: SortedTree<R>; from: number; to: number } {
    const columns = this.#columns()
    const index = this.#table.orderedBy(columns)
    const [low, high] = [this.#low(), this.#high()]
    if (low.length === 0) return { index, from: 0, to: index.size }
    const from = index.rank((row) => columns.compareToKey(row, low) < 0)
    const to = index.rank((row) => columns.compareToKey(row, high) <= 0)
    return { index, from, to: Math.max(from, to) }
  }

  /** The first row of the range in the direction of the view, filters left aside: found without a look at its place. */
  #end(): R | undefined {
    const columns = this.#columns()
    const index = this.#table.orderedBy(columns)
    const [low, high] = [this.#low(), this.#high()]
    const row =
      this.#terms.direction === 'asc'
        ? index.firstFrom((other) => columns.compareToKey(other, low) < 0)
        : index.lastBefore((other) => columns.compareToKey(other, high) <= 0)
    if (row === undefined || columns.compareToKey(row, low) < 0 || columns.compareToKey(row, high) > 0) return undefined
    return row
  }

  #rows(offset: number, limit: number): R[] {
    const { filters } = this.#terms
    if (filters.length === 0) return this.#read(offset, limit)
    return this.#scan(0, offset + limit).slice(offset)
  }

  /** Rows by their place in the range, in the direction of the view, filters left aside. */
  #read(offset: number, limit: number): R[] {
    const { index, from, to } = this.#range()
    const count = Math.max(0, Math.min(limit, to - from - offset))
    if (count === 0) return []
    if (this.#terms.direction === 'asc') return index.slice(from + offset, count)
    return index.slice(to - offset - count, count).reverse()
  }

  /** Up to `limit` rows that pass the filters, from a place in the range on. */
  #scan(offset: number, limit: number): R[] {
    const { filters } = this.#terms
    const { from, to } = this.#range()
    const found: R[] = []
    for (let at = offset, step = 64; at < to - from && found.length < limit; at += step) {
      step = Math.min(4096, step * 2)
      for (const row of this.#read(at, step)) {
        if (found.length < limit && filters.every((holds) => holds(row))) found.push(row)
      }
    }
    return found
  }

  #position(row: R): Position {
    return [column(this.#terms.order)(row), row.id]
  }

  /** The place in the range right after a position, whether or not its row is still there. */
  #offsetAfter(position: Position): number {
    const { index, from, to } = this.#range()
    const columns = this.#columns()
    // The index by id has that column once.
    const key = [...this.#terms.values, ...(this.#terms.order === 'id' ? position.slice(1) : position)]
    const compare = (row: R) => columns.compareToKey(row, key)
    const isAscending = this.#terms.direction === 'asc'
    const offset = isAscending
      ? index.rank((row) => compare(row) <= 0) - from
      : to - index.rank((row) => compare(row) < 0)
    // A position may lie outside the list: then all of it comes after, or none.
    return Math.min(Math.max(0, offset), to - from)
  }
}
