/** What a rule or a question looks at, and whether a request is such a one. */
import type { Match } from '../../../schemas/faults.ts'
import type { Caller } from '../../../schemas/operation.ts'
import { stepTo } from '../../pointer.ts'
import { REDACTED, redactHeader } from '../journal/redaction.ts'
import { FaultError, shown } from './errors.ts'
import { pathGlob } from './path-glob.ts'
import { accountOf } from './templates.ts'
import { wildcard } from './wildcard.ts'

/** A request, as rules and questions look at it. */
export interface Asked {
  /** The id of the operation; undefined when nothing answers. */
  operation: string | undefined
  method: string
  /** Below `/client/v4`, without the query. */
  path: string
  params: Readonly<Record<string, string>>
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  caller: Caller | undefined
}

/** How a request differs from what is asked for. */
export interface Difference {
  /** `operation`, `header/user-agent` */
  field: string
  expected: unknown
  /** Null when there is none. Secrets are redacted. */
  actual: unknown
}

/** One thing that must hold. */
interface Criterion {
  field: string
  /** What is asked for, as it may be shown. */
  expected: unknown
  holds(asked: Asked): boolean
  actual(asked: Asked): unknown
}

/**
 * Reads what a rule or a question looks at.
 * @returns whether a request is such a one
 * @throws FaultError that points into `match`, for a malformed glob and for what is no name of a header
 * @example matcherOf({ method: 'GET', path: '/accounts/**' })
 */
export function matcherOf(match: Match): (asked: Asked) => boolean {
  const criteria = criteriaOf(match)
  const [only] = criteria
  if (!only) return () => true
  if (criteria.length === 1) return only.holds
  return (asked) => criteria.every(({ holds }) => holds(asked))
}

/**
 * Finds what about a request is not as asked for; nothing when it matches.
 * @throws FaultError as {@link matcherOf}
 * @example differencesTo({ method: 'POST' })(asked) // [{ field: 'method', expected: 'POST', actual: 'GET' }]
 */
export function differencesTo(match: Match): (asked: Asked) => Difference[] {
  const criteria = criteriaOf(match)
  return (asked) =>
    criteria
      .filter(({ holds }) => !holds(asked))
      .map(({ field, expected, actual }) => ({ field, expected, actual: actual(asked) ?? null }))
}

/** A match as it may be shown: tokens in it are redacted. */
export function redacted(match: Match): Match {
  const { credential, header } = match
  return {
    ...match,
    ...(credential !== undefined && { credential: shownCredential(credential) }),
    ...(header && {
      header: Object.fromEntries(
        Object.entries(header).map(([name, glob]) => [name, redactHeader(name.toLowerCase(), glob)]),
      ),
    }),
  }
}

function criteriaOf({ operation, method, path, account_id, header = {}, credential }: Match): Criterion[] {
  return [
    ...(operation === undefined ? [] : [equal('operation', operation, (asked) => asked.operation)]),
    ...(method === undefined ? [] : [equal('method', method, (asked) => asked.method)]),
    ...(path === undefined ? [] : [pathCriterion(path)]),
    ...(account_id === undefined ? [] : [accountCriterion(account_id)]),
    ...Object.entries(header).map(([name, glob]) => headerCriterion(name, glob)),
    ...(credential === undefined ? [] : [credentialCriterion(credential)]),
  ]
}

function equal(field: string, expected: string, actual: (asked: Asked) => string | undefined): Criterion {
  return { field, expected, holds: (asked) => actual(asked) === expected, actual }
}

/** An account may be meant by the placeholder that a path had in the place of its id: parameters have the id. */
function accountCriterion(id: string): Criterion {
  const actual = ({ params }: Asked) => accountOf(params)
  return {
    field: 'account_id',
    expected: id,
    holds: (asked) => {
      const account = actual(asked)
      return account === id || (account !== undefined && asked.path.split('/', 3)[2] === id)
    },
    actual,
  }
}

function pathCriterion(glob: string): Criterion {
  const fits = pathGlob(glob)
  return { field: 'path', expected: glob, holds: ({ path }) => fits(path), actual: ({ path }) => path }
}

/** What a header may be called (RFC 9110, token). */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/

function headerCriterion(given: string, glob: string): Criterion {
  const name = given.toLowerCase()
  if (!HEADER_NAME.test(name)) {
    throw new FaultError(`/header${stepTo(given)}`, `must be the name of a header, not ${shown(given)}.`)
  }
  const fits = wildcard(glob)
  // Headers that were sent twice are a list.
  const valuesOf = ({ headers }: Asked) => (Object.hasOwn(headers, name) ? [headers[name] ?? []].flat() : [])
  return {
    field: `header/${name}`,
    expected: redactHeader(name, glob),
    holds: (asked) => valuesOf(asked).some(fits),
    actual: (asked) => valuesOf(asked).map((value) => redactHeader(name, value))[0],
  }
}

function credentialCriterion(credential: string): Criterion {
  return {
    field: 'credential',
    expected: shownCredential(credential),
    holds: ({ caller }) => caller !== undefined && (caller.token === credential || caller.email === credential),
    actual: ({ caller }) => caller?.email ?? (caller?.token === undefined ? undefined : REDACTED),
  }
}

/** E-mail addresses are no secret. */
const shownCredential = (credential: string) => (credential.includes('@') ? credential : REDACTED)
