/** The journal: what a client sent, what it got, and questions about that. */
import { type Static, Type } from 'typebox'
import { Match } from './faults.ts'
import { DateTime, mapOf, nullable, oneOf } from './fields.ts'

/** How a client can break the contract without being refused by the live service. */
export const VIOLATION_KINDS = [
  'unknown_parameter',
  'unknown_field',
  'read_only_field',
  'missing_field',
  'coerced_value',
  'invalid_value',
  'deprecated_operation',
  'content_type',
] as const

/** One breach of the contract by a client. */
export const Violation = Type.Object(
  {
    kind: oneOf(VIOLATION_KINDS),
    in: oneOf(['query', 'body', 'header', 'operation']),
    pointer: Type.String({ description: 'A JSON pointer into the body, or the name of the parameter or header.' }),
    message: Type.String({ example: 'is not allowed here' }),
  },
  { title: 'Violation' },
)
export type Violation = Static<typeof Violation>

const TextOrTexts = Type.Union([Type.String(), Type.Array(Type.String())])

const Headers = (description: string) => mapOf(TextOrTexts, { description })

const Body = {
  body: Type.Optional(
    Type.Unsafe<unknown>({ description: 'JSON where it is JSON, else text. Up to 16,384 bytes are kept.' }),
  ),
  body_cut: Type.Optional(
    Type.Unsafe<true>({
      type: 'boolean',
      enum: [true],
      description: '`body` is only the first 16,384 bytes, as text, or withheld where a secret might be in it.',
    }),
  ),
}

/** One request with its answer. In the place of a secret stands `[redacted]`, wherever it turns up. */
export const Exchange = Type.Object(
  {
    id: Type.String({ description: 'Counts up within a world.', example: '17' }),
    time: DateTime({ description: 'By the clock of the world.' }),
    operation: nullable(Type.String({ description: 'Null when nothing answers to this path and method.' })),
    method: Type.String(),
    path: Type.String({ description: 'Below `/client/v4`, without the query.', example: '/accounts' }),
    query: mapOf(TextOrTexts, { description: 'As it was sent; a name that stands twice has a list.' }),
    params: mapOf(Type.String(), { description: 'What the path names, placeholders resolved.' }),
    caller: Type.Object(
      {
        scheme: oneOf(['api_token', 'api_key', 'user_service_key', 'none']),
        email: Type.Optional(Type.String()),
      },
      { title: 'ExchangeCaller' },
    ),
    request: Type.Object(
      { headers: Headers('As they were sent, by their names in small letters.'), ...Body },
      {
        title: 'ExchangeRequest',
        description: 'Without a body where none was sent, and where it was answered before its body was read.',
      },
    ),
    response: nullable(
      Type.Object(
        { status: Type.Integer(), headers: Headers('As they were meant to be sent.'), ...Body },
        { title: 'ExchangeResponse', description: 'Null as long as nothing was answered, and where nothing ever is.' },
      ),
    ),
    fault: nullable(Type.String({ description: 'The rule or effect that struck.' })),
    violations: Type.Array(Violation),
    denied: Type.Optional(
      Type.Object(
        {
          reason: Type.String({ example: 'no policy of the token allows it' }),
          permission_groups: Type.Array(Type.String(), {
            description:
              'The token permission groups that open the operation. A token needs one of them, and its user must be allowed to do it.',
          }),
          policy: Type.Optional(Type.String({ description: 'The id of the policy that refuses.' })),
        },
        { title: 'Denial', description: 'Why the caller may not do it, with `--auth enforce`.' },
      ),
    ),
    nearest: Type.Optional(
      Type.String({
        description: 'Of a request that nothing answers to: the nearest operation.',
        example: 'GET /accounts/{account_id}/members (account-members-list-members)',
      }),
    ),
    duration_ms: Type.Number({ description: 'Real time from the first header to the answer.' }),
  },
  { title: 'Exchange' },
)
export type Exchange = Static<typeof Exchange>

/**
 * Which exchanges are meant. A `query` and the objects of a `body` match when everything in them is there, more may
 * be; arrays match when they have as many items and each matches in its place.
 */
export const ExchangeMatch = Type.Object(
  {
    ...Match.properties,
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
    query: Type.Optional(
      mapOf(Type.Unsafe<unknown>({}), {
        description: 'Parameters by their names as they are sent: a value, or a list for a name that stands twice.',
        example: { page: 2 },
      }),
    ),
    body: Type.Optional(
      Type.Unsafe<unknown>({ description: 'Part of the JSON that was sent.', example: { roles: ['member'] } }),
    ),
    fault: Type.Optional(Type.String({ description: 'The fault that struck.' })),
  },
  { title: 'ExchangeMatch', additionalProperties: false },
)
export type ExchangeMatch = Static<typeof ExchangeMatch>

export const Times = Type.Object(
  {
    exactly: Type.Optional(Type.Integer({ minimum: 0 })),
    at_least: Type.Optional(Type.Integer({ minimum: 0 })),
    at_most: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { title: 'Times', additionalProperties: false, description: 'Nothing given means at least once.' },
)
export type Times = Static<typeof Times>

/** A question: was this called, and how often? */
export const Verification = Type.Object(
  { match: ExchangeMatch, times: Type.Optional(Times) },
  { title: 'Verification', additionalProperties: false },
)
export type Verification = Static<typeof Verification>

/** What is not as it was expected. */
export const Difference = Type.Object(
  {
    field: Type.String({ example: 'body/roles/0' }),
    expected: Type.Unsafe<unknown>({}),
    actual: Type.Optional(Type.Unsafe<unknown>({ description: 'Left out where there is nothing.' })),
  },
  { title: 'Difference', description: 'Credentials are redacted.' },
)
export type Difference = Static<typeof Difference>

export const Verdict = Type.Object(
  {
    satisfied: Type.Boolean(),
    matched: Type.Integer({ description: 'How many exchanges match.' }),
    exchanges: Type.Array(Type.String(), { description: 'The ids of those that match, the oldest first.' }),
    expected: Type.String({ example: 'exactly 2' }),
    nearest: Type.Array(
      Type.Object({
        id: Type.String(),
        method: Type.String(),
        path: Type.String(),
        differences: Type.Array(Difference),
      }),
      {
        description:
          'Up to three exchanges that do not match but nearly do, the nearest first, of equal ones the newest first.',
      },
    ),
    dropped: Type.Integer({ description: 'Older exchanges that the journal no longer holds.' }),
  },
  { title: 'Verdict' },
)
export type Verdict = Static<typeof Verdict>

/** Which exchanges to list. */
export interface ExchangeFilter {
  operation?: string | undefined
  method?: string | undefined
  /** A glob. */
  path?: string | undefined
  /** `404`, or `4xx`. */
  status?: string | undefined
  /** An ISO 8601 time by the clock of the world; exchanges from then on. */
  since?: string | undefined
}
