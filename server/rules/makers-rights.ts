/**
 * A token is given no rights that its maker lacks, and rolled by nobody who lacks them. The live service was seen to hold
 * makers to it where policies name particular zones, and a token to hold each group itself (ERRORS.md §2.3); here it
 * holds for all resources and for rolling, too, unless the quirk `token-rights-by-zone` is on.
 */
import { accounts } from '../../schemas/accounts.ts'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import type { TokenRow } from '../../schemas/tokens.ts'
import { type UserRow, users } from '../../schemas/users.ts'
import type { AskedGroup } from '../assumed.ts'
import { fail } from '../errors.ts'
import type { World } from '../state/world.ts'
import type { Identity } from './identity.ts'
import { contains, type Named, namedIn, type Owner, overlap, SOMEWHERE } from './named-resources.ts'
import { ACCOUNT, USER, ZONE } from './resource-names.ts'
import { type InAccount, userHolds } from './user-rights.ts'
import { seesAccount } from './visible-accounts.ts'

type Policies = TokenRow['policies']
type Group = AskedGroup & { id: string }

/**
 * Refuses policies that give more than their maker has. What they deny is nobody's loss.
 * @param owner_id the account or the user that the token is for
 * @throws ApiFailure 400/1001 with the name of the first group that the maker lacks, or that is for none of the zones
 *   that its policy names
 */
export function checkMakersRights(policies: Policies, maker: Identity, owner_id: string, world: World): void {
  const owner = ownerOf(owner_id, world)
  const isByZone = world.quirks.includes('token-rights-by-zone')
  for (const { effect, resources, permission_groups } of policies) {
    if (effect === 'deny') continue
    const named = namedIn(resources, owner, world)
    for (const { id } of permission_groups) {
      const group = world.store.table(permissionGroups).get(id)
      if (!group) continue
      const meant = named.filter((one) => isFor(group, one))
      const isLost = meant.length === 0 && named.some(isOneZone)
      const checked = isByZone ? meant.filter(isOneZone) : meant
      const reason = isLost
        ? 'the group is for no zone'
        : checked.map((one) => lackOf(maker, group, one, world)).find(Boolean)
      if (reason === undefined) continue
      throw fail('PERMISSION_CHECK', { name: group.name }, { denied: { reason, permission_groups: [group.name] } })
    }
  }
}

/**
 * Whoever rolls a token learns its value, and with it gets all that it may do: the same holds as for making it. A token
 * rolls itself; and since the token of a user never does more than the user, all of theirs are theirs to roll by key.
 * @throws ApiFailure 400/1001, as {@link checkMakersRights}
 */
export function checkRollersRights(rolled: TokenRow, { token, user }: Identity, world: World): void {
  if (token?.id === rolled.id) return
  const isOwn = user?.id === rolled.owner_id
  checkMakersRights(
    rolled.policies,
    { ...(token && { token }), ...(user && !isOwn && { user }) },
    rolled.owner_id,
    world,
  )
}

const isOneZone = (named: Named): boolean => named.kind === 'zone' && named.zone !== '*'

function ownerOf(id: string, world: World): Owner {
  return world.store.table(users).get(id) ? { user: id } : { account: id }
}

/** Whether a group is good for anything on a thing. One for accounts is for the zones in them, too. */
export function isFor({ scopes }: Pick<Group, 'scopes'>, named: Named): boolean {
  switch (named.kind) {
    case 'account':
      return scopes.includes(ACCOUNT)
    case 'zone':
      return scopes.includes(ACCOUNT) || scopes.includes(ZONE)
    case 'user':
      // Billing and audit logs of a user open to groups for accounts.
      return scopes.includes(USER) || scopes.includes(ACCOUNT)
    case 'other':
      return scopes.some((scope) => named.name.startsWith(`${scope}.`))
  }
}

/**
 * Who lacks a right: the token that somebody signs in with must have it, and so must the user behind it.
 * @returns undefined when nobody does
 */
function lackOf({ token, user }: Identity, group: Group, named: Named, world: World): string | undefined {
  if (token && !tokenHolds(token, group, named, world))
    return 'the token that asks does not have it, or not for all of this'
  return user && !isUsers(user, group, named, world) ? `${user.email} does not have it` : undefined
}

/** Whether a token allows all that is named, and denies nothing of it. */
function tokenHolds({ owner_id, policies }: TokenRow, { id }: Group, named: Named, world: World): boolean {
  const owner = ownerOf(owner_id, world)
  const said = (effect: Policies[number]['effect']) =>
    policies
      .filter((policy) => policy.effect === effect && policy.permission_groups.some((group) => group.id === id))
      .flatMap(({ resources }) => namedIn(resources, owner, world))
  // On an account some groups open what is the user's, too.
  const opensAsWell = ({ kind }: Named) => kind === 'user' && named.kind === 'account'
  if (said('deny').some((denied) => overlap(denied, named) || opensAsWell(denied))) return false
  return said('allow').some((allowed) => contains(allowed, named))
}

/**
 * Whether a user has a right. All accounts are all that the user has: one is enough, since a token never does more in an
 * account than its user may.
 */
function isUsers(user: UserRow, group: Group, named: Named, world: World): boolean {
  if (named.kind === 'user') return named.user === user.id
  const account = named.kind === 'other' ? '*' : named.account
  const zone = named.kind === 'zone' && named.zone !== '*' ? named.zone : undefined
  const holds = (account_id: string) => userHolds(user, group, inAccount(account_id, zone), world)
  if (account !== '*' && account !== SOMEWHERE) return holds(account)
  return world.store
    .table(accounts)
    .all()
    .some((row) => seesAccount({ user }, row, world) && holds(row.id))
}

function inAccount(account_id: string, zone_id: string | undefined): InAccount {
  return zone_id === undefined ? { kind: 'account', account_id } : { kind: 'zone', account_id, zone_id }
}
