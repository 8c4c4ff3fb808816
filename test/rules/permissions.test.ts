/**
 * Every operation against every permission group of the catalogue: a token with exactly one group passes where the
 * contract lists that group, and nowhere else; a deny beats an allow. What is listed is read from the vendor's document
 * where that is at hand.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import { users } from '../../schemas/users.ts'
import { denial } from '../../server/rules/access.ts'
import { ACCOUNT, simulator } from '../simulator.ts'
import {
  ACCEPTED,
  type Effect,
  EVERYWHERE,
  identityWith,
  operations,
  ownerFor,
  putToken,
  requestFor,
  type Said,
  targetIn,
} from './permission-table.ts'

const OTHER_ACCOUNT = 'a67e14daa5f8dceeb91fe5449ba496ef'
const OWN = `com.cloudflare.api.account.${ACCOUNT}`

/** What is asked for where a body is looked at before it is known who may. */
const bodies: Readonly<Record<string, object>> = {
  'account-creation': { name: 'New' },
  Accounts_batchMoveAccounts: {
    account_ids: [ACCOUNT],
    destination_organization_id: '4536bcfad5faccb111b47003c79917fa',
  },
}

const DENIED = 'fauxflare-denied'

test('the contract has 95 operations, and each is here', () => {
  assert.equal(operations.length, 95)
  for (const { id } of operations) assert.ok(ACCEPTED.has(id), id)
})

const isOpenedByGroups = ({ id }: { id: string }) => (ACCEPTED.get(id)?.length ?? 0) > 0
const opened = operations.filter(isOpenedByGroups)

test('an operation is open to each group that it lists, and to no other', async (t) => {
  const world = (await simulator(t)).worlds.next()
  const groups = world.store.table(permissionGroups).all()
  for (const operation of opened) {
    const target = targetIn(world, operation)
    const { user, token } = identityWith(putToken(world, ownerFor(target, world), []).row, world)
    /** What a token with one group is told, policy by policy. */
    const asked = (id: string, ...said: [Effect, Said[2]][]) => {
      const policies = said.map(([effect, resources], at) => {
        return { id: `policy ${at}`, effect, resources, permission_groups: [{ id }] }
      })
      return denial({ ...(user && { user }), token: { ...token, policies } }, operation, target, world)
    }
    await t.test(operation.id, () => {
      const accepted = new Set(ACCEPTED.get(operation.id))
      for (const { id, name } of groups) {
        const isAccepted = accepted.has(name)
        assert.equal(asked(id, ['allow', EVERYWHERE]) === undefined, isAccepted, name)
        const denied = asked(id, ['allow', EVERYWHERE], ['deny', EVERYWHERE])
        assert.equal(
          denied?.policy ?? denied?.reason,
          isAccepted ? 'policy 1' : 'no policy of the token allows it',
          name,
        )
        if (target.kind !== 'account') continue
        assert.ok(asked(id, ['allow', { [`com.cloudflare.api.account.${OTHER_ACCOUNT}`]: '*' }]), `${name}, elsewhere`)
        assert.ok(asked(id, ['allow', { [OWN]: { 'com.cloudflare.api.account.zone.*': '*' } }]), `${name}, zones only`)
      }
      const inCatalogue = groups.map(({ name }) => name).filter((name) => accepted.has(name))
      assert.deepEqual(new Set(inCatalogue), accepted, 'the catalogue has each of them')
      assert.deepEqual(new Set(asked('none')?.permission_groups), accepted, 'a refusal names each of them')
    })
  }
})

test('the API answers so', async (t) => {
  const { call, worlds } = await simulator(t, { auth: 'enforce' })
  const world = worlds.of()
  const groups = world.store.table(permissionGroups).all()
  for (const operation of opened) {
    const owner = ownerFor(targetIn(world, operation), world)
    const isRefused = async (...said: Said[]) => {
      const headers = { authorization: `Bearer ${putToken(world, owner, said).value}` }
      const { status, headers: answered } = await call(requestFor(operation), { headers })
      if (answered[DENIED] !== undefined) assert.equal(status, 403)
      // No group makes up for a user, who alone deletes accounts.
      return JSON.parse(String(answered[DENIED] ?? '{}')).permission_groups?.length > 0
    }
    await t.test(operation.id, async () => {
      const accepted = ACCEPTED.get(operation.id) ?? []
      const others = groups.map(({ name }) => name).filter((name) => !accepted.includes(name))
      assert.ok(await isRefused(['allow', others, EVERYWHERE]), 'with every other group')
      for (const name of accepted) {
        const isUsers = groups.some((one) => one.name === name && one.scopes.includes('com.cloudflare.api.user'))
        const where = isUsers ? { [`com.cloudflare.api.user.${owner}`]: '*' } : { [OWN]: '*' }
        assert.ok(!(await isRefused(['allow', [name], where])), name)
      }
      const everything: Said = ['allow', [...others, ...accepted], EVERYWHERE]
      assert.ok(await isRefused(everything, ['deny', accepted.slice(0, 1), EVERYWHERE]), 'denied')
    })
  }
})

const VERIFIES = ['account-api-tokens-verify-token', 'user-api-tokens-verify-token']
/** What the token of an account gets an answer to, although no group opens it. POST says that it may make none. */
const ANSWERED = ['accounts-list-accounts']

test('what lists no groups is open to the tokens of whoever may, whatever their policies', async (t) => {
  const { call, worlds } = await simulator(t, { auth: 'enforce' })
  const world = worlds.of()
  const all = world.store
    .table(permissionGroups)
    .all()
    .map(({ name }) => name)
  const everything: Said = ['allow', all, EVERYWHERE]
  const documented = world.resolve(users, 'user_id')
  const [stranger] = world.store.table(users).where({ email: 'edward.langley@example.net' }).all()
  for (const operation of operations.filter((one) => !isOpenedByGroups(one) && !VERIFIES.includes(one.id))) {
    await t.test(operation.id, async () => {
      const target = targetIn(world, operation)
      const refused = (owner: string, ...said: Said[]) =>
        denial(identityWith(putToken(world, owner, said).row, world), operation, target, world)
      assert.equal(refused(documented), undefined, 'without any rights')
      assert.equal(refused(documented, ['deny', all, EVERYWHERE]), undefined, 'with everything denied')
      const isOthers = target.kind !== 'none' && target.kind !== 'user'
      assert.equal(refused(stranger?.id ?? '', everything) !== undefined, isOthers, 'a stranger with every group')
      const headers = { authorization: `Bearer ${putToken(world, ACCOUNT, [everything]).value}` }
      const { status } = await call(requestFor(operation), { headers, body: bodies[operation.id] ?? {} })
      assert.equal(status, ANSWERED.includes(operation.id) ? 200 : 403, 'the token of an account')
    })
  }
})
