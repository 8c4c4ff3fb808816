/** Stage 6: query (coerced, defaults filled in) and body (taken as it was sent) against the operation. */
import type { preValidationHookHandler } from 'fastify'
import type { TSchema } from 'typebox'
import type { Violation } from '../../schemas/exchanges.ts'
import { compile, compileDropping, compileFull, type Problem } from '../ajv.ts'
import { type ApiFailure, fail } from '../errors.ts'
import { requested } from '../readings.ts'
import { type Endpoint, refuse } from '../resource.ts'
import { shortened } from '../state/journal/shortened.ts'
import { queryCheck, refuseQuery } from './query-check.ts'
import { tell, violationOf } from './violations.ts'

/** `lenient` takes what the live service takes; `strict` refuses what the contract does not allow. */
export type RequestMode = 'lenient' | 'strict'

/** One thing that the contract does not allow: as it is written down, and how `strict` refuses it. */
interface Breach {
  violation: Violation
  failure(): ApiFailure
}

/**
 * The check of the requests of one endpoint, a hook of Fastify's `preValidation`. What fits the contract to the letter
 * goes on at once. Of what does not, all problems are found; then the kinder reading decides whether the live service
 * would take it. If it would, the problems are violations: they go into the journal and into the header
 * `Fauxflare-Violations`, and `strict` refuses the request for the first of them. If it would not, they are none: the
 * request is refused in both modes. Validators are compiled by the first request that needs them.
 * Ids in the path are the business of the stage `identifiers`.
 */
export function validation({ operation, refusals }: Endpoint, mode: RequestMode): preValidationHookHandler {
  const isStrict = mode === 'strict'
  const isDeprecated = operation.deprecated === true
  const hurdle = isStrict ? 'strict' : 'both'
  const body = operation.body && bodyCheck(operation.body, hurdle, operation.bodyOptional === true)
  const query = queryCheck(operation.query, hurdle)

  return (request, reply, done) => {
    const isTyped = body === undefined || request.body == null || isJson(request.contentType)
    const isBodyFine = body === undefined || body.fits(request.body)
    const isQueryFine = query.fits(request)
    if (isTyped && isBodyFine && isQueryFine && !isDeprecated) return done()

    const breaches: Breach[] = []
    if (isDeprecated) breaches.push(deprecation(operation.id))
    if (!isTyped) breaches.push(foreignType(request.contentType))
    for (const problem of isBodyFine ? [] : body.problems(request.body)) {
      breaches.push({ violation: violationOf('body', problem), failure: () => refuse(problem, refusals, isStrict) })
    }
    for (const problem of isQueryFine ? [] : query.problems(request)) {
      breaches.push({ violation: violationOf('query', problem), failure: () => refuseQuery(problem) })
    }

    const bodyProblem = isBodyFine ? undefined : body.take(request.body)
    const queryProblem = isQueryFine ? undefined : query.take(request)
    if (!bodyProblem && !queryProblem && breaches.length > 0) {
      request.entry.violations = breaches.map(({ violation }) => violation)
      tell(reply, request.entry.violations)
    }
    if (isStrict) done(breaches[0]?.failure())
    else done(bodyProblem ? refuse(bodyProblem, refusals) : queryProblem && refuseQuery(queryProblem))
  }
}

/** How the bodies of one operation are checked: at once, for all problems, and as the live service does. */
function bodyCheck(schema: TSchema, hurdle: 'strict' | 'both', isOptional: boolean) {
  const check = compile(() => requested(schema, hurdle))
  const full = compileFull(() => requested(schema, 'strict'))
  const lenient = compileDropping(() => requested(schema, 'lenient'))
  return {
    fits: (body: unknown): boolean => (isOptional && body == null) || check(body ?? null) === undefined,
    problems: (body: unknown): Problem[] => full(body ?? null),
    /** Drops what is not declared from the body. */
    take: (body: unknown): Problem | undefined => lenient(body ?? null),
  }
}

/** `application/json`, `application/vnd.api+json; charset=utf-8`. */
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i

function isJson(type: string | undefined): boolean {
  return type === 'application/json' || (type !== undefined && JSON_TYPE.test(type))
}

function foreignType(type: string | undefined): Breach {
  const found = type === undefined ? 'and is missing' : `not ${shortened(type, 40)}`
  const message = `must be application/json, ${found}`
  return {
    violation: { kind: 'content_type', in: 'header', pointer: 'content-type', message },
    failure: () => fail('NOT_IN_CONTRACT', { problem: `The content-type of a body ${message}` }),
  }
}

function deprecation(operation: string): Breach {
  const message = 'is deprecated'
  return {
    violation: { kind: 'deprecated_operation', in: 'operation', pointer: operation, message },
    failure: () => fail('NOT_IN_CONTRACT', { problem: `The operation ${operation} is deprecated` }),
  }
}
