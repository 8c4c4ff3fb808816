/** Stage 6: path, query (coerced, defaults filled in) and body (taken as it was sent) against the operation. */
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { type Check, compile, compileQuery, type Problem } from '../ajv.ts'
import { type ApiFailure, fail } from '../errors.ts'
import { requested } from '../readings.ts'
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
      return toFastify(compileQuery(requested(schema, strict)), refuseQuery)
    }
    if (httpPart !== 'body') return () => true
    const check = compile(requested(schema, strict))
    const { bodyOptional } = endpoint.operation
    return toFastify(
      (body) => (bodyOptional && body === null ? undefined : check(body)),
      (problem) => refuse(problem, endpoint.refusals),
    )
  }
}

function toFastify(check: Check, refusal: (problem: Problem) => ApiFailure) {
  return (value: unknown) => {
    const problem = check(value)
    return problem ? { error: refusal(problem) } : { value }
  }
}

/**
 * A query that does not fit. The words for `per_page` are recorded; the others follow their pattern, which is assumed.
 */
export function refuseQuery({ pointer, keyword, message }: Problem): ApiFailure {
  const name = pointer.split('/')[1] ?? ''
  const isNumber = name === 'per_page' || name === 'page' || name === 'limit' || name === 'page_size'
  const rule = isNumber && keyword !== 'required' ? 'must be a number between 1 and 1000' : message
  return fail('BAD_PARAMETERS', {}, { chain: [{ code: 11000, message: `${name} variable ${rule}` }] })
}
