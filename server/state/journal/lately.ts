/** What came lately and is likely to come again: clients send the same headers over and over. */

/** So many are remembered. */
const MOST = 8

export class Lately {
  readonly #lists: (readonly string[])[] = []
  #next = 0

  /**
   * A list that is the same as one that came lately is that one, so that a thousand exchanges keep it once.
   * @example lately.of(['Accept', 'text/html']) === lately.of(['Accept', 'text/html'])
   */
  of(texts: readonly string[]): readonly string[] {
    for (const list of this.#lists) if (isSame(list, texts)) return list
    this.#lists[this.#next] = texts
    this.#next = (this.#next + 1) % MOST
    return texts
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}
