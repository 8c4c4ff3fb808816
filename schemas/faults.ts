/** Faults: what they strike, when, and what they do. `server/state/faults/` reads rules and decides. */
import { type Static, Type } from 'typebox'
import { DateTime, mapOf, nullable, oneOf } from './fields.ts'
import { Connection, Delay, Milliseconds } from './wire-faults.ts'

/** What a rule or a question looks at. Nothing given matches everything; all that is given must match. */
export const Match = Type.Object(
  {
    operation: Type.Optional(
      Type.String({ minLength: 1, description: 'The id of an operation.', example: 'account-members-list-members' }),
    ),
    method: Type.Optional(oneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])),
    path: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1024,
        description:
          'A glob over the path, with or without `/client/v4`: `*` is one segment, `**` any number, `{a,b}` one of several. `:account_id` and `{account_id}` stand for one segment as well.',
        example: '/accounts/*/members/**',
      }),
    ),
    account_id: Type.Optional(Type.String({ minLength: 1, description: 'The account in the path.' })),
    header: Type.Optional(
      mapOf(Type.String({ maxLength: 4096 }), {
        description:
          'Request headers by name, in any case. Each value is a glob: `*` is any text, `?` one character, and everything else itself.',
        example: { 'user-agent': 'Cloudflare/JS*' },
      }),
    ),
    credential: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'A bearer token, or the e-mail address of a global key.',
        example: 'user@example.com',
      }),
    ),
  },
  { title: 'Match', additionalProperties: false },
)
export type Match = Static<typeof Match>

/** When a rule that matches strikes. Everything given must hold. */
export const When = Type.Object(
  {
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'Let this many matching requests pass first.' })),
    times: Type.Optional(Type.Integer({ minimum: 1, description: 'Strike this often, then never again.' })),
    every: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Strike every n-th matching request: 3 strikes the 3rd, 6th, 9th.' }),
    ),
    probability: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'Drawn from the seed of the world, so it repeats.' }),
    ),
    between: Type.Optional(
      Type.Array(DateTime(), {
        minItems: 2,
        maxItems: 2,
        description: 'From the first moment on, up to the second, by the clock of the world.',
      }),
    ),
  },
  { title: 'When', additionalProperties: false },
)
export type When = Static<typeof When>

/** What goes into a header as a number must not become one with an exponent. */
const MOST = 999_999_999

const Pointer = Type.String({
  maxLength: 1024,
  description: 'JSON pointer into the whole body.',
  example: '/result/0/id',
})

export const Spoil = Type.Union(
  [
    Type.Object({ remove: Pointer }, { additionalProperties: false, description: 'Leave a field out.' }),
    Type.Object(
      { set: Pointer, value: Type.Unsafe<unknown>({ description: 'Any JSON value.' }) },
      { additionalProperties: false, description: 'Put another value there, or add a field.' },
    ),
    Type.Object({ type: Pointer }, { additionalProperties: false, description: 'Make the value one of another type.' }),
  ],
  { title: 'Spoil', description: 'Makes an answer that breaks the contract.' },
)
export type Spoil = Static<typeof Spoil>

export const ErrorEffect = Type.Object(
  {
    status: Type.Integer({ minimum: 400, maximum: 599, example: 503 }),
    code: Type.Optional(Type.Integer({ minimum: 400, description: 'Of the envelope; what the status usually has.' })),
    message: Type.Optional(Type.String({ minLength: 1 })),
    retry_after: Type.Optional(
      Type.Number({ minimum: 0, maximum: MOST, description: 'Seconds, for the header `retry-after`.' }),
    ),
  },
  { title: 'ErrorEffect', additionalProperties: false },
)
export type ErrorEffect = Static<typeof ErrorEffect>

export const RateLimit = Type.Object(
  {
    limit: Type.Integer({
      minimum: 0,
      maximum: MOST,
      description: 'Requests of one credential in a window.',
      example: 1200,
    }),
    window_s: Type.Number({
      minimum: 0.001,
      maximum: MOST,
      description: 'Seconds, by the clock of the world.',
      example: 300,
    }),
  },
  { title: 'RateLimit', additionalProperties: false },
)
export type RateLimit = Static<typeof RateLimit>

/** What a fault does: one of these, or several where it makes sense. */
export const Effect = Type.Object(
  {
    error: Type.Optional(ErrorEffect),
    delay: Type.Optional(Delay),
    connection: Type.Optional(Connection),
    rate_limit: Type.Optional(RateLimit),
    spoil: Type.Optional(Type.Array(Spoil, { minItems: 1, maxItems: 100 })),
    stale: Type.Optional(
      Type.Object(
        { ms: Milliseconds('How far reads lag behind writes, by the clock of the world.') },
        { title: 'Stale', additionalProperties: false },
      ),
    ),
    duplicate: Type.Optional(
      Type.Unsafe<true>({
        type: 'boolean',
        enum: [true],
        description: 'The change happens, the answer is lost: a reset after the operation ran.',
      }),
    ),
  },
  { title: 'Effect', additionalProperties: false, minProperties: 1 },
)
export type Effect = Static<typeof Effect>

/** A rule as it is kept, every alias read. */
export const FaultRule = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'What answers and the journal call it. Its own in a world; without one, that is its id.',
      }),
    ),
    match: Type.Optional(Match),
    when: Type.Optional(When),
    effect: Type.Optional(Effect),
    sequence: Type.Optional(
      Type.Array(nullable(Effect), {
        minItems: 1,
        maxItems: 1000,
        description:
          'In the place of `effect`: one for each strike in turn, null lets the request pass. Then the rule is used up.',
      }),
    ),
  },
  { title: 'FaultRule', additionalProperties: false },
)
export type FaultRule = Static<typeof FaultRule>

/** A rule in a world, with what became of it. */
export const KeptRule = Type.Object(
  {
    id: Type.String({ example: 'fault-1' }),
    ...FaultRule.properties,
    matched: Type.Integer({ description: 'Requests that it matched.' }),
    struck: Type.Integer({ description: 'Requests that it struck. 0: unused so far.' }),
  },
  { title: 'KeptRule' },
)
export type KeptRule = Static<typeof KeptRule>
