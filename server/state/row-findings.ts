/** What is wrong with a row: all of it, and which name may have been meant. */
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import { type Check, compileFull, type FullCheck, type Problem } from '../ajv.ts'
import { didYouMean } from '../near.ts'
import { stepsOf, valueAt } from '../pointer.ts'
import { closed } from '../readings.ts'
import type { Finding } from './findings.ts'
import { column } from './order.ts'
import { rowChecks } from './row-checks.ts'

const KEYS = [...CATALOGUE, ...TABLES]

/** By collection. Compiled when a row is wrong; that one is, is found out by quicker checks. */
const fullChecks = new Map(KEYS.map(({ name, row }) => [name, compileFull(() => closed(row))]))

const NOTHING: readonly Finding[] = []

/**
 * Everything that is wrong with a row, with pointers from the row on; nothing for most rows.
 * @param short fields that may be written besides those of the schema
 */
export function rowFindings(row: unknown, collection: string, short: readonly string[] = []): readonly Finding[] {
  const first = (rowChecks[collection] as Check)(row)
  if (!first) {
    const timeless = findNoMoment(row as object, collection)
    return timeless ? [timeless] : NOTHING
  }
  const all = (fullChecks.get(collection) as FullCheck)(row)
  return findingsOf(all.length === 0 ? [first] : all, row, short)
}

/**
 * Problems in words that say what there may be, and what may have been meant.
 * @param value what was checked
 * @param short fields that may be written in it besides those that are known
 */
export function findingsOf(problems: readonly Problem[], value: unknown, short: readonly string[] = []): Finding[] {
  // That no variant fits says less than why each of them does not.
  const isTold = ({ pointer, keyword }: Problem) =>
    keyword !== 'anyOf' || !problems.some((other) => other.pointer.startsWith(`${pointer}/`))
  return problems.filter(isTold).map(({ pointer, message, known, choices }) => {
    if (known) {
      const [name = '', ...below] = (stepsOf(pointer) ?? []).reverse()
      if (below.length > 0) return among({ pointer, message }, name, known)
      if (short.includes(name)) return { pointer, message: 'is not allowed beside what it is short for' }
      return among({ pointer, message }, name, [...known, ...short])
    }
    if (message === NO_TIME) return { pointer, message, hint: ' Write it as "2026-01-31T12:00:00Z".' }
    if (!choices) return { pointer, message }
    return hinted({ pointer, message: `must be ${either(choices)}` }, valueAt(value, pointer), choices)
  })
}

/**
 * A finding with the name that may have been meant.
 * @param name what stands in its place; no hint for what is no text
 */
export function hinted(finding: Finding, name: unknown, names: readonly string[]): Finding {
  const hint = typeof name === 'string' ? didYouMean(name, names) : ''
  return hint === '' ? finding : { ...finding, hint }
}

/** A finding about a name that there is not: with the one that may have been meant, or else with those that there are. */
export function among(finding: Finding, name: string, names: readonly string[]): Finding {
  const found = hinted(finding, name, names)
  return found.hint || names.length === 0 ? found : { ...found, hint: ` Known: ${names.join(', ')}.` }
}

/** What Ajv says of what is no time. */
const NO_TIME = 'must match format "date-time"'

/** `real, frozen or offset` */
function either(choices: readonly string[]): string {
  return choices.join(', ').replace(/, ([^,]*)$/, ' or $1')
}

/** The columns of each collection that hold a time. */
const TIMES = new Map(KEYS.map(({ name, row }) => [name, timesIn(row).map((path) => ({ path, read: column(path) }))]))

function timesIn(schema: unknown): string[] {
  const { format, properties = {} } = schema as { format?: string; properties?: object }
  if (format === 'date-time') return ['']
  return Object.entries(properties).flatMap(([name, child]) =>
    timesIn(child).map((path) => (path === '' ? name : `${name}.${path}`)),
  )
}

/** A leap second is written like a time, but no clock shows it, and nothing can be reckoned from it. */
function findNoMoment(row: object, collection: string): Finding | undefined {
  const found = TIMES.get(collection)?.find(({ read }) => {
    const time = read(row)
    return typeof time === 'string' && Number.isNaN(Date.parse(time))
  })
  return found && { pointer: `/${found.path.replaceAll('.', '/')}`, message: 'names no moment that a clock can show' }
}
