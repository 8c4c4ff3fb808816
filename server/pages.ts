/** What a person sees: the landing page, the document, and Swagger UI, which is loaded when it is first asked for. */
import Fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify'
import { writeDocument } from './document.ts'
import { API, CONTROL, SANDBOXES } from './paths.ts'
import { UNCOMPILED } from './uncompiled.ts'
import { VERSION } from './version.ts'

const pages: FastifyPluginAsync = async (app) => {
  app.get('/', (request, reply) => {
    const base = `${request.protocol}://${request.host}`
    reply
      .type('text/plain; charset=utf-8')
      .send(
        [
          `fauxflare ${VERSION}: Cloudflare's Accounts API, simulated. Independent of Cloudflare, Inc.`,
          '',
          `The API       ${base}${API}   (and without the prefix)`,
          `Its document  ${base}/openapi.json`,
          `To read it    ${base}/docs`,
          `To steer it   ${base}${CONTROL}   (reset, state, faults, clock, requests, …; ${base}${CONTROL}/health)`,
          `A sandbox     ${base}${SANDBOXES}/any-name${API}   and ${SANDBOXES}/any-name${CONTROL}`,
          '',
          `curl -H 'Authorization: Bearer Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY' ${base}${API}/accounts`,
          '',
        ].join('\n'),
      )
  })

  let written: ReturnType<typeof writeDocument> | undefined
  const document = () => {
    written ??= writeDocument()
    return written
  }
  app.get('/openapi.json', document)

  let ui: Promise<FastifyInstance> | undefined
  app.get('/docs', (_request, reply) => reply.redirect('/docs/'))
  app.get('/docs/*', async (request, reply) => {
    ui ??= document().then(swaggerUi)
    const { routing } = await ui
    reply.hijack()
    routing(request.raw, reply.raw)
  })
  app.addHook('onClose', async () => (await ui)?.close())
}

/** A little server of its own, since a plugin cannot be added to one that already runs. */
async function swaggerUi(document: object): Promise<FastifyInstance> {
  const app = Fastify({ schemaController: UNCOMPILED })
  const [{ default: swagger }, { default: swaggerUi }] = await Promise.all([
    import('@fastify/swagger'),
    import('@fastify/swagger-ui'),
  ])
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  await app.register(swaggerUi, { routePrefix: '/docs' })
  await app.ready()
  return app
}

export default pages
