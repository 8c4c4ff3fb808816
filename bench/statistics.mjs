/** What many samples say together. */

/**
 * @typedef {object} Summary
 * @property {number} median
 * @property {number} low the lowest sample
 * @property {number} high the highest
 */

/**
 * @param {readonly number[]} samples
 * @returns {Summary}
 */
export function summaryOf(samples) {
  const sorted = [...samples].sort((a, b) => a - b)
  return { median: median(sorted), low: sorted[0] ?? Number.NaN, high: sorted.at(-1) ?? Number.NaN }
}

/**
 * Round by round, since what disturbs a machine disturbs neighbours alike. Where one of them took part in fewer
 * rounds, only those count.
 * @param {readonly number[]} samples
 * @param {readonly number[]} reference
 */
export function ratiosOf(samples, reference) {
  return samples.flatMap((sample, round) => {
    const other = reference[round]
    return other === undefined ? [] : [sample / other]
  })
}

/** @param {readonly number[]} sorted */
function median(sorted) {
  const [below = Number.NaN, above = Number.NaN] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.floor(sorted.length / 2)],
  ]
  return (below + above) / 2
}
