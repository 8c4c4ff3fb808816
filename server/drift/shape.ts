/**
 * What a schema allows, however it is spelled: `nullable`, `type: [string, null]` and `anyOf` with a null are one
 * shape; so are `const` and `enum` with one value, and an `anyOf` of enums and the enum of all their values.
 */
import { isDeepStrictEqual } from 'node:util'
import type { ReadDocument } from './document.ts'
import { type JsonObject, listOr, objectOr, strings } from './json.ts'
import { type LimitName, limits, type TypeName, unknownKeywords } from './keywords.ts'

/** What a schema allows. */
export interface Shape {
  /** The types a value may have; none when only null is allowed, undefined when anything is. */
  types?: ReadonlySet<string>
  nullable: boolean
  /** The values of an enumeration, without null. */
  values?: readonly unknown[]
  limits: ReadonlyMap<LimitName, unknown>
  /** The schemas of the declared fields. */
  properties: JsonObject
  required: ReadonlySet<string>
  /** Other fields: allowed (`true`), refused (`false`), or the schema they must satisfy. */
  additional: unknown
  /** The schema of an array's entries. */
  items: unknown
  /** The alternatives of an `anyOf` or `oneOf`, without null. */
  variants?: readonly Shape[]
  default?: unknown
  readOnly: boolean
  writeOnly: boolean
  deprecated: boolean
  unknown: readonly string[]
  /** A `$ref` that leads nowhere. */
  unresolved?: string
}

/** Gives the shape of a schema; the same schema always gives the same shape. */
export type ShapeReader = (schema: unknown) => Shape

/** The shape of a schema that says nothing. */
const anything: Shape = {
  nullable: true,
  limits: new Map(),
  properties: {},
  required: new Set(),
  additional: true,
  items: undefined,
  readOnly: false,
  writeOnly: false,
  deprecated: false,
  unknown: [],
}

const nothing: Shape = { ...anything, types: new Set(), nullable: false }

/** A reader of the shapes in a document. */
export function shapeReader(document: ReadDocument): ShapeReader {
  const known = new WeakMap<object, Shape>()
  const open = new WeakSet<object>()
  return function read(node): Shape {
    if (node === undefined || node === true) return anything
    if (node === false) return nothing
    const schema = document.resolve(node)
    if (!schema) return { ...anything, unresolved: String(objectOr(node).$ref ?? JSON.stringify(node)) }
    // A variant that is its own parent allows nothing of its own.
    if (open.has(schema)) return nothing
    const before = known.get(schema)
    if (before) return before
    open.add(schema)
    const variants = [...listOr(schema.anyOf), ...listOr(schema.oneOf)].map(read)
    open.delete(schema)
    const shape = variants.length > 0 ? alternatives(schema, variants) : single(schema)
    known.set(schema, shape)
    return shape
  }
}

const nonNull = new WeakMap<Shape, Shape>()

/** The same shape without null; the same one each time, which is how a recursion is recognised. */
export function withoutNull(shape: Shape): Shape {
  if (!shape.nullable) return shape
  const known = nonNull.get(shape) ?? { ...shape, nullable: false }
  nonNull.set(shape, known)
  return known
}

function single(schema: JsonObject): Shape {
  const declared = typeof schema.type === 'string' ? [schema.type] : strings(schema.type)
  const values = 'const' in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : undefined
  // An enumeration of null alone says null, whatever type stands beside it: published documents mean it so.
  const onlyNull = values?.length !== 0 && values?.every((value) => value === null) === true
  const types = onlyNull ? [] : declared.length > 0 ? declared.filter((type) => type !== 'null') : implied(schema)
  const applying = Object.entries(limitsOf(schema)).filter(([name, value]) => applies(name as LimitName, value, types))
  return {
    ...anything,
    ...(types && { types: new Set(types) }),
    nullable: !types || schema.nullable === true || declared.includes('null') || values?.includes(null) === true,
    ...(values && !onlyNull && { values: values.filter((value) => value !== null) }),
    limits: new Map(applying as [LimitName, unknown][]),
    properties: onlyNull ? {} : objectOr(schema.properties),
    required: new Set(onlyNull ? [] : strings(schema.required)),
    additional: isDeepStrictEqual(schema.additionalProperties, {}) ? true : (schema.additionalProperties ?? true),
    items: schema.items,
    ...('default' in schema && { default: schema.default }),
    readOnly: schema.readOnly === true,
    writeOnly: schema.writeOnly === true,
    deprecated: schema.deprecated === true,
    unknown: unknownKeywords(schema),
  }
}

/** The types that a schema without `type` speaks of: `{ properties: … }` means an object. */
function implied(schema: JsonObject): string[] | undefined {
  if ('properties' in schema || 'required' in schema || 'additionalProperties' in schema) return ['object']
  if ('items' in schema) return ['array']
  const values = 'const' in schema ? [schema.const] : listOr(schema.enum)
  return values.length > 0 ? [...new Set(values.filter((value) => value !== null).map(typeOf))] : undefined
}

function typeOf(value: unknown): TypeName {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'string' || typeof value === 'boolean' ? (typeof value as TypeName) : 'object'
}

/** The limits of a schema in the spelling of OpenAPI 3.1, where an exclusive limit is a number. */
function limitsOf(schema: JsonObject): Partial<Record<LimitName, unknown>> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  const found = Object.fromEntries(Object.keys(limits).map((name) => [name, schema[name]]))
  return {
    ...found,
    ...(typeof exclusiveMinimum === 'boolean' && bound(exclusiveMinimum, 'minimum', 'exclusiveMinimum', minimum)),
    ...(typeof exclusiveMaximum === 'boolean' && bound(exclusiveMaximum, 'maximum', 'exclusiveMaximum', maximum)),
  }
}

function bound(exclusive: boolean, plain: LimitName, strict: LimitName, value: unknown) {
  return { [plain]: exclusive ? undefined : value, [strict]: exclusive ? value : undefined }
}

/** Whether a limit keeps anything out: `minLength: 0` does not, nor does `minLength` on an array. */
function applies(name: LimitName, value: unknown, types: readonly string[] | undefined): boolean {
  if (value === undefined || value === false) return false
  if (value === 0 && name.startsWith('min') && name !== 'minimum') return false
  return !types || types.some((type) => (limits[name].types as readonly string[]).includes(type))
}

function alternatives(schema: JsonObject, all: readonly Shape[]): Shape {
  const nullable = all.some((shape) => shape.nullable)
  const variants = joinedEnums(
    all
      .flatMap((shape) => shape.variants ?? [shape])
      .filter((shape) => shape.types?.size !== 0)
      .map(withoutNull),
  )
  const [first] = variants
  if (!first) return { ...nothing, nullable }
  if (variants.length === 1) return { ...first, nullable }
  return {
    ...anything,
    nullable,
    variants,
    readOnly: variants.every((shape) => shape.readOnly),
    writeOnly: variants.every((shape) => shape.writeOnly),
    deprecated: variants.every((shape) => shape.deprecated),
    unknown: unknownKeywords(schema),
  }
}

/** Alternatives that are enumerations of one type become one: `anyOf: [{enum: [a]}, {enum: [b]}]` is `enum: [a, b]`. */
function joinedEnums(variants: readonly Shape[]): Shape[] {
  const joined: Shape[] = []
  for (const shape of variants) {
    const other = joined.findIndex((earlier) => shape.values && earlier.values && sameBut(earlier, shape))
    const earlier = joined[other]
    if (earlier) joined[other] = { ...earlier, values: [...(earlier.values ?? []), ...(shape.values ?? [])] }
    else joined.push(shape)
  }
  return joined
}

function sameBut(a: Shape, b: Shape): boolean {
  return isDeepStrictEqual({ ...a, values: [] }, { ...b, values: [] })
}
