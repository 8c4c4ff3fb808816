/** What came lately and is likely to come again: clients ask the same with the same headers over and over. */

/** So many are remembered. */
const MOST = 8

/**
 * Keeps one thing for many that are the same, so that a thousand exchanges share it.
 * @example new Lately<Entry, Head>(isHeadOf, headOf).of(entry) // a new head, or one that is as this entry has it
 */
export class Lately<From, Kept> {
  readonly #isOf: (kept: Kept, from: From) => boolean
  readonly #keep: (from: From) => Kept
  readonly #kept: Kept[] = []
  #next = 0
  /** Where the one is that came last. */
  #last = 0

  /**
   * @param isOf whether what is kept is what would be kept of this
   * @param keep what is kept of something new
   */
  constructor(isOf: (kept: Kept, from: From) => boolean, keep: (from: From) => Kept) {
    this.#isOf = isOf
    this.#keep = keep
  }

  /** What is kept of this: of something that came lately, the same object. */
  of(from: From): Kept {
    const last = this.#kept[this.#last]
    if (last !== undefined && this.#isOf(last, from)) return last
    this.#last = this.#kept.findIndex((one) => this.#isOf(one, from))
    if (this.#last < 0) {
      this.#last = this.#next
      this.#kept[this.#next] = this.#keep(from)
      this.#next = (this.#next + 1) % MOST
    }
    return this.#kept[this.#last] as Kept
  }
}
