/** The audit log of the user who asks, in the form of version 1. */
import type { Static } from 'typebox'
import { type AuditLogRow, auditLogs } from '../../schemas/audit-logs.ts'
import { type OrganizationAuditLogRow, organizationAuditLogs } from '../../schemas/organization-audit-logs.ts'
import { operations, type UserAuditLog, type UserAuditLogRow, userAuditLogs } from '../../schemas/user-audit-logs.ts'
import { OLD_ACTION_TYPES } from '../assumed.ts'
import { resource } from '../resource.ts'
import { bareId } from '../rules/audit-filters.ts'
import { inSeconds, rangeOf, refuseOld, within } from '../rules/audit-range.ts'
import { isFrom } from '../rules/client-address.ts'
import { dashed } from '../rules/dashed.ts'
import { actingUser } from '../rules/identity.ts'
import { merged } from '../state/merged.ts'
import { compareKeys } from '../state/order.ts'

/** An entry of any log. */
type Entry = AuditLogRow | OrganizationAuditLogRow | UserAuditLogRow
type Query = Static<typeof operations.list.query>

const ACTORS: Readonly<Record<string, 'user' | 'admin' | 'Cloudflare'>> = {
  cloudflare_admin: 'admin',
  system: 'Cloudflare',
}

export default resource('Audit Logs', operations, (world) => ({
  list({ query, caller }) {
    const user = actingUser(caller, world)
    const range = rangeOf(query)
    refuseOld(query, world)
    const { direction = 'desc', hide_user_logs } = query
    const { store } = world
    const asked = { direction, world }
    const isWanted = (entry: Entry) => passes(entry, query)
    const did = { 'actor.id': user.id }
    return merged<Entry, UserAuditLog>(
      [
        within(store.table(auditLogs).where(did), range, asked).filter(isWanted),
        within(store.table(organizationAuditLogs).where(did), range, asked).filter(isWanted),
        ...(hide_user_logs ? [] : [within(store.table(userAuditLogs, user.id), range, asked).filter(isWanted)]),
      ],
      (one, other) => compareKeys(keyOf(one), keyOf(other)) * (direction === 'asc' ? 1 : -1),
      presentEntry,
    )
  },
}))

const keyOf = ({ action, id }: Entry) => [action.time, id]

/** Whether an entry passes every filter of a query but its range. */
function passes(entry: Entry, query: Query): boolean {
  const { actor, action } = entry
  const { id, 'actor.ip': from, 'actor.email': email, 'action.type': type, 'zone.name': zone } = query
  if (id !== undefined && bareId(id) !== entry.id) return false
  if (from !== undefined && !isFrom(actor?.ip_address ?? '', { request_ip: { in: [from] } })) return false
  if (email !== undefined && email.toLowerCase() !== actor?.email?.toLowerCase()) return false
  if (type !== undefined && type !== oldType(action.type)) return false
  return zone === undefined || ('zone' in entry && entry.zone?.name === zone)
}

const oldType = (type: string) => OLD_ACTION_TYPES[type] ?? type

function presentEntry(entry: Entry): UserAuditLog {
  const { id, action, actor, resource } = inSeconds(entry)
  return {
    // Of 36 characters, as published, while version 2 shows it without hyphens.
    id: dashed(id),
    action: { type: oldType(action.type), result: action.result === 'success' },
    actor: {
      ...(actor?.id !== undefined && { id: actor.id }),
      ...(actor?.email !== undefined && { email: actor.email }),
      ...(actor?.ip_address !== undefined && { ip: actor.ip_address }),
      type: ACTORS[actor?.type ?? ''] ?? 'user',
    },
    interface: actor?.context === 'dash' ? 'UI' : 'API',
    metadata: resource?.request ?? {},
    owner: { id: ownerOf(entry) },
    resource: {
      ...(resource?.id !== undefined && { id: resource.id }),
      ...(resource?.type !== undefined && { type: resource.type }),
    },
    when: action.time,
  }
}

function ownerOf(entry: Entry): string {
  if ('account' in entry) return entry.account.id
  return 'organization' in entry ? entry.organization.id : entry.user.id
}
