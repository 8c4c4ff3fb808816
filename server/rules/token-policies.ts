/** What the policies of a token say: an explicit deny, then an allow, else nothing is allowed (ERRORS.md §7.4). */
import type { Operation } from '../../schemas/operation.ts'
import { permissionGroups, type TokenPermissionGroup } from '../../schemas/permission-groups.ts'
import type { TokenRow } from '../../schemas/tokens.ts'
import { OPEN_WITHOUT_GROUPS } from '../assumed.ts'
import { derived } from '../state/derived.ts'
import type { World } from '../state/world.ts'
import { ACCOUNT, USER, ZONE } from './resource-names.ts'
import type { Target } from './target.ts'
import { verdicts } from './verdicts.ts'

type Policy = TokenRow['policies'][number]
type Resources = Policy['resources']
type Scopes = NonNullable<TokenPermissionGroup['scopes']>

/** What was decided, and by which policy; by none when no policy says anything. */
export interface Verdict {
  isAllowed: boolean
  policy?: Policy
}

/** A policy, as far as it is about one permission group. */
interface Grant {
  policy: Policy
  /** On what kinds of things the group is good for anything. */
  scopes: Scopes
}

/**
 * What policies say by the names of the permission groups in them. They are the same objects when a token's row only
 * tells of another use.
 */
const grantsByGroup = derived([permissionGroups], (policies: TokenRow['policies'], world): Grants => {
  const found = new Map<string, Grant[]>()
  const groups = world.store.table(permissionGroups)
  for (const policy of policies) {
    for (const { id } of policy.permission_groups) {
      const group = groups.get(id)
      if (!group) continue
      const { name, scopes } = group
      const before = found.get(name)
      if (before) before.push({ policy, scopes })
      else found.set(name, [{ policy, scopes }])
    }
  }
  return found
})

/** Whether the policies of a token open an operation. */
export const decide = verdicts(
  [permissionGroups],
  (token: TokenRow, operation: Operation, target: Target, world): Verdict => {
    const { permissions } = operation
    if (permissions.length === 0) return { isAllowed: OPEN_WITHOUT_GROUPS(operation) }
    const grants = grantsByGroup(token.policies, world)
    if (target.kind !== 'user') return judged(permissions, grants, ({ policy }) => covers(policy.resources, target))
    return judgedOfUser(permissions, grants, token)
  },
)

/** Whether a token has a permission group that opens an operation, on whatever. */
export function isGiven({ policies }: TokenRow, { permissions }: Operation, world: World): boolean {
  const grants = grantsByGroup(policies, world)
  return permissions.some((name) => grants.get(name)?.some(({ policy }) => policy.effect === 'allow'))
}

type Grants = ReadonlyMap<string, readonly Grant[]>

/** @param isAbout whether a grant is for what is asked for */
function judged(permissions: readonly string[], grants: Grants, isAbout: (grant: Grant) => boolean): Verdict {
  let allowing: Policy | undefined
  for (const name of permissions) {
    for (const grant of grants.get(name) ?? []) {
      const { policy } = grant
      // One policy often has all the groups: it is looked at once.
      if (policy === allowing || !isAbout(grant)) continue
      if (policy.effect === 'deny') return { isAllowed: false, policy }
      allowing ??= policy
    }
  }
  return allowing ? { isAllowed: true, policy: allowing } : { isAllowed: false }
}

/**
 * What is a user's opens to policies that name the user. Some of it opens to groups that are for accounts (billing, audit
 * logs): on any account will do that they are not denied on.
 */
function judgedOfUser(permissions: readonly string[], grants: Grants, { owner_id, policies }: TokenRow): Verdict {
  const on = (account_id?: string) =>
    judged(permissions, grants, ({ policy: { resources }, scopes }) => {
      if (hasFlat(resources, USER, owner_id)) return true
      return account_id !== undefined && scopes.includes(ACCOUNT) && hasFlat(resources, ACCOUNT, account_id)
    })
  let verdict = on()
  for (const account_id of accountsIn(policies)) {
    if (verdict.isAllowed) break
    const there = on(account_id)
    if (there.isAllowed || !verdict.policy) verdict = there
  }
  return verdict
}

/** The ids of the accounts that policies name; `*` is one that is none of them. */
function accountsIn(policies: readonly Policy[]): Set<string> {
  const names = policies.flatMap(({ resources }) => Object.keys(resources))
  const isAccount = (name: string) => name.startsWith(`${ACCOUNT}.`) && !name.startsWith(`${ZONE}.`)
  return new Set(names.filter(isAccount).map((name) => name.slice(ACCOUNT.length + 1)))
}

/**
 * Whether resources name a target, by its id or as all of its kind. A whole account has its zones in it.
 * @example covers({ 'com.cloudflare.api.account.*': '*' }, { kind: 'account', account_id }) // true
 */
export function covers(resources: Resources, target: Exclude<Target, { kind: 'user' }>): boolean {
  switch (target.kind) {
    case 'account':
      return hasFlat(resources, ACCOUNT, target.account_id)
    case 'zone':
      return (
        hasFlat(resources, ZONE, target.zone_id) ||
        hasFlat(resources, ACCOUNT, target.account_id) ||
        hasNested(resources, target)
      )
    case 'organization':
    case 'tenant':
      // No group is for them: users have them by being a member or an administrator.
      return false
    case 'none':
      return true
  }
}

function hasFlat(resources: Resources, kind: string, id: string): boolean {
  return resources[`${kind}.${id}`] === '*' || resources[`${kind}.*`] === '*'
}

/** Zones within an account: `{ "…account.<id>": { "…account.zone.*": "*" } }`. */
function hasNested(resources: Resources, { account_id, zone_id }: { account_id: string; zone_id: string }): boolean {
  return [resources[`${ACCOUNT}.${account_id}`], resources[`${ACCOUNT}.*`]].some(
    (inner) => typeof inner === 'object' && hasFlat(inner, ZONE, zone_id),
  )
}
