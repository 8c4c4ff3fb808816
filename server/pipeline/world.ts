/** Stage 0: which world answers, and what is asked of it. */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import type { Operation } from '../../schemas/operation.ts'
import type { World } from '../state/world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    world: World
    /** What is asked for. Undefined where nothing answers to this path and method. */
    operation: Operation | undefined
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
  app.decorateRequest('operation', undefined)
  app.decorateRequest('ray', '')
  app.addHook('onRequest', (request, _reply, done) => {
    // Every stage asks for it, and Fastify makes an object for each who does.
    request.operation = request.routeOptions.config.endpoint?.operation
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
