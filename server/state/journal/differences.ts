/** In what an exchange is not as it was expected. */
import type { Difference, ExchangeMatch } from '../../../schemas/exchanges.ts'
import type { Match } from '../../../schemas/faults.ts'
import { stepTo } from '../../pointer.ts'
import { FaultError } from '../faults/errors.ts'
import { type Asked, differencesTo } from '../faults/matching.ts'
import { isMap } from '../is-map.ts'
import type { Entry } from './entry.ts'
import { JournalError } from './error.ts'
import { headersOf, pathOf, queryOf, sentJson } from './exchange.ts'

/** What is said of a body that the journal no longer has. */
const NOT_KEPT = '(longer than the journal keeps)'

/**
 * Reads a question. What rules of faults ask as well is read by the same code.
 * @returns finds everything in which an exchange differs; nothing when it matches
 * @throws JournalError that points into the question
 */
export function comparerOf({ status, query, body, fault, ...asked }: ExchangeMatch): (entry: Entry) => Difference[] {
  const ofRequest = readMatch(asked)
  return (entry) => {
    const found = ofRequest(askedOf(entry)).map(({ field, expected, actual }) =>
      different(field, expected, actual ?? undefined),
    )
    const answered = entry.answer?.status
    if (status !== undefined && answered !== status) found.push(different('status', status, answered))
    if (fault !== undefined && entry.fault !== fault) found.push(different('fault', fault, entry.fault))
    if (query !== undefined) compareQuery(query, queryOf(entry), found)
    if (body === undefined) return found
    if (entry.isBodyCut) found.push(different('body', body, NOT_KEPT))
    else compareJson('body', body, sentJson(entry), found)
    return found
  }
}

function readMatch(match: Match): ReturnType<typeof differencesTo> {
  try {
    return differencesTo(match)
  } catch (error) {
    throw error instanceof FaultError ? new JournalError(`/match${error.pointer}`, error.detail) : error
  }
}

function askedOf(entry: Entry): Asked {
  const { operation, method, params = {}, caller } = entry
  return { operation: operation?.id, method, path: pathOf(entry), params, headers: headersOf(entry), caller }
}

function different(field: string, expected: unknown, actual: unknown): Difference {
  return actual === undefined ? { field, expected } : { field, expected, actual }
}

/** What is sent in a URL is text: `{ page: 2 }` means `page=2`. */
function compareQuery(
  expected: Record<string, unknown>,
  sent: Record<string, string | string[]>,
  found: Difference[],
): void {
  for (const [name, value] of Object.entries(expected)) {
    const actual = Object.hasOwn(sent, name) ? sent[name] : undefined
    const wanted = [value].flat().map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)))
    const isSame = actual !== undefined && JSON.stringify([actual].flat()) === JSON.stringify(wanted)
    if (!isSame) found.push(different(`query${stepTo(name)}`, value, actual))
  }
}

/** Everything that is expected must be there; objects may have more, arrays have as many items. */
function compareJson(field: string, expected: unknown, actual: unknown, found: Difference[]): void {
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    for (const [at, item] of expected.entries()) compareJson(`${field}/${at}`, item, actual[at], found)
  } else if (isMap(expected) && isMap(actual)) {
    for (const [name, item] of Object.entries(expected)) {
      compareJson(field + stepTo(name), item, Object.hasOwn(actual, name) ? actual[name] : undefined, found)
    }
  } else if (Array.isArray(expected) || isMap(expected) || expected !== actual) {
    found.push(different(field, expected, actual))
  }
}
