/**
 * An OpenAPI document, compiled without a line of the simulator's: its schemas are dereferenced here, and the known
 * defects of the vendor's own document are read as what was meant.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

type Json = { [key: string]: unknown }

export interface Documented {
  /** `GET /accounts/{account_id}` */
  key: string
  /** Which of the documented statuses there are: `200`, `204`, `4XX`. */
  statuses: string[]
  /** What is wrong with an answer; `undefined` stands for no body. */
  problems(status: number, body: unknown): ErrorObject[]
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** Reads every operation of a document. */
export function readOperations(document: Json): Documented[] {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, code: { optimize: false } })
  formats.default(ajv)
  return Object.entries(document.paths as Record<string, Json>).flatMap(([route, item]) =>
    METHODS.filter((method) => method in item).map((method) => {
      const responses = (item[method] as { responses: Record<string, Json> }).responses
      const checks = new Map<string, ValidateFunction | 'empty'>()
      for (const [status, response] of Object.entries(responses)) {
        const schema = (response.content as Record<string, Json> | undefined)?.['application/json']?.schema
        checks.set(status, schema ? ajv.compile(read(schema as Json, document)) : 'empty')
      }
      return {
        key: `${method.toUpperCase()} ${route}`,
        statuses: [...checks.keys()],
        problems(status, body) {
          const check = checks.get(String(status)) ?? checks.get(`${String(status)[0]}XX`)
          if (check === undefined) return [problem(`the status ${status} is not documented`)]
          if (check === 'empty') return body === undefined ? [] : [problem('a body where there should be none')]
          return check(body) ? [] : [...(check.errors ?? [])]
        },
      }
    }),
  )
}

function problem(message: string): ErrorObject {
  return { instancePath: '', schemaPath: '', keyword: 'status', params: {}, message }
}

/** A schema of OpenAPI 3.0 as JSON Schema. */
function read(schema: Json, document: Json): Json {
  // What stands beside a `$ref` does not count in OpenAPI 3.0.
  if (typeof schema.$ref === 'string') return read(resolve(schema.$ref, document), document)
  const { nullable, required, minLength, type, enum: values, ...rest } = schema
  const isNullOnly = Array.isArray(values) && values.length === 1 && values[0] === null
  // `type: object` with `enum: [null]` can only mean null, whether or not `nullable` was forgotten.
  const mayBeNull = nullable === true || isNullOnly
  return {
    ...children(rest, document),
    ...(type !== undefined && { type: mayBeNull ? [type, 'null'] : type }),
    ...(Array.isArray(values) && { enum: mayBeNull ? [...new Set([...values, null])] : values }),
    ...(Array.isArray(required) && { required: [...new Set(required)] }),
    // A length of a list can only mean the number of its items.
    ...(minLength !== undefined && (type === 'array' ? { minItems: minLength } : { minLength })),
  }
}

function children(schema: Json, document: Json): Json {
  const each = (nodes: Json) =>
    Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, read(node as Json, document)]))
  const { properties, items, additionalProperties, anyOf, allOf, oneOf } = schema as Record<string, Json>
  return {
    ...schema,
    ...(properties && { properties: each(properties) }),
    ...(items && { items: read(items, document) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: read(additionalProperties, document) }),
    ...(anyOf && { anyOf: (anyOf as unknown as Json[]).map((node) => read(node, document)) }),
    ...(allOf && { allOf: (allOf as unknown as Json[]).map((node) => read(node, document)) }),
    ...(oneOf && { oneOf: (oneOf as unknown as Json[]).map((node) => read(node, document)) }),
  }
}

function resolve(pointer: string, document: Json): Json {
  let node: unknown = document
  for (const part of pointer.slice(2).split('/')) {
    node = (node as Json)[part.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  if (node === undefined) throw new Error(`${pointer} leads nowhere`)
  return node as Json
}
