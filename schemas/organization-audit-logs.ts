/** Audit logs of organizations: who did what in one, and who moved what into it. EXTENDED.md §5. */
import { type Static, Type } from 'typebox'
import {
  EntryId,
  type Filter,
  filterQuery,
  HISTORY_NOT_FOUND,
  historyQuery,
  keptFields,
  organizationFields,
  rangeQuery,
  text,
} from './audit-entry.ts'
import { FILTERS } from './audit-logs.ts'
import { oneOf } from './fields.ts'
import { operation } from './operation.ts'
import { table } from './table.ts'

export const OrganizationAuditLog = Type.Object(
  {
    ...organizationFields,
    organization: Type.Optional(Type.Object({ id: text() })),
  },
  { title: 'OrganizationAuditLog' },
)

/** An entry as it is kept. */
export const OrganizationAuditLogRow = Type.Object({ ...keptFields, organization: Type.Object({ id: Type.String() }) })
export type OrganizationAuditLogRow = Static<typeof OrganizationAuditLogRow>

export const organizationAuditLogs = table('organization_audit_logs', OrganizationAuditLogRow, {
  owner: 'organization.id',
})

const { account_name: _account, audit_log_id: _id, zone_id: _zone, zone_name: _name, ...common } = FILTERS

/** The filters: those of the logs of accounts, without what an organization does not have. */
export const ORGANIZATION_FILTERS: Record<string, Filter> = {
  ...common,
  actor_type: { value: oneOf(['cloudflare_admin', 'system', 'user']), path: 'actor.type' },
  resource_scope: { value: oneOf(['organizations']), path: 'resource.scope.type' },
}

const organization_id = Type.String({
  description: 'Organization identifier.',
  example: 'a67e14daa5f8dceeb91fe5449ba496ef',
})
const security = ['api_token', 'api_key'] as const

export const operations = {
  list: operation({
    id: 'audit-logs-v2-get-organization-audit-logs',
    method: 'GET',
    path: '/organizations/:organization_id/logs/audit',
    summary: 'Get organization audit logs (Version 2)',
    description: 'Entries from `since` on and before `before`, newest first. Values of one filter are alternatives.',
    neighbour: true,
    family: 'audit',
    permissions: [],
    security,
    params: Type.Object({ organization_id }),
    query: Type.Object({ ...filterQuery(ORGANIZATION_FILTERS), ...rangeQuery }),
    result: Type.Array(OrganizationAuditLog),
    paging: 'cursor',
  }),

  history: operation({
    id: 'audit-logs-v2-get-organization-audit-log-history',
    method: 'GET',
    path: '/organizations/:organization_id/logs/audit/:id/history',
    summary: 'Get resource change history from an organization audit log entry (Version 2)',
    description: 'Every entry about the resource that one entry is about.',
    neighbour: true,
    family: 'audit',
    permissions: [],
    security,
    params: Type.Object({ organization_id, id: EntryId }),
    query: historyQuery,
    result: Type.Array(OrganizationAuditLog),
    paging: 'history',
    notFound: HISTORY_NOT_FOUND,
  }),
}
