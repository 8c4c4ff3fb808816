/** Reads bodies. No body at all is fine here: the content type is asked for even where there is none. */
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import { CloudError } from '../cloud-error.ts'

const stage: FastifyPluginAsync = async (app) => {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined)
    parse(request, body as string, (error, value) => {
      if (error) done(new CloudError(`The body cannot be read: ${whyUnread(body as string)}.`))
      else done(null, value)
    })
  })
}

/** What the parser of Fastify does not tell. */
function whyUnread(text: string): string {
  try {
    JSON.parse(text)
    return 'it has a field "__proto__", or a "prototype" in a "constructor", which nothing here takes'
  } catch (error) {
    // The message quotes the text, line breaks and all.
    return `it is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`
  }
}

export default plugin(stage, { name: 'control-json-body' })
