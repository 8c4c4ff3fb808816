/** A map with an end: what anybody can add to must not fill the memory. */

/**
 * Forgets everything when it is full. It is for what can be found out again: who comes back finds it anew.
 * @example const callers = new Capped<string, Caller>(1000)
 */
export class Capped<Key, Value> extends Map<Key, Value> {
  readonly #room: number

  /** @param room how many entries there may be */
  constructor(room: number) {
    super()
    this.#room = room
  }

  override set(key: Key, value: Value): this {
    if (this.size >= this.#room && !this.has(key)) this.clear()
    return super.set(key, value)
  }
}
