/** Errors of every origin become failures of the API: the framework's, the parser's, a bug's, an unknown path's. */
import type { FastifyError, FastifyPluginAsync, FastifyReply } from 'fastify'
import plugin from 'fastify-plugin'
import type { Family } from '../../schemas/envelope.ts'
import { ApiFailure, fail } from '../errors.ts'
import type { Resource } from '../resource.ts'
import { Refused } from './envelope.ts'

/** Finds the failure that an error means. Whatever is not understood is a bug of ours: a 500. */
export function toFailure(
  error: Error & { code?: string; statusCode?: number },
  family: Family,
  limit: number,
): ApiFailure {
  if (error instanceof ApiFailure) return error
  if (error.statusCode === 413) return fail('BODY_TOO_LARGE', { limit })
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || (error.statusCode === 400 && error instanceof SyntaxError)) {
    return fail(family === 'billing' ? 'SUBSCRIPTION_JSON' : 'MALFORMED_JSON')
  }
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return fail('BAD_REQUEST', { problem: error.message })
  }
  return fail('INTERNAL', { problem: error.message })
}

/** Tells a known path that was asked with the wrong method from an unknown one. */
export function methodMatcher(resources: readonly Resource[]): (path: string) => boolean {
  const patterns = resources
    .flatMap((resource) => resource.endpoints)
    .map(({ operation }) => {
      // '/:accounts_or_zones(^accounts$|^zones$)/:id/subscriptions' → '/(accounts|zones)/[^/]*/subscriptions'
      const source = operation.path
        .replace(/:\w+\(([^)]*)\)/g, (_, choice: string) => `(${choice.replace(/[\^$]/g, '')})`)
        .replace(/:\w+/g, '[^/]*')
      return new RegExp(`^${source}$`)
    })
  return (path) => patterns.some((pattern) => pattern.test(path))
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
    const family = request.routeOptions.config.endpoint?.operation.family ?? 'iam'
    const failure = toFailure(error, family, bodyLimit)
    if (failure.status >= 500) request.log.error({ err: error }, failure.message)
    refuse(reply, failure)
  })

  let isKnown: ((path: string) => boolean) | undefined
  app.setNotFoundHandler((request, reply) => {
    isKnown ??= methodMatcher(resources)
    const path = request.url.split('?', 1)[0] as string
    const failure = isKnown(path.slice(prefix.length))
      ? fail('METHOD_NOT_AVAILABLE', { method: request.method })
      : fail('NO_ROUTE')
    refuse(reply, failure)
  })
}

function refuse(reply: FastifyReply, failure: ApiFailure): void {
  reply.code(failure.status).send(new Refused(failure.item))
}

export default plugin(stage, { name: 'failures' })
