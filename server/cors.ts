/** Lets web pages of any origin call the simulated API. Loaded when somebody asks for it. */
import cors from '@fastify/cors'
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'

/** What a page may read beside the body: everything that answers of the API carry. */
const EXPOSED = [
  'API-Version',
  'CF-Auditlog-Id',
  'CF-Ray',
  'Fauxflare-Fault',
  'Fauxflare-Nearest',
  'Fauxflare-Violations',
  'Preference-Applied',
  'Ratelimit',
  'Ratelimit-Policy',
  'Retry-After',
  'X-Should-Retry',
]

const stage: FastifyPluginAsync = async (app) => {
  await app.register(cors, {
    // The origin that asks, and the headers that it wants to send: the SDKs add a dozen of their own.
    origin: true,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED,
    // Whatever asks with OPTIONS is answered as a preflight.
    strictPreflight: false,
    // Seconds for which a browser does not ask again.
    maxAge: 600,
  })
}

export default plugin(stage, { name: 'cors' })
