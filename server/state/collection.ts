/** A collection, or the part of it that belongs to one owner. */
import type { TableKey } from '../../schemas/table.ts'
import { Columns } from './columns.ts'
import { Column } from './order.ts'
import type { Row, Table } from './table.ts'
import { asItIs, everything, View } from './view.ts'

/** Whoever writes to a collection for others. */
interface Writer {
  put(name: string, row: Row): void
  delete(name: string, id: string): boolean
}

export class Collection<R extends Row> extends View<R> {
  readonly #table: Table<R>
  readonly #key: TableKey<R>
  readonly #owner: string | undefined
  readonly #writer: Writer

  /** @param owner whose rows these are; undefined for everybody's, and where rows belong to nobody */
  constructor(table: Table<R>, key: TableKey<R>, writer: Writer, owner?: string) {
    const column = owner === undefined ? undefined : key.owner
    super(table, column === undefined ? everything() : everything(Columns.NONE.and(column), [owner ?? null]), asItIs)
    this.#table = table
    this.#key = key
    this.#owner = owner
    this.#writer = writer
  }

  /** The part that belongs to an owner. */
  of(owner: string): Collection<R> {
    return this.#key.owner === undefined ? this : new Collection(this.#table, this.#key, this.#writer, owner)
  }

  /** The row with this id, if it belongs here. */
  get(id: string): R | undefined {
    const row = this.#table.get(id)
    return row && this.#has(row) ? row : undefined
  }

  /** Adds a row, or replaces the one with the same id. */
  put(row: R): R {
    this.#writer.put(this.#key.name, row)
    return row
  }

  /** @returns whether there was a row of this id that belongs here */
  delete(id: string): boolean {
    return this.get(id) !== undefined && this.#writer.delete(this.#key.name, id)
  }

  #has(row: R): boolean {
    return (
      this.#owner === undefined || this.#key.owner === undefined || Column.of(this.#key.owner).read(row) === this.#owner
    )
  }
}
