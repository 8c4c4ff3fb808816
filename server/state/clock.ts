/** The only source of time in a world. */

/** A day, or a time with its zone; words that `Date.parse` would guess at are no times. */
const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/

export class Clock {
  /** The moment at which it stands still; undefined when it runs with the machine. */
  readonly #frozen: number | undefined

  private constructor(frozen: number | undefined) {
    this.#frozen = frozen
  }

  /**
   * @param setting `real`, or an ISO 8601 time at which the clock stands still
   * @throws RangeError when the setting is neither
   */
  static of(setting: string): Clock {
    if (setting === 'real') return new Clock(undefined)
    const moment = ISO.test(setting) ? Date.parse(setting) : Number.NaN
    if (!(moment >= 0)) throw new RangeError(`"${setting}" is neither "real" nor an ISO 8601 time since 1970`)
    return new Clock(moment)
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#frozen ?? Date.now()
  }

  /** Whole seconds, as the live service writes most times: `2026-11-21T10:00:00Z`. */
  seconds(): string {
    return `${this.iso().slice(0, 19)}Z`
  }

  /** With milliseconds: `2026-11-21T10:00:00.000Z`. */
  iso(): string {
    return new Date(this.now()).toISOString()
  }

  /** The day in UTC: `2026-11-21`. */
  day(): string {
    return this.iso().slice(0, 10)
  }
}
