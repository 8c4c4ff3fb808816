/** The columns that an index is ordered by. */
import { Column, compareValues, type Value } from './order.ts'
import type { Row } from './table.ts'
import type { Place } from './tree-nodes.ts'

/**
 * Columns one after the other, the id left out, in which every index ends. The same ones are one and the same object,
 * so that an index is found by them at no cost. There are not many: they are named in the code.
 * @example Columns.of(['account_id', 'user.email']) === Columns.NONE.and('account_id').and('user.email')
 */
export class Columns {
  /** No column: the order of the ids. */
  static readonly NONE = new Columns([])

  readonly names: readonly string[]
  readonly #all: readonly Column[]
  readonly #longer = new Map<string, Columns>()

  private constructor(names: readonly string[]) {
    this.names = names
    this.#all = [...names, 'id'].map(Column.of)
  }

  static of(names: readonly string[]): Columns {
    return names.reduce((columns, name) => columns.and(name), Columns.NONE)
  }

  /** These, and one more; the id, in which they end anyhow, adds nothing. */
  and(name: string): Columns {
    if (name === 'id') return this
    let longer = this.#longer.get(name)
    if (!longer) {
      longer = new Columns([...this.names, name])
      this.#longer.set(name, longer)
    }
    return longer
  }

  /** Compares two rows by these columns, then by id. */
  compare(one: object, other: object): number {
    for (const column of this.#all) {
      const difference = compareValues(column.read(one), column.read(other))
      if (difference !== 0) return difference
    }
    return 0
  }

  /** Where a row stands: see {@link Columns.place}. */
  placeOf(row: Row): Place<Row> {
    if (this.names.length === 0) return new IdPlace(row.id)
    return new KeyPlace(
      this.#all,
      this.#all.map((column) => column.read(row)),
    )
  }

  /** The place of values of these columns and the id; where they end first, of all rows that have them. */
  place(values: readonly Value[]): Place<object> {
    return new KeyPlace(this.#all, values)
  }
}

/** The place of an id in the order of the ids, in which every row is looked for that is named. */
export class IdPlace implements Place<Row> {
  readonly #id: string

  constructor(id: string) {
    this.#id = id
  }

  compare({ id }: Row): number {
    return id < this.#id ? -1 : id === this.#id ? 0 : 1
  }
}

/** A class rather than functions that are made for each place: what compares is compiled once, into what searches. */
class KeyPlace implements Place<object> {
  readonly #columns: readonly Column[]
  readonly #values: readonly Value[]

  constructor(columns: readonly Column[], values: readonly Value[]) {
    this.#columns = columns
    this.#values = values
  }

  compare(row: object): number {
    const columns = this.#columns
    const values = this.#values
    const length = Math.min(columns.length, values.length)
    for (let at = 0; at < length; at += 1) {
      const difference = (columns[at] as Column).compare(row, values[at] ?? null)
      if (difference !== 0) return difference
    }
    return 0
  }
}
