/** The headers that every answer carries. ERRORS.md §5. */
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import plugin from 'fastify-plugin'
import { RAY_PLACE } from '../assumed.ts'
import { dashed } from '../rules/dashed.ts'
import type { World } from '../state/world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What `cf-auditlog-id` says, without hyphens; empty as long as nothing was drawn for it. */
    auditLogId: string
  }
}

/**
 * Puts them on an answer.
 * @param entry the id of the entry that the request left in an audit log, without hyphens; empty when it left none
 */
export function stamp(reply: FastifyReply, ray: string, { clock, headers }: World, entry = ''): void {
  const now = clock.now()
  // Fastify would add a charset, which the live service leaves out.
  if (reply.statusCode !== 204) reply.header('content-type', 'application/json')
  reply.header('cf-ray', `${ray}-${RAY_PLACE}`)
  reply.header('cf-auditlog-id', entry ? dashed(entry) : headers.uuid(now))
  reply.header('api-version', clock.day(now))
  // Else Node would send the machine's.
  reply.header('date', clock.http(now))
}

const stage: FastifyPluginAsync = async (app) => {
  app.decorateRequest('auditLogId', '')
  app.addHook('onSend', (request, reply, payload, done) => {
    stamp(reply, request.ray, request.world, request.auditLogId)
    done(null, payload)
  })
}

export default plugin(stage, { name: 'headers', dependencies: ['world'] })
