/** What cases hand back: the lines of the table, and the same in numbers. */
import { ratiosOf, summaryOf } from './statistics.mjs'

/**
 * What is to be reached: by the ratio to the reference, by that of CPU time, or by the value itself.
 * @typedef {{ of: 'ratio' | 'cpu ratio' | 'value', atLeast?: number, atMost?: number }} Goal
 */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {'/s' | 'ms' | 'MiB' | 'B'} unit
 * @property {readonly number[]} samples one for each round
 * @property {readonly number[]} [referenceSamples] of the reference, where that is no row by itself
 * @property {readonly number[]} [ratios] to the reference, round by round
 * @property {readonly number[]} [cpuRatios] the same by CPU time, which what else goes on disturbs less: where nothing
 * does and a server is as busy as can be, both are the same
 * @property {readonly number[]} [cpuMs] for each answer, or for each start
 * @property {readonly number[]} [p99] milliseconds
 * @property {Goal} [goal]
 */

/**
 * @typedef {object} Group
 * @property {string} title
 * @property {string} [reference] what the rows are compared with: the name of one of them, or something else
 * @property {Row[]} rows
 */

/**
 * Gives rows their ratios.
 * @param {string} title
 * @param {Row[]} rows
 * @param {string} reference
 * @returns {Group}
 */
export function compared(title, rows, reference) {
  const other = rows.find(({ name }) => name === reference)
  if (other === undefined) return { title, rows }
  return {
    title,
    reference,
    rows: rows.map((row) => ({
      ...row,
      ratios: ratiosOf(row.samples, other.samples),
      ...(row.cpuMs && other.cpuMs && { cpuRatios: cpuRatiosOf(row.unit, row.cpuMs, other.cpuMs) }),
    })),
  }
}

/**
 * What is measured twice, here and in a small world: one row each, with the ratio between both.
 * @param {string} title
 * @param {string} reference what the small one is
 * @param {readonly { large: Row, small: Row }[]} pairs
 * @returns {Group}
 */
export function sideBySide(title, reference, pairs) {
  const rows = pairs.map(({ large, small }) => ({
    ...large,
    referenceSamples: small.samples,
    ratios: ratiosOf(large.samples, small.samples),
    ...(large.cpuMs && small.cpuMs && { cpuRatios: cpuRatiosOf(large.unit, large.cpuMs, small.cpuMs) }),
  }))
  return { title, reference, rows }
}

/**
 * Who answers twice as often takes half the time for each.
 * @param {Row['unit']} unit
 * @param {readonly number[]} own
 * @param {readonly number[]} other
 */
function cpuRatiosOf(unit, own, other) {
  return unit === '/s' ? ratiosOf(other.slice(0, own.length), own) : ratiosOf(own, other)
}

/**
 * @param {Row} row
 * @returns {boolean | undefined} undefined where there is no goal
 */
export function isMet({ goal, samples, ratios, cpuRatios }) {
  if (goal === undefined) return undefined
  const { median } = summaryOf({ ratio: ratios, 'cpu ratio': cpuRatios, value: samples }[goal.of] ?? [])
  return median >= (goal.atLeast ?? Number.NEGATIVE_INFINITY) && median <= (goal.atMost ?? Number.POSITIVE_INFINITY)
}

/**
 * A group as JSON shows it.
 * @param {Group} group
 */
export function inNumbers({ title, reference, rows }) {
  return {
    title,
    reference,
    rows: rows.map((row) => ({
      name: row.name,
      unit: row.unit,
      value: summaryOf(row.samples),
      samples: row.samples,
      reference_samples: row.referenceSamples,
      ratio: row.ratios && summaryOf(row.ratios),
      cpu_ms: row.cpuMs?.some(Number.isFinite) ? summaryOf(row.cpuMs) : undefined,
      cpu_ratio: row.cpuRatios?.some(Number.isFinite) ? summaryOf(row.cpuRatios) : undefined,
      p99_ms: row.p99 && summaryOf(row.p99),
      goal: row.goal && { ...row.goal, met: isMet(row) },
    })),
  }
}
