/** The value of a token of a user: who is verified, and what a roll does. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { tokens } from '../../schemas/tokens.ts'
import { ACCOUNT, EMAIL, failureOf, KEY, type Simulator, simulator, TOKEN } from '../simulator.ts'

const USER = '7c5dae5552338874e5053f2534d2767a'
const PAIR = { 'x-auth-email': EMAIL, 'x-auth-key': KEY }
const ACCOUNT_VALUE = '8M7wS6hCpXVc-DoRnPPY_UCWPgy8aea4Wy6kCe5T'
const ACTIVE = [{ code: 10000, message: 'This API Token is valid and active', type: null }]
const INVALID = [401, 1000, 'Invalid API Token']
const MISSING = [400, 1001, 'Missing "Authorization" header']

const secretOf = (id: string) => createHash('sha256').update(`fauxflare token ${id}`).digest('base64url').slice(0, 40)

const verify = (call: Simulator['call'], value: string) =>
  call('GET /user/tokens/verify', { headers: { authorization: `Bearer ${value}` } })

/** The id of a token of the documented user. */
function idOf({ worlds }: Simulator, name: string): string {
  const [row] = worlds.next().store.table(tokens, USER).where({ name }).all()
  assert.ok(row)
  return row.id
}

test('verifies the documented token', async (t) => {
  const simulated = await simulator(t)
  const { status, body } = await verify(simulated.call, TOKEN)
  assert.equal(status, 200)
  assert.deepEqual(body, {
    result: { id: idOf(simulated, 'documented token'), status: 'active' },
    success: true,
    errors: [],
    messages: ACTIVE,
  })
})

test('verifies by the value alone', async (t) => {
  const simulated = await simulator(t)
  const { call } = simulated
  const disabled = idOf(simulated, 'lost laptop')
  const expired = idOf(simulated, 'cache script')
  const rows: [title: string, value: string, expected: unknown][] = [
    ['a disabled token', secretOf(disabled), { id: disabled, status: 'disabled' }],
    ['an expired token', secretOf(expired), { id: expired, status: 'expired', expires_on: '2025-09-11T00:00:00Z' }],
    ['the token of an account', ACCOUNT_VALUE, INVALID],
    ['a token that nobody has', 'x'.repeat(40), INVALID],
  ]
  for (const [title, value, expected] of rows) {
    await t.test(title, async () => {
      const answer = await verify(call, value)
      if (Array.isArray(expected)) return assert.deepEqual(failureOf(answer), expected)
      assert.equal(answer.status, 200)
      assert.deepEqual(answer.body.result, expected)
      assert.deepEqual(answer.body.messages, [])
    })
  }
  await t.test('a value of the wrong form', async () => {
    assert.deepEqual(failureOf(await verify(call, 'short')), [400, 6003, 'Invalid request headers'])
  })
})

test('verifies a token according to the time', async (t) => {
  const { call, worlds } = await simulator(t)
  const body = { name: 'a', policies: [], not_before: '2026-12-01T00:00:00Z', expires_on: '2027-01-01T00:00:00Z' }
  const { id, value } = (await call('POST /user/tokens', { body })).body.result
  const { clock } = worlds.next()
  const times = { not_before: body.not_before, expires_on: body.expires_on }
  const rows: [now: string, status: string | undefined][] = [
    ['2026-11-30T23:59:59.999Z', undefined],
    ['2026-12-01T00:00:00.000Z', 'active'],
    ['2026-12-31T23:59:59.999Z', 'active'],
    ['2027-01-01T00:00:00.000Z', 'expired'],
  ]
  for (const [now, status] of rows) {
    await t.test(now, async () => {
      clock.set({ now })
      const answer = await verify(call, value)
      if (status === undefined) return assert.deepEqual(failureOf(answer), INVALID)
      assert.deepEqual(answer.body.result, { id, status, ...times })
      assert.deepEqual(answer.body.messages, status === 'active' ? ACTIVE : [])
    })
  }
})

test('wants a bearer token, since that is what it verifies', async (t) => {
  const { call } = await simulator(t)
  const off = await simulator(t, { auth: 'off' })
  assert.deepEqual(failureOf(await call('GET /user/tokens/verify', { headers: PAIR })), MISSING)
  assert.deepEqual(failureOf(await off.call('GET /user/tokens/verify', { headers: {} })), MISSING)
  const both = await call('GET /user/tokens/verify', { headers: { ...PAIR, authorization: `Bearer ${TOKEN}` } })
  assert.equal(both.status, 200)
})

test('a token that was just made is good here and not for an account, and no longer once it is deleted', async (t) => {
  const { call } = await simulator(t)
  const { id, value } = (await call('POST /user/tokens', { body: { name: 'a', policies: [] } })).body.result
  const { body } = await verify(call, value)
  assert.deepEqual([body.result, body.messages], [{ id, status: 'active' }, ACTIVE])
  const headers = { authorization: `Bearer ${value}` }
  assert.deepEqual(failureOf(await call(`GET /accounts/${ACCOUNT}/tokens/verify`, { headers })), INVALID)
  assert.equal((await call('GET /user', { headers })).body.result.id, USER)
  await call(`DELETE /user/tokens/${id}`)
  assert.deepEqual(failureOf(await verify(call, value)), INVALID)
})

test('rolls a token: the new value is good, the old one is not', async (t) => {
  for (const [title, body] of [
    ['with an empty object', {}],
    ['with an empty body', ''],
    ['without a body', undefined],
  ] as const) {
    await t.test(title, async (t) => {
      const simulated = await simulator(t)
      const { call } = simulated
      const path = `/user/tokens/${idOf(simulated, 'dns at home')}`
      const old = secretOf(idOf(simulated, 'dns at home'))
      const before = (await call(`GET ${path}`)).body.result
      const rolled = await call(`PUT ${path}/value`, { body })
      assert.equal(rolled.status, 200)
      assert.match(rolled.body.result, /^cfut_[A-Za-z0-9_-]{40}[0-9a-f]{8}$/)
      assert.deepEqual(failureOf(await verify(call, old)), INVALID)
      assert.equal((await verify(call, rolled.body.result)).body.result.status, 'active')
      const after = (await call(`GET ${path}`)).body.result
      assert.deepEqual(after, { ...before, modified_on: '2026-11-21T10:00:00Z' })
    })
  }
})

test('an example server verifies the documented token, whatever a request is signed with', async (t) => {
  const simulated = await simulator(t, { stateless: true })
  const { call } = simulated
  const id = idOf(simulated, 'documented token')
  const own = idOf(simulated, 'dns at home')
  const bearer = (value: string) => ({ authorization: `Bearer ${value}` })
  const rows: [title: string, headers: Record<string, string>, expected: string][] = [
    ['a key', PAIR, id],
    ['a token that nobody has', bearer('x'.repeat(40)), id],
    ['the token of an account', bearer(ACCOUNT_VALUE), id],
    ['another token of the user', bearer(secretOf(own)), own],
  ]
  for (const [title, headers, expected] of rows) {
    await t.test(title, async () => {
      const { status, body } = await call('GET /user/tokens/verify', { headers })
      assert.deepEqual([status, body.result?.id], [200, expected])
      assert.deepEqual(body.messages, ACTIVE)
    })
  }
})

test('an example server has the example of the documentation among the tokens of the user', async (t) => {
  const simulated = await simulator(t, { stateless: true })
  const { call } = simulated
  const id = idOf(simulated, 'documented token')
  for (const example of ['ed17574386854bf78a67040be0a770b0', 'token_id']) {
    const path = `/user/tokens/${example}`
    assert.equal((await call(`GET ${path}`)).body.result.id, id)
    assert.equal((await call(`PUT ${path}`, { body: { name: 'a', policies: [] } })).body.result.id, id)
    assert.match((await call(`PUT ${path}/value`, { body: {} })).body.result, /^cfut_/)
    assert.deepEqual((await call(`DELETE ${path}`)).body.result, { id })
  }
  assert.equal((await call('GET /user/tokens/0123456789abcdef0123456789abcdef')).status, 404)
})
