/** Whether somebody may do something, and if not, why. */
import type { Operation } from '../../schemas/operation.ts'
import type { UserRow } from '../../schemas/users.ts'
import { type Denial, NO_USER } from '../errors.ts'
import type { World } from '../state/world.ts'
import type { Identity } from './identity.ts'
import { membershipsOf } from './memberships.ts'
import { managesOrganization } from './organization-members.ts'
import type { Target } from './target.ts'
import { tenantsOf } from './tenancy.ts'
import { decide, isGiven } from './token-policies.ts'
import { userMay } from './user-rights.ts'

/**
 * Whether an identity may do an operation to a target. The token of a user never does more than the user may.
 * @returns undefined when it may
 */
export function denial(
  { token, user }: Identity,
  operation: Operation,
  target: Target,
  world: World,
): Denial | undefined {
  return (token && ofToken(token, user, operation, target, world)) ?? (user && ofUser(user, operation, target, world))
}

/** What the token of somebody, or of an account, stands in the way of. */
function ofToken(
  token: NonNullable<Identity['token']>,
  user: UserRow | undefined,
  operation: Operation,
  target: Target,
  world: World,
): Denial | undefined {
  if (!user) {
    const denied = beyondAccount(token.owner_id, operation, target)
    if (denied) return denied
  }
  const { isAllowed, policy } = decide(token, operation, target, world)
  if (isAllowed) return undefined
  const permission_groups = [...operation.permissions]
  return policy
    ? { reason: 'a policy of the token denies it', permission_groups, policy: policy.id }
    : { reason: isGiven(token, operation, world) ? ELSEWHERE[target.kind] : NOWHERE, permission_groups }
}

const NOWHERE = 'no policy of the token allows it'

/** What a token is told that has a permission group that would do, on something else. */
const ELSEWHERE: Readonly<Record<Target['kind'], string>> = {
  account: 'a policy of the token allows it, but not for this account',
  zone: 'a policy of the token allows it, but not for this zone',
  user: 'a policy of the token allows it, but not for the user',
  organization: NOWHERE,
  tenant: NOWHERE,
  none: NOWHERE,
}

/** Why the token of an account may not do something, whatever its policies say. It is good for that account alone. */
function beyondAccount(owner_id: string, { permissions }: Operation, target: Target): Denial | undefined {
  if (target.kind === 'none') return undefined
  if (!('account_id' in target)) return NO_USER
  if (target.account_id !== owner_id) return { reason: 'the token belongs to another account', permission_groups: [] }
  // What no group opens is for users, whose memberships decide.
  return permissions.length === 0 ? NO_USER : undefined
}

/** What a user may not do, with whichever credential: what membership, roles and policies do not give. */
function ofUser(user: UserRow, operation: Operation, target: Target, world: World): Denial | undefined {
  const permission_groups = [...operation.permissions]
  switch (target.kind) {
    case 'user':
    case 'none':
      return undefined
    case 'organization':
      if (managesOrganization(user, target.organization_id, world)) return undefined
      return { reason: `${user.email} is no member of the organization or of one above it`, permission_groups }
    case 'tenant':
      if (tenantsOf(user, world).some(({ id }) => id === target.tenant_id)) return undefined
      return { reason: `${user.email} does not administer the tenant`, permission_groups }
    default: {
      const { isAllowed, policy } = userMay(user, operation, target, world)
      if (isAllowed) return undefined
      return policy
        ? {
            reason: `a policy of the member ${user.email}, or of a user group, denies it`,
            permission_groups,
            policy: policy.id,
          }
        : { reason: lackOf(user, target.account_id, world), permission_groups }
    }
  }
}

/** What a user lacks in an account that no policy of theirs opens. */
function lackOf(user: UserRow, account_id: string, world: World): string {
  const membership = membershipsOf(user, world).find((row) => row.account_id === account_id)
  if (!membership) return `${user.email} is no member of the account`
  return membership.status === 'accepted'
    ? `the roles of ${user.email} in the account do not open it`
    : `${user.email} has not accepted the invitation to the account`
}
