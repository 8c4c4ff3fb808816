/** Moments as the API writes them. */

/** In milliseconds. */
export const DAY = 86_400_000

/** The last millisecond that four digits of a year can write. */
export const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * A moment in whole seconds, as the live service writes most times; at the latest with the end of the year 9999.
 * @param moment milliseconds since 1970
 * @example inWholeSeconds(Date.parse('2026-11-21T10:00:00.500Z')) // '2026-11-21T10:00:00Z'
 */
export function inWholeSeconds(moment: number): string {
  return `${new Date(Math.min(moment, LAST)).toISOString().slice(0, 19)}Z`
}
