/**
 * What a member may do, told in two ways: as roles and as policies. Whichever a client sends, both are kept
 * (clients.md §6, ERRORS.md §7.2): a role is one policy with the matching permission group over the whole account.
 */
import { memberPermissionGroups } from '../../schemas/iam-permission-groups.ts'
import type { Member, MemberPolicyRow, MemberRow } from '../../schemas/members.ts'
import { type Role, roles } from '../../schemas/roles.ts'
import { type FailureName, fail } from '../errors.ts'
import { rememberedWith } from '../state/remembered.ts'
import type { World } from '../state/world.ts'
import { keptId } from './kept-id.ts'
import { type AskedPolicy, checkedPolicies, IN_POLICIES, presentPolicies } from './policies.ts'
import { wholeAccount } from './whole-account.ts'

type Grants = Pick<MemberRow, 'roles' | 'policies'>

/**
 * Grants from roles.
 * @throws ApiFailure the given failure when an id names no role
 */
export function byRoles(ids: readonly string[], account_id: string, world: World, failure: FailureName): Grants {
  const named = ids.map((sent) => {
    const role = roleOf(world.resolve(roles, sent), world)
    if (!role) throw fail(failure)
    return role
  })
  const known = named.filter((role, at) => named.findIndex(({ id }) => id === role.id) === at)
  const everything = wholeAccount(account_id, world)
  return {
    roles: known.map(({ id }) => id),
    policies: known.map((role) => ({
      id: world.ids.id(),
      access: 'allow',
      permission_groups: [groupOf(role, world)],
      resource_groups: everything ? [everything] : [],
    })),
  }
}

/**
 * Grants from policies.
 * @param before the policies that there were: one that is sent with its id keeps it
 * @throws ApiFailure when a group is not known
 */
export function byPolicies(
  asked: readonly AskedPolicy[],
  before: readonly MemberPolicyRow[],
  account_id: string,
  world: World,
): Grants {
  const kept = new Set(before.map((policy) => policy.id))
  const policies = checkedPolicies(asked, (id) => keptId(id, kept) ?? world.ids.id(), account_id, world)
  return { policies, roles: rolesOf(policies, account_id, world) }
}

/** A member as the API shows it: roles and groups in full. */
export function memberShown(row: MemberRow, world: World): Member {
  return {
    id: row.id,
    email: row.user.email,
    user: row.user,
    status: row.status,
    policies: presentPolicies(row, world),
    roles: rolesIn(row, world),
  }
}

/** The same, remembered for whoever reads it next. */
export const presentMember = rememberedWith([roles, ...IN_POLICIES], memberShown)

/** The roles of a member, in full. */
export function rolesIn({ roles: ids }: MemberRow, world: World): Role[] {
  return ids.flatMap((id) => roleOf(id, world) ?? [])
}

/** A role by id or by the id of its group; a group that has no role of its own appears as a role with its own id. */
function roleOf(id: string, world: World): Role | undefined {
  const role = world.store.table(roles).get(id)
  if (role) return role
  const group = world.store.table(memberPermissionGroups).get(id)
  if (!group) return undefined
  const namesake = world.store.table(roles).where({ name: group.name }).first()
  if (namesake) return namesake
  return { id, name: group.name, description: group.meta?.description ?? group.name, permissions: {} }
}

/** The permission group with the name of a role. */
const groupOf = rememberedWith(
  [memberPermissionGroups],
  (role: Role, world): string =>
    world.store.table(memberPermissionGroups).where({ name: role.name }).first()?.id ?? role.id,
)

/**
 * The ids of the roles that whole-account policies amount to, in the order in which they come up. What is denied over
 * the whole account is no role, whatever allows it.
 */
function rolesOf(policies: readonly MemberPolicyRow[], account_id: string, world: World): string[] {
  const everything = wholeAccount(account_id, world)
  const named = (access: MemberPolicyRow['access']) =>
    policies
      .filter((policy) => policy.access === access && policy.resource_groups.some((id) => id === everything))
      .flatMap(({ permission_groups }) => permission_groups.map((id) => roleOf(id, world)?.id ?? id))
  const denied = new Set(named('deny'))
  return [...new Set(named('allow'))].filter((id) => !denied.has(id))
}
