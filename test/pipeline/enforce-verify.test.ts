/** `--auth enforce`: verification, which answers for itself. ERRORS.md §2.4. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, failureOf, UNKNOWN } from '../simulator.ts'
import { bearer, type Enforcing, enforcing, INVALID, type Made, PAIR } from './enforcing.ts'

const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
const ACTIVE = [{ code: 10000, message: 'This API Token is valid and active', type: null }]
const MISSING = [400, 1001, 'Missing "Authorization" header']

/** Both kinds of tokens, and where each is verified. */
const KINDS = [
  ['a user', '/user/tokens', ({ userToken }: Enforcing) => userToken],
  ['an account', `/accounts/${ACCOUNT}/tokens`, ({ accountToken }: Enforcing) => accountToken],
] as const

for (const [kind, path, makerOf] of KINDS) {
  test(`verifies a token of ${kind} in all its cases`, async (t) => {
    const made = await enforcing(t)
    const { call, worlds } = made
    const make = makerOf(made)
    const change = async (how: string, body?: object) => (await call(how, { headers: PAIR, body })).body.result
    const times = { not_before: '2026-11-01T00:00:00Z', expires_on: '2026-12-01T00:00:00Z' }
    type Shown = { status: string; not_before?: string; expires_on?: string }
    const cases: [title: string, arrange: () => Promise<Made>, expected: Shown | undefined][] = [
      ['a good one', () => make(), { status: 'active' }],
      ['a good one with times', () => make(times), { status: 'active', ...times }],
      [
        'an expired one',
        () => make({ expires_on: '2026-11-21T10:00:00Z' }),
        { status: 'expired', expires_on: '2026-11-21T10:00:00Z' },
      ],
      ['one whose time has not come', () => make({ not_before: '2026-11-21T10:00:01Z' }), undefined],
      [
        'a disabled one',
        async () => {
          const token = await make()
          await change(`PUT ${path}/${token.id}`, { name: 'one', policies: [], status: 'disabled' })
          return token
        },
        { status: 'disabled' },
      ],
      [
        'one that was rolled, by its old value',
        async () => {
          const token = await make()
          await change(`PUT ${path}/${token.id}/value`, {})
          return token
        },
        undefined,
      ],
      [
        'one that was rolled, by its new value',
        async () => {
          const { id } = await make()
          return { id, value: await change(`PUT ${path}/${id}/value`, {}) }
        },
        { status: 'active' },
      ],
      [
        'a deleted one',
        async () => {
          const token = await make()
          await change(`DELETE ${path}/${token.id}`)
          return token
        },
        undefined,
      ],
      ['one that nobody has', async () => ({ id: UNKNOWN, value: 'x'.repeat(40) }), undefined],
    ]
    for (const [title, arrange, expected] of cases) {
      await t.test(title, async () => {
        const { id, value } = await arrange()
        const reply = await call(`GET ${path}/verify`, { headers: bearer(value) })
        if (!expected) return assert.deepEqual(failureOf(reply), INVALID)
        assert.equal(reply.status, 200)
        assert.deepEqual(reply.body, {
          result: { id, ...expected },
          success: true,
          errors: [],
          messages: expected.status === 'active' ? ACTIVE : [],
        })
      })
    }
    assert.equal(worlds.of().clock.iso(), '2026-11-21T10:00:00.000Z')
  })
}

test('each kind is unknown where the other is verified', async (t) => {
  const { call, userToken, accountToken } = await enforcing(t)
  const [mine, ours] = [await userToken(), await accountToken()]
  const rows: [title: string, value: string, path: string][] = [
    ['a token of an account, on the path of users', ours.value, '/user/tokens/verify'],
    ['a token of a user, on the path of accounts', mine.value, `/accounts/${ACCOUNT}/tokens/verify`],
    ['a token of another account', ours.value, `/accounts/${MEDIA}/tokens/verify`],
  ]
  for (const [title, value, path] of rows) {
    await t.test(title, async () => {
      assert.deepEqual(failureOf(await call(`GET ${path}`, { headers: bearer(value) })), INVALID)
    })
  }
})

test('what is no token cannot be verified', async (t) => {
  const { call } = await enforcing(t)
  const service = { 'x-auth-user-service-key': 'v1.0-144c9defac04969c7bfad8efaa8ea194' }
  const MALFORMED = [400, 6003, 'Invalid request headers']
  for (const path of ['/user/tokens/verify', `/accounts/${ACCOUNT}/tokens/verify`]) {
    const rows: [title: string, headers: Record<string, string>, expected: unknown[]][] = [
      ['an address and a key', PAIR, MISSING],
      ['a pair that nobody has', { ...PAIR, 'x-auth-key': 'a'.repeat(37) }, MISSING],
      ['a service key', service, MISSING],
      ['a malformed token', bearer('short'), MALFORMED],
      ['nothing', {}, [400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers']],
    ]
    for (const [title, headers, expected] of rows) {
      await t.test(`${title}, ${path}`, async () => {
        assert.deepEqual(failureOf(await call(`GET ${path}`, { headers })), expected)
      })
    }
    assert.deepEqual(failureOf(await call(`POST ${path}`, { headers: PAIR })).slice(0, 2), [405, 7001])
  }
})

test('the account of a verification must be there', async (t) => {
  const { call, accountToken } = await enforcing(t)
  const headers = bearer((await accountToken()).value)
  assert.deepEqual(failureOf(await call('GET /accounts/x/tokens/verify', { headers })).slice(0, 2), [400, 7003])
  const unknown = await call(`GET /accounts/${UNKNOWN}/tokens/verify`, { headers })
  assert.deepEqual(failureOf(unknown), [403, 9109, 'Unauthorized to access requested resource'])
})

test('verifying neither counts as a failure nor as a use', async (t) => {
  const { call, userToken, rowOf } = await enforcing(t)
  for (let i = 0; i < 30; i += 1) {
    const reply = await call('GET /user/tokens/verify', { headers: bearer('x'.repeat(40)) })
    assert.deepEqual(failureOf(reply), INVALID)
  }
  const refused = await call('GET /accounts', { headers: bearer('x'.repeat(40)) })
  assert.deepEqual(failureOf(refused), [403, 9109, 'Invalid access token'])
  const { id, value } = await userToken()
  assert.equal((await call('GET /user/tokens/verify', { headers: bearer(value) })).status, 200)
  assert.equal(rowOf(id)?.last_used_on, undefined)
})
