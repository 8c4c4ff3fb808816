/** The smallest policies of a token that would have covered what clients did. */
import type { Operation } from '../../schemas/operation.ts'
import { permissionGroups, type TokenPermissionGroup } from '../../schemas/permission-groups.ts'
import type { Report } from '../../schemas/report.ts'
import type { Footprint } from '../state/journal/footprint.ts'
import type { World } from '../state/world.ts'
import { fewestGroups } from './fewest-groups.ts'
import { givenOn, givenRights, united } from './given-rights.ts'
import { type Named, namedIn } from './named-resources.ts'
import { ACCOUNT, accountResource, USER, userResource, zoneResource } from './resource-names.ts'

type Proposal = Report['token_policy']
type Policy = Proposal['policies'][number]
type Scope = NonNullable<TokenPermissionGroup['scopes']>[number]

/** Every account: also those that are made only later. */
const ALL = '*'

/** Permission groups of which any one will do, by their names. */
type Groups = readonly string[]

/** What was asked of accounts, of zones, and of users, by their ids. */
interface Needs {
  accounts: Map<string, Set<Operation>>
  zones: Map<string, { account_id: string; operations: Set<Operation> }>
  users: Map<string, Set<Operation>>
  /** What any account opens that a token is for: a user's billing and audit log, and the list of accounts. */
  anywhere: Operation[]
}

/** Groups on a resource; for zones one level deeper. */
interface Grant {
  scope: Scope
  resource: string
  zone?: string
  groups: string[]
}

/**
 * Proposes policies as they are sent to make a token.
 * @param operations all that there are
 * @param world whose catalogue has the groups
 */
export function neededPolicies(footprint: Footprint, operations: readonly Operation[], world: World): Proposal {
  const scopes = scopesIn(world)
  const needs = needsOf(footprint, (name) => scopes.get(name)?.includes(ACCOUNT) ?? false)
  const everyone = [...footprint.steps].flatMap((step) => [...step.operations])
  const given = givenRights(footprint, world)
  const grants = grantsFor(needs, operations, given, world)
  const without = operations.filter((one) => one.permissions.length === 0 && everyone.includes(one))
  return {
    policies: united([...alike(grants).map((same) => policyOf(same, world)), ...given], world),
    without_group: without.map(({ id }) => id),
    omitted: footprint.omitted,
  }
}

function needsOf(footprint: Footprint, isForAccounts: (group: string) => boolean): Needs {
  const needs: Needs = { accounts: new Map(), zones: new Map(), users: new Map(), anywhere: [] }
  for (const { place, operations } of footprint.steps) {
    for (const operation of operations) {
      if (operation.id === 'accounts-list-accounts') needs.anywhere.push(operation)
      if (operation.permissions.length === 0) continue
      if (place.kind === 'account') {
        // Before it was made, nobody could name it.
        const id = footprint.isMade(place.account_id) ? ALL : place.account_id
        kept(needs.accounts, id, () => new Set()).add(operation)
      } else if (place.kind === 'zone') {
        const { account_id } = place
        kept(needs.zones, place.zone_id, () => ({ account_id, operations: new Set() })).operations.add(operation)
      } else if (place.kind === 'user') {
        if (operation.permissions.every(isForAccounts)) needs.anywhere.push(operation)
        else kept(needs.users, place.user_id ?? ALL, () => new Set()).add(operation)
      }
    }
  }
  return needs
}

/** The fewest groups that open what is asked, and more, beside those that are given anyway. */
type Fewest = (asked: Iterable<Operation>, given: readonly string[], more?: readonly Groups[]) => string[]

/** What is needed beside what was given to tokens, which whoever gives it has anyway. */
function grantsFor(
  { accounts, zones, users, anywhere }: Needs,
  operations: readonly Operation[],
  had: readonly Policy[],
  world: World,
): Grant[] {
  const fewest: Fewest = (asked, given, more = []) => {
    const choices = [...asked].map(({ permissions }) => permissions)
    return fewestGroups([...choices.filter((groups) => !isOpen(groups, given)), ...more], operations)
  }
  const on = (thing: Named) => givenOn(had, thing, world).map(({ name }) => name)
  const onAnyAccount = had
    .flatMap(({ resources }) => namedIn(resources, {}, world))
    .flatMap((named) => (named.kind === 'account' ? on(named) : []))
  const loose = looseOf(anywhere, operations).filter((groups) => !isOpen(groups, onAnyAccount))
  const given = groupsByAccount(accounts, loose, (id, everywhere, more) =>
    fewest(accounts.get(id) ?? [], [...everywhere, ...on({ kind: 'account', account: id })], more),
  )
  const ofAccounts = [...given].map(
    ([id, groups]): Grant => ({ scope: ACCOUNT, resource: accountResource(id), groups }),
  )
  const ofZones = [...zones].map(([zone_id, { account_id, operations: asked }]): Grant => {
    const onZone = on({ kind: 'zone', account: account_id, zone: zone_id })
    const groups = fewest(asked, [...onZone, ...(given.get(ALL) ?? []), ...(given.get(account_id) ?? [])])
    return { scope: ACCOUNT, resource: accountResource(account_id), zone: zoneResource(zone_id), groups }
  })
  const ofUsers = [...users].map(([id, asked]): Grant => {
    return { scope: USER, resource: userResource(id), groups: fewest(asked, on({ kind: 'user', user: id })) }
  })
  return [...ofAccounts, ...ofZones, ...ofUsers].filter(({ groups }) => groups.length > 0)
}

/**
 * The groups for each account. What is for all of them comes first, since the others need no more of it. The first one
 * takes what is loose, as far as what the accounts need anyway does not open it.
 */
function groupsByAccount(
  accounts: Needs['accounts'],
  loose: readonly Groups[],
  fewest: (id: string, everywhere: readonly string[], more: readonly Groups[]) => string[],
): Map<string, string[]> {
  const [first = ALL, ...others] = [...accounts.keys()].sort((a, b) => Number(b === ALL) - Number(a === ALL))
  const solved = (more: readonly Groups[]): Map<string, string[]> => {
    const given = new Map([[first, fewest(first, [], more)]])
    const everywhere = given.get(ALL) ?? []
    for (const id of others) given.set(id, fewest(id, everywhere, []))
    return given
  }
  const without = [...solved([]).values()].flat()
  const tried = solved(loose.filter((groups) => !isOpen(groups, without)))
  // With more to open, the first one may come to other groups, which no longer open what the old ones did.
  const isEnough = loose.every((groups) => isOpen(groups, [...tried.values()].flat()))
  return isEnough ? tried : solved(loose)
}

/** What opens what is asked of no account in particular. The list of accounts has those that a token is for at all. */
function looseOf(anywhere: readonly Operation[], operations: readonly Operation[]): Groups[] {
  const inAccounts = operations.filter(({ path }) => path.startsWith('/accounts/:account_id'))
  const any = [...new Set(inAccounts.flatMap(({ permissions }) => permissions))]
  return anywhere.map(({ permissions }) => (permissions.length === 0 ? any : permissions))
}

const isOpen = (groups: Groups, given: readonly string[]): boolean => groups.some((name) => given.includes(name))

/** Grants of the same groups, which make one policy. */
function alike(grants: readonly Grant[]): Grant[][] {
  const policies = new Map<string, Grant[]>()
  for (const grant of grants) {
    const { scope, zone, groups } = grant
    kept(policies, JSON.stringify([scope, zone === undefined, groups]), (): Grant[] => []).push(grant)
  }
  return [...policies.values()]
}

function policyOf(grants: readonly Grant[], world: World): Policy {
  const resources: Record<string, string | Record<string, string>> = {}
  for (const { resource, zone } of grants) {
    const inner = resources[resource]
    resources[resource] = zone === undefined ? '*' : { ...(typeof inner === 'object' && inner), [zone]: '*' }
  }
  const { scope = ACCOUNT, groups = [] } = grants[0] ?? {}
  return {
    effect: 'allow',
    permission_groups: groups.map((name) => ({ id: idOf(name, scope, world), name })),
    resources: resources as Policy['resources'],
  }
}

/** The id of a group. Several may have the same name, and differ in what they are for. */
function idOf(name: string, scope: Scope, world: World): string {
  const namesakes = world.store.table(permissionGroups).where({ name }).slice(0, Number.POSITIVE_INFINITY)
  return (namesakes.find(({ scopes }) => scopes.includes(scope)) ?? namesakes[0])?.id ?? ''
}

function scopesIn(world: World): Map<string, Scope[]> {
  const scopes = new Map<string, Scope[]>()
  for (const { name, scopes: of } of world.store.table(permissionGroups).all()) {
    kept(scopes, name, (): Scope[] => []).push(...of)
  }
  return scopes
}

/** What a map has for a key; made when it is not there yet. */
function kept<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key) ?? make()
  map.set(key, found)
  return found
}
