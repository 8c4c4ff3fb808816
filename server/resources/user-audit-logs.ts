/** The audit log of the user who asks, in the form of version 1. */
import type { Static } from 'typebox'
import { type AuditLogRow, auditLogs } from '../../schemas/audit-logs.ts'
import { type OrganizationAuditLogRow, organizationAuditLogs } from '../../schemas/organization-audit-logs.ts'
import { operations, type UserAuditLog, type UserAuditLogRow, userAuditLogs } from '../../schemas/user-audit-logs.ts'
import { OLD_ACTION_TYPES } from '../assumed.ts'
import { resource } from '../resource.ts'
import { bareId } from '../rules/audit-filters.ts'
import { inSeconds, rangeOf, refuseOld, TIME, within } from '../rules/audit-range.ts'
import { isFrom } from '../rules/client-address.ts'
import { dashed } from '../rules/dashed.ts'
import { actingUser } from '../rules/identity.ts'
import { merged } from '../state/merged.ts'
import { column, compareKeys } from '../state/order.ts'
import type { Filter } from '../state/parts.ts'
import { remembered } from '../state/remembered.ts'

/** An entry of any log. */
type Entry = AuditLogRow | OrganizationAuditLogRow | UserAuditLogRow
type Query = Static<typeof operations.list.query>

/** Of how many addresses it is remembered whether they are looked for. */
const MOST = 1000

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
    const did = { 'actor.id': user.id }
    const asks = filterOf(query)
    return merged<Entry, UserAuditLog>(
      [
        within(store.table(auditLogs).where(did), range, asked).filter(asks),
        within(store.table(organizationAuditLogs).where(did), range, asked).filter(asks),
        ...(hide_user_logs ? [] : [within(store.table(userAuditLogs, user.id), range, asked).filter(asks)]),
      ],
      (one, other) => compareKeys(keyOf(one), keyOf(other)) * (direction === 'asc' ? 1 : -1),
      presentEntry,
    )
  },
}))

const timeOf = column(TIME)
const keyOf = (entry: Entry) => [timeOf(entry), entry.id]

/** What an entry must pass beside the range of a query; undefined when that is all that is asked. */
function filterOf(query: Query): Filter<Entry> | undefined {
  const { 'actor.ip': from, 'actor.email': sent, 'action.type': type, 'zone.name': zone } = query
  const id = query.id === undefined ? undefined : bareId(query.id)
  const email = sent?.toLowerCase()
  const asked = [id, from, email, type, zone]
  if (asked.every((value) => value === undefined)) return undefined
  const isFromThere = from === undefined ? undefined : perAddress((ip) => isFrom(ip, { request_ip: { in: [from] } }))
  const holds = (entry: Entry) => {
    const { actor, action } = entry
    if (id !== undefined && id !== entry.id) return false
    if (type !== undefined && type !== oldType(action.type)) return false
    if (email !== undefined && email !== actor?.email?.toLowerCase()) return false
    if (zone !== undefined && !('zone' in entry && entry.zone?.name === zone)) return false
    return isFromThere?.(actor?.ip_address ?? '') ?? true
  }
  return { name: `asked ${JSON.stringify(asked)}`, holds, ...(id !== undefined && { ids: [id] }) }
}

/** What was found out of one address is not found out again for the next entry: there are few of them. */
function perAddress(isWanted: (ip: string) => boolean): (ip: string) => boolean {
  const known = new Map<string, boolean>()
  return (ip) => {
    let found = known.get(ip)
    if (found === undefined) {
      if (known.size === MOST) known.clear()
      found = isWanted(ip)
      known.set(ip, found)
    }
    return found
  }
}

const oldType = (type: string) => OLD_ACTION_TYPES[type] ?? type

const presentEntry = remembered((entry: Entry): UserAuditLog => {
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
})

function ownerOf(entry: Entry): string {
  if ('account' in entry) return entry.account.id
  return 'organization' in entry ? entry.organization.id : entry.user.id
}
