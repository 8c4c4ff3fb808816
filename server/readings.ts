/**
 * One schema, read three ways. The schemas say what the contract says; a request is read more kindly than that
 * (lenient) or to the letter (strict), and an answer of ours is held to it and to nothing beside it (closed).
 */
import type { TSchema } from 'typebox'
import { OMITTABLE, TOLERATED } from '../schemas/fields.ts'

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

/** The keyword on fields that a strict reading does not let a client send. */
export const READ_ONLY = 'x-read-only'

/**
 * Each schema is read once. Ajv keeps what it compiles for good, by the object that it was compiled from: another
 * simulator of the same process gets the validators that are there already.
 */
type Readings = WeakMap<TSchema, Schema>

const closings: Readings = new WeakMap()
const requests: Record<RequestReading, Readings> = {
  strict: new WeakMap(),
  lenient: new WeakMap(),
  both: new WeakMap(),
}

function kept(readings: Readings, schema: TSchema, read: (node: Schema) => Schema): Schema {
  let reading = readings.get(schema)
  if (!reading) {
    reading = read(schema as Schema)
    readings.set(schema, reading)
  }
  return reading
}

/**
 * For our own answers and for snapshots: nothing that is not declared may be there. Where the live service is known
 * to send more than is published, that counts as declared.
 */
export function closed(schema: TSchema): Schema {
  return kept(closings, schema, close)
}

function close(node: Schema): Schema {
  const wide = widened(node)
  const open = wide.properties && wide.additionalProperties === undefined
  return children(open ? { ...wide, additionalProperties: false } : wide, close)
}

/**
 * How a request is read: to the letter of the contract, as the live service does, or so that only what is right in
 * both readings passes.
 */
export type RequestReading = 'strict' | 'lenient' | 'both'

/**
 * For requests. What only the server sets (`readOnly`) is not asked of a client: `strict` refuses it, `lenient` does
 * not look at it. Where the contract contradicts itself and requires it all the same, such as the ids of policies
 * (CONTRACT.md, trap 7), `strict` takes it too. `lenient` takes what the live service is known to take in the place of what the contract says.
 * Unknown fields are not allowed: `strict` refuses them, and `lenient` drops them, so that a behaviour never sees what
 * its schema does not declare.
 */
export function requested(schema: TSchema, reading: RequestReading): Schema {
  return kept(requests[reading], schema, readerOf(reading))
}

function readerOf(reading: RequestReading): (node: Schema) => Schema {
  const isLenient = reading === 'lenient'
  const read = (node: Schema): Schema => {
    const isAsked = (property: Schema | undefined) => !property?.readOnly && !(isLenient && property?.[OMITTABLE])
    const merged = mergeVariants(VALUES[reading](node), isAsked)
    const { properties, required } = merged
    if (!properties) return children(merged, read)
    const demanded = [node, ...(node.anyOf ?? [])].flatMap(({ required = [] }) => required)
    const looked = Object.entries(properties).map(([name, property]) => {
      if (!property.readOnly) return [name, property]
      if (isLenient) return [name, {}]
      return [name, demanded.includes(name) ? property : { [READ_ONLY]: true }]
    })
    return children(
      {
        additionalProperties: false,
        ...merged,
        properties: Object.fromEntries(looked),
        ...(required && { required: required.filter((name) => isAsked(properties[name])) }),
      },
      read,
    )
  }
  return read
}

/** The schema that stands for more than the contract says, where there is one. */
function widened(node: Schema): Schema {
  const { [TOLERATED]: looser, [OMITTABLE]: _, ...rest } = node
  return (looser as Schema | undefined) ?? rest
}

/** The schema that stands for what the contract says and the live service takes as well. */
function narrowed(node: Schema): Schema {
  const { [TOLERATED]: looser, ...rest } = node
  return looser ? { ...rest, allOf: [looser as Schema] } : node
}

/** Which values a schema stands for in each reading. */
const VALUES: Record<RequestReading, (node: Schema) => Schema> = {
  strict: (node) => node,
  lenient: widened,
  both: narrowed,
}

/** A schema whose parts were read. */
export function children(node: Schema, read: (child: Schema) => Schema): Schema {
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
function mergeVariants(node: Schema, isAsked: (property: Schema | undefined) => boolean): Schema {
  const variants = node.anyOf
  if (!variants?.every((variant) => variant.properties)) return node
  const required = variants.map(({ properties, required: names = [] }) =>
    names.filter((name) => isAsked(properties?.[name])),
  )
  const common = (required[0] ?? []).filter((name) => required.every((names) => names.includes(name)))
  const { anyOf: _, ...rest } = node
  const isOpen = required.some((names) => names.length === common.length)
  return {
    ...rest,
    type: 'object',
    properties: Object.assign({}, ...variants.map((variant) => variant.properties)),
    // What all variants need is missed first.
    ...(isOpen
      ? { required: common }
      : { allOf: [{ required: common }, { anyOf: required.map((names) => ({ required: names })) }] }),
  }
}
