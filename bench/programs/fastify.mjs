/**
 * The reference: Fastify and nothing else, with schemas. `node fastify.mjs port routes.json`, from a folder in which
 * Fastify is installed.
 */
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'

const [port, file = ''] = process.argv.slice(2)
/** @type {import('../routes.mjs').Route[]} */
const routes = JSON.parse(readFileSync(file, 'utf8'))

const app = Fastify()
for (const { method, pattern, answer, schema, bodySchema } of routes) {
  const value = JSON.parse(answer)
  app.route({
    method,
    url: pattern,
    schema: { response: { 200: schema }, ...(bodySchema && { body: bodySchema }) },
    handler: bodySchema
      ? async ({ body }) => {
          const { email } = /** @type {{ email: string }} */ (body)
          return { ...value, result: { ...value.result, email, user: { ...value.result.user, email } } }
        }
      : async () => value,
  })
}
await app.listen({ port: Number(port), host: '127.0.0.1' })
