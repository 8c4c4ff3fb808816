/** A part of a table, filtered and ordered, that is read page by page. */
import type { View as Pages, Position } from '../../schemas/operation.ts'
import { Columns } from './columns.ts'
import { column, type Value } from './order.ts'
import type { Filter } from './parts.ts'
import { Search, type Terms } from './search.ts'
import type { Row, Table } from './table.ts'

/** What a view asks for to which nothing was said yet, but for columns that must have a value. */
export function everything<R extends Row>(equal = Columns.NONE, values: readonly Value[] = []): Terms<R> {
  return { equal, values, order: 'id', direction: 'asc', between: undefined, filters: [], tests: [] }
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

  /**
   * Only rows for which this holds. Costs a look at each row: prefer {@link where}. Of a filter with a name the rows
   * that pass are remembered, so that further pages cost nothing but themselves.
   */
  filter(holds: Filter<R> | ((row: R) => boolean) | undefined): View<R, Item> {
    const { filters, tests } = this.#terms
    if (holds === undefined) return this
    return this.#with(typeof holds === 'function' ? { tests: [...tests, holds] } : { filters: [...filters, holds] })
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
    return this.#search().total()
  }

  slice(offset: number, limit: number): Item[] {
    return this.#search().slice(offset, limit).map(this.#present)
  }

  /** The first of all; undefined when there is none. */
  first(): Item | undefined {
    const row = this.#search().first()
    return row === undefined ? undefined : this.#present(row)
  }

  /** Everything, as one page. */
  all(): Item[] {
    return this.slice(0, Number.POSITIVE_INFINITY)
  }

  after(position: Position | undefined, limit: number): { items: Item[]; next?: Position } {
    const search = this.#search()
    // One more than asked for tells whether there is another page.
    const rows = search.after(position, limit + 1)
    const more = rows.length > limit
    const page = more ? rows.slice(0, limit) : rows
    const last = page.at(-1)
    const items = page.map(this.#present)
    return more && last ? { items, next: search.positionOf(last) } : { items }
  }

  #search(): Search<R> {
    return new Search(this.#table, this.#terms)
  }

  #narrow(name: string, value: Value): View<R, Item> {
    const { equal, values } = this.#terms
    const at = equal.names.indexOf(name)
    // An index ends in the id, so that it cannot begin with it; and what two calls ask of one column must both hold.
    if (name === 'id' || (at >= 0 && values[at] !== value)) {
      const read = column(name)
      const filter = { name: JSON.stringify([name, value]), holds: (row: R) => read(row) === value }
      return this.filter(name === 'id' ? { ...filter, ids: [String(value)] } : filter)
    }
    return at >= 0 ? this : this.#with({ equal: equal.and(name), values: [...values, value] })
  }

  #with(others: Partial<Terms<R>>): View<R, Item> {
    const { equal, values, order, direction, between, filters, tests } = this.#terms
    // Term by term, which takes a fraction of the time of spreading them: every lookup makes a view or two.
    const terms = {
      equal: others.equal ?? equal,
      values: others.values ?? values,
      order: others.order ?? order,
      direction: others.direction ?? direction,
      between: others.between ?? between,
      filters: others.filters ?? filters,
      tests: others.tests ?? tests,
    }
    return new View(this.#table, terms, this.#present)
  }
}
