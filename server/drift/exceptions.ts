/** The differences that are meant to be there, each with its reason: `schemas/exceptions.json`. */
import { type Difference, finding, kinds } from './difference.ts'
import { isObject } from './json.ts'

/** A difference that is meant to be there; `*` in a place stands for any characters. */
export interface DriftException {
  /** Their method and path, or `*`: `GET /accounts`. */
  operation: string
  /** A place, as the table prints it: `query per_page`, `response 200 /result/*`. */
  where: string
  /** A kind of difference, or `*`: `missing-limit`. */
  kind: string
  /** What they have there, when the place and the kind leave more than one difference: `"rejected"`. */
  theirs?: string
  /** Why the difference is meant to be there. */
  reason: string
}

/**
 * Reads a list of exceptions.
 * @example readExceptions({ exceptions: [{ operation: '*', where: 'security', kind: '*', reason: 'any will do' }] })
 * @throws when an entry says no reason, names no place, or names a kind that there is not
 */
export function readExceptions(list: unknown): DriftException[] {
  if (!isObject(list) || !Array.isArray(list.exceptions)) {
    throw new Error(
      'Failed to read the exceptions: no list "exceptions". Write { "exceptions": [] } when there are none.',
    )
  }
  return list.exceptions.map((entry, index) => {
    const problem = problemOf(entry)
    if (problem) throw new Error(`Failed to read the exceptions: entry ${index + 1} ${problem}`)
    return entry
  })
}

function problemOf(entry: unknown): string | undefined {
  if (!isObject(entry)) return 'is not an object. Write { "operation", "where", "kind", "reason" }.'
  for (const member of ['operation', 'where', 'kind']) {
    if (typeof entry[member] !== 'string' || entry[member] === '') return `has no "${member}". Write "*" for any.`
  }
  const at = `(${entry.operation}, ${entry.where})`
  if (typeof entry.reason !== 'string' || entry.reason.trim() === '') {
    return `${at} has no reason. Say why the difference is meant to be there.`
  }
  if (entry.theirs !== undefined && typeof entry.theirs !== 'string') return `${at}: "theirs" is not a string.`
  const stranger = Object.keys(entry).find((name) => !['operation', 'where', 'kind', 'theirs', 'reason'].includes(name))
  if (stranger) return `${at} has an unknown member "${stranger}".`
  if (entry.kind === '*' || Object.hasOwn(kinds, String(entry.kind))) return undefined
  return `${at} has the unknown kind "${entry.kind}". The kinds are: ${Object.keys(kinds).join(', ')}.`
}

/** The operations of both documents, by method and path as each writes them. */
export interface Compared {
  ours: readonly string[]
  theirs: readonly string[]
}

/**
 * Gives each difference the reason of the first exception that lists it. An exception that lists none is itself a
 * difference, so that the list stays true; but one about operations that only we have waits for a document of theirs
 * that has them, so that one list serves for documents with more and with fewer operations.
 */
export function excuse(
  differences: readonly Difference[],
  exceptions: readonly DriftException[],
  { ours, theirs }: Compared,
): Difference[] {
  const patterns = exceptions.map((exception) => ({ exception, lists: matcher(exception) }))
  const stale = patterns
    .filter(({ lists }) => !differences.some(lists))
    .map(({ exception }) => exception)
    .filter(({ operation }) => {
      const named = glob(operation)
      return theirs.some((label) => named.test(label)) || !ours.some((label) => named.test(label))
    })
  return [
    ...differences.map((difference) => {
      const reason = patterns.find(({ lists }) => lists(difference))?.exception.reason
      return reason === undefined ? difference : { ...difference, reason }
    }),
    ...stale.map(({ operation, where, kind }) => ({
      operation,
      ...finding('stale-exception', where, `nothing of the kind ${kind} is here: strike the exception out`),
    })),
  ]
}

function matcher({ operation, where, kind, theirs = '*' }: DriftException): (difference: Difference) => boolean {
  const [operations, places, values] = [glob(operation), glob(where), glob(theirs)]
  return (difference) =>
    operations.test(difference.operation) &&
    places.test(difference.where) &&
    values.test(difference.theirs) &&
    (kind === '*' || kind === difference.kind)
}

/** A pattern in which only `*` is special: `response 200 /result/*`. */
function glob(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  )
}
