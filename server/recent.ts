/** A memory that forgets what was not asked for in a long time. */

/**
 * Remembers something about objects, the most recent ones: what is not read while as many others come in as there is
 * room for is forgotten. It keeps no object alive.
 * @example const texts = new Recent<object, string>(10_000)
 */
export class Recent<Key extends object, Value> {
  readonly #room: number
  #young = new WeakMap<Key, Value>()
  #old = new WeakMap<Key, Value>()
  #count = 0

  /** @param room how many are remembered at least; twice as many at most */
  constructor(room: number) {
    this.#room = room
  }

  get(key: Key): Value | undefined {
    const value = this.#young.get(key)
    if (value !== undefined) return value
    const before = this.#old.get(key)
    if (before !== undefined) this.set(key, before)
    return before
  }

  set(key: Key, value: Value): void {
    if (this.#count >= this.#room) {
      this.#old = this.#young
      this.#young = new WeakMap()
      this.#count = 0
    }
    this.#count += 1
    this.#young.set(key, value)
  }
}
