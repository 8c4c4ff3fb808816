/**
 * Leaves a change in the audit logs that it belongs to. Version 2 of the logs has every create, update and delete that
 * succeeded, a `view` of what is sensitive (ERRORS.md §7.7), and no failure of 4xx: see `SENSITIVE_READS` and
 * `LOGGED_FAILURES`.
 */
import { type AccountRow, accounts, zones } from '../../schemas/accounts.ts'
import { type AuditLogRow, auditLogs } from '../../schemas/audit-logs.ts'
import { type MemberRow, members } from '../../schemas/members.ts'
import { organizationAuditLogs } from '../../schemas/organization-audit-logs.ts'
import { organizations } from '../../schemas/organizations.ts'
import type { TableKey } from '../../schemas/table.ts'
import { userAuditLogs } from '../../schemas/user-audit-logs.ts'
import { users } from '../../schemas/users.ts'
import { following } from '../state/random.ts'
import { remembered } from '../state/remembered.ts'
import type { World } from '../state/world.ts'
import { actorOf, type Change, entryOf, type WholeEntry } from './audit-entry.ts'
import { TIME } from './audit-range.ts'

/** A log: whose it is, and what scope an entry in it has. */
type Log =
  | { of: 'account'; id: string; scope?: Record<string, unknown>; zone?: AuditLogRow['zone'] }
  | { of: 'organization'; id: string }
  | { of: 'user'; id: string }

/** What a change was about before it was made: afterwards it may be gone. */
export interface Noted {
  change: Change
  actor: ReturnType<typeof actorOf>
  /** The membership that a user answers, or gives up. */
  membership: MemberRow | undefined
  /** The organization that holds the account, or the organization, that is changed. */
  parent: string | undefined
  /** The accounts that are to be moved. */
  moving: readonly AccountRow[]
}

/** Notes what will be needed of how things are before a change. */
export function noted(change: Change): Noted {
  const actor = actorOf(change)
  return {
    change,
    actor,
    membership: membershipOf(change, actor.id),
    parent: parentOf(change),
    moving: movingOf(change),
  }
}

function parentOf({ target, world: { store } }: Change): string | undefined {
  if (target?.kind === 'account') return store.table(accounts).get(target.account_id)?.parent_org_id
  if (target?.kind === 'organization') return store.table(organizations).get(target.organization_id)?.parent_id
  return undefined
}

/** The member row behind a membership or an invitation, or behind an account that its user leaves. */
function membershipOf({ operation, params, world }: Change, user_id: string | undefined): MemberRow | undefined {
  const table = world.store.table(members)
  const id = params.membership_id ?? params.invite_id
  if (id !== undefined) return table.get(id)
  if (!operation.path.startsWith('/user/organizations/') || user_id === undefined) return undefined
  return table.where({ account_id: params.organization_id ?? null, 'user.id': user_id }).first()
}

function movingOf({ operation, params, body, world }: Change): AccountRow[] {
  if (!operation.path.endsWith('/move')) return []
  const { account_ids = [] } = (body ?? {}) as { account_ids?: string[] }
  const ids = params.account_id === undefined ? new Set(account_ids) : [params.account_id]
  return [...ids].flatMap((id) => world.store.table(accounts).get(world.resolve(accounts, id)) ?? [])
}

/**
 * Writes the entry of a change: one in each log that it belongs to.
 * @param drawn the id that the entry gets, 32 characters, if it is the first of its moment
 * @returns the id that the first of them got; undefined when there is no log that it belongs to
 */
export function leave(
  noted: Noted,
  { drawn, status, result }: { drawn: string; status: number; result: unknown },
): string | undefined {
  const { change, actor, membership } = noted
  const { world } = change
  const time = world.clock.iso()
  const logs = status < 400 ? logsOf(noted, result) : logsOfFailure(noted)
  const first = inTurn(drawn, time, world)
  let id = ''
  for (const log of logs) {
    id = id === '' ? first : following(id)
    const made = { id, time, actor, resourceId: membership?.id, scope: scopeOf(log), status, result }
    put(entryOf(change, made), log, world)
  }
  return logs.length === 0 ? undefined : first
}

/** The logs that a change belongs to, those only that there still are. */
function logsOf(noted: Noted, result: unknown): Log[] {
  const { change, membership, parent, moving } = noted
  const { operation, target, world } = change
  if (membership) {
    return [accountLog(membership.account_id, { type: 'memberships', id: membership.id })]
  }
  if (operation.path.endsWith('/move')) return logsOfMove(moving, change)
  if (target?.kind === 'zone') {
    const zone = world.store.table(zones).get(target.zone_id)
    const scope = { type: 'zones', id: target.zone_id }
    return [{ ...accountLog(target.account_id, scope), ...(zone && { zone: { id: zone.id, name: zone.name } }) }]
  }
  const made = (result as { id?: string } | undefined)?.id
  const id = target?.kind === 'account' ? target.account_id : operation.path === '/accounts' ? made : undefined
  const account = id === undefined ? undefined : world.store.table(accounts).get(id)
  if (account) return [told(account).log]
  const organization =
    target?.kind === 'organization' ? target.organization_id : operation.path === '/organizations' ? made : undefined
  // With an account or an organization its log is gone: the end of it stands in that of whoever held it.
  const owner = [organization, parent].find((held) => held !== undefined && world.store.table(organizations).get(held))
  if (owner !== undefined) return [{ of: 'organization', id: owner }]
  return logsOfActor(noted)
}

/** A change that failed is told where it was tried; nowhere when there is no such place. */
function logsOfFailure(noted: Noted): Log[] {
  const { membership } = noted
  const { target } = noted.change
  if (membership || target?.kind === 'zone') return logsOf(noted, undefined)
  if (target?.kind === 'account') return [accountLog(target.account_id)]
  if (target?.kind === 'organization') return [{ of: 'organization', id: target.organization_id }]
  return target ? logsOfActor(noted) : []
}

/** What belongs to no account and no organization is told to whoever did it. */
function logsOfActor({ actor: { id = '' }, change: { world } }: Noted): Log[] {
  return world.store.table(users).get(id) ? [{ of: 'user', id }] : []
}

/** Accounts that are moved say so themselves, and so does the organization that they come to. */
function logsOfMove(moving: readonly AccountRow[], { params, world }: Change): Log[] {
  const table = world.store.table(accounts)
  const moved = moving.flatMap((before) => {
    const after = table.get(before.id)
    const isMoved = after?.parent_org_id !== before.parent_org_id || params.account_id !== undefined
    return after && isMoved ? [after] : []
  })
  const destinations = new Set(moved.flatMap(({ parent_org_id: id }) => (id === undefined ? [] : [id])))
  return [...moved.map(({ id }) => accountLog(id)), ...[...destinations].map((id): Log => ({ of: 'organization', id }))]
}

/** What the entries in the log of an account tell of it: all of them the same. */
const told = remembered(({ id, name }: AccountRow) => ({
  account: { id, name },
  log: accountLog(id, { type: 'accounts', id }),
}))

function accountLog(id: string, scope: Record<string, unknown> = { type: 'accounts', id }): Log & { of: 'account' } {
  return { of: 'account', id, scope }
}

const LOGS: TableKey<{ id: string }>[] = [auditLogs, organizationAuditLogs, userAuditLogs]

/**
 * An id that comes after those of all entries of the same moment, one more than the last: every log, and what is made
 * of several, is in order even where the clock stands still.
 * @param drawn what it is when there are none
 */
function inTurn(drawn: string, time: string, { store }: World): string {
  let last = ''
  for (const key of LOGS) {
    const { id } =
      store
        .table(key)
        .where({ [TIME]: time })
        .orderBy('id', 'desc')
        .first() ?? {}
    if (id !== undefined && id > last) last = id
  }
  return last >= drawn ? following(last) : drawn
}

/** What a log is about, for its entries. */
function scopeOf(log: Log): Record<string, unknown> | undefined {
  if (log.of === 'account') return log.scope
  return { type: log.of === 'organization' ? 'organizations' : 'user', id: log.id }
}

function put({ id, action, actor, raw, resource }: WholeEntry, log: Log, { store }: World): void {
  if (log.of === 'account') {
    const held = store.table(accounts).get(log.id)
    const account = held ? told(held).account : { id: log.id, name: '' }
    const row: AuditLogRow = { id, action, actor, raw, account, resource }
    if (log.zone) row.zone = log.zone
    store.table(auditLogs).put(row)
  } else if (log.of === 'organization') {
    store.table(organizationAuditLogs).put({ id, action, actor, raw, organization: { id: log.id }, resource })
  } else {
    store.table(userAuditLogs).put({ id, action, actor, raw, user: { id: log.id }, resource })
  }
}
