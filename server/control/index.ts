/** The control API: a sibling of the simulated API that has none of its stages. */
import type { FastifyPluginAsync } from 'fastify'
import health from './health.ts'

/** Errors are RFC 9457 problems, not the simulated API's envelopes. */
const control: FastifyPluginAsync = async (app) => {
  app.setNotFoundHandler((request, reply) => {
    reply
      .code(404)
      .header('content-type', 'application/problem+json')
      .send({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: `There is no control call ${request.method} ${request.url}. See /openapi.json for those that there are.`,
      })
  })
  await app.register(health)
}

export default control
