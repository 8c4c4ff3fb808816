/** The report proposes the smallest policies that would have covered a run. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zones } from '../../schemas/accounts.ts'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import type { Report } from '../../schemas/report.ts'
import { steering } from '../control/steer.ts'
import { ACCOUNT, EMAIL, failureOf, KEY, type Simulator, simulator, TOKEN } from '../simulator.ts'

type Proposal = Report['token_policy']

const OTHER = 'a67e14daa5f8dceeb91fe5449ba496ef'
const USER = '7c5dae5552338874e5053f2534d2767a'
const onAccount = (id: string) => `com.cloudflare.api.account.${id}`

/** What is proposed, by resource: the names of the groups. */
const told = ({ policies }: Proposal) =>
  policies.map(({ permission_groups, resources: on }) => [permission_groups.map(({ name }) => name), on])

async function proposal({ app }: Simulator): Promise<Proposal> {
  return (await steering(app)('GET /report')).body.token_policy
}

test('a run that was nothing needs nothing', async (t) => {
  assert.deepEqual(await proposal(await simulator(t)), { policies: [], without_group: [], omitted: 0 })
})

test('reading needs a group that reads, changing one that writes and reads as well', async (t) => {
  const made = await simulator(t)
  await made.call(`GET /accounts/${ACCOUNT}`)
  assert.deepEqual(told(await proposal(made)), [[['Account Settings Read'], { [onAccount(ACCOUNT)]: '*' }]])
  await made.call(`PUT /accounts/${ACCOUNT}`, { body: { name: 'Acme' } })
  await made.call(`GET /accounts/${ACCOUNT}/members`)
  assert.deepEqual(told(await proposal(made)), [[['Account Settings Write'], { [onAccount(ACCOUNT)]: '*' }]])
})

test('each account, zone and user gets what is needed there, and what is alike is one policy', async (t) => {
  const made = await simulator(t)
  const world = made.worlds.of()
  const [elsewhere] = world.store
    .table(zones)
    .filter(({ account_id }) => account_id !== ACCOUNT && account_id !== OTHER)
    .slice(0, 1)
  assert.ok(elsewhere)
  for (const request of [
    `GET /accounts/${ACCOUNT}/tokens`,
    `GET /accounts/${ACCOUNT}/subscriptions`,
    `GET /accounts/${OTHER}/subscriptions`,
    `GET /accounts/${OTHER}/tokens`,
    `GET /accounts/4bb334f7c94c4a29a045f03944f072e5/logs/audit?since=2026-01-01&before=2026-01-02`,
    `GET /zones/${elsewhere.id}/subscriptions`,
    'GET /user',
    'GET /user/tokens',
    'GET /memberships',
    'GET /accounts/nonsense/members',
    'GET /organizations/a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8',
    'GET /user/tokens/verify',
  ]) {
    await made.call(request)
  }
  const found = await proposal(made)
  assert.deepEqual(told(found), [
    [['Account API Tokens Read', 'Billing Read'], { [onAccount(ACCOUNT)]: '*', [onAccount(OTHER)]: '*' }],
    [['Account Settings Read'], { [onAccount('4bb334f7c94c4a29a045f03944f072e5')]: '*' }],
    [['Billing Read'], { [onAccount(elsewhere.account_id)]: { [onAccount(`zone.${elsewhere.id}`)]: '*' } }],
    [['API Tokens Read', 'Memberships Read', 'User Details Read'], { [`com.cloudflare.api.user.${USER}`]: '*' }],
  ])
  assert.deepEqual(found.without_group, ['Organizations_retrieve', 'user-api-tokens-verify-token'])
})

test('an account that the run made cannot be named before: the policy is for all accounts', async (t) => {
  const made = await simulator(t)
  const { id } = (await made.call('POST /accounts', { body: { name: 'Acme', type: 'standard' } })).body.result
  await made.call(`GET /accounts/${id}/members`)
  await made.call(`PUT /accounts/${ACCOUNT}`, { body: { name: 'Acme' } })
  await made.call(`GET /accounts/${ACCOUNT}/members`)
  assert.deepEqual(told(await proposal(made)), [
    [['Account Settings Read'], { [onAccount('*')]: '*' }],
    [['Account Settings Write'], { [onAccount(ACCOUNT)]: '*' }],
  ])
})

test('whoever gives rights to a token needs them, once', async (t) => {
  const made = await simulator(t)
  const world = made.worlds.of()
  const idOf = (name: string) => world.store.table(permissionGroups).where({ name }).first()?.id ?? ''
  const give = (names: string[], resources: object, effect = 'allow') => {
    const policies = [{ effect, resources, permission_groups: names.map((name) => ({ id: idOf(name) })) }]
    return made.call(`POST /accounts/${ACCOUNT}/tokens`, { body: { name: 'one', policies } })
  }
  await give(['Billing Write'], { [onAccount(ACCOUNT)]: '*' })
  await give(['Billing Write', 'DNS Read'], { [onAccount('*')]: { [onAccount('zone.*')]: '*' } })
  await give(['Workers Scripts Write'], { [onAccount(ACCOUNT)]: '*' }, 'deny')
  // Billing Write opens it, and is needed anyway.
  await made.call(`GET /accounts/${ACCOUNT}/subscriptions`)
  assert.deepEqual(told(await proposal(made)), [
    [['Account API Tokens Write', 'Billing Write'], { [onAccount(ACCOUNT)]: '*' }],
    [['DNS Read'], { [onAccount(ACCOUNT)]: { [onAccount('zone.*')]: '*' } }],
  ])
})

test('what any account opens takes no account but one that is there already', async (t) => {
  const made = await simulator(t)
  await made.call('GET /accounts')
  assert.deepEqual(told(await proposal(made)), [[['Account Settings Read'], { [onAccount('*')]: '*' }]])
  await made.call('GET /user/audit_logs')
  await made.call(`GET /accounts/${OTHER}/tokens`)
  assert.deepEqual(told(await proposal(made)), [
    [['Account API Tokens Read', 'Account Settings Read'], { [onAccount(OTHER)]: '*' }],
  ])
  await made.call(`GET /accounts/${ACCOUNT}/members`)
  assert.deepEqual(told(await proposal(made)), [
    [['Account API Tokens Read'], { [onAccount(OTHER)]: '*' }],
    [['Account Settings Read'], { [onAccount(ACCOUNT)]: '*' }],
  ])
})

test('who is not let in needs nothing, who is denied needs what would have let them do it', async (t) => {
  const made = await simulator(t, { auth: 'enforce' })
  const headers = { authorization: `Bearer ${'x'.repeat(40)}` }
  assert.equal((await made.call(`GET /accounts/${ACCOUNT}/members`, { headers })).status, 403)
  assert.deepEqual((await proposal(made)).policies, [])
  const byKey = { 'x-auth-email': EMAIL, 'x-auth-key': KEY }
  const bare = await made.call(`POST /accounts/${ACCOUNT}/tokens`, {
    headers: byKey,
    body: { name: 'bare', policies: [] },
  })
  const own = { authorization: `Bearer ${bare.body.result.value}` }
  const denied = await made.call(`GET /accounts/${ACCOUNT}/members`, { headers: own })
  assert.deepEqual(failureOf(denied), [403, 9109, 'Unauthorized to access requested resource'])
  assert.deepEqual(told(await proposal(made)), [
    [['Account API Tokens Write', 'Account Settings Read'], { [onAccount(ACCOUNT)]: '*' }],
  ])
})

test('a token with the policies that are proposed can do the run again', async (t) => {
  const run = [
    `GET /accounts/${ACCOUNT}/members`,
    `GET /accounts/${ACCOUNT}/subscriptions`,
    `GET /accounts/${ACCOUNT}/logs/audit?since=2026-01-01&before=2026-02-01`,
    'GET /accounts',
    'GET /user',
    'GET /memberships',
  ]
  const first = await simulator(t, { auth: 'enforce' })
  for (const request of run) assert.equal((await first.call(request)).status, 200, request)
  const { policies } = await proposal(first)
  const { call } = await simulator(t, { auth: 'enforce', requests: 'strict' })
  const sent = policies.map(({ permission_groups, ...rest }) => ({
    ...rest,
    permission_groups: permission_groups.map(({ id }) => ({ id })),
  }))
  const headers = { 'x-auth-email': EMAIL, 'x-auth-key': KEY }
  const { status, text, body } = await call('POST /user/tokens', { headers, body: { name: 'least', policies: sent } })
  assert.equal(status, 200, text)
  const least = { authorization: `Bearer ${body.result.value}` }
  for (const request of run) assert.equal((await call(request, { headers: least })).status, 200, request)
  assert.equal((await call(`GET /accounts/${ACCOUNT}/tokens`, { headers: least })).status, 403)
})

test('the report of the server has what the clients of all its worlds need together', async (t) => {
  const { app, worlds } = await simulator(t)
  const ask = (url: string) => app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })
  await ask(`/client/v4/accounts/${ACCOUNT}/tokens`)
  await ask(`/sandboxes/one/client/v4/accounts/${ACCOUNT}/members`)
  worlds.delete('one')
  assert.deepEqual(told(worlds.report().token_policy), [
    [['Account API Tokens Read', 'Account Settings Read'], { [onAccount(ACCOUNT)]: '*' }],
  ])
})
