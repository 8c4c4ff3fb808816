/** The columns that an index is ordered by. */
import { column, compareValues, type Value } from './order.ts'

type Read = (row: object) => Value

/**
 * Columns one after the other, the id left out, in which every index ends. The same ones are one and the same object,
 * so that an index is found by them at no cost. There are not many: they are named in the code.
 * @example Columns.of(['account_id', 'user.email']) === Columns.NONE.and('account_id').and('user.email')
 */
export class Columns {
  /** No column: the order of the ids. */
  static readonly NONE = new Columns([])

  readonly names: readonly string[]
  readonly #reads: readonly Read[]
  readonly #longer = new Map<string, Columns>()

  private constructor(names: readonly string[]) {
    this.names = names
    this.#reads = [...names, 'id'].map(column)
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
    for (const read of this.#reads) {
      const difference = compareValues(read(one), read(other))
      if (difference !== 0) return difference
    }
    return 0
  }

  /** As {@link Columns.compare}, for whoever compares one row with many. */
  standingTo(row: object): (other: object) => number {
    const key = this.#reads.map((read) => read(row))
    return (other) => this.compareToKey(other, key)
  }

  /** Compares a row with values of these columns and the id; where one ends first, only the common part counts. */
  compareToKey(row: object, key: readonly Value[]): number {
    const length = Math.min(this.#reads.length, key.length)
    for (let at = 0; at < length; at += 1) {
      const difference = compareValues((this.#reads[at] as Read)(row), key[at] ?? null)
      if (difference !== 0) return difference
    }
    return 0
  }
}
