/** Policies that are proposed for runs that nobody thought of. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts, zones } from '../../schemas/accounts.ts'
import type { Operation } from '../../schemas/operation.ts'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import type { Report } from '../../schemas/report.ts'
import type { TokenRow } from '../../schemas/tokens.ts'
import { resources } from '../../server/resources/index.ts'
import { fewestGroups } from '../../server/rules/fewest-groups.ts'
import { neededPolicies } from '../../server/rules/needed-policies.ts'
import { targetOf } from '../../server/rules/target.ts'
import { decide } from '../../server/rules/token-policies.ts'
import { Footprint, type Place } from '../../server/state/journal/footprint.ts'
import { Random } from '../../server/state/random.ts'
import type { World } from '../../server/state/world.ts'
import { ACCOUNT, simulator } from '../simulator.ts'

const USER = '7c5dae5552338874e5053f2534d2767a'
const operations = resources.flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))

/** A place for each operation, as far as it has one in the documented world. */
function placeOf(operation: Operation, account_id: string, world: World): Place | undefined {
  const zone = world.store.table(zones).where({ account_id }).slice(0, 1)[0]
  const kind = zone && account_id !== ACCOUNT ? 'zones' : 'accounts'
  const params = {
    account_id,
    accounts_or_zones: kind,
    account_or_zone_id: kind === 'zones' ? (zone?.id ?? '') : account_id,
  }
  const names = [...operation.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const found = Object.fromEntries(
    names.flatMap((name) => (name in params ? [[name, params[name as 'account_id']]] : [])),
  )
  const target = targetOf(operation, found, world)
  return target?.kind === 'user' ? { kind: 'user', user_id: USER } : target
}

const tokenWith = (policies: Report['token_policy']['policies']): TokenRow => ({
  id: '1'.repeat(32),
  owner_id: USER,
  name: 'least',
  status: 'active',
  issued_on: '2026-01-01T00:00:00Z',
  modified_on: '2026-01-01T00:00:00Z',
  value_sha256: '0'.repeat(64),
  policies: policies.map((policy, at) => ({ ...policy, id: `policy ${at}` })),
})

test('whatever was called, the policies open all of it, and without any one group they do not', async (t) => {
  const world = (await simulator(t)).worlds.of()
  const random = Random.of(7, 'chance')
  const ids = world.store
    .table(accounts)
    .slice(0, 4)
    .map(({ id }) => id)
  for (let round = 0; round < 60; round += 1) {
    const footprint = new Footprint()
    const run: [Operation, Place][] = []
    for (let step = 0; step <= round % 8; step += 1) {
      const operation = operations[Math.floor(random.fraction() * operations.length)] as Operation
      const place = placeOf(operation, ids[Math.floor(random.fraction() * ids.length)] as string, world)
      if (!place) continue
      run.push([operation, place])
      footprint.add(operation, place)
    }
    const { policies } = neededPolicies(footprint, operations, world)
    const covers = (token: TokenRow) =>
      run.every(([operation, place]) => decide(token, operation, place as never, world).isAllowed)
    const words = run.map(([{ id }]) => id).join()
    assert.ok(covers(tokenWith(policies)), words)
    const isForListAlone = run.some(([{ id }]) => id === 'accounts-list-accounts') && policies.length === 1
    for (const [at, policy] of policies.entries()) {
      for (const group of policy.permission_groups) {
        const less = policies.with(at, {
          ...policy,
          permission_groups: policy.permission_groups.filter((other) => other !== group),
        })
        if (!isForListAlone) assert.equal(covers(tokenWith(less)), false, `${words} without ${group.name}`)
      }
    }
  }
})

test('the groups are as few as can be, found by trying all sets', async (t) => {
  const names = (await simulator(t)).worlds
    .of()
    .store.table(permissionGroups)
    .slice(0, 6)
    .map(({ name }) => `${name} Read`)
  const random = Random.of(11, 'chance')
  for (let round = 0; round < 200; round += 1) {
    const choices = Array.from({ length: 1 + (round % 5) }, () => names.filter(() => random.fraction() < 0.4))
    const hard = choices.filter(({ length }) => length > 0)
    const sizes = Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_, at) => bits & (1 << at)))
      .filter((set) => hard.every((choice) => choice.some((name) => set.includes(name))))
      .map(({ length }) => length)
    const found = fewestGroups(choices, [])
    assert.ok(hard.every((choice) => choice.some((name) => found.includes(name))))
    assert.equal(found.length, Math.min(...sizes))
  }
})

test('a footprint holds so many places and no more, and counts the rest', () => {
  const footprint = new Footprint()
  const [operation] = operations as [Operation]
  for (let at = 0; at < 1010; at += 1) footprint.add(operation, { kind: 'account', account_id: String(at) })
  footprint.add(operation, { kind: 'account', account_id: '5' })
  assert.equal([...footprint.steps].length, 1000)
  assert.equal(footprint.omitted, 10)
})
