/** Finds the rows of a view: in an index, and where none tells, by a look at them. */
import type { Position } from '../../schemas/operation.ts'
import type { Columns } from './columns.ts'
import { Column, type Value } from './order.ts'
import type { Filter, Part } from './parts.ts'
import { type Range, rangeOf, rowsOf } from './range.ts'
import type { SortedTree } from './sorted-tree.ts'
import type { Row, Table } from './table.ts'

export interface Terms<R extends Row> {
  /** Columns that must have a value: served from an index, at no cost per row. */
  equal: Columns
  /** Those values, in the order of the columns. */
  values: readonly Value[]
  order: string
  direction: 'asc' | 'desc'
  /** Only rows whose ordering column lies between these two, both included: served from the index as well. */
  between: readonly [Value, Value] | undefined
  /** What else must hold, looked at row by row: once, since the rows that pass are remembered. */
  filters: readonly Filter<R>[]
  /** The same, where it cannot be remembered. */
  tests: readonly ((row: R) => boolean)[]
}

/** Rows that may be looked for: those that stand next to one another in an index, and what is left to be looked at. */
interface Candidates<R> extends Range<R> {
  readonly tests: readonly ((row: R) => boolean)[]
}

/** So few rows are looked at one by one: that takes less than to remember which of them passed. */
const FEW = 2000

/** This share of the rows may be looked at for pages of one list before all that pass its filters are looked for. */
const SHARE = 4

/** The rows of a table that are asked for, as they are at each call. */
export class Search<R extends Row> {
  readonly #table: Table<R>
  readonly #terms: Terms<R>
  readonly #part: Part<R>

  constructor(table: Table<R>, terms: Terms<R>) {
    const { equal, values, order, filters } = terms
    this.#table = table
    this.#terms = terms
    this.#part = { equal, values, columns: equal.and(order), filters }
  }

  total(): number {
    const candidates = this.#candidates()
    if (candidates.tests.length > 0) return this.#scan(candidates, undefined, Number.POSITIVE_INFINITY).rows.length
    return candidates.to - candidates.from
  }

  /** The first of all, which is found without a look at its place. */
  first(): R | undefined {
    const { filters, tests, direction } = this.#terms
    if (filters.length > 0 || tests.length > 0) return this.after(undefined, 1)[0]
    const { columns } = this.#part
    const index = this.#table.inOrder(this.#part)
    const [low, high] = [columns.place(this.#low()), columns.place(this.#high())]
    const row = direction === 'asc' ? index.firstFrom(low) : index.lastBefore(high, true)
    return row === undefined || low.compare(row) < 0 || high.compare(row) > 0 ? undefined : row
  }

  slice(offset: number, limit: number): R[] {
    const candidates = this.#candidates()
    if (candidates.tests.length > 0) return this.#scan(candidates, undefined, offset + limit).rows.slice(offset)
    return rowsOf(candidates, { direction: this.#terms.direction, offset, limit })
  }

  /** Up to `limit` rows after a position. */
  after(position: Position | undefined, limit: number): R[] {
    return this.#soon(position, limit) ?? this.#scan(this.#candidates(), position, limit).rows
  }

  /** Where a row stands, for {@link Search.after}. */
  positionOf(row: R): Position {
    return [Column.of(this.#terms.order).read(row), row.id]
  }

  #candidates(): Candidates<R> {
    const { filters, tests } = this.#terms
    const ids = filters.find((filter) => filter.ids)?.ids
    if (ids) return { ...this.#within(this.#table.chosen(this.#part, ids)), tests }
    if (filters.length === 0) return { ...this.#within(this.#table.inOrder(this.#part)), tests }
    if (!this.#table.hasPart(this.#part)) {
      const all = this.#unfiltered()
      if (all.to - all.from <= FEW) return all
    }
    return { ...this.#within(this.#table.part(this.#part)), tests }
  }

  /** The same, every filter left to be looked at. */
  #unfiltered(): Candidates<R> {
    const { filters, tests } = this.#terms
    const looks = filters.map((filter) => (row: R) => filter.holds(row))
    return { ...this.#within(this.#table.inOrder(this.#part)), tests: [...looks, ...tests] }
  }

  #within(index: SortedTree<R>): Range<R> {
    return rangeOf(index, this.#part.columns, this.#low(), this.#high())
  }

  /** The least values of the columns of the part that a row can have. */
  #low(): readonly Value[] {
    const { values, between } = this.#terms
    return between ? [...values, between[0]] : values
  }

  /** The greatest. */
  #high(): readonly Value[] {
    const { values, between } = this.#terms
    return between ? [...values, between[1]] : values
  }

  /**
   * Up to `limit` rows after a position, found by a look at the rows that follow it; undefined where it pays to find all
   * rows that pass the filters instead, for this page and all others.
   */
  #soon(position: Position | undefined, limit: number): R[] | undefined {
    const { filters } = this.#terms
    const isKnown = filters.length === 0 || filters.some((filter) => filter.ids) || this.#table.hasPart(this.#part)
    if (isKnown) return undefined
    const all = this.#unfiltered()
    const size = all.to - all.from
    if (size <= FEW) return this.#scan(all, position, limit).rows
    const patience = size / SHARE - this.#table.look(this.#part)
    const { rows, looked, isDone } = this.#scan(all, position, limit, patience)
    this.#table.look(this.#part, looked)
    return isDone ? rows : undefined
  }

  /**
   * Up to `limit` rows after a position that pass the tests.
   * @param patience about how many rows to look at, at most
   */
  #scan(
    candidates: Candidates<R>,
    position: Position | undefined,
    limit: number,
    patience = Number.POSITIVE_INFINITY,
  ): { rows: R[]; looked: number; isDone: boolean } {
    const { direction } = this.#terms
    const { from, to, tests } = candidates
    const start = position ? this.#offsetAfter(candidates, position) : 0
    const rows: R[] = []
    let at = start
    for (let step = 64; at < to - from && rows.length < limit && at - start < patience; at += step) {
      step = Math.min(4096, step * 2)
      for (const row of rowsOf(candidates, { direction, offset: at, limit: step })) {
        if (rows.length < limit && tests.every((holds) => holds(row))) rows.push(row)
      }
    }
    return { rows, looked: at - start, isDone: rows.length === limit || at >= to - from }
  }

  /** The place in a range right after a position, whether or not its row is still there. */
  #offsetAfter({ index, from, to }: Range<R>, position: Position): number {
    const { columns } = this.#part
    // The index by id has that column once.
    const key = [...this.#terms.values, ...(this.#terms.order === 'id' ? position.slice(1) : position)]
    const place = columns.place(key)
    const isAscending = this.#terms.direction === 'asc'
    const offset = isAscending ? index.rank(place, true) - from : to - index.rank(place)
    // A position may lie outside the list: then all of it comes after, or none.
    return Math.min(Math.max(0, offset), to - from)
  }
}
