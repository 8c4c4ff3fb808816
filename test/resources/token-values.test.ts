/** The value of a token: who is verified, and what a roll does. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { ACCOUNT, EMAIL, failureOf, KEY, type Simulator, simulator, TOKEN } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/tokens`
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'
const VALUE = '8M7wS6hCpXVc-DoRnPPY_UCWPgy8aea4Wy6kCe5T'
const DISABLED = '5c4a1e0b7d3f4c5e9a8b7c6d5e4f3a2b'
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
const NOT_BEFORE = '2018-07-01T05:20:00Z'
const EXPIRES_ON = '2030-01-01T00:00:00Z'
const ACTIVE = [{ code: 10000, message: 'This API Token is valid and active', type: null }]
const INVALID = [401, 1000, 'Invalid API Token']

/** The value of any other token of the fixtures. */
const secretOf = (id: string) => createHash('sha256').update(`fauxflare token ${id}`).digest('base64url').slice(0, 40)

const verify = (call: Simulator['call'], value: string, account = ACCOUNT) =>
  call(`GET /accounts/${account}/tokens/verify`, { headers: { authorization: `Bearer ${value}` } })

test('verifies the documented token', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await verify(call, VALUE)
  assert.equal(status, 200)
  assert.deepEqual(body.result, { id: TOKEN_ID, status: 'active', not_before: NOT_BEFORE, expires_on: EXPIRES_ON })
  assert.deepEqual(body.messages, ACTIVE)
})

test('verifies a token according to the time', async (t) => {
  const rows: [title: string, clock: string, status: string | undefined][] = [
    ['a second before its start it is unknown', '2018-07-01T05:19:59Z', undefined],
    ['at its start it is active', NOT_BEFORE, 'active'],
    ['a moment before its end it is active', '2029-12-31T23:59:59.999Z', 'active'],
    ['at its end it is expired', EXPIRES_ON, 'expired'],
    ['years later it is expired', '2040-01-01T00:00:00Z', 'expired'],
  ]
  for (const [title, clock, expected] of rows) {
    await t.test(title, async (t) => {
      const { call } = await simulator(t, { clock })
      const answer = await verify(call, VALUE)
      if (expected === undefined) return assert.deepEqual(failureOf(answer), INVALID)
      assert.equal(answer.status, 200)
      assert.equal(answer.body.result.status, expected)
      assert.deepEqual(answer.body.messages, expected === 'active' ? ACTIVE : [])
      assert.equal((await call(`GET ${PATH}/${TOKEN_ID}`)).body.result.status, expected)
    })
  }
})

test('verifies by the value alone', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, value: string, account: string, expected: unknown][] = [
    ['a disabled token', secretOf(DISABLED), ACCOUNT, { id: DISABLED, status: 'disabled' }],
    [
      'a token of that account',
      secretOf('039a15e166493bef5d3a41740a89661f'),
      MEDIA,
      {
        id: '039a15e166493bef5d3a41740a89661f',
        status: 'active',
      },
    ],
    ['a token of another account', VALUE, MEDIA, INVALID],
    ['the token of a user', TOKEN, ACCOUNT, INVALID],
    ['a token that nobody has', 'x'.repeat(40), ACCOUNT, INVALID],
  ]
  for (const [title, value, account, expected] of rows) {
    await t.test(title, async () => {
      const answer = await verify(call, value, account)
      if (Array.isArray(expected)) return assert.deepEqual(failureOf(answer), expected)
      assert.deepEqual(answer.body.result, expected)
    })
  }
})

test('wants a bearer token, since that is what it verifies', async (t) => {
  const { call } = await simulator(t)
  const off = await simulator(t, { auth: 'off' })
  const pair = { 'x-auth-email': EMAIL, 'x-auth-key': KEY }
  const MISSING = [400, 1001, 'Missing "Authorization" header']
  assert.deepEqual(failureOf(await call(`GET ${PATH}/verify`, { headers: pair })), MISSING)
  assert.deepEqual(failureOf(await off.call(`GET ${PATH}/verify`, { headers: {} })), MISSING)
  const both = await call(`GET ${PATH}/verify`, { headers: { ...pair, authorization: `Bearer ${VALUE}` } })
  assert.equal(both.body.result.id, TOKEN_ID)
})

test('a token that was just made is good, and no longer once it is deleted', async (t) => {
  const { call } = await simulator(t)
  const { id, value } = (await call(`POST ${PATH}`, { body: { name: 'a', policies: [] } })).body.result
  const { body } = await verify(call, value)
  assert.deepEqual(body.result, { id, status: 'active' })
  assert.deepEqual(body.messages, ACTIVE)
  await call(`DELETE ${PATH}/${id}`)
  assert.deepEqual(failureOf(await verify(call, value)), INVALID)
})

test('a token that was changed keeps its value', async (t) => {
  const { call } = await simulator(t)
  await call(`PUT ${PATH}/${TOKEN_ID}`, { body: { name: 'a', policies: [], status: 'disabled' } })
  const disabled = (await verify(call, VALUE)).body
  assert.deepEqual(disabled.result, { id: TOKEN_ID, status: 'disabled' })
  assert.deepEqual(disabled.messages, [])
  await call(`PUT ${PATH}/${TOKEN_ID}`, { body: { name: 'a', policies: [], not_before: '2027-01-01T00:00:00Z' } })
  assert.deepEqual(failureOf(await verify(call, VALUE)), INVALID)
  await call(`PUT ${PATH}/${TOKEN_ID}`, { body: { name: 'a', policies: [], status: 'active' } })
  assert.deepEqual((await verify(call, VALUE)).body.result, { id: TOKEN_ID, status: 'active' })
})

test('rolls a token: the new value is good, the old one is not', async (t) => {
  const bodies: [title: string, body: unknown][] = [
    ['with an empty object', {}],
    ['with an empty body', ''],
    ['without a body', undefined],
    ['with fields that nobody knows', { reason: 'leaked' }],
  ]
  for (const [title, body] of bodies) {
    await t.test(title, async (t) => {
      const { call } = await simulator(t)
      const before = (await call(`GET ${PATH}/${TOKEN_ID}`)).body.result
      const rolled = await call(`PUT ${PATH}/${TOKEN_ID}/value`, { body })
      assert.equal(rolled.status, 200)
      assert.match(rolled.body.result, /^cfat_[A-Za-z0-9_-]{40}[0-9a-f]{8}$/)
      assert.deepEqual(failureOf(await verify(call, VALUE)), INVALID)
      assert.equal((await verify(call, rolled.body.result)).body.result.id, TOKEN_ID)
      const after = (await call(`GET ${PATH}/${TOKEN_ID}`)).body.result
      assert.deepEqual(after, { ...before, modified_on: '2026-11-21T10:00:00Z' })
    })
  }
})

test('each value is another one', async (t) => {
  const { call } = await simulator(t)
  const values = new Set<string>()
  for (let i = 0; i < 5; i += 1) {
    values.add((await call(`PUT ${PATH}/${TOKEN_ID}/value`)).body.result)
    values.add((await call(`POST ${PATH}`, { body: { name: 'a', policies: [] } })).body.result.value)
  }
  assert.equal(values.size, 10)
})
