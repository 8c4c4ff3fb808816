/** One collection of rows, with every order that has been asked for kept ready. */

import { column, compareValues, type Value } from './order.ts'
import { type Compare, SortedTree } from './sorted-tree.ts'
import { roughlyById, sortedBy } from './sorting.ts'

/** The least that a row has. */
export type Row = { readonly id: string }

/**
 * Rows by id, and indexes made on first use. Rows are immutable: a change puts a new row in the place of the old one,
 * so that whoever holds a row (a page, a snapshot, a fork) is never surprised.
 */
export class Table<R extends Row> {
  #rows: SortedTree<R>
  #indexes = new Map<string, SortedTree<R>>()
  /** How often this table was written to. */
  #version = 0
  /** The copy that {@link frozen} made last, and of which version. */
  #frozen: { table: Table<R>; version: number } | undefined
  /** The table that this one was forked from, as it was then. */
  #origin: { table: Table<R>; version: number } | undefined

  constructor(rows: readonly R[] = []) {
    this.#rows = new SortedTree<R>(byColumns(['id']), rows)
  }

  /**
   * An independent copy that shares its rows until one side writes.
   * @param isLinked whether an index that either side makes later, while both are alike, serves the other too; the
   * copy then keeps the original alive
   */
  fork(isLinked = true): Table<R> {
    const copy = new Table<R>()
    copy.#rows = this.#rows.fork()
    copy.#indexes = new Map([...this.#indexes].map(([name, index]) => [name, index.fork()]))
    if (isLinked) copy.#origin = { table: this, version: this.#version }
    return copy
  }

  /** How this table is now, for reading only: the same copy until the next write. */
  frozen(): Table<R> {
    if (this.#frozen?.version !== this.#version) this.#frozen = { table: this.fork(false), version: this.#version }
    return this.#frozen.table
  }

  get size(): number {
    return this.#rows.size
  }

  get(id: string): R | undefined {
    const row = this.#rows.at(this.#rows.rank((other) => other.id < id))
    return row?.id === id ? row : undefined
  }

  /** Adds a row, or puts it in the place of the one with the same id. */
  put(row: R): void {
    this.delete(row.id)
    this.#version += 1
    for (const index of this.#all()) index.add(row)
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
    this.#version += 1
    this.#rows = new SortedTree<R>(byColumns(['id']), [...this.#rows.slice(0, this.size), ...roughlyById(rows)])
    this.#indexes.clear()
  }

  delete(id: string): boolean {
    const row = this.get(id)
    if (!row) return false
    this.#version += 1
    for (const index of this.#all()) index.remove(row)
    return true
  }

  /**
   * The rows ordered by these columns and, last, by id. The first call sorts the table; from then on the order is
   * kept up with every change.
   */
  orderedBy(columns: readonly string[]): SortedTree<R> {
    const name = columns.join()
    if (name === '' || name === 'id') return this.#rows
    let index = this.#indexes.get(name)
    if (!index) {
      index = this.#sameAsOrigin()?.orderedBy(columns).fork() ?? this.#sort(columns)
      this.#indexes.set(name, index)
    }
    return index
  }

  #sort(columns: readonly string[]): SortedTree<R> {
    const rows = sortedBy(this.#rows.slice(0, this.#rows.size), columns)
    return new SortedTree<R>(byColumns([...columns, 'id']), rows, true)
  }

  /** The table that this one was forked from, while both still hold the same rows: its indexes serve every fork. */
  #sameAsOrigin(): Table<R> | undefined {
    const origin = this.#origin
    return origin && this.#version === 0 && origin.table.#version === origin.version ? origin.table : undefined
  }

  #all(): SortedTree<R>[] {
    return [this.#rows, ...this.#indexes.values()]
  }
}

function byColumns<R extends Row>(columns: readonly string[]): Compare<R> {
  const reads: ((row: R) => Value)[] = columns.map(column)
  return (a, b) => {
    for (const read of reads) {
      const difference = compareValues(read(a), read(b))
      if (difference !== 0) return difference
    }
    return 0
  }
}
