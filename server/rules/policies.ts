/** Policies of members and of user groups: kept with their groups by id, shown with their groups in full. */
import { memberPermissionGroups } from '../../schemas/iam-permission-groups.ts'
import type { MemberPolicy, MemberPolicyRow, MemberRow } from '../../schemas/members.ts'
import { type ResourceGroup, type ResourceGroupRow, resourceGroups } from '../../schemas/resource-groups.ts'
import { fail } from '../errors.ts'
import { remembered } from '../state/remembered.ts'
import type { World } from '../state/world.ts'

/** A row with policies, and whose it is. */
type HasPolicies = Pick<MemberRow, 'account_id' | 'policies'>

/** A policy as a client sends it: groups by reference, the id only when it keeps an old one or brings its own. */
export interface AskedPolicy {
  id?: string
  access: 'allow' | 'deny'
  permission_groups: { id: string }[]
  resource_groups: { id: string }[]
}

/**
 * Policies as they are kept.
 * @param idOf the id of each, from the one that was sent
 * @throws ApiFailure when a group is not known, or a resource group belongs to another account
 */
export function checkedPolicies(
  asked: readonly AskedPolicy[],
  idOf: (sent: string | undefined) => string,
  account_id: string,
  world: World,
): MemberPolicyRow[] {
  const groups = world.store.table(memberPermissionGroups)
  const resources = world.store.table(resourceGroups, account_id)
  return asked.map(({ id, access, permission_groups, resource_groups }) => {
    const permissionIds = permission_groups.map((group) => world.resolve(memberPermissionGroups, group.id))
    const resourceIds = resource_groups.map((group) => world.resolve(resourceGroups, group.id))
    const strange = permissionIds.find((group) => !groups.get(group))
    if (strange !== undefined) throw fail('INVALID_POLICY_GROUP', { kind: 'permission group', id: strange })
    const foreign = resourceIds.find((group) => !resources.get(group))
    if (foreign !== undefined) throw fail('INVALID_POLICY_GROUP', { kind: 'resource group', id: foreign })
    return { id: idOf(id), access, permission_groups: permissionIds, resource_groups: resourceIds }
  })
}

/** What {@link presentPolicies} looks into. */
export const IN_POLICIES = [memberPermissionGroups, resourceGroups]

/** The policies of a member or of a user group as the API shows them: groups in full. */
export function presentPolicies({ account_id, policies }: HasPolicies, world: World): MemberPolicy[] {
  const groups = world.store.table(memberPermissionGroups)
  const resources = world.store.table(resourceGroups, account_id)
  return policies.map(({ id, access, permission_groups, resource_groups }) => ({
    id,
    access,
    permission_groups: permission_groups.map((group) => groups.get(group) ?? { id: group }),
    resource_groups: resource_groups.flatMap((group) => {
      const found = resources.get(group)
      return found ? [presentResourceGroup(found)] : []
    }),
  }))
}

/** A resource group as the API shows it: whose it is stands in the path. */
export const presentResourceGroup = remembered(({ account_id: _, ...shown }: ResourceGroupRow): ResourceGroup => shown)
