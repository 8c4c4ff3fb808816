/** How many requests each credential has left, by the clock of the world. ERRORS.md §6. */
import { createHash } from 'node:crypto'
import type { RateLimit } from '../../schemas/faults.ts'
import type { Clock } from './clock.ts'

/** What is left after a request was counted. */
export interface Allowance {
  /** Requests of one credential in a window. */
  limit: number
  /** Seconds. */
  window_s: number
  /** Requests that may still come in this window. */
  remaining: number
  /** Whole seconds until the window, or the refusal, ends; at least 1. */
  reset_s: number
  /** True for a request that is refused. */
  isOver: boolean
}

interface Window {
  /** Milliseconds since 1970, as is `until`. */
  since: number
  until: number
  count: number
  isOver: boolean
}

/** How many credentials are remembered; beyond that, the one whose window began first is forgotten. */
const MOST = 10_000

/** A longer credential is remembered by its digest, so that no header can fill the memory. */
const LONG = 128

export class RateLimits {
  readonly #clock: Clock
  /** In the order in which the windows began. */
  readonly #windows = new Map<string, Window>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** How many windows are remembered. */
  get size(): number {
    return this.#windows.size
  }

  /**
   * Counts a request. A window begins with the first request. The one that is too many is refused, and so is every
   * other until a whole window after that moment, as the live service does; those that are refused do not prolong it.
   * @param name which limit: each counts for itself
   * @param credential who asks, as sent
   */
  take(name: string, credential: string, { limit, window_s }: RateLimit): Allowance {
    const now = this.#clock.now()
    const key = `${name}\n${credential.length > LONG ? digest(credential) : credential}`
    let window = this.#windows.get(key)
    // Before it began: the clock was set back. Whoever was refused is not locked out until that time comes again.
    if (window === undefined || now >= window.until || now < window.since)
      window = this.#begin(key, now, window_s, false)
    if (!window.isOver) {
      window.count += 1
      if (window.count > limit) window = this.#begin(key, now, window_s, true)
    }
    const { count, isOver, until } = window
    return { limit, window_s, remaining: isOver ? 0 : limit - count, reset_s: Math.ceil((until - now) / 1000), isOver }
  }

  #begin(key: string, now: number, window_s: number, isOver: boolean): Window {
    const window = { since: now, until: now + window_s * 1000, count: 0, isOver }
    // Taken out first, so that it stands at the end.
    this.#windows.delete(key)
    this.#windows.set(key, window)
    if (this.#windows.size > MOST) this.#windows.delete(this.#windows.keys().next().value as string)
    return window
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64')

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

/**
 * Reads a limit as options say it.
 * @param text `1200/300s`, `20/1m`, `5000/h`; a unit alone is one of it
 * @throws RangeError for anything else
 * @example rateLimitOf('20/1m') // { limit: 20, window_s: 60 }
 */
export function rateLimitOf(text: string): RateLimit {
  const [, limit = '', count = '', unit = ''] = /^(\d{1,9})\/(\d{0,9})([smh])$/.exec(text) ?? []
  const window_s = (count === '' ? 1 : Number(count)) * (SECONDS[unit] ?? 0)
  if (window_s === 0) throw new RangeError(`"${text}" is no limit such as 1200/300s, 20/1m or 5000/1h`)
  return { limit: Number(limit), window_s }
}
