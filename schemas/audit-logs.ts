/** Audit logs, version 2: who did what in an account. CONTRACT.md §8.10 and §9.7, EXTENDED.md §5. */
import { type Static, Type } from 'typebox'
import {
  ActorType,
  Context,
  EntryId,
  entryFields,
  type Filter,
  filterQuery,
  HISTORY_NOT_FOUND,
  historyQuery,
  keptFields,
  rangeQuery,
  text,
} from './audit-entry.ts'
import { oneOf, repeated } from './fields.ts'
import { operation } from './operation.ts'
import { ACCOUNT_SETTINGS } from './permissions.ts'
import { table } from './table.ts'

const zone = Type.Optional(Type.Object({ id: text(), name: text() }))

export const AuditLog = Type.Object(
  {
    ...entryFields,
    account: Type.Optional(Type.Object({ id: text(), name: text() })),
    actor: keptFields.actor,
    zone,
  },
  { title: 'AuditLog' },
)

/** An entry as it is kept: it always says when, what and in which account. Times are exact to the millisecond. */
export const AuditLogRow = Type.Object({
  ...keptFields,
  account: Type.Object({ id: Type.String(), name: Type.String() }),
  zone,
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
export const FILTERS: Record<string, Filter> = {
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

export const ProductCategory = Type.Object(
  {
    value: text(),
    label: text(),
    products: Type.Optional(Type.Array(Type.Object({ value: text(), label: text() }))),
  },
  { title: 'ProductCategory' },
)

const account_id = Type.String({ description: 'Account identifier.', example: 'a67e14daa5f8dceeb91fe5449ba496ef' })

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
    params: Type.Object({ account_id }),
    query: Type.Object({
      ...filterQuery(FILTERS),
      product_category: repeated(Type.String({ example: 'zerotrust' }), {
        description: 'Stands for a set of products, joined with `resource_product`. An unknown one is refused.',
      }),
      ...rangeQuery,
    }),
    result: Type.Array(AuditLog),
    paging: 'cursor',
  }),

  history: operation({
    id: 'audit-logs-v2-get-account-audit-log-history',
    method: 'GET',
    path: '/accounts/:account_id/logs/audit/:id/history',
    summary: 'Get resource change history from an account audit log entry (Version 2)',
    description: 'Every entry about the resource that one entry is about.',
    neighbour: true,
    family: 'audit',
    permissions: ACCOUNT_SETTINGS,
    security: ['api_token', 'api_key'],
    params: Type.Object({ account_id, id: EntryId }),
    query: historyQuery,
    result: Type.Array(AuditLog),
    paging: 'history',
    notFound: HISTORY_NOT_FOUND,
  }),

  categories: operation({
    id: 'audit-logs-v2-list-account-product-categories',
    method: 'GET',
    path: '/accounts/:account_id/logs/audit/product_categories',
    summary: 'List account audit log product categories (Version 2)',
    description: 'The values of the filter `product_category`, each with the products that it stands for.',
    neighbour: true,
    family: 'audit',
    permissions: ACCOUNT_SETTINGS,
    security: ['api_token', 'api_key'],
    params: Type.Object({ account_id }),
    result: Type.Array(ProductCategory),
    paging: 'single',
  }),
}
