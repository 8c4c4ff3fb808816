/** Stage 0: which world answers. */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import type { World } from '../state/world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    world: World
    /** The id of this exchange, 16 hexadecimal digits; the `cf-ray` header carries it. */
    ray: string
  }
}

export interface WorldStageOptions {
  /** The world that answers, asked anew for each request. */
  worldFor: () => World
}

const stage: FastifyPluginAsync<WorldStageOptions> = async (app, { worldFor }) => {
  app.decorateRequest('world', null as unknown as World)
  app.decorateRequest('ray', '')
  app.addHook('onRequest', (request, _reply, done) => {
    request.world = worldFor()
    request.ray = request.world.headers.hex(16)
    done()
  })
}

export default plugin(stage, { name: 'world' })
