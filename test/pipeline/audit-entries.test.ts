/** What the entries of audit logs tell of a change. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditLogs } from '../../schemas/audit-logs.ts'
import { tokens } from '../../schemas/tokens.ts'
import { ACCOUNT, EMAIL, KEY, TOKEN } from '../simulator.ts'
import { counting } from './audit-counting.ts'

const A = `/accounts/${ACCOUNT}`
const JOHN = '7c5dae5552338874e5053f2534d2767a'
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'
const invitation = { email: 'new@example.com', roles: [ADMINISTRATOR] }

test('an entry tells who did what, from where, and with which request', async (t) => {
  const { call, today } = await counting(t)
  const agent = 'Cloudflare/JS 7.1.0'
  const reply = await call(`POST ${A}/members`, {
    body: invitation,
    headers: { authorization: `Bearer ${TOKEN}`, 'user-agent': agent },
  })
  const [entry, ...others] = await today()
  assert.deepEqual(others, [])
  const ray = String(reply.headers['cf-ray'])
  assert.deepEqual(entry, {
    id: String(reply.headers['cf-auditlog-id']).replaceAll('-', ''),
    account: { id: ACCOUNT, name: 'Demo Account' },
    action: { description: 'Add Member', result: 'success', time: '2026-11-21T10:00:00Z', type: 'create' },
    actor: {
      id: JOHN,
      type: 'user',
      context: 'api_token',
      email: 'user@example.com',
      ip_address: '127.0.0.1',
      token_id: '33c8036de087a7eda087866ee4eee295',
      token_name: 'documented token',
    },
    raw: {
      cf_ray_id: ray.slice(0, ray.indexOf('-')),
      method: 'POST',
      status_code: 200,
      uri: `${A}/members`,
      user_agent: agent,
    },
    resource: {
      id: reply.body.result.id,
      product: 'members',
      type: 'member',
      request: invitation,
      response: { id: reply.body.result.id },
      scope: { type: 'accounts', id: ACCOUNT },
    },
  })
})

test('the actor is whoever the credential stands for', async (t) => {
  const { call, today } = await counting(t)
  const owned = '8M7wS6hCpXVc-DoRnPPY_UCWPgy8aea4Wy6kCe5T'
  const token = { token_id: 'ed17574386854bf78a67040be0a770b0', token_name: 'readonly token' }
  const ip_address = '127.0.0.1'
  const john = { id: JOHN, type: 'user', email: EMAIL, ip_address }
  const rows: [title: string, headers: Record<string, string>, actor: Record<string, unknown>][] = [
    ['a key', { 'x-auth-email': EMAIL, 'x-auth-key': KEY }, { ...john, context: 'api_key' }],
    [
      'the token of an account',
      { authorization: `Bearer ${owned}` },
      { id: ACCOUNT, type: 'account', context: 'api_token', ip_address, ...token },
    ],
    [
      'a token that nobody has is the documented user’s',
      { authorization: `Bearer ${'x'.repeat(40)}` },
      { ...john, context: 'api_token' },
    ],
    ['a service key', { 'x-auth-user-service-key': 'v1.0-x' }, { ...john, context: 'origin_ca_key' }],
  ]
  for (const [title, headers, actor] of rows) {
    await call(`PUT ${A}/profile`, { body: {}, headers })
    assert.deepEqual((await today())[0]?.actor, actor, title)
  }
  await t.test('a token that rolls itself is still told by its name', async () => {
    await call(`PUT ${A}/tokens/${token.token_id}/value`, { headers: { authorization: `Bearer ${owned}` } })
    const [entry] = await today()
    assert.deepEqual([entry?.action.description, entry?.actor?.token_name], ['Roll Token', token.token_name])
    assert.equal(JSON.stringify(entry).includes('cfat_'), false)
  })
})

test('the address is that of the client, also behind a proxy that is trusted', async (t) => {
  for (const [trustProxy, expected] of [
    [true, '203.0.113.7'],
    [false, '127.0.0.1'],
  ] as const) {
    const { call } = await counting(t, { trustProxy, auth: 'enforce' })
    const headers = { 'x-auth-email': EMAIL, 'x-auth-key': KEY, 'x-forwarded-for': '203.0.113.7' }
    assert.equal((await call(`PUT ${A}/profile`, { body: {}, headers })).status, 204)
    const [entry] = (await call(`GET ${A}/logs/audit?since=2026-11-21&before=2026-11-22`, { headers })).body.result
    assert.deepEqual([entry.actor.ip_address, entry.actor.context], [expected, 'api_key'])
  }
})

test('entries are in the order of the changes, also while the clock stands still', async (t) => {
  const { call, today } = await counting(t)
  const made: string[] = []
  for (let turn = 0; turn < 12; turn += 1) {
    const reply = await call(`PUT ${A}`, { body: { name: `Name ${turn}` } })
    made.unshift(String(reply.headers['cf-auditlog-id']).replaceAll('-', ''))
  }
  const found = await today()
  assert.deepEqual(
    found.map(({ id }) => id),
    made,
  )
  assert.deepEqual(
    found.map(({ account }) => account?.name),
    Array.from({ length: 12 }, (_, turn) => `Name ${11 - turn}`),
  )
})

test('a body that is too long to keep is left out, and so is one that is too deep to show', async (t) => {
  const { call, today } = await counting(t)
  const deep = ['{"a":'.repeat(200), '1', '}'.repeat(200)].join('')
  const group = (meta: string) =>
    `{"name":"n","policies":[{"effect":"allow","resources":{},"permission_groups":[{"id":"c8fed203ed3043cba015a93ad1616f1f","meta":${meta}}]}]}`
  for (const meta of [`{"key":"${'x'.repeat(70_000)}"}`, deep]) {
    const { status, text } = await call(`POST ${A}/tokens`, { body: group(meta) })
    assert.equal(status, 200, text.slice(0, 200))
    const [entry] = await today()
    assert.deepEqual([entry?.action.description, entry?.resource?.request], ['Create Token', undefined])
  }
})

test('a body that is a list is told too', async (t) => {
  const { call, today } = await counting(t)
  const list = `${A}/iam/user_groups`
  const { id } = (await call(`POST ${list}`, { body: { name: 'New' } })).body.result
  const body = [{ id: 'df41b7b2c254affa4e23fcc33c5320d7' }]
  assert.equal((await call(`POST ${list}/${id}/members`, { body })).status, 200)
  const [entry] = await today()
  assert.deepEqual([entry?.resource?.id, entry?.resource?.request], [id, { body }])
})

test('placeholders of the documentation stand in no entry', async (t) => {
  const { call, today } = await counting(t)
  await call('PUT /accounts/account_id/tokens/token_id/value')
  const [entry] = await today()
  const id = 'ed17574386854bf78a67040be0a770b0'
  assert.deepEqual([entry?.raw?.uri, entry?.resource?.id], [`${A}/tokens/${id}/value`, id])
})

test('Entries of one caller share what they tell of the caller and of the account, until that changes', async (t) => {
  const { call, worlds } = await counting(t)
  const entryOf = async (request: string, body: object) => {
    const { store } = worlds.of()
    const before = new Set(store.table(auditLogs).all())
    await call(request, { body, headers: { authorization: `Bearer ${TOKEN}` } })
    const [entry, ...others] = store
      .table(auditLogs)
      .all()
      .filter((row) => !before.has(row))
    assert.deepEqual(others, [])
    return entry
  }
  const invite = (email: string) => entryOf(`POST ${A}/members`, { ...invitation, email })
  const [first, second] = [await invite('a@example.com'), await invite('b@example.com')]
  assert.ok(first && second)
  assert.equal(first.actor, second.actor)
  assert.equal(first.account, second.account)
  assert.equal(first.resource?.scope, second.resource?.scope)
  await entryOf(`PUT ${A}`, { name: 'Renamed' })
  const { store } = worlds.of()
  const [token] = store.table(tokens).where({ id: '33c8036de087a7eda087866ee4eee295' }).all()
  assert.ok(token)
  store.table(tokens).put({ ...token, name: 'renamed' })
  const third = await invite('c@example.com')
  assert.deepEqual([third?.account.name, third?.actor?.token_name], ['Renamed', 'renamed'])
  assert.deepEqual([first.account.name, first.actor?.token_name], ['Demo Account', 'documented token'])
})
