/** The OpenAPI document, read from the operations by @fastify/swagger. */
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { TSchema } from 'typebox'
import { failure, success } from '../schemas/envelope.ts'
import { OMITTABLE, TOLERATED } from '../schemas/fields.ts'
import type { Operation, SecurityScheme } from '../schemas/operation.ts'
import { API, CONTROL } from './paths.ts'
import type { Schema } from './readings.ts'
import { VERSION } from './version.ts'

const SECURITY: Record<SecurityScheme, Record<string, []>> = {
  api_token: { api_token: [] },
  api_key: { api_email: [], api_key: [] },
  user_service_key: { user_service_key: [] },
}

/** What @fastify/swagger needs to write the document. */
export const documentOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.0.3',
    info: {
      title: 'fauxflare: Cloudflare’s Accounts API, simulated',
      description:
        'A simulator for tests and demonstrations. Independent of Cloudflare, Inc.; the name and the API are theirs.',
      version: VERSION,
      license: { name: 'MIT', url: 'https://opensource.org/licenses/MIT' },
    },
    servers: [{ url: API, description: 'The default world' }],
    components: {
      securitySchemes: {
        api_token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
        api_email: { type: 'apiKey', in: 'header', name: 'X-Auth-Email', description: 'Belongs to `api_key`.' },
        api_key: { type: 'apiKey', in: 'header', name: 'X-Auth-Key', description: 'The global key of a user.' },
        user_service_key: { type: 'apiKey', in: 'header', name: 'X-Auth-User-Service-Key' },
      },
    },
  },
  transform({ schema, url, route }) {
    const endpoint = (route.config as { endpoint?: { operation: Operation; tag: string } } | undefined)?.endpoint
    if (!endpoint) return { schema: schema ?? {}, url }
    const { operation, tag } = endpoint
    return { schema: { ...schema, ...describe(operation, tag) }, url }
  },
  transformObject(document) {
    const openapi = 'openapiObject' in document ? document.openapiObject : {}
    return finish(openapi as Document) as typeof openapi
  },
}

function describe(operation: Operation, tag: string) {
  const { id, summary, description, deprecated, security, permissions, status, family } = operation
  return {
    operationId: id,
    summary,
    ...(description && { description }),
    ...(deprecated && { deprecated }),
    tags: [tag],
    security: security.map((scheme) => SECURITY[scheme]),
    ...(permissions.length > 0 && { 'x-api-token-group': permissions }),
    response: {
      [status]:
        status === 204
          ? { description: 'Done. There is no body.', type: 'null' }
          : { description: `${summary}: success`, ...success(family, operation.result, operation.paging) },
      '4XX': { description: `${summary}: failure`, ...failure(family) },
    },
  }
}

interface Document {
  paths?: Record<string, Record<string, unknown>>
  components?: { schemas?: Record<string, unknown> }
}

/** Named schemas move to the components, and what only we read is left out. */
function finish(document: Document): Document {
  const named: Record<string, unknown> = {}
  const tidy = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(tidy)
    if (typeof node !== 'object' || node === null) return node
    const { [TOLERATED]: _looser, [OMITTABLE]: _omittable, ...rest } = node as Schema
    const tidied = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, tidy(value)]))
    const name = isSchema(rest) && rest.title
    if (typeof name !== 'string') return tidied
    // A schema that is read-only in one place only keeps its name: the annotation stays where it is used.
    const { readOnly, description, ...body } = tidied
    named[name] ??= body
    const reference = { $ref: `#/components/schemas/${name}` }
    return readOnly || description
      ? { allOf: [reference], ...(readOnly ? { readOnly } : {}), ...(description ? { description } : {}) }
      : reference
  }
  const { components, paths = {}, ...rest } = document
  const entries = Object.entries(paths).map(([path, item]) => [
    path,
    // The control API is not below /client/v4.
    { ...(path.startsWith(CONTROL) && { servers: [{ url: '/' }] }), ...(tidy(item) as object) },
  ])
  return {
    ...rest,
    paths: Object.fromEntries(entries),
    components: {
      ...components,
      schemas: Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  }
}

const isSchema = (node: Schema): node is Schema & TSchema =>
  node.type !== undefined || node.anyOf !== undefined || node.properties !== undefined
