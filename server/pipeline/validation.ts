/** Stage 6: path, query (coerced, defaults filled in) and body (taken as it was sent) against the operation. */
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { type Check, compile, compileDropping, compileQuery, type Problem } from '../ajv.ts'
import { type ApiFailure, fail } from '../errors.ts'
import { requested, type Schema } from '../readings.ts'
import { type Endpoint, refuse } from '../resource.ts'

/** `lenient` takes what the live service takes; `strict` refuses what the contract does not allow. */
export type RequestMode = 'lenient' | 'strict'

/**
 * The validators of one endpoint. They are compiled by the first request that needs them.
 * Ids in the path are the business of the stage `identifiers`.
 */
export function validators(endpoint: Endpoint, mode: RequestMode): FastifySchemaCompiler<TSchema> {
  const strict = mode === 'strict'
  return ({ schema, httpPart }) => {
    if (httpPart === 'querystring') {
      const check = compileQuery(requested(schema, strict), strict)
      const split = commaLists(schema)
      return toFastify((query) => check(split(query as Query)), refuseQuery)
    }
    if (httpPart !== 'body') return () => true
    const check = (strict ? compile : compileDropping)(requested(schema, strict))
    const { bodyOptional } = endpoint.operation
    return toFastify(
      (body) => (bodyOptional && body === null ? undefined : check(body)),
      (problem) => refuse(problem, endpoint.refusals),
    )
  }
}

type Query = Record<string, unknown>

/** Lists of a closed set may also be sent in one piece: `action_type=create,delete` (CONTRACT.md §4). */
function commaLists(schema: TSchema): (query: Query) => Query {
  const properties = Object.entries((schema as Schema).properties ?? {})
  const names = properties.filter(([, { items }]) => items?.['enum'] !== undefined).map(([name]) => name)
  return (query) => {
    for (const name of names) {
      const sent = query[name]
      if (sent !== undefined) query[name] = [sent].flat().flatMap((text) => String(text).split(','))
    }
    return query
  }
}

function toFastify(check: Check, refusal: (problem: Problem) => ApiFailure) {
  return (value: unknown) => {
    const problem = check(value)
    return problem ? { error: refusal(problem) } : { value }
  }
}

/** What a parameter must be, in words. Those for `per_page` are recorded; the others follow their pattern (assumed). */
const NUMBER = 'must be a number between 1 and 1000'
const TIME = 'must be a date or an RFC 3339 time'
const RULES: Record<string, string> = {
  page: NUMBER,
  per_page: NUMBER,
  limit: NUMBER,
  page_size: 'must be a number between 0 and 1000',
  since: TIME,
  before: TIME,
}

/** A query that does not fit. */
function refuseQuery({ pointer, keyword, message }: Problem): ApiFailure {
  const name = pointer.split('/')[1] ?? ''
  const isMissing = keyword === 'required' || keyword === 'additionalProperties'
  const rule = isMissing ? message : (RULES[name] ?? message)
  return fail('BAD_PARAMETERS', {}, { chain: [{ code: 11000, message: `${name} variable ${rule}` }] })
}
