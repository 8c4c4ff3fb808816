/** Reads bodies: always as JSON, whatever the content type says (assumed, ERRORS.md §4). */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyRequest {
    /** The `content-type` as it was sent. */
    contentType: string | undefined
  }
}

const stage: FastifyPluginAsync = async (app) => {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.decorateRequest('contentType', undefined)
  app.addHook('onRequest', (request, _reply, done) => {
    request.contentType = request.headers['content-type']
    // One that cannot be read (`foo`, `;;`) would be a 415 before any parser is asked.
    if (request.contentType !== undefined) request.headers['content-type'] = 'application/json'
    done()
  })
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    // There is none where this stage stands alone.
    if (request.entry) request.entry.body = body as string
    // Clients declare JSON and send nothing, on DELETE above all (CONTRACT.md, trap 4); PHP sends `[]` there.
    const isRead = request.operation?.body !== undefined
    if (!isRead || body === '') return done(null, undefined)
    parse(request, body as string, done)
  })
}

export default plugin(stage, { name: 'json-body' })
