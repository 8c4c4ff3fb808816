/** What clients gave to tokens: whoever makes or rolls a token must have all that it may do (rules/makers-rights.ts). */
import { accounts } from '../../schemas/accounts.ts'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import type { Report } from '../../schemas/report.ts'
import type { Footprint } from '../state/journal/footprint.ts'
import type { World } from '../state/world.ts'
import { isFor } from './makers-rights.ts'
import { contains, type Named, namedIn } from './named-resources.ts'
import { ACCOUNT, accountResource } from './resource-names.ts'

type Policy = Report['token_policy']['policies'][number]

/** The policies that were given, one for each choice of resources. Accounts that the run made are there as all accounts. */
export function givenRights(footprint: Footprint, world: World): Policy[] {
  const groups = world.store.table(permissionGroups)
  const everyAccount = world.store.table(accounts)
  /** All accounts of an account's token are that one; and what the run made, nobody could name before. */
  const meant = (name: string, owner_id: string) => {
    const own = name === accountResource('*') && everyAccount.get(owner_id) ? accountResource(owner_id) : name
    return own.startsWith(`${ACCOUNT}.`) && footprint.isMade(own.slice(ACCOUNT.length + 1)) ? accountResource('*') : own
  }
  const given = [...footprint.given].map(({ owner_id, resources, permission_groups }): Policy => {
    const renamed = Object.fromEntries(Object.entries(resources).map(([name, value]) => [meant(name, owner_id), value]))
    const named = namedIn(resources, {}, world)
    return {
      effect: 'allow',
      permission_groups: permission_groups.flatMap(({ id }) => {
        const group = groups.get(id)
        return group && named.some((one) => isFor(group, one)) ? [{ id, name: group.name }] : []
      }),
      resources: renamed as Policy['resources'],
    }
  })
  return united(given, world)
}

/** Policies that are for the same become one, with the groups of them all, as far as no other policy has them for more. */
export function united(policies: readonly Policy[], world: World): Policy[] {
  const found = new Map<string, Policy>()
  for (const policy of policies) {
    const key = JSON.stringify(policy.resources)
    const before = found.get(key)?.permission_groups ?? []
    const more = policy.permission_groups.filter(({ id }) => !before.some((group) => group.id === id))
    const permission_groups = [...before, ...more].sort((a, b) => (a.name < b.name ? -1 : 1))
    found.set(key, { ...policy, permission_groups })
  }
  const left = [...found.values()]
  for (const [at, policy] of left.entries()) {
    const named = namedIn(policy.resources, {}, world)
    const others = left.filter((other) => other !== policy)
    const permission_groups = policy.permission_groups.filter(
      ({ id }) => !named.every((one) => givenOn(others, one, world).some((group) => group.id === id)),
    )
    left[at] = { ...policy, permission_groups }
  }
  return left.filter(({ permission_groups }) => permission_groups.length > 0)
}

/** The groups that policies allow on something, or on what has it in it. */
export function givenOn(policies: readonly Policy[], thing: Named, world: World): Policy['permission_groups'] {
  return policies
    .filter(({ resources }) => namedIn(resources, {}, world).some((named) => contains(named, thing)))
    .flatMap(({ permission_groups }) => permission_groups)
}
