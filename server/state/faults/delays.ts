/** How long a fault delays. */
import { type Delay, LONGEST_DELAY } from '../../../schemas/wire-faults.ts'
import type { Random } from '../random.ts'

/**
 * Draws a delay. One that is always the same draws nothing.
 * @returns milliseconds, an hour at most
 * @example delayOf({ lognormal: { median: 800, sigma: 0.6 } }, world.chance)
 */
export function delayOf(delay: Delay, chance: Random): number {
  if ('ms' in delay) return delay.ms
  if ('uniform' in delay) {
    const [least, most] = delay.uniform as [number, number]
    return least + (most - least) * chance.fraction()
  }
  const { median, sigma } = delay.lognormal
  return Math.min(LONGEST_DELAY, median * Math.exp(sigma * normal(chance)))
}

/** A draw from the normal distribution around 0, by Box and Muller. */
function normal(chance: Random): number {
  // There is no logarithm of 0.
  const radius = Math.sqrt(-2 * Math.log(1 - chance.fraction()))
  return radius * Math.cos(2 * Math.PI * chance.fraction())
}
