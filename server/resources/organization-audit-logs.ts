/** Audit logs of organizations. */
import { auditLogs } from '../../schemas/audit-logs.ts'
import {
  ORGANIZATION_FILTERS,
  type OrganizationAuditLogRow,
  operations,
  organizationAuditLogs,
} from '../../schemas/organization-audit-logs.ts'
import { resource } from '../resource.ts'
import { askedEntries } from '../rules/audit-filters.ts'
import { historyOf } from '../rules/audit-history.ts'
import { inSeconds } from '../rules/audit-range.ts'
import { remembered } from '../state/remembered.ts'

export default resource('Audit Logs', operations, (world) => {
  const of = (organization_id: string) => world.store.table(organizationAuditLogs, organization_id)

  return {
    list: ({ params, query, caller }) =>
      askedEntries(of(params.organization_id), { query, caller }, ORGANIZATION_FILTERS, world).map(presentEntry),

    history({ params, query }) {
      // One placeholder stands for an entry of either log.
      const id = world.resolve(organizationAuditLogs, world.resolve(auditLogs, params.id))
      const logs = { log: of(params.organization_id), everywhere: world.store.table(organizationAuditLogs) }
      return historyOf({ ...logs, id, query }, { show: presentEntry, world })
    },
  }
})

/** In these logs no actor is an account or a service: whoever is neither of the published types has none. */
const presentEntry = remembered((entry: OrganizationAuditLogRow) => {
  const { actor, ...shown } = inSeconds(entry)
  if (!actor) return shown
  const { type, ...rest } = actor
  const isShown = type === 'user' || type === 'system' || type === 'cloudflare_admin'
  return { ...shown, actor: { ...rest, ...(isShown && { type }) } }
})
