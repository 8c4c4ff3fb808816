/** A report as plain text: what `--fail-on-violations` and `fauxflare exec` print. */
import type { Report } from '../schemas/report.ts'

/** So many rows of each kind are told; the report itself has more. */
const MOST_ROWS = 20

/**
 * Writes a report as a short text that ends with a line break: violations of the contract with an example each, calls
 * that nothing answers to, faults that never struck, which operations were called, and which rights that takes.
 * @example process.stderr.write(reportText(cf.report()))
 */
export function reportText(report: Report): string {
  const sections = [violations(report), unmatched(report), unused(report), coverage(report), rights(report)]
  return sections.map((lines) => lines.map((line) => `${plain(line)}\n`).join('')).join('\n')
}

function violations({ violations, omitted }: Report): string[] {
  const count = total(violations) + omitted.violations
  if (count === 0) return ['Contract violations: none']
  const told = violations.slice(0, MOST_ROWS)
  const width = Math.max(...told.map(({ operation }) => operation.length))
  const rows = told.flatMap(({ count, operation, kind, in: place, pointer, message, example }) => [
    `${column(count)}  ${operation.padEnd(width)}  ${kind}: ${place === 'operation' ? 'it' : `${place} ${pointer || '/'}`} ${message}`,
    `${column('')}  ${''.padEnd(width)}  such as ${example}`,
  ])
  const rest = count - total(told)
  return [`Contract violations: ${count}`, ...rows, ...andMore(rest)]
}

function unmatched({ unmatched, omitted }: Report): string[] {
  const count = total(unmatched) + omitted.unmatched
  if (count === 0) return ['Calls that nothing answers to: none']
  const told = unmatched.slice(0, MOST_ROWS)
  const rows = told.map(({ count, method, path, nearest }) => {
    return `${column(count)}  ${method} ${path || '/'}${nearest === undefined ? '' : `  Did you mean ${nearest}?`}`
  })
  return [`Calls that nothing answers to: ${count}`, ...rows, ...andMore(count - total(told))]
}

function unused({ faults_unused, omitted }: Report): string[] {
  const count = total(faults_unused) + omitted.faults_unused
  if (count === 0) return ['Faults that never struck: none']
  const told = faults_unused.slice(0, MOST_ROWS)
  const rows = told.map(({ count, id, name, match, why }) => {
    const what = `${id}${name === undefined ? '' : ` "${name}"`}${match ? ` on ${JSON.stringify(match)}` : ''}`
    return `${column(count)}  ${what}: ${why}`
  })
  return [`Faults that never struck: ${count}`, ...rows, ...andMore(count - total(told))]
}

function coverage({ coverage: { documented, exercised, percent, missing } }: Report): string[] {
  const told = missing.slice(0, MOST_ROWS)
  const rest = missing.length - told.length
  return [
    `Operations that were called: ${exercised} of ${documented} (${percent} %)`,
    ...(told.length > 0 ? [`  not called: ${told.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`] : []),
  ]
}

function rights({ token_policy: { policies, without_group } }: Report): string[] {
  const told = policies
    .slice(0, MOST_ROWS)
    .flatMap(({ permission_groups, resources }) => [
      `  ${permission_groups.map(({ id, name }) => `${name} (${id})`).join(', ')}`,
      `    on ${Object.entries(resources).map(resourceText).join(', ')}`,
    ])
  return [
    `Least rights of a token for these calls:${policies.length === 0 ? ' none' : ''}`,
    ...told,
    ...andMore(Math.max(0, policies.length - MOST_ROWS)),
    ...(without_group.length > 0 ? [`  for users alone, or anybody: ${without_group.join(', ')}`] : []),
  ]
}

/** A resource in one line; of the zones in an account each one. */
function resourceText([name, inner]: [string, string | Record<string, string>]): string {
  return typeof inner === 'string' ? name : `${Object.keys(inner).join(', ')} in ${name}`
}

const total = (rows: readonly { count: number }[]) => rows.reduce((sum, { count }) => sum + count, 0)
const column = (text: number | string) => String(text).padStart(7)
const andMore = (count: number) => (count > 0 ? [`${column(count)}  more`] : [])

/** Names that clients chose must not speak to a terminal. */
function plain(line: string): string {
  const escaped = (character: string) => `\\u${(character.codePointAt(0) as number).toString(16).padStart(4, '0')}`
  return line.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped)
}
