/** Stage 2: how much a credential may ask. Off unless asked for. ERRORS.md §6; decisions/0008 says why it is our own. */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { RateLimit } from '../../schemas/faults.ts'
import { REFUSAL_TELLS_LIMIT } from '../assumed.ts'
import { type ApiFailure, fail } from '../errors.ts'

/**
 * Counts a request against a limit, and says on its answer what is left.
 * @param name which limit: the id of the rule that sets it, `''` for that of the option; each counts for itself
 * @returns the refusal of a request that is one too many; it also gets its `retry-after`
 * @example const refusal = countAgainst(request, reply, 'fault-1', { limit: 1200, window_s: 300 })
 */
export function countAgainst(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  rateLimit: RateLimit,
): ApiFailure | undefined {
  const { limit, window_s, remaining, reset_s, isOver } = request.world.limits.take(
    name,
    credentialOf(request),
    rateLimit,
  )
  if (!isOver || REFUSAL_TELLS_LIMIT) {
    reply.header('ratelimit', `"default";r=${remaining};t=${reset_s}`)
    reply.header('ratelimit-policy', `"default";q=${limit};w=${Math.ceil(window_s)}`)
  }
  if (!isOver) return undefined
  reply.header('retry-after', String(reset_s))
  return fail('RATE_LIMITED')
}

/** Who asks, as sent: it is not known yet whether that is anybody. */
function credentialOf({ headers, ip }: FastifyRequest): string {
  const { authorization, 'x-auth-key': key, 'x-auth-user-service-key': serviceKey } = headers
  return authorization || String(key || serviceKey || `address ${ip}`)
}

const stage: FastifyPluginAsync = async (app) => {
  app.addHook('onRequest', (request, reply, done) => {
    const { rateLimit } = request.world.options
    done(rateLimit && countAgainst(request, reply, '', rateLimit))
  })
}

export default plugin(stage, { name: 'rate-limit', dependencies: ['world'] })
