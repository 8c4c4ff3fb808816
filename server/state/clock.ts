/** The only source of time in a world. */
import type { ClockState } from '../../schemas/state.ts'
import { momentAfter } from './durations.ts'
import { DAY, inWholeSeconds, LAST, SECOND } from './written-time.ts'

/** A day, or a time with its zone; words that `Date.parse` would guess at are no times. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/

const MODES = ['real', 'frozen', 'offset'] as const

/** How a clock runs: with the machine, not at all, or with the machine but so much apart. */
export type ClockMode = (typeof MODES)[number]

/** How a clock runs, and what it says. */
export interface ClockSetting {
  mode: ClockMode
  /** ISO 8601, with milliseconds: `2026-11-21T10:00:00.000Z`. */
  now: string
}

export class Clock {
  #mode: ClockMode
  /** The moment of a frozen clock, the difference of one with an offset; milliseconds. */
  #value: number
  /** The second and the day that were last written, and how: every answer asks for both, every use of a token for one. */
  #second = { number: Number.NaN, http: '', iso: '' }
  #day = { number: Number.NaN, text: '' }

  private constructor(mode: ClockMode, value: number) {
    this.#mode = mode
    this.#value = value
  }

  /**
   * @param setting `real`, or an ISO 8601 time at which the clock stands still
   * @throws RangeError when the setting is neither
   */
  static of(setting: string): Clock {
    return setting === 'real' ? new Clock('real', 0) : new Clock('frozen', momentOf(setting))
  }

  /**
   * A clock that goes on as another did: see {@link Clock.state}.
   * @throws RangeError for a time or an offset that no clock can have
   */
  static at({ mode, now, offset_ms = 0 }: ClockState): Clock {
    const moment = momentOf(now)
    if (mode === 'real') return new Clock('real', 0)
    if (mode === 'frozen') return new Clock('frozen', moment)
    within(Date.now() + offset_ms)
    return new Clock('offset', offset_ms)
  }

  /** An independent clock that runs as this one does now. */
  fork(): Clock {
    return new Clock(this.#mode, this.#value)
  }

  /**
   * Remembers how it runs.
   * @returns a function that brings that back
   */
  checkpoint(): () => void {
    const [mode, value] = [this.#mode, this.#value]
    return () => {
      this.#mode = mode
      this.#value = value
    }
  }

  get mode(): ClockMode {
    return this.#mode
  }

  /** How it runs and what it says, as the control API shows it. */
  setting(): ClockSetting {
    return { mode: this.#mode, now: this.iso() }
  }

  /**
   * How it runs, for a document. What a clock that runs with the machine is restored from is how far it is apart, so
   * that after an hour it is an hour later there as well; `now` only tells what it said.
   */
  state(): ClockState {
    const setting = this.setting()
    return this.#mode === 'offset' ? { ...setting, offset_ms: this.#value } : setting
  }

  /**
   * Makes it run in another way, or from another time on; the past will do.
   * @param setting without `mode`, a frozen clock stays frozen, and any other runs on from the time that is given.
   * Without `now`, an ISO 8601 time, a clock goes on with the time that it has, and a real one with the machine's
   * @throws RangeError for another mode, for what is no time, and for a time of a real clock, which nobody can set
   * @example clock.set({ mode: 'offset', now: '2027-01-01T00:00:00Z' }) // runs on from there
   */
  set(setting: { mode?: ClockMode | undefined; now?: string | undefined }): void {
    const { now, mode = this.#mode === 'frozen' ? 'frozen' : 'offset' } = setting
    const failed = 'Failed to set the clock: '
    if (setting.mode === undefined && now === undefined) throw new RangeError(`${failed}say a mode, a time, or both.`)
    if (!MODES.includes(mode)) {
      throw new RangeError(`${failed}there is no mode "${mode}"; there are ${MODES.join(', ')}.`)
    }
    if (mode === 'real') {
      if (now !== undefined) {
        throw new RangeError(`${failed}a real clock has the time of the machine. Leave "now" out, or ask for "offset".`)
      }
      this.#run('real', 0)
    } else {
      this.#run(mode, now === undefined ? this.now() : explained(failed, () => momentOf(now)))
    }
  }

  /**
   * Moves it by a duration of the calendar in UTC. A real clock gets an offset by that; a frozen one stays frozen.
   * Rows stay as they are, also when it goes back: some may then be of a time to come.
   * @param duration ISO 8601: `P31D`, `P1M`, `PT0.5S`; `-P1D` goes back
   * @throws RangeError for what is no duration, and when it would lead out of the years 1970 to 9999
   */
  advance(duration: string): void {
    const moment = explained('Failed to advance the clock: ', () => within(momentAfter(this.now(), duration)))
    this.#run(this.#mode === 'frozen' ? 'frozen' : 'offset', moment)
  }

  /**
   * Makes it stand still.
   * @param time ISO 8601; its present time when it is left out
   * @throws RangeError for anything else
   */
  freeze(time?: string): void {
    this.set({ mode: 'frozen', now: time })
  }

  /** Milliseconds since 1970. */
  now(): number {
    if (this.#mode === 'frozen') return this.#value
    // There is no way to write what comes after the year 9999, so that time ends there.
    return Math.min(Date.now() + this.#value, LAST)
  }

  /** Whole seconds, as the live service writes most times: `2026-11-21T10:00:00Z`. */
  seconds(): string {
    return this.#written(this.now()).iso
  }

  /** With milliseconds: `2026-11-21T10:00:00.000Z`. */
  iso(): string {
    return new Date(this.now()).toISOString()
  }

  /** The day in UTC: `2026-11-21`. @param now the time, from whoever has just asked for it */
  day(now = this.now()): string {
    const number = Math.floor(now / DAY)
    if (number !== this.#day.number) this.#day = { number, text: new Date(now).toISOString().slice(0, 10) }
    return this.#day.text
  }

  /** As the header `Date` writes it: `Sat, 21 Nov 2026 10:00:00 GMT`. @param now as with {@link Clock.day} */
  http(now = this.now()): string {
    return this.#written(now).http
  }

  /** The second of a moment. */
  #written(now: number): { http: string; iso: string } {
    const number = Math.floor(now / SECOND)
    if (number !== this.#second.number) {
      const moment = number * SECOND
      this.#second = { number, http: new Date(moment).toUTCString(), iso: inWholeSeconds(moment) }
    }
    return this.#second
  }

  #run(mode: ClockMode, moment: number): void {
    this.#mode = mode
    if (mode === 'real') this.#value = 0
    else this.#value = mode === 'frozen' ? moment : moment - Date.now()
  }
}

/**
 * Reads an ISO 8601 time: a day, or a time with its zone.
 * @returns milliseconds since 1970
 * @throws RangeError for anything else, and for times outside the years 1970 to 9999
 * @example momentOf('2026-11-21T10:00:00Z')
 */
export function momentOf(text: string): number {
  const [, year, month, day] = ISO.exec(text) ?? []
  // `Date.parse` takes 30 February for 2 March.
  const isDay = Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  const moment = isDay ? Date.parse(text) : Number.NaN
  if (moment >= 0 && moment <= LAST) return moment
  throw new RangeError(
    `${JSON.stringify(text)} is not an ISO 8601 time of the years 1970 to 9999, such as 2026-11-21T10:00:00Z`,
  )
}

/** @throws RangeError for a moment that lies outside the years 1970 to 9999 */
function within(moment: number): number {
  if (moment >= 0 && moment <= LAST) return moment
  throw new RangeError('that leads out of the years 1970 to 9999, which are all that a clock can show')
}

/** What a function returns; what it throws, as a sentence that begins with what failed. */
function explained<Result>(failed: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(`${failed}${error.message}.`) : error
  }
}
