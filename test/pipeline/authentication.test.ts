/** Who is asking: credentials that are taken, and what is answered to the others. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, EMAIL, failureOf, KEY, type Reply, simulator, TOKEN } from '../simulator.ts'

type Headers = Record<string, string>
const bearer = { authorization: `Bearer ${TOKEN}` }
const pair = { 'x-auth-email': EMAIL, 'x-auth-key': KEY }
const service = { 'x-auth-user-service-key': 'v1.0-144c9defac04969c7bfad8efaa8ea194' }

const AUTHORIZATION = { code: 6111, message: 'Invalid format for Authorization header' }
const BAD_KEY = { code: 6103, message: 'Invalid format for X-Auth-Key header' }
const BAD_EMAIL = { code: 6102, message: 'Invalid format for X-Auth-Email header' }

/** Whether a failure is about headers of the wrong shape, and what it says about them. */
function chainOf(reply: Reply): unknown {
  assert.deepEqual(failureOf(reply), [400, 6003, 'Invalid request headers'])
  return reply.body.errors[0].error_chain
}

test('takes every credential that is complete and well formed', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, headers: Headers][] = [
    ['a token', bearer],
    ['a token that nobody knows', { authorization: `Bearer ${'a_-Z'.repeat(10)}` }],
    ['a token of a user, in the form of 2026', { authorization: `Bearer cfut_${'a'.repeat(48)}` }],
    ['a token of an account, in the form of 2026', { authorization: `Bearer cfat_${'a'.repeat(48)}` }],
    ['a token of an application', { authorization: `Bearer cfoat_${'a'.repeat(48)}` }],
    ['a token of eighty characters', { authorization: `Bearer ${'a'.repeat(80)}` }],
    ['a scheme in small letters', { authorization: `bearer ${TOKEN}` }],
    ['spaces around a token', { authorization: `Bearer   ${TOKEN}  ` }],
    ['an e-mail address and a key', pair],
    ['a key of 37 digits', { ...pair, 'x-auth-key': 'a'.repeat(37) }],
    ['a key of 45 digits', { ...pair, 'x-auth-key': '0'.repeat(45) }],
    ['a key in the form of 2026', { ...pair, 'x-auth-key': `cfk_${'a'.repeat(48)}` }],
    ['a service key', service],
    ['everything at once, as SDKs send it', { ...bearer, ...pair, ...service }],
    ['a token and half a pair', { ...bearer, 'x-auth-email': EMAIL }],
    ['a token and a malformed pair', { ...bearer, 'x-auth-email': 'x', 'x-auth-key': 'x' }],
    ['a pair and a malformed token', { ...pair, authorization: 'Bearer x' }],
    ['a pair and another scheme', { ...pair, authorization: 'Basic dXNlcjpwYXNz' }],
    ['a service key and a malformed token', { ...service, authorization: 'Bearer x' }],
    ['a service key and half a pair', { ...service, 'x-auth-key': KEY }],
  ]
  for (const [title, headers] of rows) {
    await t.test(title, async () => {
      assert.equal((await call('GET /accounts', { headers })).status, 200)
    })
  }
})

const rows: [title: string, headers: Headers, code: 9106 | 9107 | object[]][] = [
  ['nothing', {}, 9106],
  ['an empty header', { authorization: '' }, 9106],
  ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }, 9106],
  ['a token without a scheme', { authorization: TOKEN }, 9106],
  ['a scheme without a token', { authorization: 'Bearer' }, 9106],
  ['a scheme and spaces', { authorization: 'Bearer   ' }, 9106],
  ['an empty pair', { 'x-auth-email': '', 'x-auth-key': '' }, 9106],
  ['an address alone', { 'x-auth-email': EMAIL }, 9107],
  ['a key alone', { 'x-auth-key': KEY }, 9107],
  ['an address and an empty key', { 'x-auth-email': EMAIL, 'x-auth-key': '' }, 9107],
  ['an address and another scheme', { 'x-auth-email': EMAIL, authorization: 'Basic dXNlcjpwYXNz' }, 9107],
  ['a token that is too short', { authorization: `Bearer ${'a'.repeat(39)}` }, [AUTHORIZATION]],
  ['a token that is too long', { authorization: `Bearer ${'a'.repeat(81)}` }, [AUTHORIZATION]],
  ['a token in quotes', { authorization: `Bearer "${TOKEN}"` }, [AUTHORIZATION]],
  ['a token with a space in it', { authorization: `Bearer ${'a'.repeat(20)} ${'a'.repeat(20)}` }, [AUTHORIZATION]],
  ['a token with another character', { authorization: `Bearer ${'a'.repeat(39)}!` }, [AUTHORIZATION]],
  ['a global key as token', { authorization: `Bearer ${'a'.repeat(37)}` }, [AUTHORIZATION]],
  ['two schemes', { authorization: `Bearer Bearer ${TOKEN}` }, [AUTHORIZATION]],
  ['a malformed key', { ...pair, 'x-auth-key': 'not-a-key' }, [BAD_KEY]],
  ['a key that is too short', { ...pair, 'x-auth-key': 'a'.repeat(31) }, [BAD_KEY]],
  ['a key in capitals', { ...pair, 'x-auth-key': 'A'.repeat(37) }, [BAD_KEY]],
  ['a malformed key alone', { 'x-auth-key': 'not-a-key' }, [BAD_KEY]],
  ['a malformed address', { ...pair, 'x-auth-email': 'user' }, [BAD_EMAIL]],
  ['an address with a space in it', { ...pair, 'x-auth-email': 'us er@example.com' }, [BAD_EMAIL]],
  ['both malformed, the address first', { 'x-auth-email': 'user', 'x-auth-key': 'x' }, [BAD_EMAIL, BAD_KEY]],
  ['a malformed token and an address alone', { 'x-auth-email': EMAIL, authorization: 'Bearer x' }, [AUTHORIZATION]],
  [
    'everything malformed',
    { 'x-auth-email': 'user', 'x-auth-key': 'x', authorization: 'Bearer x' },
    [BAD_EMAIL, BAD_KEY, AUTHORIZATION],
  ],
]

test('refuses everything else', async (t) => {
  const { call } = await simulator(t)
  for (const [title, headers, code] of rows) {
    await t.test(title, async () => {
      const reply = await call('GET /accounts', { headers })
      if (Array.isArray(code)) return assert.deepEqual(chainOf(reply), code)
      const missing = 'Missing X-Auth-Key, X-Auth-Email or Authorization headers'
      const message = code === 9106 ? missing : 'Missing X-Auth-* header'
      assert.deepEqual(failureOf(reply), [400, code, message])
      assert.equal('error_chain' in reply.body.errors[0], false)
    })
  }
})

test('asks for nothing when it is told so', async (t) => {
  const { call } = await simulator(t, { auth: 'off' })
  for (const [title, headers] of rows) {
    await t.test(title, async () => {
      assert.equal((await call('GET /accounts', { headers })).status, 200)
    })
  }
})

test('refuses in the envelope of each family', async (t) => {
  const { call } = await simulator(t)
  for (const [path, keys] of [
    ['/accounts', ['result', 'success', 'errors', 'messages']],
    [`/accounts/${ACCOUNT}/subscriptions`, ['result', 'success', 'errors', 'messages']],
    [`/accounts/${ACCOUNT}/organizations`, ['success', 'errors', 'messages']],
    [`/accounts/${ACCOUNT}/logs/audit`, ['result', 'success', 'errors', 'messages']],
  ] as const) {
    const reply = await call(`GET ${path}`, { headers: {} })
    assert.deepEqual(failureOf(reply).slice(0, 2), [400, 9106], path)
    assert.deepEqual(Object.keys(reply.body), keys, path)
  }
})

test('tells a path that does not exist to everybody', async (t) => {
  const { call } = await simulator(t)
  for (const headers of [{}, { authorization: 'Bearer x' }]) {
    assert.equal((await call('GET /nothing', { headers })).status, 404)
    assert.equal((await call('PATCH /accounts', { headers })).status, 405)
  }
})
