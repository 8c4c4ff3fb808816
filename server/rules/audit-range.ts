/** Times that audit logs are asked by, and how far back they reach. */
import { fail } from '../errors.ts'
import type { View } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { LAST } from '../state/written-time.ts'

/** What a range needs of an entry. */
export interface Timed {
  readonly id: string
  readonly action: { readonly time: string }
}

/** From a moment on, and before another: milliseconds since 1970. */
export interface Range {
  since: number
  before: number
}

/** Times are compared as texts with four digits for the year: what an offset pushes beyond them is brought back. */
const FIRST = Date.parse('0000-01-01T00:00:00Z')

/** How long entries are kept, in months (ERRORS.md §7.7). */
const KEPT = 18

/**
 * Reads a day in UTC, or an RFC 3339 time.
 * @param name of the parameter
 * @throws ApiFailure for a leap second, which passes for a time but names no moment
 */
export function readTime(name: string, text: string): number {
  const moment = Date.parse(text.toUpperCase().replace(' ', 'T'))
  if (!Number.isNaN(moment)) return Math.min(Math.max(moment, FIRST), LAST)
  throw refused(`${name} variable must be a date or an RFC 3339 time`)
}

/** A parameter of an audit log that cannot be served. */
export function refused(message: string): Error {
  return fail('BAD_QUERY', {}, { chain: [{ code: 11000, message }] })
}

/** The range that a query asks for. Without an end it reaches as far as time does. */
export function rangeOf({ since, before }: { since?: string | undefined; before?: string | undefined }): Range {
  return {
    since: since === undefined ? FIRST : readTime('since', since),
    before: before === undefined ? LAST : readTime('before', before),
  }
}

/**
 * The first moment of which entries are still kept: the beginning of the day 18 months ago, by the clock of the world.
 * An example server forgets nothing, since the documented entries are of 2024: see `stateless`.
 */
export function keptSince(world: World): number {
  if (world.stateless) return FIRST
  const today = new Date(world.clock.now())
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth() - KEPT]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(today.getUTCDate(), lastDay))
}

/**
 * Refuses to be asked for what is no longer kept (ERRORS.md §4: observed of version 1, assumed of version 2).
 * @throws ApiFailure 113 when a range begins before everything that is kept
 */
export function refuseOld({ since }: { since?: string | undefined }, world: World): void {
  if (since !== undefined && readTime('since', since) < keptSince(world)) throw fail('AUDIT_LOGS_TOO_OLD')
}

/** What every log is ordered by. */
export const TIME = 'action.time:moment'

/** The entries of a range that are still kept, ordered by time. */
export function within<Entry extends Timed>(
  entries: View<Entry>,
  { since, before }: Range,
  { direction, world }: { direction: 'asc' | 'desc' | undefined; world: World },
): View<Entry> {
  const from = Math.max(since, keptSince(world))
  return entries.orderBy(TIME, direction).between(new Date(from).toISOString(), new Date(before - 1).toISOString())
}

/** An entry as every log shows it: in whole seconds, as published, while it is kept and found by milliseconds. */
export function inSeconds<Entry extends Timed>(entry: Entry): Entry {
  const { time } = entry.action
  return time.includes('.') ? { ...entry, action: { ...entry.action, time: time.replace(/\.\d+/, '') } } : entry
}
