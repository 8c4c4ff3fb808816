/** One collection of rows, with every order that has been asked for kept ready. */

import { Columns, IdPlace } from './columns.ts'
import { isOf, type Part, Parts } from './parts.ts'
import { type Range, rangeOf, rowsOf } from './range.ts'
import { SortedTree } from './sorted-tree.ts'
import { roughlyById, sortedBy } from './sorting.ts'

/** The least that a row has. */
export type Row = { readonly id: string }

/** A table of so few rows is put in order as a whole. */
const SMALL = 2000

/** To look for a row takes as long as to take over so many. */
const WORTH = 16

/** How often a table was written to, all tables of the process together: see {@link Table.version}. */
let writes = 0

/**
 * Rows by id, and indexes made on first use. Rows are immutable: a change puts a new row in the place of the old one,
 * so that whoever holds a row (a page, a snapshot, a fork) is never surprised.
 */
export class Table<R extends Row> {
  #rows: SortedTree<R>
  #indexes = new Map<Columns, SortedTree<R>>()
  #parts = new Parts<R>()
  /** How many rows were put in an order for parts of the table so far. */
  #sorted = new Map<Columns, number>()
  #version = 0
  /** The copy that {@link frozen} made last. */
  #frozen: Table<R> | undefined
  /** The table that this one was forked from. */
  #origin: Table<R> | undefined

  constructor(rows: readonly R[] = []) {
    this.#rows = new SortedTree<R>(Columns.NONE, rows)
    if (rows.length > 0) this.#written()
  }

  /**
   * Stands for the rows that are here now: wherever it is the same, in this table or in a fork of it, so are they. Of
   * what was worked out from them it tells whether it still holds.
   */
  get version(): number {
    return this.#version
  }

  /**
   * An independent copy that shares its rows until one side writes.
   * @param isLinked whether an index that either side makes later, while both are alike, serves the other too; the
   * copy then keeps the original alive
   */
  fork(isLinked = true): Table<R> {
    const copy = new Table<R>()
    copy.#take(this)
    copy.#version = this.#version
    if (isLinked) copy.#origin = this
    return copy
  }

  /** How this table is now, for reading only: the same copy until the next write. */
  frozen(): Table<R> {
    if (this.#frozen?.version !== this.#version) this.#frozen = this.fork(false)
    return this.#frozen
  }

  /** Takes the rows of another table in the place of its own; they stay that table's as well. */
  become(other: Table<R>): void {
    this.#written()
    this.#take(other)
  }

  get size(): number {
    return this.#rows.size
  }

  get(id: string): R | undefined {
    const row = this.#rows.firstFrom(new IdPlace(id))
    return row?.id === id ? row : undefined
  }

  /** Adds a row, or puts it in the place of the one with the same id. @returns that one */
  put(row: R): R | undefined {
    this.#written()
    const before = this.#rows.add(row)
    for (const [columns, index] of this.#indexes) {
      // A row that changed nothing that the order goes by stays where it is.
      if (before !== undefined && columns.compare(before, row) !== 0) index.remove(before)
      index.add(row)
    }
    this.#parts.put(row, before)
    return before
  }

  /**
   * Adds many rows at once, whose ids are not there yet. Where there are few rows to begin with, all are sorted anew,
   * which takes far less time than finding a place for each; indexes are then made again when they are asked for.
   */
  addAll(rows: readonly R[]): void {
    if (rows.length < this.size) {
      for (const row of rows) this.put(row)
      return
    }
    this.#written()
    this.#rows = new SortedTree<R>(Columns.NONE, [...this.#rows.slice(0, this.size), ...roughlyById(rows)])
    this.#indexes.clear()
    this.#parts = new Parts()
    this.#sorted.clear()
  }

  /** Removes the row with this id. @returns that one */
  delete(id: string): R | undefined {
    const row = this.get(id)
    if (!row) return undefined
    this.#written()
    this.#rows.remove(row)
    for (const index of this.#indexes.values()) index.remove(row)
    this.#parts.delete(row)
    return row
  }

  /** Removes many rows of this table at once. Where they are a good part of it, what is left is taken over in order. */
  deleteAll(rows: readonly R[]): void {
    if (rows.length * WORTH < this.size) {
      for (const { id } of rows) this.delete(id)
      return
    }
    this.#written()
    const gone = new Set(rows)
    const left = (columns: Columns, tree: SortedTree<R>) => {
      const stay = tree.slice(0, tree.size).filter((row) => !gone.has(row))
      return new SortedTree<R>(columns, stay, true)
    }
    this.#rows = left(Columns.NONE, this.#rows)
    for (const [columns, index] of this.#indexes) this.#indexes.set(columns, left(columns, index))
    // They are made again when they are asked for.
    this.#parts = new Parts()
  }

  /**
   * The rows ordered by these columns and, last, by id. The first call sorts the table; from then on the order is
   * kept up with every change.
   */
  orderedBy(columns: Columns): SortedTree<R> {
    if (columns === Columns.NONE) return this.#rows
    let index = this.#indexes.get(columns)
    if (!index) {
      index = this.#sameAsOrigin()?.orderedBy(columns).fork() ?? this.#sort(columns)
      this.#indexes.set(columns, index)
    }
    return index
  }

  /** The rows that have the values of a part, in its order, filters left aside; others may be there as well. */
  inOrder(part: Part<R>): SortedTree<R> {
    return this.#isWhole(part) ? this.orderedBy(part.columns) : this.part({ ...part, filters: [] })
  }

  /** The rows of a part, in its order, and no others. The first call looks at them one by one, or sorts them. */
  part(part: Part<R>): SortedTree<R> {
    const kept = this.#parts.get(part)
    if (kept) return kept
    const rows = this.#sameAsOrigin()?.part(part).fork() ?? this.#gather(part)
    return this.#parts.keep(part, rows, 2 * this.size)
  }

  /** Whether {@link part} has its answer ready. */
  hasPart(part: Part<R>): boolean {
    return this.#parts.has(part)
  }

  /** Counts rows that were looked at for a part in vain, or while it is not ready: see {@link Parts.look}. */
  look(part: Part<R>, rows = 0): number {
    return this.#parts.look(part, rows)
  }

  /** The rows of a part that only rows with certain ids can be of. They are not kept. */
  chosen(part: Part<R>, ids: readonly string[]): SortedTree<R> {
    const rows = [...new Set(ids)].flatMap((id) => this.get(id) ?? []).filter((row) => isOf(part, row))
    return new SortedTree<R>(part.columns, rows)
  }

  #gather(part: Part<R>): SortedTree<R> {
    const { columns, equal, values, filters } = part
    if (filters.length === 0) {
      const rows = rowsOf(this.#ofFirst(part)).filter((row) => isOf(part, row))
      return new SortedTree<R>(columns, sortedBy(rows, columns.names.slice(equal.names.length)), true)
    }
    const all = rowsOf(rangeOf(this.inOrder(part), columns, values))
    const rows = all.filter((row) => filters.every((filter) => filter.holds(row)))
    return new SortedTree<R>(columns, rows, true)
  }

  /**
   * Whether an order is worth being kept for the whole table. To sort the few rows that one account has takes next to
   * nothing; but once as many were sorted, for one account or another, as there are, all of them are.
   */
  #isWhole(part: Part<R>): boolean {
    const { columns, equal } = part
    if (columns === equal || equal === Columns.NONE || this.size <= SMALL || this.#indexes.has(columns)) return true
    if (this.#parts.has({ ...part, filters: [] })) return false
    const origin = this.#sameAsOrigin()
    if (origin) return origin.#isWhole(part)
    const { from, to } = this.#ofFirst(part)
    const sorted = (this.#sorted.get(columns) ?? 0) + to - from
    this.#sorted.set(columns, sorted)
    if (to - from <= this.size / 4 && sorted <= this.size) return false
    this.#parts.forget(columns)
    return true
  }

  /** The rows that have the first of the values of a part, such as all of its account. */
  #ofFirst({ equal, values }: Part<R>): Range<R> {
    const first = Columns.of(equal.names.slice(0, 1))
    return rangeOf(this.orderedBy(first), first, values.slice(0, 1))
  }

  #sort(columns: Columns): SortedTree<R> {
    const rows = sortedBy(this.#rows.slice(0, this.#rows.size), columns.names)
    return new SortedTree<R>(columns, rows, true)
  }

  /** The table that this one was forked from, while both still hold the same rows: its indexes serve every fork. */
  #sameAsOrigin(): Table<R> | undefined {
    const origin = this.#origin
    return origin?.version === this.#version ? origin : undefined
  }

  #take(other: Table<R>): void {
    this.#rows = other.#rows.fork()
    this.#indexes = new Map()
    for (const [columns, index] of other.#indexes) this.#indexes.set(columns, index.fork())
    this.#parts = other.#parts.fork()
  }

  #written(): void {
    writes += 1
    this.#version = writes
  }
}
