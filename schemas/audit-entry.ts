/** What the entries of all audit logs have in common, and how they are asked for. CONTRACT.md §8.10 and §9.7, EXTENDED.md §5. */
import { type TSchema, Type } from 'typebox'
import { HistoryInfo } from './envelope.ts'
import { cursorQuery, DateTime, mapOf, oneOf, repeated, tolerated } from './fields.ts'

/** A text that may be left out. */
export const text = () => Type.Optional(Type.String())
const anyObject = () => Type.Optional(mapOf(Type.Unknown()))

const CONTEXTS = ['api_key', 'api_token', 'dash', 'oauth', 'origin_ca_key'] as const
const ACTORS = ['account', 'cloudflare_admin', 'system', 'user'] as const

/** Newer clients know one more value each (CONTRACT.md §10). */
export const Context = tolerated(oneOf(CONTEXTS), oneOf([...CONTEXTS, 'api']))
export const ActorType = tolerated(oneOf(ACTORS), oneOf([...ACTORS, 'delegated_service']))

/** Who did it. */
const actorOf = <Kind extends TSchema>(type: Kind) =>
  Type.Object({
    id: text(),
    context: Type.Optional(Context),
    email: Type.Optional(Type.String({ format: 'email' })),
    ip_address: text(),
    token_id: text(),
    token_name: text(),
    type: Type.Optional(type),
  })

/** What the entries of every log have. */
export const entryFields = {
  id: Type.Optional(Type.String({ maxLength: 32, readOnly: true, example: 'f174be9719b140d6954d70cd5fbd52db' })),
  action: Type.Optional(
    Type.Object({
      description: text(),
      result: text(),
      time: Type.Optional(DateTime()),
      type: text(),
    }),
  ),
  raw: Type.Optional(
    Type.Object({
      cf_ray_id: text(),
      method: text(),
      status_code: Type.Optional(Type.Integer()),
      uri: text(),
      user_agent: text(),
    }),
  ),
  resource: Type.Optional(
    Type.Object({
      id: text(),
      product: text(),
      request: anyObject(),
      response: anyObject(),
      scope: anyObject(),
      type: text(),
    }),
  ),
}

/** What every entry says as it is kept: when, and what. */
const keptEntry = {
  ...entryFields,
  id: Type.String({ minLength: 32, maxLength: 32 }),
  action: Type.Object({ description: text(), result: Type.String(), time: DateTime(), type: Type.String() }),
}

/** The fields of an entry of any log but the one that says whose log it is, as they are kept. */
export const keptFields = { ...keptEntry, actor: Type.Optional(actorOf(ActorType)) }

/** The same as they are shown in the log of an organization, where the token of an account can do nothing. */
export const organizationFields = {
  ...entryFields,
  actor: Type.Optional(actorOf(oneOf(['cloudflare_admin', 'system', 'user']))),
}

/** A filter: the schema of one of its values, and the path in an entry that it looks at. */
export interface Filter {
  value: TSchema
  path: string
  deprecated?: true
}

/** The query parameters of filters: each by itself, and as `<name>.not`. */
export const filterQuery = (filters: Record<string, Filter>) =>
  Object.fromEntries(
    Object.entries(filters).flatMap(([name, { value, deprecated }]) => {
      const values = repeated<TSchema>(value, deprecated ? { deprecated } : {})
      return [
        [name, values],
        [`${name}.not`, values],
      ]
    }),
  )

const Day = (description: string) =>
  tolerated(
    Type.String({ format: 'date', description, example: '2024-10-30' }),
    Type.Unsafe<string>({ type: 'string', anyOf: [{ format: 'date' }, { format: 'date-time' }] }),
  )

/** The range in time and the page of it that a client asks for. */
export const rangeQuery = {
  since: Day('Only entries of this time or later.'),
  before: Day('Only entries earlier than this.'),
  ...cursorQuery,
}

/** What the history of an entry is asked by. */
export const historyQuery = Type.Object({
  action_time: DateTime({
    description: 'The time of the entry whose history is wanted, as its `action.time` says.',
    example: '2024-10-30T15:00:00Z',
  }),
  ...rangeQuery,
})

/** The id of an entry in a path: with hyphens as published, or without, as entries show it. */
export const EntryId = tolerated(
  Type.String({
    format: 'uuid',
    description: 'Identifier of the entry.',
    example: 'f174be97-19b1-40d6-954d-70cd5fbd52db',
  }),
  Type.String(),
)

/** A history whose entry is not found says so in its `result_info`. */
export const HISTORY_NOT_FOUND = { info: HistoryInfo, value: { count: 0, history_status: 'unavailable' } } as const
