/** ISO 8601 durations, added by the calendar. */
import { Temporal } from 'temporal-polyfill'

/**
 * The moment that lies a duration after another, or before it when the duration is negative. Months and years are
 * those of the calendar in UTC: a month after 31 January is the last day of February.
 * @param moment milliseconds since 1970
 * @param duration ISO 8601. Only hours, minutes or seconds may have a fraction, and only the last of them; what is
 * less than a millisecond is cut off
 * @returns milliseconds since 1970: negative before, NaN where no calendar reaches
 * @throws RangeError when it is no duration
 * @example momentAfter(Date.parse('2026-01-31T00:00:00Z'), 'P1M') // 28 February
 */
export function momentAfter(moment: number, duration: string): number {
  const { Duration, Instant } = Temporal
  let length: ReturnType<typeof Duration.from>
  try {
    // What is no text would be read as an object with fields.
    length = Duration.from(String(duration))
  } catch {
    throw new RangeError(
      `${JSON.stringify(duration)} is not an ISO 8601 duration such as P31D, P1M, PT90M or PT0.5S; a minus before it, as in -P1D, goes back`,
    )
  }
  try {
    return Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO('UTC').add(length).epochMilliseconds
  } catch (error) {
    if (error instanceof RangeError) return Number.NaN
    throw error
  }
}
