/** The server: the simulated API in one scope, this server's own in others. */
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from '../schemas/config.ts'
import api from './api.ts'
import { BODY_LIMIT } from './assumed.ts'
import { Clouds } from './clouds.ts'
import control from './control/index.ts'
import { answerNotFound } from './control/problem.ts'
import type { Log } from './log.ts'
import pages from './pages.ts'
import { API, CONTROL, route } from './paths.ts'
import type { Keep } from './pipeline/keep.ts'
import { parseQuery } from './pipeline/query.ts'
import type { WorldFor } from './pipeline/world.ts'
import { RequestLog } from './request-log.ts'
import { answerClientError, answerFrameworkError } from './rough-edges.ts'
import { UNCOMPILED } from './uncompiled.ts'
import type { Worlds } from './worlds.ts'

export type AppOptions = Pick<
  Config,
  'auth' | 'requests' | 'contract' | 'trustProxy' | 'controlToken' | 'allowedHosts' | 'cors'
>

/**
 * Makes the server. It listens to nothing yet.
 * @param worlds what it remembers; handed in, so that two servers in one process share nothing
 * @param log of what requests have to say; without it they say nothing
 */
export async function createApp(
  worlds: Worlds,
  { auth, requests, contract, trustProxy, controlToken, allowedHosts, cors }: AppOptions,
  log?: Log,
): Promise<FastifyInstance> {
  const app = Fastify({
    // A line per request would cost more than the request.
    logController: new LogController({ disableRequestLogging: true }),
    schemaController: UNCOMPILED,
    bodyLimit: BODY_LIMIT,
    trustProxy,
    exposeHeadRoutes: false,
    rewriteUrl: (request) => {
      const { sandbox, url } = route(request.url ?? '/')
      request.sandbox = sandbox
      return url
    },
    routerOptions: {
      querystringParser: parseQuery,
      // An id that is far too long is still an id: it gets the answer for ids that are wrong.
      maxParamLength: 16_384,
    },
    // A client that keeps its connection open does not keep the server from closing.
    forceCloseConnections: true,
    frameworkErrors: (_error, request, reply) => answerFrameworkError(request, reply, worlds),
    clientErrorHandler: answerClientError,
    // Node would refuse a request without `Host` by itself, without a word.
    http: { requireHostHeader: false },
  })
  // Fastify itself has no log: with one, it waits for the end of each answer to be able to say so, and makes a child for each request.
  if (log) app.setChildLoggerFactory((_none, bindings, options) => new RequestLog(log, bindings, options))
  await app.register(
    async (scope) => {
      // Before everything else, since a preflight has no credentials. The control API never has it.
      if (cors) await scope.register((await import('./cors.ts')).default)
      const worldFor: WorldFor = (sandbox) => worlds.next(sandbox)
      const keep: Keep = (world) => worlds.keep(world)
      await scope.register(api, { worldFor, keep, auth, requests, contract })
    },
    { prefix: API },
  )
  await app.register(control, { prefix: CONTROL, clouds: new Clouds(worlds), controlToken, allowedHosts })
  await app.register(pages)
  app.setNotFoundHandler(answerNotFound)
  // An `Expect` header that Node does not know would be a 417 without a body; it is nothing to us.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  return app
}
