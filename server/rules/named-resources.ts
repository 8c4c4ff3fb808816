/** What the resources of a token's policy name, and whether one of them has another in it. */
import { zones } from '../../schemas/accounts.ts'
import type { TokenRow } from '../../schemas/tokens.ts'
import type { World } from '../state/world.ts'
import { ACCOUNT, USER, ZONE } from './resource-names.ts'

type Resources = TokenRow['policies'][number]['resources']

/** One thing that is named, `*` standing for all of its kind. What kinds else there are is compared by name. */
export type Named =
  | { kind: 'account'; account: string }
  | { kind: 'zone'; account: string; zone: string }
  | { kind: 'user'; user: string }
  | { kind: 'other'; name: string }

/** Where a zone is that this world does not know: nothing here makes zones, so that most are strangers. */
export const SOMEWHERE = '?'

/** Whose token it is: its account, or its user. */
export interface Owner {
  account?: string
  user?: string
}

/**
 * Reads the resources of a policy. All accounts of an account's token are that one; all users of a user's, that user.
 * @example namedIn({ 'com.cloudflare.api.account.*': '*' }, { account }, world) // [{ kind: 'account', account }]
 */
export function namedIn(resources: Resources, owner: Owner, world: World): Named[] {
  const accountOf = (id: string) => (id === '*' ? (owner.account ?? '*') : id)
  return Object.entries(resources).flatMap(([name, value]): Named[] => {
    const zone = after(ZONE, name)
    if (zone !== undefined) return [{ kind: 'zone', zone, account: homeOf(zone) }]
    const account = after(ACCOUNT, name)
    if (account !== undefined && typeof value === 'object') return within(accountOf(account), value)
    if (account !== undefined) return [{ kind: 'account', account: accountOf(account) }]
    const user = after(USER, name)
    if (user !== undefined) return [{ kind: 'user', user: user === '*' ? (owner.user ?? '*') : user }]
    return [{ kind: 'other', name }]
  })

  function homeOf(zone: string): string {
    return zone === '*' ? accountOf('*') : (world.store.table(zones).get(zone)?.account_id ?? SOMEWHERE)
  }
}

function within(account: string, inner: Readonly<Record<string, string>>): Named[] {
  return Object.keys(inner).map((name): Named => {
    const zone = after(ZONE, name)
    return zone === undefined ? { kind: 'other', name } : { kind: 'zone', account, zone }
  })
}

function after(kind: string, name: string): string | undefined {
  return name.startsWith(`${kind}.`) ? name.slice(kind.length + 1) : undefined
}

/** Whether one thing is, or has in it, another: an account has its zones. */
export function contains(whole: Named, part: Named): boolean {
  switch (whole.kind) {
    case 'account':
      return (part.kind === 'account' || part.kind === 'zone') && isOrHas(whole.account, part.account)
    case 'zone':
      return part.kind === 'zone' && isOrHas(whole.zone, part.zone) && isOrHas(whole.account, part.account)
    case 'user':
      return part.kind === 'user' && isOrHas(whole.user, part.user)
    case 'other':
      if (part.kind !== 'other') return false
      return whole.name === part.name || (whole.name.endsWith('.*') && part.name.startsWith(whole.name.slice(0, -1)))
  }
}

/** Whether two things have anything in common, although neither need have the other in it: an account, and all zones. */
export function overlap(one: Named, other: Named): boolean {
  const alike = (a: string, b: string) => isOrHas(a, b) || isOrHas(b, a)
  if ('account' in one && 'account' in other) {
    const areZones = one.kind === 'zone' && other.kind === 'zone'
    return alike(one.account, other.account) && (!areZones || alike(one.zone, other.zone))
  }
  return contains(one, other) || contains(other, one)
}

function isOrHas(whole: string, part: string): boolean {
  return whole === '*' || part === SOMEWHERE || whole === part
}
