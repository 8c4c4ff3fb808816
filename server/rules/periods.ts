/** How long a period of a subscription lasts, and what it costs. */
import { PERIODS } from '../assumed.ts'
import { inWholeSeconds } from '../state/written-time.ts'

/** What one period costs, from the price of a month. */
export function priceOf(monthlyPrice: number, frequency: string): number {
  return monthlyPrice * (PERIODS[frequency]?.price ?? 1)
}

/**
 * When a period ends, in whole seconds; at the latest with the year 9999.
 * @example periodEnd('2026-01-31T00:00:00Z', 'monthly') // '2026-02-28T00:00:00Z'
 */
export function periodEnd(start: string, frequency: string): string {
  const end = new Date(start)
  const { days = 0, months = 0 } = PERIODS[frequency] ?? {}
  const day = end.getUTCDate()
  end.setUTCMonth(end.getUTCMonth() + months, day + days)
  // A month after 31 January is the last day of February.
  if (months > 0 && end.getUTCDate() !== day) end.setUTCDate(0)
  return inWholeSeconds(end.getTime())
}
