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

declare module 'node:http' {
  interface IncomingMessage {
    /** The sandbox that the path names, cut off before routing. */
    sandbox?: string | undefined
  }
}

/** Finds the world that answers, asked anew for each request. Undefined for the default world. */
export type WorldFor = (sandbox: string | undefined) => World

export interface WorldStageOptions {
  worldFor: WorldFor
}

const stage: FastifyPluginAsync<WorldStageOptions> = async (app, { worldFor }) => {
  app.decorateRequest('world', null as unknown as World)
  app.decorateRequest('ray', '')
  app.addHook('onRequest', (request, _reply, done) => {
    let failure: Error | undefined
    try {
      request.world = worldFor(request.raw.sandbox)
    } catch (error) {
      // A sandbox that cannot be is answered by the default world.
      request.world = worldFor(undefined)
      failure = error as Error
    }
    request.ray = request.world.headers.hex(16)
    done(failure)
  })
}

export default plugin(stage, { name: 'world' })
