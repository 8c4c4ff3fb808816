/** The last Super Administrator of an account stays, also when the right comes through a user group. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Member } from '../../schemas/members.ts'
import { failureOf, type Simulator, simulator } from '../simulator.ts'

/** An account with one Super Administrator. */
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
const SUPER = '33666b9c79b9a5273fc7344ff42f953d'
const SUPER_GROUP = '8e23b19e4e0d44c29d239c5688ba8cbb'
const DNS = '069fe803647ed3609e93d041d5df6050'
const LAST = [400, 1001, 'Invalid request: Cannot remove the last Super Administrator']

/** A request of the account, which must be answered with success. */
async function result({ call }: Simulator, request: string, body?: unknown) {
  const answer = await call(request.replace(' /', ` /accounts/${MEDIA}/`), { body })
  assert.equal(answer.status, 200, answer.text)
  return answer.body.result
}

async function everything(cf: Simulator): Promise<unknown[]> {
  return [await result(cf, 'GET /members?per_page=50'), await result(cf, 'GET /iam/user_groups?per_page=50')]
}

/** An account of which a user group makes one member, of no roles, the only Super Administrator. */
async function deputised(t: TestContext) {
  const cf = await simulator(t)
  const everybody: Member[] = await result(cf, 'GET /members?per_page=50&status=accepted')
  const isSuper = ({ roles = [] }: Member) => roles.some(({ id }) => id === SUPER)
  const [first] = everybody.filter(isSuper)
  const [deputy] = everybody.filter((member) => !isSuper(member))
  assert.ok(first?.id && deputy?.id)
  await result(cf, `PUT /members/${deputy.id}`, { roles: [] })
  const whole = (await result(cf, `GET /iam/resource_groups?name=com.cloudflare.api.account.${MEDIA}`))[0].id
  const policy = (access: 'allow' | 'deny', group = SUPER_GROUP) => ({
    access,
    permission_groups: [{ id: group }],
    resource_groups: [{ id: whole }],
  })
  const group = await result(cf, 'POST /iam/user_groups', { name: 'Deputies', policies: [policy('allow')] })
  return { cf, first: first.id, deputy: deputy.id, group: group.id, policy }
}

test('the last one may go when a user group makes somebody else one', async (t) => {
  for (const request of ['DELETE', 'PUT'] as const) {
    await t.test(request, async (t) => {
      const { cf, first, deputy, group } = await deputised(t)
      const leave = () => cf.call(`${request} /accounts/${MEDIA}/members/${first}`, { body: { roles: [] } })
      assert.deepEqual(failureOf(await leave()), LAST)
      await result(cf, `POST /iam/user_groups/${group}/members`, [{ id: deputy }])
      assert.equal((await leave()).status, 200)
    })
  }
})

test('whoever is invited is nobody yet, whatever groups the invitation is in', async (t) => {
  const { cf, first, group } = await deputised(t)
  const { id } = await result(cf, 'POST /members', { email: 'new@example.com', roles: [] })
  await result(cf, `POST /iam/user_groups/${group}/members`, [{ id }])
  assert.deepEqual(failureOf(await cf.call(`DELETE /accounts/${MEDIA}/members/${first}`)), LAST)
})

test('one who is one through a user group stays one', async (t) => {
  const { cf, first, deputy, group, policy } = await deputised(t)
  await result(cf, `POST /iam/user_groups/${group}/members`, [{ id: deputy }])
  await result(cf, `DELETE /members/${first}`)
  const path = `/iam/user_groups/${group}`
  const refusing = await result(cf, 'POST /iam/user_groups', { name: 'Former', policies: [policy('deny')] })
  const rows: [title: string, request: string, body?: unknown][] = [
    ['removed from the account', `DELETE /members/${deputy}`],
    ['denied it by a policy of its own', `PUT /members/${deputy}`, { policies: [policy('deny')] }],
    ['taken out of the group', `DELETE ${path}/members/${deputy}`],
    ['left out of the group', `PUT ${path}/members`, []],
    ['the group deleted', `DELETE ${path}`],
    ['the group with no policies', `PUT ${path}`, { policies: [] }],
    ['the group with another policy', `PUT ${path}`, { policies: [policy('allow', DNS)] }],
    ['the group with an allow and a deny', `PUT ${path}`, { policies: [policy('allow'), policy('deny')] }],
    ['put into a group that denies it', `POST /iam/user_groups/${refusing.id}/members`, [{ id: deputy }]],
    ['put into it by replacing', `PUT /iam/user_groups/${refusing.id}/members`, [{ id: deputy }]],
  ]
  const before = await everything(cf)
  for (const [title, request, body] of rows) {
    await t.test(title, async () => {
      const answer = await cf.call(request.replace(' /', ` /accounts/${MEDIA}/`), { body })
      assert.deepEqual(failureOf(answer), LAST)
      assert.deepEqual(await everything(cf), before)
      const names = (await result(cf, `GET ${path}/members`)).map(({ id }: Member) => id)
      assert.deepEqual(names, [deputy])
      assert.deepEqual(await result(cf, `GET /iam/user_groups/${refusing.id}/members`), [])
    })
  }
  await t.test('and may change in other ways', async () => {
    await result(cf, `PUT ${path}`, { name: 'Owners', policies: [policy('allow', DNS), policy('allow')] })
    await result(cf, `PUT /members/${deputy}`, { roles: [{ id: DNS }] })
    await result(cf, `PUT ${path}/members`, [{ id: deputy }])
  })
})

test('a resource group as wide as the account counts like that of the account', async (t) => {
  const { cf, first, deputy, policy } = await deputised(t)
  const key = `com.cloudflare.api.account.${MEDIA}`
  const wide = { key, objects: [{ key: '*' }] }
  const narrow = { key, objects: [{ key: 'com.cloudflare.api.account.zone.22b1de5f1c0e4b3ea97bb1e963b06a43' }] }
  const { id } = await result(cf, 'POST /iam/resource_groups', { name: 'Some', scope: narrow })
  const [allow, deny] = [policy('allow'), policy('deny')]
  const denyingSome = { policies: [allow, { ...deny, resource_groups: [{ id }] }] }
  const widen = { scope: wide }
  const refused = async (request: string, body: unknown) =>
    assert.deepEqual(failureOf(await cf.call(request.replace(' /', ` /accounts/${MEDIA}/`), { body })), LAST, request)

  await result(cf, `PUT /members/${first}`, denyingSome)
  await refused(`PUT /iam/resource_groups/${id}`, widen)
  assert.deepEqual((await result(cf, `GET /iam/resource_groups/${id}`)).scope, narrow)

  await result(cf, `PUT /members/${first}`, { policies: [allow] })
  await result(cf, `PUT /iam/resource_groups/${id}`, widen)
  await refused(`PUT /members/${first}`, denyingSome)

  await result(cf, `PUT /members/${deputy}`, { policies: [{ ...allow, resource_groups: [{ id }] }] })
  await result(cf, `DELETE /members/${first}`)
  await refused(`PUT /iam/resource_groups/${id}`, { scope: narrow })
})
