/** Reads bodies: always as JSON, whatever the content type says (assumed, ERRORS.md §4). */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'

const stage: FastifyPluginAsync = async (app) => {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addHook('onRequest', (request, _reply, done) => {
    // One that cannot be read (`foo`, `;;`) would be a 415 before any parser is asked.
    if (request.headers['content-type'] !== undefined) request.headers['content-type'] = 'application/json'
    done()
  })
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    // Clients declare JSON and send nothing, on DELETE above all (CONTRACT.md, trap 4); PHP sends `[]` there.
    const isRead = request.routeOptions.config.endpoint?.operation.body !== undefined
    if (!isRead || body === '') return done(null, undefined)
    parse(request, body as string, done)
  })
}

export default plugin(stage, { name: 'json-body' })
