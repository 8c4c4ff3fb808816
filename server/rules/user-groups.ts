/** What being a member of an account has to do with user groups. EXTENDED.md §3. */
import type { MemberPolicyRow, MemberRow } from '../../schemas/members.ts'
import { userGroupMembers } from '../../schemas/user-group-members.ts'
import { type UserGroupRow, userGroups } from '../../schemas/user-groups.ts'
import { fail } from '../errors.ts'
import type { World } from '../state/world.ts'

/** Takes a member of an account out of every user group there. */
export function leaveUserGroups({ id, account_id }: Pick<MemberRow, 'id' | 'account_id'>, world: World): void {
  const memberships = world.store.table(userGroupMembers, account_id)
  for (const membership of memberships.where({ member_id: id }).all()) memberships.delete(membership.id)
}

/** The policies of a member, and after them those of the user groups that it is in. */
export function policiesOf({ id, account_id, policies }: MemberRow, world: World): MemberPolicyRow[] {
  const groups = world.store.table(userGroups, account_id)
  const memberships = world.store.table(userGroupMembers, account_id).where({ member_id: id }).all()
  return [...policies, ...memberships.flatMap(({ user_group_id }) => groups.get(user_group_id)?.policies ?? [])]
}

/**
 * The user group that a path names.
 * @throws ApiFailure when the account has none of that id
 */
export function foundUserGroup(account_id: string, id: string, world: World): UserGroupRow {
  const row = world.store.table(userGroups, account_id).get(id)
  if (!row) throw fail('USER_GROUP_NOT_FOUND')
  return row
}
