/** Reads bodies. No body at all is fine here: the content type is asked for even where there is none. */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'

const stage: FastifyPluginAsync = async (app) => {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, body as string, done)
  })
}

export default plugin(stage, { name: 'control-json-body' })
