/** The limit of requests on the wire: its headers, its refusal, whom it counts, and whose clock it obeys. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, EMAIL, failureOf, KEY, type Reply, simulator as start, TOKEN } from '../simulator.ts'

const MESSAGE = 'Please wait and consider throttling your request speed'
const REFUSED = [429, 971, MESSAGE]
const OTHER = 'x'.repeat(40)

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const told = ({ headers }: Reply) => [headers.ratelimit, headers['ratelimit-policy'], headers['retry-after']]
const statuses = (replies: Reply[]) => replies.map(({ status }) => status)

test('Without a limit no answer speaks of one', async (t) => {
  const { call } = await start(t)
  assert.deepEqual(told(await call('GET /accounts')), [undefined, undefined, undefined])
})

test('Each answer tells what is left and until when', async (t) => {
  const { call, worlds } = await start(t, { rateLimit: '1200/300s' })
  assert.deepEqual(told(await call('GET /accounts')), ['"default";r=1199;t=300', '"default";q=1200;w=300', undefined])
  worlds.of().clock.advance('PT10.5S')
  assert.deepEqual(told(await call('GET /accounts')), ['"default";r=1198;t=290', '"default";q=1200;w=300', undefined])
})

test('Failures count and are told as well: of a route, of an id, of a body', async (t) => {
  const { call } = await start(t, { rateLimit: '10/1m' })
  const replies = [
    await call('GET /nothing'),
    await call('GET /accounts/0123456789abcdef0123456789abcdef'),
    await call('POST /accounts', { body: '{' }),
    await call('GET /accounts', { headers: {} }),
  ]
  assert.deepEqual(statuses(replies), [404, 403, 400, 400])
  // Without credentials, the address is who asks.
  assert.deepEqual(
    replies.map(({ headers }) => headers.ratelimit),
    [9, 8, 7, 9].map((left) => `"default";r=${left};t=60`),
  )
})

test('One request too many is refused in the envelope, and changes nothing', async (t) => {
  const { call, worlds } = await start(t, { rateLimit: '1/300s' })
  assert.equal((await call(`GET /accounts/${ACCOUNT}`)).status, 200)
  const refused = await call(`DELETE /accounts/${ACCOUNT}`)
  assert.deepEqual(failureOf(refused), REFUSED)
  assert.deepEqual(refused.body, {
    result: null,
    success: false,
    errors: [{ code: 971, message: MESSAGE }],
    messages: [],
  })
  assert.deepEqual(told(refused), ['"default";r=0;t=300', '"default";q=1;w=300', '300'])
  assert.equal(refused.headers['content-type'], 'application/json')
  assert.equal(refused.headers['x-should-retry'], undefined)
  worlds.of().clock.advance('PT5M')
  assert.equal((await call(`GET /accounts/${ACCOUNT}`)).status, 200)
})

test('Every call is refused until retry-after is over, by the clock of the world', async (t) => {
  const { call, worlds } = await start(t, { rateLimit: '1/10s' })
  await call('GET /accounts')
  assert.equal((await call('GET /accounts')).headers['retry-after'], '10')
  worlds.of().clock.advance('PT9.2S')
  const refused = await call('GET /nothing')
  assert.deepEqual(failureOf(refused), REFUSED)
  assert.equal(refused.headers['retry-after'], '1')
  worlds.of().clock.advance('PT1S')
  assert.equal((await call('GET /accounts')).status, 200)
})

test('It is asked before credentials are: bad ones are refused as too many, too', async (t) => {
  const { call } = await start(t, { rateLimit: '1/1m' })
  const headers = { authorization: 'Bearer nonsense' }
  assert.deepEqual(failureOf(await call('GET /accounts', { headers })).slice(0, 2), [400, 6003])
  assert.deepEqual(failureOf(await call('GET /accounts', { headers })), REFUSED)
})

test('Each credential counts for itself, whatever its kind', async (t) => {
  const { call } = await start(t, { rateLimit: '1/1m' })
  const credentials: Record<string, string>[] = [
    bearer(TOKEN),
    bearer(OTHER),
    { 'x-auth-email': EMAIL, 'x-auth-key': KEY },
    { 'x-auth-email': EMAIL, 'x-auth-key': KEY.replace('1', '2') },
    { 'x-auth-user-service-key': 'v1.0-abc' },
    {},
  ]
  for (const headers of credentials) {
    assert.notEqual((await call('GET /accounts', { headers })).status, 429, JSON.stringify(headers))
  }
  for (const headers of credentials) {
    assert.equal((await call('GET /accounts', { headers })).status, 429, JSON.stringify(headers))
  }
})

test('A client that sends a token and a key at once is the token', async (t) => {
  const { call } = await start(t, { rateLimit: '1/1m' })
  const both = { ...bearer(TOKEN), 'x-auth-email': EMAIL, 'x-auth-key': KEY }
  assert.equal((await call('GET /accounts', { headers: both })).status, 200)
  assert.equal((await call('GET /accounts', { headers: bearer(TOKEN) })).status, 429)
})

test('A limit of none refuses the first request', async (t) => {
  const { call } = await start(t, { rateLimit: '0/1m' })
  const refused = await call('GET /accounts')
  assert.deepEqual(failureOf(refused), REFUSED)
  assert.equal(refused.headers['retry-after'], '60')
})

test('A reset forgets who asked', async (t) => {
  const { call, worlds } = await start(t, { rateLimit: '1/1m' })
  await call('GET /accounts')
  assert.equal((await call('GET /accounts')).status, 429)
  worlds.reset()
  assert.equal((await call('GET /accounts')).status, 200)
})

test('Stateless, requests are forgotten and yet counted', async (t) => {
  const { call } = await start(t, { rateLimit: '1/1m', stateless: true })
  assert.equal((await call('GET /accounts')).status, 200)
  assert.equal((await call('GET /accounts')).status, 429)
})

test('Each sandbox counts for itself', async (t) => {
  const { app } = await start(t, { rateLimit: '1/1m' })
  const ask = async (url: string) => (await app.inject({ url, headers: bearer(TOKEN) })).statusCode
  assert.equal(await ask('/client/v4/accounts'), 200)
  assert.equal(await ask('/sandboxes/one/client/v4/accounts'), 200)
  assert.equal(await ask('/sandboxes/two/client/v4/accounts'), 200)
  assert.equal(await ask('/sandboxes/one/client/v4/accounts'), 429)
})

test('The control API is not limited', async (t) => {
  const { app } = await start(t, { rateLimit: '0/1m' })
  const { statusCode, headers } = await app.inject({ url: '/_fauxflare/health' })
  assert.equal(statusCode, 200)
  assert.equal(headers.ratelimit, undefined)
})

test('The journal has the refusal', async (t) => {
  const { call, worlds } = await start(t, { rateLimit: '0/1m' })
  await call('GET /accounts')
  const [exchange] = worlds.of().journal.all()
  assert.equal(exchange?.response?.status, 429)
  assert.equal(exchange?.operation, 'accounts-list-accounts')
  assert.deepEqual(exchange?.violations, [])
})

test('A rule has a limit of its own, told in the same headers, whatever it is called', async (t) => {
  const { call, worlds } = await start(t, { rateLimit: '10/1m' })
  const effect = { rate_limit: { limit: 1, window_s: 1.5 } }
  worlds.of().faults.add({ name: 'default', match: { method: 'PUT' }, effect })
  const put = () => call(`PUT /accounts/${ACCOUNT}`, { body: { name: 'New' } })
  const first = await put()
  assert.equal(first.status, 200)
  assert.deepEqual(told(first), ['"default";r=0;t=2', '"default";q=1;w=2', undefined])
  const refused = await put()
  assert.deepEqual(failureOf(refused), REFUSED)
  assert.deepEqual(told(refused), ['"default";r=0;t=2', '"default";q=1;w=2', '2'])
  assert.equal((await call('GET /accounts')).headers.ratelimit, '"default";r=7;t=60')
  worlds.of().clock.advance('PT1.5S')
  assert.equal((await put()).status, 200)
})
