/** What a user may do in an account: it comes from the membership, its user groups, and what the account stands in. */
import { accounts } from '../../schemas/accounts.ts'
import { memberPermissionGroups } from '../../schemas/iam-permission-groups.ts'
import type { MemberPolicyRow, MemberRow } from '../../schemas/members.ts'
import { members } from '../../schemas/members.ts'
import { resourceGroups } from '../../schemas/resource-groups.ts'
import { userGroupMembers } from '../../schemas/user-group-members.ts'
import { userGroups } from '../../schemas/user-groups.ts'
import type { UserRow } from '../../schemas/users.ts'
import { ANY_ROLE, type Asked, type AskedGroup, ROLE_HOLDS, ROLE_RIGHTS } from '../assumed.ts'
import { Capped } from '../capped.ts'
import { derived } from '../state/derived.ts'
import type { World } from '../state/world.ts'
import { hasImplicitAccess } from './implicit-access.ts'
import { zoneResource } from './resource-names.ts'
import type { Target } from './target.ts'
import { policiesOf } from './user-groups.ts'
import { verdicts } from './verdicts.ts'
import { holdsAccount } from './whole-account.ts'

/** What was decided, and by which policy; by none when no policy says anything. */
export interface UserVerdict {
  isAllowed: boolean
  policy?: MemberPolicyRow
}

/** What in an account somebody asks for: all of it, or a zone. */
export type InAccount = Extract<Target, { account_id: string }>

/** How many accounts of a user are remembered. */
const MOST = 10_000

/** A membership, null for none, and of which version of the collection that is known. */
interface KnownMembership {
  row: MemberRow | null
  version: number
}

const memberships = derived([], (_user: UserRow) => new Capped<string, KnownMembership>(MOST))

/**
 * The membership of a user who has accepted. Most changes are to other members: one that stands where it stood is not
 * looked for again.
 */
export function membershipOf(user: UserRow, account_id: string, world: World): MemberRow | undefined {
  const known = memberships(user, world)
  const version = world.store.version(members)
  const before = known.get(account_id)
  if (before?.version === version) return before.row ?? undefined
  const table = world.store.table(members)
  const isStill = before?.row && isUnderOwnAddress(before.row, user) && table.get(before.row.id) === before.row
  const row = isStill ? before.row : acceptedMembership(user, account_id, world)
  known.set(account_id, { row: row ?? null, version })
  return row ?? undefined
}

/** Nearly everybody is a member under the own address, of which an account has one: for that there is an index anyway. */
function acceptedMembership(user: UserRow, account_id: string, world: World): MemberRow | undefined {
  const there = world.store.table(members, account_id)
  const own = there.where({ 'user.email:lower': user.email.toLowerCase() }).first()
  if (own?.user.id === user.id && own.status === 'accepted') return own
  return there.where({ 'user.id': user.id, status: 'accepted' }).first()
}

function isUnderOwnAddress(row: MemberRow, { email }: UserRow): boolean {
  return row.user.email.toLowerCase() === email.toLowerCase()
}

/** Whether a user may do something to an account, or to a zone in it: an explicit deny, then an allow, else not. */
export function userMay(user: UserRow, operation: Asked, target: InAccount, world: World): UserVerdict {
  const member = membershipOf(user, target.account_id, world)
  const said = member ? saidOf(member, operation, target, world) : SILENT
  if (said.policy) return said
  return { isAllowed: getsIn(user, target, world) || (member !== undefined && ANY_ROLE(operation)) }
}

/** Whether a user has what a permission group for tokens stands for, in an account or a zone of it. */
export function userHolds(user: UserRow, group: AskedGroup, target: InAccount, world: World): boolean {
  const member = membershipOf(user, target.account_id, world)
  const said = member ? judged(member, (role) => ROLE_HOLDS(role, group), target, world) : SILENT
  return said.policy ? said.isAllowed : getsIn(user, target, world)
}

/** What the policies of a member say of an operation. */
const saidOf = verdicts(
  [userGroups, userGroupMembers, memberPermissionGroups, resourceGroups],
  (member: MemberRow, operation: Asked, target: InAccount, world) =>
    judged(member, (role) => ROLE_RIGHTS[role]?.(operation) ?? false, target, world),
)

const SILENT: UserVerdict = { isAllowed: false }

/** @param isMeant whether a role, by the name of its permission group, gives what is asked for */
function judged(member: MemberRow, isMeant: (role: string) => boolean, target: InAccount, world: World): UserVerdict {
  const groups = world.store.table(memberPermissionGroups)
  const policies = policiesOf(member, world).filter(
    ({ permission_groups, resource_groups }) =>
      permission_groups.some((id) => isMeant(groups.get(id)?.name ?? '')) &&
      resource_groups.some((id) => holds(id, target, world)),
  )
  const denying = policies.find(({ access }) => access === 'deny')
  if (denying) return { isAllowed: false, policy: denying }
  const [allowing] = policies
  return allowing ? { isAllowed: true, policy: allowing } : SILENT
}

/** Whether a user gets at an account without being a member of it. */
function getsIn(user: UserRow, { account_id }: InAccount, world: World): boolean {
  const account = world.store.table(accounts).get(account_id)
  return account !== undefined && hasImplicitAccess(user, account, world)
}

/** Whether a resource group holds an account as a whole, or a zone. */
function holds(id: string, target: InAccount, world: World): boolean {
  if (holdsAccount(id, target.account_id, world)) return true
  if (target.kind !== 'zone') return false
  const scope = world.store.table(resourceGroups, target.account_id).get(id)?.scope
  const zone = zoneResource(target.zone_id)
  // `*` is all of what the key names, which may be the zone.
  return scope?.objects.some(({ key }) => key === zone || (key === '*' && scope.key === zone)) ?? false
}
