/** Accounts in the form that came before organizations: as their members see them. EXTENDED.md §9. */
import { accounts } from '../../schemas/accounts.ts'
import type { MemberRow } from '../../schemas/members.ts'
import type { UserOrganization } from '../../schemas/users.ts'
import type { World } from '../state/world.ts'
import { rolesIn } from './grants.ts'

/** What a role may do in an area, as it is written in a role, and in a list of permissions such as `#zones:edit`. */
const ACTIONS = { read: 'read', write: 'edit' } as const

/** The account of a membership, with what the user is and may do in it. */
export function presentUserOrganization(membership: MemberRow, world: World): UserOrganization {
  const { account_id: id, status } = membership
  const roles = rolesIn(membership, world)
  const permissions = roles.flatMap((role) =>
    Object.entries(role.permissions).flatMap(([area, allowed]) =>
      (['read', 'write'] as const).filter((action) => allowed?.[action]).map((action) => `#${area}:${ACTIONS[action]}`),
    ),
  )
  return {
    id,
    name: world.store.table(accounts).get(id)?.name ?? '',
    status: status === 'accepted' ? 'member' : 'invited',
    roles: roles.map(({ name }) => name),
    permissions: [...new Set(permissions)],
  }
}
