/** All collections of one world. */
import type { TableKey } from '../../schemas/table.ts'
import { TABLES } from '../../schemas/tables.ts'
import { Collection } from './collection.ts'
import { type Former, Step } from './step.ts'
import { type Row, Table } from './table.ts'

export class Store {
  readonly #tables = new Map<string, Table<Row>>()
  readonly #collections = new WeakMap<TableKey<Row>, Collection<Row>>()
  #last = new Step()
  /** By collection, the ids of rows that were written since somebody asked; undefined where nobody does. */
  #written: Map<string, Set<string>> | undefined

  /**
   * A collection, or the part of it that belongs to an owner.
   * @example store.table(members, account_id).get(member_id)
   */
  table<R extends Row>(key: TableKey<R>, owner?: string): Collection<R> {
    let collection = this.#collections.get(key) as Collection<R> | undefined
    if (!collection) {
      collection = new Collection(this.#table(key.name) as unknown as Table<R>, key, this)
      this.#collections.set(key, collection as unknown as Collection<Row>)
    }
    return owner === undefined ? collection : collection.of(owner)
  }

  /** Adds a row to a collection, or puts it in the place of the one with the same id. */
  put(name: string, row: Row): void {
    const former = this.#table(name).put(row)
    this.#note({ name, id: row.id, row: former })
  }

  /** Takes a row out of a collection. @returns whether it was there */
  delete(name: string, id: string): boolean {
    const row = this.#table(name).delete(id)
    if (row) this.#note({ name, id, row })
    return row !== undefined
  }

  /** Adds rows to a collection whose ids are not there yet. {@link Store.written} does not tell them. */
  addAll(name: string, rows: readonly Row[]): void {
    const table = this.#table(name)
    this.#note({ name, rows: table.frozen() })
    table.addAll(rows)
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
    this.#table(name).become(new Table(rows))
  }

  /** Stands for the rows of a collection as they are now: see {@link Table.version}. */
  version(key: TableKey<Row>): number {
    return this.#tables.get(key.name)?.version ?? 0
  }

  /** Those of several collections, for {@link Store.isAt}. */
  versions(keys: readonly TableKey<Row>[]): number[] {
    return keys.map((key) => this.version(key))
  }

  /** Whether collections are as they were when they had these versions. */
  isAt(keys: readonly TableKey<Row>[], versions: readonly number[]): boolean {
    // Asked for several times with each request: a closure for `every` would cost as much as the comparisons.
    for (let at = 0; at < keys.length; at += 1) {
      if (this.version(keys[at] as TableKey<Row>) !== versions[at]) return false
    }
    return true
  }

  /** How many rows there are, those of the catalogue left aside. */
  get size(): number {
    return TABLES.reduce((sum, { name }) => sum + (this.#tables.get(name)?.size ?? 0), 0)
  }

  /** Removes every row that belongs to somebody. */
  deleteOwnedBy(owner: string): void {
    for (const key of TABLES) {
      if (!key.owner) continue
      const owned = this.table(key, owner).all()
      if (owned.length === 0) continue
      const table = this.#table(key.name)
      // There may be a hundred thousand: they come back in one go.
      this.#note({ name: key.name, rows: table.frozen() })
      table.deleteAll(owned)
      for (const { id } of owned) this.#noteWritten(key.name, id)
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
   * Remembers how things are now, at no cost.
   * @returns a function that brings that back
   */
  checkpoint(): () => void {
    const moment = this.#last
    return () => this.#goBack(moment)
  }

  /** This moment, for {@link Store.asOf}: the last step that was taken. Whoever holds it holds what is done later. */
  get now(): Step {
    return this.#last
  }

  /**
   * How things were at a moment. Costs as much as what was done since, the first time that it is asked.
   * @returns an independent copy
   */
  asOf(moment: Step): Store {
    return this.#wholeAt(moment).fork()
  }

  /** Works out how things were at a moment, so that nobody who holds it holds what is done later any more. */
  settle(moment: Step): void {
    this.#wholeAt(moment)
  }

  #wholeAt(moment: Step): Store {
    if (!moment.whole) {
      const copy = this.fork(false)
      copy.#goBack(moment)
      // What did not change since is shared with the copies of other moments.
      for (const [name, table] of this.#tables) {
        if (copy.#tables.get(name)?.version === table.version) copy.#tables.set(name, table.frozen())
      }
      moment.whole = copy
    }
    return moment.whole
  }

  /** Undoes step by step what was done since a moment. That is done in steps as well: other moments stay what they are. */
  #goBack(moment: Step): void {
    const steps = moment.later()
    const { whole } = steps.at(-1) ?? moment
    if (whole) this.#become(whole)
    for (const { former } of steps.reverse()) {
      if (!former) continue
      if ('rows' in former) this.#replace(former.name, former.rows)
      else if (former.row) this.put(former.name, former.row)
      else this.delete(former.name, former.id)
    }
  }

  #become(other: Store): void {
    for (const name of new Set([...this.#tables.keys(), ...other.#tables.keys()])) {
      this.#replace(name, other.#tables.get(name) ?? new Table())
    }
  }

  /** Puts other rows in the place of all that a collection has. */
  #replace(name: string, rows: Table<Row>): void {
    const table = this.#table(name)
    if (table.version === rows.version) return
    this.#note({ name, rows: table.frozen() })
    table.become(rows)
  }

  #note(former: Former): void {
    this.#last = this.#last.followedBy(former)
    if ('id' in former) this.#noteWritten(former.name, former.id)
  }

  #noteWritten(name: string, id: string): void {
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
