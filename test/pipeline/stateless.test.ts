/** The option `stateless`: each request is answered from the fixtures, as an example server does it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, EMAIL, failureOf, KEY, simulator, TOKEN } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const MEMBER = '4536bcfad5faccb111b47003c79917fa'
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'
const STATELESS = { stateless: true }

test('forgets what a request changed', async (t) => {
  const { call } = await simulator(t, STATELESS)
  const rows: [title: string, change: string, body: object | undefined, read: string][] = [
    ['a new account', 'POST /accounts', { name: 'a' }, 'GET /accounts?per_page=50'],
    ['another name', `PUT ${A}`, { name: 'a' }, `GET ${A}`],
    ['a deleted account', `DELETE ${A}`, undefined, `GET ${A}`],
    ['a move', `POST ${A}/move`, { destination_organization_id: 'organization_id' }, `GET ${A}/organizations`],
    ['another profile', `PUT ${A}/profile`, { business_name: 'a' }, `GET ${A}/profile`],
    ['an invitation', `POST ${A}/members`, { email: 'a@b.c', roles: [] }, `GET ${A}/members?status=pending`],
    ['a member who left', `DELETE ${A}/members/${MEMBER}`, undefined, `GET ${A}/members/${MEMBER}`],
    ['a subscription', `POST ${A}/subscriptions`, {}, `GET ${A}/subscriptions`],
    ['another token', `PUT ${A}/tokens/${TOKEN_ID}`, { name: 'a', policies: [] }, `GET ${A}/tokens/${TOKEN_ID}`],
    ['a deleted token', `DELETE ${A}/tokens/${TOKEN_ID}`, undefined, `GET ${A}/tokens/${TOKEN_ID}`],
  ]
  for (const [title, change, body, read] of rows) {
    await t.test(title, async () => {
      const before = await call(read)
      assert.equal(before.status, 200)
      const first = await call(change, { body })
      assert.ok(first.status < 300, first.text)
      assert.equal((await call(read)).text, before.text)
      assert.equal((await call(change, { body })).text, first.text)
    })
  }
})

test('lets the documented person be invited again', async (t) => {
  const body = { email: 'user@example.com', roles: ['3536bcfad5faccb999b47003c79917fb'], status: 'accepted' }
  const { call } = await simulator(t, STATELESS)
  const answer = await call(`POST ${A}/members`, { body })
  assert.equal(answer.status, 200)
  assert.equal(answer.body.result.user.first_name, 'John')
  const stateful = await simulator(t)
  const refused = await stateful.call(`POST ${A}/members`, { body })
  assert.deepEqual(failureOf(refused), [400, 1001, 'Invalid request: Member already exists'])
})

test('answers the suites of the SDKs, whose examples fit no world', async (t) => {
  const range = 'since=2026-11-22&before=2026-11-22&action_time=2026-11-22T11:47:21Z'
  const entry = 'f174be97-19b1-40d6-954d-70cd5fbd52db'
  const rows: [title: string, request: string, body: object | undefined, refusal: unknown][] = [
    ['the history of an entry of years ago', `GET ${A}/logs/audit/${entry}/history?${range}`, undefined, 404],
    [
      'an address without a domain',
      'POST /organizations/organization_id/members',
      { member: { user: { email: 'email' } } },
      400,
    ],
  ]
  const [stateless, stateful] = [await simulator(t, STATELESS), await simulator(t)]
  for (const [title, request, body, refusal] of rows) {
    await t.test(title, async () => {
      const answer = await stateless.call(request, { body })
      assert.equal(answer.status, 200, answer.text)
      assert.equal((await stateful.call(request, { body })).status, refusal)
    })
  }
})

test('verifies a token of the account, whatever a request is signed with', async (t) => {
  const { call } = await simulator(t, STATELESS)
  const rows: [title: string, headers: Record<string, string>][] = [
    ['a key', { 'x-auth-email': EMAIL, 'x-auth-key': KEY }],
    ['the token of a user', { authorization: `Bearer ${TOKEN}` }],
  ]
  for (const [title, headers] of rows) {
    await t.test(title, async () => {
      const { status, body } = await call(`GET ${A}/tokens/verify`, { headers })
      assert.equal(status, 200)
      assert.equal(body.result.status, 'active')
      assert.match(body.result.id, /^[0-9a-f]{32}$/)
      assert.equal(body.messages.length, 1)
    })
  }
  await t.test('a token of the account', async () => {
    const headers = { authorization: 'Bearer 8M7wS6hCpXVc-DoRnPPY_UCWPgy8aea4Wy6kCe5T' }
    assert.equal((await call(`GET ${A}/tokens/verify`, { headers })).body.result.id, TOKEN_ID)
  })
})

test('refuses all the same what does not fit', async (t) => {
  const { call } = await simulator(t, STATELESS)
  assert.equal((await call('POST /accounts', { body: {} })).status, 400)
  assert.equal((await call('GET /accounts/short')).status, 400)
  assert.equal((await call(`DELETE ${A}/members/0123456789abcdef0123456789abcdef`)).status, 404)
})

test('pages fit together, although each is cut from a world of its own', async (t) => {
  const { call } = await simulator(t, STATELESS)
  const path = 'GET /organizations/4536bcfad5faccb111b47003c79917fa/accounts?page_size=2'
  const { body } = await call(path)
  const { body: rest } = await call(`${path}&page_token=${body.result_info.next_page_token}`)
  assert.equal(body.result.length + rest.result.length, 3)
})
