/**
 * The words that every schema is written in: identifiers, closed sets, nullable values and the three kinds of
 * list query. Everything here is plain JSON Schema in the dialect of OpenAPI 3.0, which Ajv reads as it stands.
 */
import { type Static, type TSchema, Type } from 'typebox'

type Annotations = { description?: string; example?: unknown; readOnly?: boolean; deprecated?: boolean }

/**
 * An identifier of exactly 32 characters, as generated ids are.
 * @example Id({ description: 'Account identifier.' }) // { type: 'string', minLength: 32, maxLength: 32, … }
 */
export const Id = (annotations: Annotations = {}) => Type.String({ minLength: 32, maxLength: 32, ...annotations })

/** An identifier that the contract limits to at most 32 characters (members, roles, tokens, subscriptions). */
export const ShortId = (annotations: Annotations = {}) => Type.String({ maxLength: 32, ...annotations })

/** An RFC 3339 time such as `2014-03-01T05:20:00Z`. */
export const DateTime = (annotations: Annotations = {}) => Type.String({ format: 'date-time', ...annotations })

/**
 * One of a closed set of strings. Written as `enum`, since OpenAPI 3.0 has no `const`.
 * @example oneOf(['asc', 'desc'])
 */
export const oneOf = <const Value extends string>(values: readonly Value[], annotations: Annotations & object = {}) =>
  Type.Unsafe<Value>({ type: 'string', enum: [...values], ...annotations })

/** The same schema, but `null` is allowed as well. */
export const nullable = <Schema extends TSchema>(schema: Schema) =>
  Type.Unsafe<Static<Schema> | null>({ ...schema, nullable: true })

/** A value that is always `null`: the `result` of a failure. */
export const Null = () => Type.Unsafe<null>({ type: 'object', nullable: true, enum: [null] })

/** A member that the server sets: shown in answers, ignored in requests. */
export const readOnly = <Schema extends TSchema>(schema: Schema): Schema => ({ ...schema, readOnly: true })

/**
 * An object whose keys are not known beforehand. Written as `additionalProperties`, since OpenAPI 3.0 has no
 * `patternProperties`.
 * @example mapOf(Type.String()) // { "com.cloudflare.api.account.zone.*": "*" }
 */
export const mapOf = <Schema extends TSchema>(values: Schema, annotations: Annotations & { title?: string } = {}) =>
  Type.Unsafe<Record<string, Static<Schema>>>({ type: 'object', additionalProperties: values, ...annotations })

/** A query parameter that may be repeated: `action_type=create&action_type=delete`. */
export const repeated = <Schema extends TSchema>(items: Schema, annotations: Annotations = {}) =>
  Type.Optional(Type.Array(items, annotations))

/** The keyword that carries what is taken beside the contract's own schema. */
export const TOLERATED = 'x-tolerated'
/** The keyword on fields that the contract requires and the live service does not. */
export const OMITTABLE = 'x-omittable'

/**
 * A field that the contract describes with `schema`, while the live service takes or sends more. The document and
 * `strict` mode hold to the contract; `lenient` mode and the check of our own answers take `looser` instead.
 * @example tolerated(oneOf(['weekly', 'monthly']), Type.String())
 */
export const tolerated = <Schema extends TSchema>(schema: Schema, looser: TSchema): Schema => ({
  ...schema,
  [TOLERATED]: { ...looser },
})

/**
 * A field that the contract requires in a request, while the live service does without it. In `lenient` mode it may
 * be left out.
 * @example omittable(AccountType) // never sent by the Python SDK
 */
export const omittable = <Schema extends TSchema>(schema: Schema): Schema => ({ ...schema, [OMITTABLE]: true })

/**
 * A field of an update that null takes away: Terraform's provider sends it for what was taken out of a configuration
 * (clients.md §6). The contract has no null there.
 * @param looser what is taken beside null, where that is more than the contract says
 * @example clearable(DateTime())
 */
export const clearable = <Schema extends TSchema>(schema: Schema, looser: TSchema = schema) =>
  Type.Optional(tolerated(schema, nullable(looser)))

/** The keyword on fields that nobody but their receiver may read. */
export const SECRET = 'x-secret'

/** A field whose value is a credential: the journal shows it to nobody. */
export const secret = <Schema extends TSchema>(schema: Schema): Schema => ({ ...schema, [SECRET]: true })

/** `asc` or `desc`. Without a default, unless the operation names one. */
export const Direction = (annotations: Annotations & { default?: 'asc' | 'desc' } = {}) =>
  Type.Optional(oneOf(['asc', 'desc'], { description: 'Direction to order results.', ...annotations }))

/**
 * `page` and `per_page`. The live service caps a `per_page` that is too large and serves small ones (ERRORS.md §4),
 * so only `strict` mode holds to the published limits.
 */
export const pageQuery = {
  page: Type.Optional(
    tolerated(
      Type.Number({ description: 'Page number of paginated results.', default: 1, minimum: 1 }),
      Type.Number({ default: 1, minimum: 1, multipleOf: 1 }),
    ),
  ),
  per_page: Type.Optional(
    tolerated(
      Type.Number({ description: 'Maximum number of results per page.', default: 20, minimum: 5, maximum: 50 }),
      Type.Number({ default: 20, minimum: 1, multipleOf: 1 }),
    ),
  ),
}

/** `limit`, `cursor` and `direction` of the audit logs. */
export const cursorQuery = {
  direction: Type.Optional(oneOf(['desc', 'asc'], { description: 'Sets sorting order.', default: 'desc' } as object)),
  limit: Type.Optional(
    Type.Number({
      description: 'The number of entries to return; `cursor` asks for the next ones.',
      default: 100,
      minimum: 1,
      maximum: 1000,
    }),
  ),
  cursor: Type.Optional(
    Type.String({ description: 'An opaque position taken from `result_info` of the last answer.' }),
  ),
}

/** `page_token` and `page_size` of the organizations API. A size of 0 means the default. */
export const pageTokenQuery = {
  page_token: Type.Optional(Type.String({ description: 'An opaque token taken from `result_info.next_page_token`.' })),
  page_size: Type.Optional(
    Type.Integer({ description: 'The amount of items to return. Defaults to 10.', minimum: 0, maximum: 1000 }),
  ),
}
