/** What is remembered of who may do what, against what is found out anew: after whatever changes, they are the same. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accounts } from '../../schemas/accounts.ts'
import type { Caller, Operation } from '../../schemas/operation.ts'
import { denial } from '../../server/rules/access.ts'
import { signIn } from '../../server/rules/credentials.ts'
import { identityOf, recognised } from '../../server/rules/identity.ts'
import { targetOf } from '../../server/rules/target.ts'
import { seesAccount } from '../../server/rules/visible-accounts.ts'
import type { World } from '../../server/state/world.ts'
import { ACCOUNT, simulator } from '../simulator.ts'
import { operations, paramsOf } from './permission-table.ts'
import { CALLERS, change, joinFinance, MEDIA, step } from './rights-changes.ts'

/** Asked of each account, an organization, a tenant, the user, and nobody in particular. */
const ASKED = operations.filter(({ id }) =>
  [
    'accounts-account-details',
    'account-members-add-member',
    'account-subscriptions-list-subscriptions',
    'account-api-tokens-list-tokens',
    'accounts-list-accounts',
    'user-user-details',
    'Organizations_retrieve',
    'Tenants_retrieveTenant',
  ].includes(id),
)

let requests = 0
/** Each time another address: whoever is refused too often is told so. */
function somewhere(): { ip: string; socket: object } {
  requests += 1
  return { ip: `10.${requests >> 16}.${(requests >> 8) & 255}.${requests & 255}`, socket: {} }
}

type Before = readonly (Caller | undefined)[]

/** What somebody is told who asks for an operation in an account. */
function answer(caller: Caller, operation: Operation, account_id: string, world: World): unknown {
  const params = paramsOf(operation)
  try {
    const { identity, signedIn } = signIn(caller, { operation, from: somewhere(), world })
    const target = targetOf(operation, 'account_id' in params ? { ...params, account_id } : params, world)
    return { acting: signedIn.acting, target, denied: target && denial(identity, operation, target, world) }
  } catch (failure) {
    return String(failure).replace(/10[.\d]+/, 'somewhere')
  }
}

/** @param before those who signed in before anything changed, whose requests go on */
function told(world: World, before: Before): unknown[] {
  return CALLERS.map((caller, place) => {
    const identity = identityOf(caller, world)
    const old = before[place]
    return {
      identity,
      answers: ASKED.flatMap((operation) => [ACCOUNT, MEDIA].map((id) => answer(caller, operation, id, world))),
      seen: world.store
        .table(accounts)
        .all()
        .filter((row) => identity && seesAccount(identity, row, world))
        .map(({ id }) => id),
      old: old && identityOf(old, world),
    }
  })
}

test('what is remembered of rights is what is found out anew, whatever changed', async (t) => {
  const { worlds } = await simulator(t, { auth: 'enforce' })
  assert.equal(ASKED.length, 8)
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(step, { minLength: 12, maxLength: 30 }), (steps) => {
      worlds.reset()
      let world = worlds.of()
      joinFinance(world)
      let undo: (() => void) | undefined
      const before = CALLERS.map((caller) => recognised(caller, world).signedIn)
      for (const now of steps) {
        if (now.do === 'save') undo = world.store.checkpoint()
        else if (now.do === 'undo') undo?.()
        else if (now.do === 'wait') world.clock.advance('P1D')
        else if (now.do === 'fork') {
          world = world.fork()
          undo = undefined
        } else if ('table' in now) change(now, world)
        const remembered = told(world, before)
        // A fork remembers nothing.
        assert.deepEqual(remembered, told(world.fork(), before))
        seen.add(JSON.stringify(remembered))
      }
    }),
    { seed: 20261123, numRuns: 20 },
  )
  assert.ok(seen.size > 100, `${seen.size} different answers`)
})
