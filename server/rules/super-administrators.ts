/** Who may do everything in an account: there is always somebody. ERRORS.md §7.2. */
import { type MemberRow, members } from '../../schemas/members.ts'
import { fail } from '../errors.ts'
import type { Filter } from '../state/parts.ts'
import type { World } from '../state/world.ts'
import { policiesOf } from './user-groups.ts'
import { holdsAccount } from './whole-account.ts'

/** The role, and its permission group. Ids are the same in every account. */
const SUPER_ADMINISTRATOR = { role: '33666b9c79b9a5273fc7344ff42f953d', group: '8e23b19e4e0d44c29d239c5688ba8cbb' }

/** Whether a member has every right in the account, by its own policies or by those of its user groups. */
export function isSuperAdministrator(row: MemberRow, world: World): boolean {
  const policies = policiesOf(row, world).filter(
    ({ permission_groups, resource_groups }) =>
      permission_groups.includes(SUPER_ADMINISTRATOR.group) &&
      resource_groups.some((id) => holdsAccount(id, row.account_id, world)),
  )
  return policies.length > 0 && policies.every(({ access }) => access === 'allow')
}

/**
 * Makes a change to who may do what in an account, unless it takes away the last Super Administrator.
 * @param change is made first and looked at afterwards: what a behaviour has written is undone when it fails
 * @returns what the change returns
 * @throws ApiFailure when nobody is left who could manage the account, where there was somebody before
 * @example keepingSuperAdministrator(row.account_id, world, () => world.store.table(members).delete(row.id))
 */
export function keepingSuperAdministrator<Result>(account_id: string, world: World, change: () => Result): Result {
  const hadOne = hasSuperAdministrator(account_id, world)
  const result = change()
  if (hadOne && !hasSuperAdministrator(account_id, world)) throw fail('LAST_SUPER_ADMINISTRATOR')
  return result
}

/** Whether there is one who has accepted: an invitation is nobody yet. */
function hasSuperAdministrator(account_id: string, world: World): boolean {
  const accepted = world.store.table(members, account_id).where({ status: 'accepted' })
  const isOne = (row: MemberRow) => isSuperAdministrator(row, world)
  // Nearly always there is one by its own roles, and a look at those costs next to nothing.
  return (accepted.filter(BY_ROLES).filter(isOne).first() ?? accepted.filter(isOne).first()) !== undefined
}

const BY_ROLES: Filter<MemberRow> = {
  name: 'Super Administrator',
  holds: ({ roles }) => roles.includes(SUPER_ADMINISTRATOR.role),
}
