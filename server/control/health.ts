/** `GET /_fauxflare/health`: what Docker's HEALTHCHECK asks. */
import type { FastifyPluginAsync } from 'fastify'
import { Health } from '../../schemas/control.ts'
import { VERSION } from '../version.ts'

const health: FastifyPluginAsync = async (app) => {
  app.get(
    '/health',
    {
      schema: {
        operationId: 'control-health',
        summary: 'Health',
        description: 'Answers as soon as the server does.',
        tags: ['Control'],
        security: [],
        response: { 200: { description: 'The server is up.', ...Health } },
      },
    },
    async () => ({ status: 'ok', version: VERSION, uptime_s: Math.floor(process.uptime()) }),
  )
}

export default health
