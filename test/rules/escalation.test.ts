/** Nobody gets more by making tokens: whatever the token of a maker was given, the maker may do it, too. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zones } from '../../schemas/accounts.ts'
import type { Operation } from '../../schemas/operation.ts'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import type { TokenRow } from '../../schemas/tokens.ts'
import { ApiFailure } from '../../server/errors.ts'
import { denial } from '../../server/rules/access.ts'
import type { Identity } from '../../server/rules/identity.ts'
import { checkMakersRights } from '../../server/rules/makers-rights.ts'
import type { Target } from '../../server/rules/target.ts'
import { Random } from '../../server/state/random.ts'
import type { World } from '../../server/state/world.ts'
import { ACCOUNT, simulator } from '../simulator.ts'
import { type Effect, identityWith, operations, type Said, targetIn } from './permission-table.ts'

type Policy = TokenRow['policies'][number]

const USER = '7c5dae5552338874e5053f2534d2767a'
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'

/** For accounts, for the user, and two that nothing here opens to: of zones, and of another product. */
const GROUPS = ['Account Settings Read', 'Account Settings Write', 'Billing Read', 'User Details Read', 'DNS Read']

/** What operations can be about: each kind in two accounts, and the user. */
function targetsIn(world: World): Target[] {
  const ofAccounts = [ACCOUNT, MEDIA].flatMap((account_id): Target[] => {
    const zone = world.store.table(zones).where({ account_id }).first()
    return [{ kind: 'account', account_id }, ...(zone ? [{ kind: 'zone' as const, account_id, zone_id: zone.id }] : [])]
  })
  return [...ofAccounts, { kind: 'user' }]
}

/** Names of accounts, zones and users as they stand in policies, alone and one in another. */
function resourcesIn(world: World): Said[2][] {
  const zone = world.store.table(zones).where({ account_id: MEDIA }).first()
  const accounts = [ACCOUNT, MEDIA, '*'].map((id) => `com.cloudflare.api.account.${id}`)
  const inner = [zone?.id, '*'].map((id) => `com.cloudflare.api.account.zone.${id}`)
  return [
    ...accounts.map((name) => ({ [name]: '*' })),
    ...inner.map((name) => ({ [name]: '*' })),
    ...accounts.flatMap((name) => inner.map((one) => ({ [name]: { [one]: '*' } }))),
    { [`com.cloudflare.api.user.${USER}`]: '*' },
    { 'com.cloudflare.api.user.*': '*' },
  ]
}

const isOf = (target: Target, operation: Operation, world: World): boolean =>
  target.kind === 'zone'
    ? operation.path.includes(':account_or_zone_id')
    : targetIn(world, operation).kind === target.kind

test('whatever somebody gives to a token, they may do themselves', async (t) => {
  const world = (await simulator(t, { auth: 'enforce' })).worlds.of()
  const random = Random.of(17, 'chance')
  const one = <Item>(items: readonly Item[]) => items[Math.floor(random.fraction() * items.length)] as Item
  const [targets, resources] = [targetsIn(world), resourcesIn(world)]
  const groups = world.store.table(permissionGroups)
  const ids = GROUPS.map((name) => ({ id: groups.where({ name }).first()?.id ?? '' }))
  const policies = (count: number): Policy[] =>
    Array.from({ length: count }, (_, at) => ({
      id: `policy ${at}`,
      effect: (random.fraction() < 0.7 ? 'allow' : 'deny') satisfies Effect,
      resources: Object.assign({}, one(resources), random.fraction() < 0.2 && one(resources)),
      permission_groups: ids.filter(() => random.fraction() < 0.4),
    }))
  const tokenOf = (owner_id: string, given: Policy[]) =>
    identityWith(
      {
        id: world.ids.id(),
        owner_id,
        name: 'one',
        status: 'active',
        issued_on: '2026-01-01T00:00:00Z',
        modified_on: '2026-01-01T00:00:00Z',
        policies: given,
      },
      world,
    )
  const asked = targets.flatMap((target) =>
    operations
      .filter((operation) => operation.permissions.length > 0 && isOf(target, operation, world))
      .map((operation) => ({ target, operation })),
  )
  let made = 0
  for (let round = 0; round < 3000; round += 1) {
    const owner = one([ACCOUNT, USER])
    const maker: Identity = tokenOf(owner, policies(1 + (round % 4)))
    const given = policies(1 + (round % 2))
    try {
      checkMakersRights(given, maker, owner, world)
    } catch (failure) {
      assert.ok(failure instanceof ApiFailure)
      continue
    }
    const token = tokenOf(owner, given)
    const groupsOf = (policy: Policy | undefined) => policy?.permission_groups.map(({ id }) => id) ?? []
    const allowed = new Set(given.filter(({ effect }) => effect === 'allow').flatMap(groupsOf))
    for (const { operation, target } of asked) {
      if (denial(token, operation, target, world)) continue
      made += 1
      const lack = denial(maker, operation, target, world)
      // What is denied of another group that opens the operation, too, is no right that was given.
      const denying = maker.token?.policies.find(({ id }) => id === lack?.policy)
      const isOpening = (id: string) => operation.permissions.includes(groups.get(id)?.name ?? '')
      if (denying && !groupsOf(denying).some((id) => allowed.has(id) && isOpening(id))) continue
      assert.equal(
        lack,
        undefined,
        JSON.stringify({ operation: operation.id, target, maker: maker.token?.policies, given }),
      )
    }
  }
  assert.ok(made > 100, `${made} rights were given`)
})
