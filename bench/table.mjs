/** The table that a run ends with. */
import { isMet } from './result.mjs'
import { summaryOf } from './statistics.mjs'

const HEAD = ['', 'median', 'lowest – highest', 'CPU', 'ratio', 'lowest – highest', 'by CPU', 'goal']

/**
 * @param {readonly import('./result.mjs').Group[]} groups
 * @returns {string} with a line break at the end
 */
export function tableOf(groups) {
  const lines = groups.map(({ title, reference, rows }) => ({
    title: reference === undefined ? title : `${title} (ratio: to ${reference})`,
    rows: rows.map(cellsOf),
  }))
  const all = [HEAD, ...lines.flatMap(({ rows }) => rows)]
  const widths = HEAD.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)))
  const drawn = (/** @type {string[]} */ cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  const rule = '─'.repeat(drawn(widths.map((width) => '─'.repeat(width))).length)
  return [
    `${drawn(HEAD)}\n${rule}\n`,
    ...lines.map(({ title, rows }) => `${title}\n${rows.map((cells) => `${drawn(cells)}\n`).join('')}\n`),
  ].join('')
}

/** @param {import('./result.mjs').Row} row */
function cellsOf(row) {
  const { name, unit, samples, ratios = [], cpuMs = [], cpuRatios = [] } = row
  return [
    `  ${name}`,
    medianOf(samples, unit),
    rangeOf(samples, unit),
    medianOf(cpuMs, 'ms'),
    medianOf(ratios),
    rangeOf(ratios),
    medianOf(cpuRatios),
    goalOf(row),
  ]
}

/**
 * @param {readonly number[]} samples
 * @param {string} [unit]
 */
function medianOf(samples, unit) {
  const { median } = summaryOf(samples)
  return Number.isNaN(median) ? '' : written(median, unit)
}

/**
 * @param {readonly number[]} samples
 * @param {string} [unit]
 */
function rangeOf(samples, unit) {
  const { low, high } = summaryOf(samples)
  if (low === high || samples.length === 0) return ''
  const [[from, unitOfLow], to] = [written(low, unit).split(' '), written(high, unit)]
  return `${from}${unitOfLow === undefined || to.endsWith(` ${unitOfLow}`) ? '' : ` ${unitOfLow}`} – ${to}`
}

/** @param {import('./result.mjs').Row} row */
function goalOf(row) {
  const { goal, unit } = row
  if (goal === undefined) return ''
  const bound = goal.atLeast === undefined ? '≤' : '≥'
  const number = goal.atLeast ?? goal.atMost ?? Number.NaN
  return `${bound} ${goal.of === 'value' ? written(number, unit) : number} ${isMet(row) ? '✓' : '✗'}`
}

/**
 * A number with three digits that matter, or as many as it has before the point.
 * @param {number} number
 * @param {string} [unit]
 * @example written(33210.4, '/s') // '33,210 /s'
 * @example written(0.0149, 'ms') // '14.9 µs'
 */
function written(number, unit = '') {
  if (unit === 'ms' && number < 0.9995) return written(number * 1000, 'µs')
  if (unit === 'ms' && number >= 10_000) return written(number / 1000, 's')
  const digits = number === 0 ? 0 : Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(number)))))
  const text = number.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return unit === '' ? text : `${text} ${unit}`
}
