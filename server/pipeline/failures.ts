/** Errors of every origin become failures of the API: the framework's, the parser's, a bug's, an unknown path's. */
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Family } from '../../schemas/envelope.ts'
import type { Operation } from '../../schemas/operation.ts'
import { ApiFailure, type Denial, fail } from '../errors.ts'
import type { Resource } from '../resource.ts'
import { DataError } from '../state/persistence/data-error.ts'
import { Refused } from './envelope.ts'
import { nearestOperation, operationsAt, titleOf } from './nearest-operation.ts'
import { whenRead } from './unread-body.ts'

/** Finds the failure that an error means. Whatever is not understood is a bug of ours: a 500. */
export function toFailure(
  error: Error & { code?: string; statusCode?: number },
  family: Family,
  limit: number,
): ApiFailure {
  if (error instanceof ApiFailure) return error
  // The world that was asked for is in a file that cannot be read.
  if (error instanceof DataError) return fail('NOT_KEPT', { problem: error.message })
  if (error.statusCode === 413) return fail('BODY_TOO_LARGE', { limit })
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || (error.statusCode === 400 && error instanceof SyntaxError)) {
    return fail(family === 'billing' ? 'SUBSCRIPTION_JSON' : 'MALFORMED_JSON')
  }
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return fail('BAD_REQUEST', { problem: error.message })
  }
  return fail('INTERNAL', { problem: error.message })
}

/** What is answered where no operation is, and the operation that may have been meant. */
type Unmatched = (method: string, path: string) => { failure: ApiFailure; nearest: Operation | undefined }

/** Tells a known path that was asked with the wrong method from an unknown one. */
function unmatchedOf(operations: readonly Operation[]): Unmatched {
  const findAt = operationsAt(operations)
  const findNearest = nearestOperation(operations)
  return (method, path) => {
    const there = findAt(path)
    if (there.length === 0) return { failure: fail('NO_ROUTE'), nearest: findNearest(method, path) }
    return { failure: fail('METHOD_NOT_AVAILABLE', { method }), nearest: nearestOperation(there)(method, path) }
  }
}

export interface FailureStageOptions {
  resources: readonly Resource[]
  /** The prefix that paths of operations are relative to. */
  prefix: string
  bodyLimit: number
}

const stage: FastifyPluginAsync<FailureStageOptions> = async (app, { resources, prefix, bodyLimit }) => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    request.undo?.()
    // What fails before stage 0 has no `operation` yet.
    const family = request.routeOptions.config.endpoint?.operation.family ?? 'iam'
    const failure = toFailure(error, family, bodyLimit)
    // One that a fault asks for is no trouble of ours.
    if (failure.status >= 500 && failure.name !== 'INJECTED') request.log.error({ err: error }, failure.message)
    if (failure.denied) explain(failure.denied, request, reply)
    // A body that nobody has read yet is for the journal; one that is too large is not waited for.
    if (failure.name === 'BODY_TOO_LARGE') refuse(reply, failure)
    else whenRead(request, () => refuse(reply, failure))
  })

  let unmatched: Unmatched | undefined
  app.setNotFoundHandler((request, reply) => {
    unmatched ??= unmatchedOf(resources.flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation)))
    const { method, url } = request
    const { failure, nearest } = unmatched(method, (url.split('?', 1)[0] as string).slice(prefix.length))
    if (nearest) {
      request.entry.nearest = titleOf(nearest)
      reply.header('fauxflare-nearest', request.entry.nearest)
    }
    refuse(reply, failure)
  })
}

/** Tells why the caller may not do it beside the answer, which does not, as upstream's does not (ERRORS.md §2.3). */
function explain(denied: Denial, request: FastifyRequest, reply: FastifyReply): void {
  request.entry.denied = denied
  // A header has fewer characters than JSON.
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  reply.header('fauxflare-denied', JSON.stringify(denied).replace(/[^\x20-\x7e]/g, escaped))
}

function refuse(reply: FastifyReply, failure: ApiFailure): void {
  reply.code(failure.status).headers(failure.headers).send(new Refused(failure.item))
}

export default plugin(stage, { name: 'failures' })
