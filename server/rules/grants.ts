/**
 * What a member may do, told in two ways: as roles and as policies. Whichever a client sends, both are kept
 * (clients.md §6, ERRORS.md §7.2): a role is one policy with the matching permission group over the whole account.
 */
import {
  type Member,
  type MemberPolicyRow,
  type MemberRow,
  memberPermissionGroups,
  resourceGroups,
} from '../../schemas/members.ts'
import { type Role, roles } from '../../schemas/roles.ts'
import { type FailureName, fail } from '../errors.ts'
import type { World } from '../state/world.ts'
import { keptId } from './kept-id.ts'

type Grants = Pick<MemberRow, 'roles' | 'policies'>

/** Ids are the same in every account. */
const SUPER_ADMINISTRATOR = '33666b9c79b9a5273fc7344ff42f953d'

/** A policy as a client sends it: groups by reference, the id only when it keeps an old one. */
export interface AskedPolicy {
  id?: string
  access: 'allow' | 'deny'
  permission_groups: { id: string }[]
  resource_groups: { id: string }[]
}

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
  const groups = world.store.table(memberPermissionGroups)
  const resources = world.store.table(resourceGroups, account_id)
  const kept = new Set(before.map((policy) => policy.id))
  const policies = asked.map(({ id, access, permission_groups, resource_groups }): MemberPolicyRow => {
    const permissionIds = permission_groups.map((group) => world.resolve(memberPermissionGroups, group.id))
    const resourceIds = resource_groups.map((group) => world.resolve(resourceGroups, group.id))
    const strange = permissionIds.find((group) => !groups.get(group))
    if (strange !== undefined) throw fail('INVALID_POLICY_GROUP', { kind: 'permission group', id: strange })
    const foreign = resourceIds.find((group) => !resources.get(group))
    if (foreign !== undefined) throw fail('INVALID_POLICY_GROUP', { kind: 'resource group', id: foreign })
    return {
      id: keptId(id, kept) ?? world.ids.id(),
      access,
      permission_groups: permissionIds,
      resource_groups: resourceIds,
    }
  })
  return { policies, roles: rolesOf(policies, account_id, world) }
}

/** Whether a member has every right in the account. */
export function isSuperAdministrator(row: Grants): boolean {
  return row.roles.includes(SUPER_ADMINISTRATOR)
}

/** A member as the API shows it: roles and groups in full. */
export function presentMember(row: MemberRow, world: World): Member {
  const groups = world.store.table(memberPermissionGroups)
  const resources = world.store.table(resourceGroups, row.account_id)
  return {
    id: row.id,
    email: row.user.email,
    user: row.user,
    status: row.status,
    policies: row.policies.map(({ id, access, permission_groups, resource_groups }) => ({
      id,
      access,
      permission_groups: permission_groups.map((group) => groups.get(group) ?? { id: group }),
      resource_groups: resource_groups.flatMap((group) => {
        const found = resources.get(group)
        if (!found) return []
        const { account_id: _, ...shown } = found
        return [shown]
      }),
    })),
    roles: row.roles.flatMap((id) => roleOf(id, world) ?? []),
  }
}

/** A role by id or by the id of its group; a group that has no role of its own appears as a role with its own id. */
function roleOf(id: string, world: World): Role | undefined {
  const role = world.store.table(roles).get(id)
  if (role) return role
  const group = world.store.table(memberPermissionGroups).get(id)
  if (!group) return undefined
  const [namesake] = world.store.table(roles).where({ name: group.name }).slice(0, 1)
  if (namesake) return namesake
  return { id, name: group.name, description: group.meta?.description ?? group.name, permissions: {} }
}

/** The permission group with the name of a role. */
function groupOf(role: { id: string; name: string }, world: World): string {
  const [group] = world.store.table(memberPermissionGroups).where({ name: role.name }).slice(0, 1)
  return group?.id ?? role.id
}

/** The roles that whole-account policies amount to, in the order in which they come up. */
function rolesOf(policies: readonly MemberPolicyRow[], account_id: string, world: World): string[] {
  const everything = wholeAccount(account_id, world)
  const found = new Set<string>()
  for (const { access, permission_groups, resource_groups } of policies) {
    if (access !== 'allow' || !resource_groups.some((id) => id === everything)) continue
    for (const id of permission_groups) {
      found.add(roleOf(id, world)?.id ?? id)
    }
  }
  return [...found]
}

/** The id of the resource group that stands for the whole account. */
function wholeAccount(account_id: string, world: World): string | undefined {
  const name = `com.cloudflare.api.account.${account_id}`
  return world.store.table(resourceGroups, account_id).where({ name }).slice(0, 1)[0]?.id
}
