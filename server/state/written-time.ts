/** Moments as the API writes them. */

/** In milliseconds. */
export const DAY = 86_400_000

/** In milliseconds. */
export const SECOND = 1000

/** The second that was written last: thousands of members may be invited within one. */
let written = { second: Number.NaN, text: '' }

/** The last millisecond that four digits of a year can write. */
export const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * A moment in whole seconds, as the live service writes most times; at the latest with the end of the year 9999.
 * @param moment milliseconds since 1970
 * @example inWholeSeconds(Date.parse('2026-11-21T10:00:00.500Z')) // '2026-11-21T10:00:00Z'
 */
export function inWholeSeconds(moment: number): string {
  const second = Math.floor(Math.min(moment, LAST) / SECOND)
  if (second !== written.second) {
    written = { second, text: `${new Date(second * SECOND).toISOString().slice(0, 19)}Z` }
  }
  return written.text
}

/**
 * A written moment in UTC and in milliseconds: of two such texts the earlier one comes first. What names no moment stays
 * as it is.
 * @example inMilliseconds('2026-11-21T10:00:00+01:00') // '2026-11-21T09:00:00.000Z'
 */
export function inMilliseconds(text: string): string {
  // Nearly always it is written so, or in whole seconds.
  if (text[10] === 'T') {
    if (text.length === 24 && text[23] === 'Z') return text
    if (text.length === 20 && text[19] === 'Z') return `${text.slice(0, 19)}.000Z`
  }
  const moment = Date.parse(text)
  return Number.isNaN(moment) ? text : new Date(moment).toISOString()
}
