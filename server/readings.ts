/**
 * One schema, read three ways. The schemas say what the contract says; a request is read more kindly than that
 * (lenient) or to the letter (strict), and an answer of ours is held to it and to nothing beside it (closed).
 */
import type { TSchema } from 'typebox'
import { TOLERATED } from '../schemas/fields.ts'

/** A JSON Schema as plain data. */
export interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  anyOf?: readonly Schema[]
  readOnly?: boolean
  [keyword: string]: unknown
}

/**
 * For our own answers and for snapshots: nothing that is not declared may be there. Where the live service is known
 * to send more than is published, that counts as declared.
 */
export function closed(schema: TSchema): Schema {
  const close = (node: Schema): Schema => {
    const wide = widened(node)
    const open = wide.properties && wide.additionalProperties === undefined
    return children(open ? { ...wide, additionalProperties: false } : wide, close)
  }
  return close(schema as Schema)
}

/**
 * For requests. What only the server sets (`readOnly`) is not asked of a client. `lenient` also takes what the live
 * service is known to take, does not look at read-only values, and lets unknown fields pass; `strict` refuses them.
 */
export function requested(schema: TSchema, strict: boolean): Schema {
  const read = (node: Schema): Schema => {
    const merged = mergeVariants(strict ? node : widened(node))
    const { properties, required = [] } = merged
    if (!properties) return children(merged, read)
    const isAsked = (name: string) => !properties[name]?.readOnly && (strict || !properties[name]?.[TOLERATED])
    const kept = Object.entries(properties).filter(([, property]) => strict || !property.readOnly)
    return children(
      {
        ...merged,
        properties: Object.fromEntries(kept),
        required: required.filter(isAsked),
        ...(strict && merged.additionalProperties === undefined ? { additionalProperties: false } : {}),
      },
      read,
    )
  }
  return read(schema as Schema)
}

/** The schema that stands for more than the contract says, where there is one. */
function widened(node: Schema): Schema {
  const { [TOLERATED]: looser, ...rest } = node
  return (looser as Schema | undefined) ?? rest
}

function children(node: Schema, read: (child: Schema) => Schema): Schema {
  const { properties, additionalProperties, items, anyOf } = node
  return {
    ...node,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, read(child)])),
    }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: read(additionalProperties) }),
    ...(items && { items: read(items) }),
    ...(anyOf && { anyOf: anyOf.map(read) }),
  }
}

/**
 * Variants of an object, as one object: every field is looked at, whichever variant it belongs to, and an error
 * points to a field instead of to a variant. At least one variant's required fields must all be there.
 */
function mergeVariants(node: Schema): Schema {
  const variants = node.anyOf
  if (!variants?.every((variant) => variant.properties)) return node
  const required = variants.map((variant) => variant.required ?? [])
  const common = (required[0] ?? []).filter((name) => required.every((names) => names.includes(name)))
  const { anyOf: _, ...rest } = node
  return {
    ...rest,
    type: 'object',
    properties: Object.assign({}, ...variants.map((variant) => variant.properties)),
    required: common,
    ...(required.some((names) => names.length === common.length)
      ? {}
      : { anyOf: required.map((names) => ({ required: names.filter((name) => !common.includes(name)) })) }),
  }
}
