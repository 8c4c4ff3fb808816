/** Parts of a table that were asked for: their rows are kept in order, ready for the next page. */
import type { Columns } from './columns.ts'
import type { Value } from './order.ts'
import type { SortedTree } from './sorted-tree.ts'
import type { Row } from './table.ts'

/** What must hold of a row, where no index tells. */
export interface Filter<R> {
  /** Filters of one name hold for the same rows, whoever asks: by it the rows that passed are found again. */
  readonly name: string
  /** Looks at nothing but the row: what else there is may change, and which rows passed is remembered. */
  holds(row: R): boolean
  /** No other rows pass than some of those with these ids: nobody need look for them. */
  readonly ids?: readonly string[]
}

/** Rows of a table, and their order. */
export interface Part<R extends Row> {
  /** Columns that must have a value. */
  readonly equal: Columns
  /** Those values. */
  readonly values: readonly Value[]
  /** The order: those columns, and more. */
  readonly columns: Columns
  readonly filters: readonly Filter<R>[]
}

/** How many parts of one table are kept. Each costs a look at every row that is written. */
const MOST = 16

/** Of how many parts it is remembered how many rows were looked at for them, while they are not kept. */
const MOST_LOOKED = 64

/** Whether a row is of a part. */
export function isOf<R extends Row>({ equal, values, filters }: Part<R>, row: R): boolean {
  return equal.place(values).compare(row) === 0 && filters.every((filter) => filter.holds(row))
}

const nameOf = <R extends Row>({ columns, values, filters }: Part<R>): string =>
  JSON.stringify([columns.names, values, filters.map(({ name }) => name)])

interface Kept<R extends Row> {
  readonly part: Part<R>
  readonly rows: SortedTree<R>
}

/** The parts of one table that were asked for last. */
export class Parts<R extends Row> {
  readonly #kept: Map<string, Kept<R>>
  readonly #looked = new Map<string, number>()

  constructor(kept = new Map<string, Kept<R>>()) {
    this.#kept = kept
  }

  has(part: Part<R>): boolean {
    return this.#kept.size > 0 && this.#kept.has(nameOf(part))
  }

  /** The rows of a part, in its order; undefined when they are not kept. */
  get(part: Part<R>): SortedTree<R> | undefined {
    if (this.#kept.size === 0) return undefined
    const name = nameOf(part)
    const found = this.#kept.get(name)
    if (!found) return undefined
    this.#kept.delete(name)
    this.#kept.set(name, found)
    return found.rows
  }

  /**
   * Keeps the rows of a part, and lets go of those that were not asked for longest.
   * @param room how many rows there may be in all parts together
   */
  keep(part: Part<R>, rows: SortedTree<R>, room: number): SortedTree<R> {
    let left = room - rows.size
    for (const { rows } of this.#kept.values()) left -= rows.size
    for (const [name, { rows }] of this.#kept) {
      if (left >= 0 && this.#kept.size < MOST) break
      this.#kept.delete(name)
      left += rows.size
    }
    const name = nameOf(part)
    this.#kept.set(name, { part, rows })
    this.#looked.delete(name)
    return rows
  }

  /**
   * Counts the rows that were looked at for a part that is not kept.
   * @returns how many that were, these and those before; too few where very many parts were asked for meanwhile
   */
  look(part: Part<R>, rows = 0): number {
    const name = nameOf(part)
    const looked = (this.#looked.get(name) ?? 0) + rows
    if (this.#looked.size >= MOST_LOOKED) this.#looked.clear()
    this.#looked.set(name, looked)
    return looked
  }

  /** Lets go of the parts in an order that nothing was filtered of: the whole table is kept in it. */
  forget(columns: Columns): void {
    for (const [name, { part }] of this.#kept) {
      if (part.columns === columns && part.filters.length === 0) this.#kept.delete(name)
    }
  }

  /** Puts a row in its place in the parts that it is of. @param before the row in whose place it comes */
  put(row: R, before: R | undefined): void {
    for (const { part, rows } of this.#kept.values()) {
      const isPart = isOf(part, row)
      if (before !== undefined && !(isPart && part.columns.compare(before, row) === 0)) rows.remove(before)
      if (isPart) rows.add(row)
    }
  }

  delete(row: R): void {
    for (const { rows } of this.#kept.values()) rows.remove(row)
  }

  fork(): Parts<R> {
    const kept = new Map<string, Kept<R>>()
    for (const [name, { part, rows }] of this.#kept) kept.set(name, { part, rows: rows.fork() })
    return new Parts(kept)
  }
}
