/** Which accounts somebody gets to see, where credentials must exist. */
import type { AccountRow } from '../../schemas/accounts.ts'
import type { TokenRow } from '../../schemas/tokens.ts'
import type { World } from '../state/world.ts'
import type { Identity } from './identity.ts'
import { hasImplicitAccess } from './implicit-access.ts'
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

/** Whether a token is given anything in an account that is not taken from it again. */
function isNamed({ policies }: TokenRow, account_id: string): boolean {
  const there = policies.filter(({ resources }) => covers(resources, { kind: 'account', account_id }))
  const groups = (effect: 'allow' | 'deny') =>
    there.filter((policy) => policy.effect === effect).flatMap(({ permission_groups }) => permission_groups)
  const denied = new Set(groups('deny').map(({ id }) => id))
  return groups('allow').some(({ id }) => !denied.has(id))
}
