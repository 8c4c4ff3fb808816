/** Accounts in the form that came before organizations: as their members see them. EXTENDED.md §9. */
import { accounts } from '../../schemas/accounts.ts'
import { memberPermissionGroups } from '../../schemas/iam-permission-groups.ts'
import type { MemberRow } from '../../schemas/members.ts'
import { roles } from '../../schemas/roles.ts'
import type { UserOrganization } from '../../schemas/users.ts'
import { rememberedWith } from '../state/remembered.ts'
import type { World } from '../state/world.ts'
import { rolesIn } from './grants.ts'

/** What a role may do in an area, as it is written in a role, and in a list of permissions such as `#zones:edit`. */
const ACTIONS = { read: 'read', write: 'edit' } as const

/** The account of a membership, with what the user is and may do in it. */
export const presentUserOrganization = rememberedWith(
  [accounts, roles, memberPermissionGroups],
  (membership: MemberRow, world): UserOrganization => {
    const held = rolesIn(membership, world)
    const permissions = held.flatMap((role) =>
      Object.entries(role.permissions).flatMap(([area, allowed]) =>
        (['read', 'write'] as const)
          .filter((action) => allowed?.[action])
          .map((action) => `#${area}:${ACTIONS[action]}`),
      ),
    )
    return {
      ...summaryOf(membership, world),
      roles: held.map(({ name }) => name),
      permissions: [...new Set(permissions)],
    }
  },
)

/** What of it lists are ordered and filtered by. */
export function summaryOf({ account_id: id, status }: MemberRow, { store }: World) {
  return {
    id,
    name: store.table(accounts).get(id)?.name ?? '',
    status: status === 'accepted' ? ('member' as const) : ('invited' as const),
  }
}
