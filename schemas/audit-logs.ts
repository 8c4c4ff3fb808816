/** Audit logs, version 2: who did what in an account. CONTRACT.md §8.10 and §9.7. */
import { type Static, type TSchema, Type } from 'typebox'
import { cursorQuery, DateTime, mapOf, oneOf, repeated, tolerated } from './fields.ts'
import { operation } from './operation.ts'
import { ACCOUNT_SETTINGS } from './permissions.ts'
import { table } from './table.ts'

const text = () => Type.Optional(Type.String())
const anyObject = () => Type.Optional(mapOf(Type.Unknown()))

const CONTEXTS = ['api_key', 'api_token', 'dash', 'oauth', 'origin_ca_key'] as const
const ACTORS = ['account', 'cloudflare_admin', 'system', 'user'] as const

/** Newer clients know one more value each (CONTRACT.md §10). */
const Context = tolerated(oneOf(CONTEXTS), oneOf([...CONTEXTS, 'api']))
const ActorType = tolerated(oneOf(ACTORS), oneOf([...ACTORS, 'delegated_service']))

export const AuditLog = Type.Object(
  {
    id: Type.Optional(Type.String({ maxLength: 32, readOnly: true, example: 'f174be9719b140d6954d70cd5fbd52db' })),
    account: Type.Optional(Type.Object({ id: text(), name: text() })),
    action: Type.Optional(
      Type.Object({
        description: text(),
        result: text(),
        time: Type.Optional(DateTime()),
        type: text(),
      }),
    ),
    actor: Type.Optional(
      Type.Object({
        id: text(),
        context: Type.Optional(Context),
        email: Type.Optional(Type.String({ format: 'email' })),
        ip_address: text(),
        token_id: text(),
        token_name: text(),
        type: Type.Optional(ActorType),
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
    zone: Type.Optional(Type.Object({ id: text(), name: text() })),
  },
  { title: 'AuditLog' },
)

/** An entry as it is kept: it always says when, what and in which account. */
export const AuditLogRow = Type.Object({
  ...AuditLog.properties,
  id: Type.String({ minLength: 32, maxLength: 32 }),
  account: Type.Object({ id: Type.String(), name: Type.String() }),
  action: Type.Object({ description: text(), result: Type.String(), time: DateTime(), type: Type.String() }),
})
export type AuditLogRow = Static<typeof AuditLogRow>

export const auditLogs = table('audit_logs', AuditLogRow, { owner: 'account.id' })

/** Which products a `product_category` stands for. The list of categories is not published: it is an assumption. */
export const productCategories = table(
  'product_categories',
  Type.Object({
    id: Type.String({ description: 'The value that the filter takes, for example `zerotrust`.' }),
    label: Type.String(),
    products: Type.Array(Type.Object({ value: Type.String(), label: Type.String() })),
  }),
)

/** The 22 filters that also exist as `<name>.not`, each with the schema of one value and the path in an entry. */
export const FILTERS: Record<string, { value: TSchema; path: string; deprecated?: true }> = {
  account_name: { value: Type.String(), path: 'account.name' },
  action_result: { value: oneOf(['success', 'failure']), path: 'action.result' },
  action_type: { value: oneOf(['create', 'delete', 'view', 'update']), path: 'action.type' },
  actor_context: { value: Context, path: 'actor.context' },
  actor_email: { value: Type.String({ format: 'email' }), path: 'actor.email' },
  actor_id: { value: Type.String(), path: 'actor.id' },
  actor_ip_address: { value: Type.String(), path: 'actor.ip_address' },
  actor_token_id: { value: Type.String(), path: 'actor.token_id' },
  actor_token_name: { value: Type.String(), path: 'actor.token_name' },
  actor_type: { value: ActorType, path: 'actor.type' },
  audit_log_id: { value: Type.String(), path: 'id', deprecated: true },
  id: { value: Type.String(), path: 'id' },
  raw_cf_ray_id: { value: Type.String(), path: 'raw.cf_ray_id' },
  raw_method: { value: Type.String(), path: 'raw.method' },
  raw_status_code: { value: Type.Integer(), path: 'raw.status_code' },
  raw_uri: { value: Type.String(), path: 'raw.uri' },
  resource_id: { value: Type.String(), path: 'resource.id' },
  resource_product: { value: Type.String(), path: 'resource.product' },
  resource_type: { value: Type.String(), path: 'resource.type' },
  resource_scope: { value: oneOf(['accounts', 'user', 'zones', 'memberships']), path: 'resource.scope.type' },
  zone_id: { value: Type.String(), path: 'zone.id' },
  zone_name: { value: Type.String(), path: 'zone.name' },
}

const filters = Object.fromEntries(
  Object.entries(FILTERS).flatMap(([name, { value, deprecated }]) => {
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

export const operations = {
  list: operation({
    id: 'audit-logs-v2-get-account-audit-logs',
    method: 'GET',
    path: '/accounts/:account_id/logs/audit',
    summary: 'Get account audit logs (Version 2)',
    description: 'Entries from `since` on and before `before`, newest first. Values of one filter are alternatives.',
    family: 'audit',
    permissions: ACCOUNT_SETTINGS,
    security: ['api_token', 'api_key'],
    params: Type.Object({
      account_id: Type.String({ description: 'Account identifier.', example: 'a67e14daa5f8dceeb91fe5449ba496ef' }),
    }),
    query: Type.Object({
      ...filters,
      product_category: repeated(Type.String({ example: 'zerotrust' }), {
        description: 'Stands for a set of products, joined with `resource_product`. An unknown one is refused.',
      }),
      since: Day('Only entries of this time or later.'),
      before: Day('Only entries earlier than this.'),
      ...cursorQuery,
    }),
    result: Type.Array(AuditLog),
    paging: 'cursor',
  }),
}
