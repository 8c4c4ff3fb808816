/** Rows that count how often something came, as many as there is room for. */

/** So many different ones are told apart; what comes beyond is only counted. */
export const MOST_ROWS = 1000

export class CountedRows<Row extends { count: number }> {
  readonly #rows = new Map<string, Row>()
  #omitted = 0

  /** How often something came for which there was no room. */
  get omitted(): number {
    return this.#omitted
  }

  /**
   * Counts one that came.
   * @param make makes its row when it is the first
   */
  add(key: string, make: () => Row, times = 1): void {
    let row = this.#rows.get(key)
    if (!row) {
      if (this.#rows.size >= MOST_ROWS) {
        this.#omitted += times
        return
      }
      row = { ...make(), count: 0 }
      // A key that is cut out of a larger text, or put together, would hold on to the whole.
      this.#rows.set(Buffer.from(key).toString(), row)
    }
    row.count += times
  }

  /** Counts everything that another one counted. */
  addAll(other: CountedRows<Row>): void {
    for (const [key, row] of other.#rows) this.add(key, () => row, row.count)
    this.#omitted += other.#omitted
  }

  /** Copies of the rows, the first that came first. */
  list(): Row[] {
    return [...this.#rows.values()].map((row) => ({ ...row }))
  }

  entries(): IterableIterator<[string, Readonly<Row>]> {
    return this.#rows.entries()
  }
}
