/** `--auth enforce`: credentials must exist, and be of use now. ERRORS.md §2.1 to §2.3. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Operation } from '../../schemas/operation.ts'
import { resources } from '../../server/resources/index.ts'
import { ACCOUNT_TOKEN, as } from '../acting.ts'
import { ACCOUNT, EMAIL, failureOf, KEY, type Reply, TOKEN, UNKNOWN } from '../simulator.ts'
import {
  AUTHENTICATION,
  bearer,
  enforcing,
  INVALID,
  INVALID_ACCESS,
  PAIR,
  UNKNOWN_PAIR,
  USER_ONLY,
} from './enforcing.ts'

const operations = resources.flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))
const isVerification = ({ path }: Operation) => path.endsWith('/tokens/verify')

/** A request for an operation; every id in it is well formed. */
function requestFor({ method, path }: Operation, id = ACCOUNT): string {
  const colon = '\0'
  const filled = path
    .replace('::', colon)
    .replace(/:accounts_or_zones\([^)]*\)/, 'accounts')
    .replace(/:\w+/g, id)
  return `${method} ${filled.replace(colon, ':')}`
}

/** What a reply says: its status, or how it failed. */
const outcomeOf = (reply: Reply) => (reply.status < 400 ? reply.status : failureOf(reply))

test('takes credentials that exist', async (t) => {
  const { call, userToken, accountToken } = await enforcing(t)
  const rows: [title: string, headers: Record<string, string>][] = [
    ['the documented token of the documented user', bearer(TOKEN)],
    ['the address and the key of the documented user', PAIR],
    ['an address in other letters', { ...PAIR, 'x-auth-email': 'User@Example.COM' }],
    ['the address and the key of somebody else', as('alice@example.com')],
    ['a token of a user, just made', bearer((await userToken()).value)],
    ['a token of an account, just made', bearer((await accountToken()).value)],
    ['a good token and a pair that nobody has', { ...bearer(TOKEN), ...PAIR, 'x-auth-key': 'a'.repeat(37) }],
  ]
  for (const [title, headers] of rows) {
    await t.test(title, async () => {
      assert.equal((await call('GET /accounts', { headers })).status, 200)
    })
  }
})

test('refuses credentials that are missing or malformed as ever', async (t) => {
  const { call } = await enforcing(t)
  const missing = [400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers']
  const rows: [title: string, headers: Record<string, string>, expected: readonly unknown[], chain?: number[]][] = [
    ['nothing', {}, missing],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }, missing],
    ['an empty bearer', { authorization: 'Bearer ' }, missing],
    ['a token of the wrong length', bearer('a'.repeat(39)), [400, 6003, 'Invalid request headers'], [6111]],
    ['a token in quotes', bearer(`"${TOKEN}"`), [400, 6003, 'Invalid request headers'], [6111]],
    ['a malformed key', { ...PAIR, 'x-auth-key': 'x' }, [400, 6003, 'Invalid request headers'], [6103]],
    ['a malformed address', { ...PAIR, 'x-auth-email': 'x' }, [400, 6003, 'Invalid request headers'], [6102]],
    [
      'both malformed',
      { 'x-auth-email': 'x', 'x-auth-key': 'x' },
      [400, 6003, 'Invalid request headers'],
      [6102, 6103],
    ],
    ['an address alone', { 'x-auth-email': EMAIL }, [400, 9107, 'Missing X-Auth-* header']],
    ['a key alone', { 'x-auth-key': KEY }, [400, 9107, 'Missing X-Auth-* header']],
  ]
  for (const [title, headers, expected, chain] of rows) {
    await t.test(title, async () => {
      const reply = await call('GET /accounts', { headers })
      assert.deepEqual(failureOf(reply), expected)
      const codes = reply.body.errors[0].error_chain?.map(({ code }: { code: number }) => code)
      assert.deepEqual(codes, chain)
    })
  }
})

test('refuses credentials that nobody has', async (t) => {
  const { call } = await enforcing(t)
  const rows: [title: string, headers: Record<string, string>, expected: readonly unknown[]][] = [
    ['a token', bearer('x'.repeat(40)), INVALID_ACCESS],
    ['a token of a user, in the form of 2026', bearer(`cfut_${'x'.repeat(48)}`), INVALID_ACCESS],
    ['a token of an account, in the form of 2026', bearer(`cfat_${'x'.repeat(48)}`), INVALID_ACCESS],
    ['a token of an application', bearer(`cfoat_${'x'.repeat(48)}`), INVALID_ACCESS],
    ['the documented token with one letter changed', bearer(`T${TOKEN.slice(1)}`), INVALID_ACCESS],
    ['the key of somebody else', { ...PAIR, 'x-auth-key': 'a'.repeat(37) }, UNKNOWN_PAIR],
    ['the address of somebody else', { ...PAIR, 'x-auth-email': 'alice@example.com' }, UNKNOWN_PAIR],
    ['the address of nobody', { ...PAIR, 'x-auth-email': 'nobody@example.com' }, UNKNOWN_PAIR],
    ['the digest of a key in its place', { ...PAIR, 'x-auth-key': `cfk_${'a'.repeat(48)}` }, UNKNOWN_PAIR],
    ['a retired service key', { 'x-auth-user-service-key': 'v1.0-144c9defac04969c7bfad8efaa8ea194' }, UNKNOWN_PAIR],
    ['a good pair behind a token that nobody has', { ...PAIR, ...bearer('x'.repeat(40)) }, INVALID_ACCESS],
  ]
  for (const [title, headers, expected] of rows) {
    await t.test(title, async () => {
      assert.deepEqual(failureOf(await call('GET /accounts', { headers })), expected)
    })
  }
})

test('refuses an unknown token in the words of each service, and before anything else is looked at', async (t) => {
  const { call, worlds } = await enforcing(t)
  for (const operation of operations.filter((one) => !isVerification(one))) {
    await t.test(operation.id, async () => {
      // Whoever is refused too often is told something else.
      worlds.reset()
      const isGateway = operation.family === 'audit' || operation.family === 'organizations'
      const reply = await call(requestFor(operation), { headers: bearer('x'.repeat(40)) })
      assert.deepEqual(failureOf(reply), isGateway ? AUTHENTICATION : INVALID_ACCESS)
      const nowhere = await call(requestFor(operation, 'x'), { headers: bearer('x'.repeat(40)) })
      assert.deepEqual(failureOf(nowhere), failureOf(reply))
      assert.equal(worlds.of().journal.all()[0]?.denied, undefined)
    })
  }
})

test('refuses a token that is of no use any more, or not yet', async (t) => {
  const { call, userToken, accountToken, worlds } = await enforcing(t)
  const { clock } = worlds.of()
  for (const [kind, make, path] of [
    ['user', userToken, '/user/tokens'],
    ['account', accountToken, `/accounts/${ACCOUNT}/tokens`],
  ] as const) {
    const use = async (value: string) => outcomeOf(await call('GET /accounts', { headers: bearer(value) }))
    await t.test(`an expired one of ${kind}`, async () => {
      clock.set({ now: '2026-11-21T10:00:00Z' })
      const { value } = await make({ expires_on: '2026-11-22T00:00:00Z' })
      for (const [now, expected] of [
        ['2026-11-21T23:59:59.999Z', 200],
        ['2026-11-22T00:00:00.000Z', INVALID_ACCESS],
        ['2030-01-01T00:00:00.000Z', INVALID_ACCESS],
      ] as const) {
        clock.set({ now })
        assert.deepEqual(await use(value), expected, now)
      }
    })
    await t.test(`one of ${kind} whose time has not come`, async () => {
      clock.set({ now: '2026-11-21T10:00:00Z' })
      const { value } = await make({ not_before: '2026-12-01T00:00:00Z' })
      for (const [now, expected] of [
        ['2026-11-30T23:59:59.999Z', INVALID_ACCESS],
        ['2026-12-01T00:00:00.000Z', 200],
      ] as const) {
        clock.set({ now })
        assert.deepEqual(await use(value), expected, now)
      }
    })
    await t.test(`a disabled one of ${kind}, until it is active again`, async () => {
      clock.set({ now: '2026-11-21T10:00:00Z' })
      const { id, value } = await make()
      for (const [status, expected] of [
        ['disabled', INVALID_ACCESS],
        ['active', 200],
      ] as const) {
        const body = { name: 'one', policies: [], status }
        assert.equal((await call(`PUT ${path}/${id}`, { headers: PAIR, body })).status, 200)
        assert.deepEqual(await use(value), expected, status)
      }
    })
    await t.test(`the old value of one of ${kind} that was rolled`, async () => {
      const { id, value } = await make()
      const { result } = (await call(`PUT ${path}/${id}/value`, { headers: PAIR, body: {} })).body
      assert.deepEqual([await use(value), await use(result)], [INVALID_ACCESS, 200])
    })
    await t.test(`a deleted one of ${kind}`, async () => {
      const { id, value } = await make()
      assert.equal(await use(value), 200)
      assert.equal((await call(`DELETE ${path}/${id}`, { headers: PAIR })).status, 200)
      assert.deepEqual(await use(value), INVALID_ACCESS)
    })
  }
})

test('refuses an expired, a disabled and an early token like an unknown one where the gateway stands before it', async (t) => {
  const { call, accountToken, worlds } = await enforcing(t)
  const path = `/accounts/${ACCOUNT}/logs/audit?since=2026-11-01&before=2026-11-30`
  const { value } = await accountToken({ expires_on: '2026-11-22T00:00:00Z' })
  assert.equal((await call(`GET ${path}`, { headers: bearer(value) })).status, 200)
  worlds.of().clock.advance('P1D')
  assert.deepEqual(failureOf(await call(`GET ${path}`, { headers: bearer(value) })), AUTHENTICATION)
})

test('a token of an account stands for no user', async (t) => {
  const { call, accountToken } = await enforcing(t)
  const { value } = await accountToken()
  for (const operation of operations) {
    if (!/^\/(?:user|memberships)(?:\/|$)/.test(operation.path)) continue
    await t.test(operation.id, async () => {
      const reply = await call(requestFor(operation, UNKNOWN), { headers: bearer(value) })
      const isMemberships = operation.path.startsWith('/memberships')
      const expected = isMemberships ? [400, 9106, 'Authentication failed (status: 400)'] : USER_ONLY
      assert.deepEqual(failureOf(reply), isVerification(operation) ? INVALID : expected)
    })
  }
})

test('a token of an account that comes from a wrong place is told so before its kind', async (t) => {
  const { call } = await enforcing(t)
  const reply = await call('GET /user', { headers: ACCOUNT_TOKEN })
  assert.deepEqual(failureOf(reply), [403, 9109, 'Cannot use the access token from location: 127.0.0.1'])
})

test('a path that does not exist is told to everybody', async (t) => {
  const { call } = await enforcing(t)
  for (const headers of [{}, bearer('x'.repeat(40)), bearer(TOKEN)]) {
    assert.deepEqual(failureOf(await call('GET /nothing', { headers })).slice(0, 2), [404, 7000])
    assert.deepEqual(failureOf(await call('POST /user/tokens/verify', { headers })).slice(0, 2), [405, 7001])
  }
})
