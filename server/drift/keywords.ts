/**
 * Every keyword that the comparison understands, and every one that it passes over on purpose. A keyword in neither
 * list is a difference, so that a contract which begins to use a new one cannot pass unnoticed.
 */
import { type JsonObject, objectOr } from './json.ts'

/** The types that JSON has, without null. */
export type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array'

/** How two values of a limit are told apart: which one lets less through, or that nobody can say. */
export type Stricter = 'higher' | 'lower' | 'unknown'

const numbers = ['number', 'integer'] as const

/** The limits that a schema may set, the types on which they mean anything, and which value is the stricter one. */
export const limits = {
  minimum: { types: numbers, stricter: 'higher' },
  exclusiveMinimum: { types: numbers, stricter: 'higher' },
  maximum: { types: numbers, stricter: 'lower' },
  exclusiveMaximum: { types: numbers, stricter: 'lower' },
  multipleOf: { types: numbers, stricter: 'unknown' },
  minLength: { types: ['string'], stricter: 'higher' },
  maxLength: { types: ['string'], stricter: 'lower' },
  pattern: { types: ['string'], stricter: 'unknown' },
  format: { types: ['string', 'number', 'integer'], stricter: 'unknown' },
  minItems: { types: ['array'], stricter: 'higher' },
  maxItems: { types: ['array'], stricter: 'lower' },
  uniqueItems: { types: ['array'], stricter: 'unknown' },
  minProperties: { types: ['object'], stricter: 'higher' },
  maxProperties: { types: ['object'], stricter: 'lower' },
} as const satisfies Record<string, { types: readonly TypeName[]; stricter: Stricter }>

/** The name of a limit: `maxLength`. */
export type LimitName = keyof typeof limits

/** The other keywords of a schema that are compared. `allOf` is not among them: reading has merged it away. */
const compared = [
  ...Object.keys(limits),
  ...['type', 'nullable', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'oneOf'],
  ...['default', 'deprecated', 'readOnly', 'writeOnly'],
]

/** The keywords of a schema that are passed over, each for a reason. Those that begin with `x-` are a vendor's own. */
const ignored: Readonly<Record<string, string>> = {
  title: 'names a schema for readers',
  description: 'prose',
  example: 'an example binds nobody',
  examples: 'an example binds nobody',
  externalDocs: 'a link for readers',
  xml: 'the API speaks JSON',
  discriminator: 'says which variant to read; the variants themselves are compared',
  $id: 'a name; it allows and forbids nothing',
  $schema: 'a dialect; the keywords that it brings are compared',
  $comment: 'prose',
  $defs: 'compared where it is referred to',
  definitions: 'compared where it is referred to',
}

const schemaKeywords = new Set([...compared, ...Object.keys(ignored)])

/** What a parameter and a header have in common. */
const written = 'required schema content style explode deprecated description example examples'

/** The members of the objects around a schema that are compared, or passed over because they are prose or examples. */
const structure = {
  // Where an operation is served is no part of what it is.
  'path item': 'parameters summary description servers get put post delete options head patch trace',
  // Tags group operations for readers; no request and no answer depends on them.
  operation:
    'operationId parameters requestBody responses security deprecated tags summary description externalDocs servers',
  parameter: `${written} name in allowEmptyValue allowReserved`,
  header: written,
  'request body': 'content required description',
  response: 'content headers description',
  'media type': 'schema example examples',
} as const

/** The keywords of a schema that are in neither list: `patternProperties`. */
export function unknownKeywords(schema: JsonObject): string[] {
  return Object.keys(schema).filter((name) => !schemaKeywords.has(name) && !name.startsWith('x-'))
}

/**
 * The members of an operation, a parameter and so on that are in neither list.
 * @example unknownMembers('operation', { callbacks: {} }) gives ['callbacks']
 */
export function unknownMembers(kind: keyof typeof structure, node: unknown): string[] {
  const known = structure[kind].split(' ')
  return Object.keys(objectOr(node)).filter((name) => !known.includes(name) && !name.startsWith('x-'))
}
