/** All collections of one world. */
import type { TableKey } from '../../schemas/table.ts'
import { TABLES } from '../../schemas/tables.ts'
import { column } from './order.ts'
import { type Row, Table } from './table.ts'
import { View } from './view.ts'

/** A collection, or the part of it that belongs to one owner. */
export interface Collection<R extends Row> extends View<R> {
  /** The row with this id, if it belongs here. */
  get(id: string): R | undefined
  /** Adds a row, or replaces the one with the same id. */
  put(row: R): R
  delete(id: string): boolean
}

export class Store {
  #tables = new Map<string, Table<Row>>()
  /** By collection, the ids of rows that were written since somebody asked; undefined where nobody does. */
  #written: Map<string, Set<string>> | undefined

  /**
   * A collection, or the part of it that belongs to an owner.
   * @example store.table(members, account_id).get(member_id)
   */
  table<R extends Row>(key: TableKey<R>, owner?: string): Collection<R> {
    const table = this.#table(key.name) as unknown as Table<R>
    const view = owner === undefined || !key.owner ? View.of(table) : View.of(table).where({ [key.owner]: owner })
    const belongs = ownedBy<R>(key, owner)
    return Object.assign(view, {
      get(id: string) {
        const row = table.get(id)
        return row && belongs(row) ? row : undefined
      },
      put: (row: R) => {
        table.put(row)
        this.#note(key.name, row.id)
        return row
      },
      delete: (id: string) => {
        const row = table.get(id)
        if (row === undefined || !belongs(row)) return false
        this.#note(key.name, id)
        return table.delete(id)
      },
    })
  }

  /** Adds rows to a collection whose ids are not there yet. {@link Store.written} does not tell them. */
  addAll(name: string, rows: readonly Row[]): void {
    this.#table(name).addAll(rows)
  }

  /**
   * Which rows were put or deleted since the last call, by collection; from the first call on, that is remembered.
   * What was undone since then may be among them. Forks do not remember.
   */
  written(): ReadonlyMap<string, ReadonlySet<string>> {
    const written = this.#written ?? new Map()
    this.#written = new Map()
    return written
  }

  /** Whether {@link Store.written} would tell of any row. */
  get isWritten(): boolean {
    return this.#written !== undefined && this.#written.size > 0
  }

  /** Fills an empty collection, faster than row by row. */
  load(name: string, rows: readonly Row[]): void {
    this.#tables.set(name, new Table(rows))
  }

  /** How many rows there are, those of the catalogue left aside. */
  get size(): number {
    return TABLES.reduce((sum, { name }) => sum + (this.#tables.get(name)?.size ?? 0), 0)
  }

  /** Removes every row that belongs to somebody. */
  deleteOwnedBy(owner: string): void {
    for (const key of TABLES) {
      if (!key.owner) continue
      const owned = this.table(key, owner)
      for (const row of owned.all()) owned.delete(row.id)
    }
  }

  /** An independent copy, made in next to no time: rows are shared until either side writes. */
  fork(isLinked = true): Store {
    const copy = new Store()
    for (const [name, table] of this.#tables) copy.#tables.set(name, table.fork(isLinked))
    return copy
  }

  /** How things are now, for reading only. Collections that were not written to since the last call are not copied. */
  frozen(): Store {
    const copy = new Store()
    for (const [name, table] of this.#tables) copy.#tables.set(name, table.frozen())
    return copy
  }

  /**
   * Remembers how things are now, at next to no cost.
   * @returns a function that brings that back
   */
  checkpoint(): () => void {
    const saved = this.frozen()
    return () => {
      // Not linked: what is undone is let go of.
      this.#tables = saved.fork(false).#tables
    }
  }

  #note(name: string, id: string): void {
    if (!this.#written) return
    const ids = this.#written.get(name)
    if (ids) ids.add(id)
    else this.#written.set(name, new Set([id]))
  }

  #table(name: string): Table<Row> {
    let table = this.#tables.get(name)
    if (!table) {
      table = new Table<Row>()
      this.#tables.set(name, table)
    }
    return table
  }
}

function ownedBy<R extends Row>(key: TableKey<R>, owner: string | undefined): (row: R) => boolean {
  if (owner === undefined || !key.owner) return () => true
  const read = column(key.owner)
  return (row) => read(row) === owner
}
