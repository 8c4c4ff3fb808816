/** The headers that every answer carries. ERRORS.md §5. */
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import plugin from 'fastify-plugin'
import { RAY_PLACE } from '../assumed.ts'
import type { World } from '../state/world.ts'

/** Puts them on an answer. */
export function stamp(reply: FastifyReply, ray: string, { clock, headers }: World): void {
  // Fastify would add a charset, which the live service leaves out.
  if (reply.statusCode !== 204) reply.header('content-type', 'application/json')
  reply.header('cf-ray', `${ray}-${RAY_PLACE}`)
  reply.header('cf-auditlog-id', headers.uuid(clock.now()))
  reply.header('api-version', clock.day())
  // Else Node would send the machine's.
  reply.header('date', clock.http())
}

const stage: FastifyPluginAsync = async (app) => {
  app.addHook('onSend', (request, reply, payload, done) => {
    stamp(reply, request.ray, request.world)
    done(null, payload)
  })
}

export default plugin(stage, { name: 'headers', dependencies: ['world'] })
