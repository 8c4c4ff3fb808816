/** What a request is about: for the permissions, the audit trail, and the report, which tells what rights a client needs. */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { userBehind } from '../rules/identity.ts'
import { type Target, targetOf } from '../rules/target.ts'
import type { Place } from '../state/journal/footprint.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined where the path names an owner that there is not, and on routes that are not the API's. */
    target: Target | undefined
  }
}

const stage: FastifyPluginAsync = async (app) => {
  app.decorateRequest('target', undefined)
  app.addHook('onRequest', (request, _reply, done) => {
    const operation = request.operation
    request.target = operation && targetOf(operation, request.params as Record<string, string>, request.world)
    request.entry.place = placeOf(request)
    done()
  })
}

/** A user is known by who asks. */
function placeOf({ target, caller, world }: FastifyRequest): Place | undefined {
  if (target?.kind !== 'user') return target
  const user = userBehind(caller, world)
  return { kind: 'user', ...(user && { user_id: user.id }) }
}

export default plugin(stage, { name: 'target', dependencies: ['authentication', 'journal-opens', 'placeholders'] })
