/** Prints what a comparison found: a table for each of the two kinds of difference, and a closing line. */
import { type DriftReport, unlisted } from './compare.ts'
import type { Difference } from './difference.ts'

const width = 120
const margin = '  '

/** The widest that the columns for the place and the kind may be; the last column takes what is left. */
const widest = [48, 20] as const

/**
 * The report as text that fits a terminal of 120 columns.
 * @example formatDrift(report) ends with '31 operations compared, 3 differences (2 listed in exceptions, 1 not)\n'
 */
export function formatDrift(report: DriftReport): string {
  const open = unlisted(report)
  const listed = report.differences.filter(({ reason }) => reason !== undefined)
  const parts = [
    ...(open.length > 0 ? [table('DIFFERENCE', open, ({ message }) => message)] : []),
    ...(listed.length > 0 ? [table('LISTED BECAUSE', listed, ({ reason = '' }) => reason)] : []),
    summary(report.operations, open.length, listed.length),
  ]
  return `${parts.join('\n\n')}\n`
}

function summary(operations: number, open: number, listed: number): string {
  const compared = `${counted(operations, 'operation')} compared`
  const all = open + listed
  if (all === 0) return `${compared}, no differences`
  return `${compared}, ${counted(all, 'difference')} (${listed} listed in exceptions, ${open} not)`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** The operations in the order of their document, each over the rows of what was found in it. */
function table(title: string, differences: readonly Difference[], last: (difference: Difference) => string): string {
  const head = ['WHERE', 'KIND', title]
  const rows = differences.map((difference) => [difference.where, difference.kind, last(difference)])
  const widths = widest.map((most, column) => Math.min(most, longest([head, ...rows].map((row) => row[column]))))
  const rest = width - widths.reduce((sum, each) => sum + each + margin.length, margin.length)
  const columns = [...widths, rest]
  const body = rows.flatMap((row, index) => {
    const operation = differences[index]?.operation ?? ''
    const heading = operation === differences[index - 1]?.operation ? [] : wrap(operation, width)
    return [...heading, ...lines(row, columns)]
  })
  return ['OPERATION', ...lines(head, columns), ...body].join('\n')
}

function longest(cells: readonly (string | undefined)[]): number {
  return Math.max(...cells.map((cell) => cell?.length ?? 0))
}

/** The lines that one row takes, its cells wrapped to their columns. */
function lines(row: readonly string[], columns: readonly number[]): string[] {
  const cells = row.map((cell, column) => wrap(cell, columns[column] ?? width))
  return Array.from({ length: Math.max(...cells.map((cell) => cell.length)) }, (_, line) =>
    cells
      .map((cell, column) => margin + (cell[line] ?? '').padEnd(columns[column] ?? 0))
      .join('')
      .trimEnd(),
  )
}

/** Breaks a text at spaces and before slashes, and anywhere when a piece is wider than the column. */
function wrap(text: string, columns: number): string[] {
  const pieces = text.split(/(?<= )|(?=\/)/).flatMap((piece) => piece.match(new RegExp(`.{1,${columns}}`, 'gs')) ?? [])
  const wrapped: string[] = []
  for (const piece of pieces) {
    const line = wrapped.at(-1)
    if (line === undefined || (line + piece.trimEnd()).length > columns) wrapped.push(piece)
    else wrapped[wrapped.length - 1] = line + piece
  }
  return wrapped.length > 0 ? wrapped.map((line) => line.trimEnd()) : ['']
}
