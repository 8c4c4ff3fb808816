/** The OpenAPI document, read from the operations by @fastify/swagger. */
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { TSchema } from 'typebox'
import { CONTROL_CALLS, type ControlCall } from '../schemas/control.ts'
import { failure, success } from '../schemas/envelope.ts'
import { OMITTABLE, SECRET, TOLERATED } from '../schemas/fields.ts'
import type { Operation, SecurityScheme } from '../schemas/operation.ts'
import { BODY_OPTIONAL, CONTROL_SERVERS, CONTROL_TAG, describe as describeCall } from './control/describe.ts'
import { API, CONTROL, SANDBOXES } from './paths.ts'
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
    servers: [
      { url: API, description: 'The default world' },
      {
        url: `${SANDBOXES}/{sandbox}${API}`,
        description: 'A world of one’s own',
        variables: { sandbox: { default: 'default', description: 'Its name. It is made by its first request.' } },
      },
    ],
    tags: [CONTROL_TAG],
    components: {
      securitySchemes: {
        api_token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
        api_email: { type: 'apiKey', in: 'header', name: 'X-Auth-Email', description: 'Belongs to `api_key`.' },
        api_key: { type: 'apiKey', in: 'header', name: 'X-Auth-Key', description: 'The global key of a user.' },
        user_service_key: { type: 'apiKey', in: 'header', name: 'X-Auth-User-Service-Key' },
        control_token: {
          type: 'apiKey',
          in: 'header',
          name: 'Fauxflare-Control-Token',
          description: 'What `--control-token` says.',
        },
        control_bearer: { type: 'http', scheme: 'bearer', description: 'The same, in the place of `control_token`.' },
      },
    },
  },
  transform({ schema, url, route }) {
    const { endpoint, call } = (route.config ?? {}) as { endpoint?: Described; call?: ControlCall }
    if (call) return { schema: describeCall(call), url }
    if (!endpoint) return { schema: schema ?? {}, url }
    const { operation, tag } = endpoint
    return { schema: { ...schema, ...describe(operation, tag) }, url }
  },
  transformObject(document) {
    const openapi = 'openapiObject' in document ? document.openapiObject : {}
    return finish(openapi as Document) as typeof openapi
  },
}

interface Described {
  operation: Operation
  tag: string
}

function describe(operation: Operation, tag: string) {
  const { id, summary, description, deprecated, security, permissions, status, family, notFound } = operation
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
          : { description: `${summary}: success`, ...success(operation) },
      ...(notFound && { 404: { description: `${summary}: not found`, ...failure(family, notFound.info) } }),
      '4XX': { description: `${summary}: failure`, ...failure(family) },
    },
  }
}

/** The value null, and nothing else. */
const NULL = { type: 'object', nullable: true, enum: [null] }

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
    const { [TOLERATED]: _1, [OMITTABLE]: _2, [SECRET]: _3, [BODY_OPTIONAL]: isOptional, ...rest } = node as Schema
    const tidied = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, tidy(value)]))
    // @fastify/swagger takes every body for required.
    if (isOptional) return { ...tidied, requestBody: { ...(tidied.requestBody as object), required: false } }
    const name = isSchema(rest) && rest.title
    if (typeof name !== 'string') return tidied
    // A schema that is read-only in one place only keeps its name: the annotation stays where it is used.
    // So is null, where it is allowed: beside a reference, `nullable` would mean nothing.
    const { readOnly, description, nullable, ...body } = tidied
    named[name] ??= body
    const reference = { $ref: `#/components/schemas/${name}` }
    if (!readOnly && !description && !nullable) return reference
    return {
      ...(nullable ? { anyOf: [reference, NULL] } : { allOf: [reference] }),
      ...(readOnly ? { readOnly } : {}),
      ...(description ? { description } : {}),
    }
  }
  const { components, paths = {}, ...rest } = document
  const entries = Object.entries(paths).map(([path, item]) => [path, { ...serversOf(path), ...(tidy(item) as object) }])
  return {
    ...rest,
    paths: Object.fromEntries(entries),
    components: {
      ...components,
      schemas: Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  }
}

/** The control API is not below /client/v4, and what concerns the whole server is there once. */
function serversOf(path: string): object {
  if (!path.startsWith(CONTROL)) return {}
  const isShared = CONTROL_CALLS.some(
    (call) => call.defaultOnly && path === CONTROL + call.path.replace(/:(\w+)/g, '{$1}'),
  )
  return { servers: isShared ? CONTROL_SERVERS.slice(0, 1) : CONTROL_SERVERS }
}

const isSchema = (node: Schema): node is Schema & TSchema =>
  node.type !== undefined || node.anyOf !== undefined || node.properties !== undefined
