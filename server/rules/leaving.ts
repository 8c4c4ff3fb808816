/** How somebody ceases to be a member of an account: removed, having left, or uninvited. */
import { type MemberRow, members } from '../../schemas/members.ts'
import type { World } from '../state/world.ts'
import { keepingSuperAdministrator } from './super-administrators.ts'
import { leaveUserGroups } from './user-groups.ts'

/**
 * Removes a member, or withdraws an invitation.
 * @throws ApiFailure for the last Super Administrator of the account
 */
export function removeMember(row: MemberRow, world: World): void {
  keepingSuperAdministrator(row.account_id, world, () => {
    leaveUserGroups(row, world)
    world.store.table(members).delete(row.id)
  })
}
