/** Stage 10 b: an answer to a change leaves when the change is in the file, where worlds are kept in files. */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import { fail } from '../errors.ts'
import type { World } from '../state/world.ts'

/**
 * Keeps what was changed in a world. Nothing where it is not kept, or where nothing changed.
 * @returns resolves when it is kept, and rejects when it was taken back since it could not be kept
 */
export type Keep = (world: World) => Promise<void> | undefined

export interface KeepStageOptions {
  keep: Keep
}

/**
 * From the behaviour to here, a request has the world to itself: what is written is what it wrote. Reads leave traces as
 * well, such as when a token was last used; they do not wait for them.
 */
const stage: FastifyPluginAsync<KeepStageOptions> = async (app, { keep }) => {
  app.addHook('onSend', (request, reply, payload, done) => {
    const kept = keep(request.world)
    if (!kept) return done(null, payload)
    if (request.method === 'GET') {
      kept.catch((error: Error) => request.log.warn(error.message))
      return done(null, payload)
    }
    // Others may have changed the world before it turns out that this change cannot be kept: it is not for this request
    // to take it back.
    request.undo = undefined
    kept.then(
      () => done(null, payload),
      (error: Error) => {
        request.auditLogId = ''
        reply.removeHeader('cf-auditlog-id')
        done(fail('NOT_KEPT', { problem: error.message }))
      },
    )
  })
}

export default plugin(stage, { name: 'keep', dependencies: ['world'] })
