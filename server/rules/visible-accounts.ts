/** Which accounts somebody gets to see, where credentials must exist. */
import { type AccountRow, accounts } from '../../schemas/accounts.ts'
import { members } from '../../schemas/members.ts'
import { organizationMembers } from '../../schemas/organization-members.ts'
import { organizations } from '../../schemas/organizations.ts'
import { tenants } from '../../schemas/tenants.ts'
import type { TokenRow } from '../../schemas/tokens.ts'
import { type UserRow, users } from '../../schemas/users.ts'
import { ACCOUNTS_ORDER } from '../assumed.ts'
import { derivedLists } from '../state/derived-lists.ts'
import type { World } from '../state/world.ts'
import type { Identity } from './identity.ts'
import { hasImplicitAccess } from './implicit-access.ts'
import { nameHas } from './text-filters.ts'
import { covers } from './token-policies.ts'
import { membershipOf } from './user-rights.ts'

/**
 * Whether an account is among those that somebody sees. The token of an account sees that one, whatever it may do there;
 * a user those that they are a member of, or get at without being one; the token of a user those of them that a policy
 * is for. It may be none: that is an empty list, not a failure (ERRORS.md §2.3).
 */
export function seesAccount({ token, user }: Identity, account: AccountRow, world: World): boolean {
  if (!user) return token?.owner_id === account.id
  if (token && !isNamed(token, account.id)) return false
  return membershipOf(user, account.id, world) !== undefined || hasImplicitAccess(user, account, world)
}

/** What the accounts that somebody sees are asked by. */
interface Asked {
  name: string | undefined
  direction: 'asc' | 'desc' | undefined
}

/** What {@link seesAccount} looks into, and what is looked through. */
const SEEN = [accounts, users, members, organizations, organizationMembers, tenants]

const seenBy = derivedLists(SEEN, (credential: TokenRow | UserRow, { name, direction }: Asked, world): AccountRow[] => {
  const token = 'owner_id' in credential ? credential : undefined
  const user = world.store.table(users).get(token?.owner_id ?? credential.id)
  const identity = { ...(token && { token }), ...(user && { user }) }
  return world.store
    .table(accounts)
    .filter(nameHas(name))
    .filter((row) => seesAccount(identity, row, world))
    .orderBy(ACCOUNTS_ORDER, direction)
    .all()
})

/** The accounts that somebody sees and asks for. */
export function accountsSeen({ token, user }: Identity, asked: Asked, world: World): readonly AccountRow[] {
  const credential = token ?? user
  return credential ? seenBy(credential, asked, world) : []
}

/** Whether a token is given anything in an account that is not taken from it again. */
function isNamed({ policies }: TokenRow, account_id: string): boolean {
  const there = policies.filter(({ resources }) => covers(resources, { kind: 'account', account_id }))
  const groups = (effect: 'allow' | 'deny') =>
    there.filter((policy) => policy.effect === effect).flatMap(({ permission_groups }) => permission_groups)
  const denied = new Set(groups('deny').map(({ id }) => id))
  return groups('allow').some(({ id }) => !denied.has(id))
}
