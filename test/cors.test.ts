/** `--cors`: what a page of another origin is told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulator, TOKEN } from './simulator.ts'

const ORIGIN = 'https://app.example.com'
const headers = { origin: ORIGIN, authorization: `Bearer ${TOKEN}` }
const paths = ['/client/v4/accounts', '/accounts', '/sandboxes/w1/client/v4/accounts', '/sandboxes/w1/accounts']
const ours = (all: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => /^access-control|^vary/.test(name)))

const preflight = {
  origin: ORIGIN,
  'access-control-request-method': 'PUT',
  'access-control-request-headers': 'authorization,content-type,fauxflare-fault,x-stainless-lang',
}

test('Without it, nothing is said', async (t) => {
  const { app } = await simulator(t)
  for (const url of paths) {
    assert.deepEqual(ours((await app.inject({ url, headers })).headers), {})
    const asked = await app.inject({ method: 'OPTIONS', url, headers: preflight })
    assert.deepEqual([asked.statusCode, ours(asked.headers)], [405, {}])
  }
})

test('A preflight is answered without credentials, and is no request of the API', async (t) => {
  const { app } = await simulator(t, { cors: true })
  for (const url of [...paths, '/client/v4/nowhere', '/client/v4']) {
    const answer = await app.inject({ method: 'OPTIONS', url, headers: preflight })
    assert.deepEqual([answer.statusCode, answer.body], [204, ''], url)
    assert.equal(answer.headers['access-control-allow-origin'], ORIGIN)
    assert.equal(answer.headers['access-control-allow-methods'], 'GET, POST, PUT, PATCH, DELETE')
    assert.equal(answer.headers['access-control-allow-headers'], preflight['access-control-request-headers'])
    assert.equal(answer.headers['access-control-allow-credentials'], undefined)
  }
  const { sandboxes } = (await app.inject('/_fauxflare/sandboxes')).json()
  assert.deepEqual(sandboxes.length, 1, 'a preflight makes no sandbox')
  assert.equal(sandboxes[0].requests, 0)
})

test('Answers and failures can be read by a page of any origin, with the headers that matter', async (t) => {
  const { app } = await simulator(t, { cors: true })
  const withoutCredentials = { origin: 'http://localhost:5173' }
  for (const url of [...paths, '/client/v4/nowhere', '/sandboxes/w1/client/v4/accounts/short']) {
    for (const sent of [headers, withoutCredentials]) {
      const answer = await app.inject({ url, headers: sent })
      assert.equal(answer.headers['access-control-allow-origin'], sent.origin, url)
      assert.match(String(answer.headers.vary), /Origin/i)
      const exposed = String(answer.headers['access-control-expose-headers']).toLowerCase().split(', ')
      for (const name of ['fauxflare-fault', 'ratelimit', 'ratelimit-policy', 'retry-after', 'cf-ray']) {
        assert.ok(exposed.includes(name), name)
      }
    }
  }
})

test('Everything else stays as it is', async (t) => {
  const [plain, open] = [await simulator(t), await simulator(t, { cors: true })]
  for (const request of ['GET /accounts', 'GET /nowhere', 'PATCH /accounts', 'GET /accounts/short']) {
    const [one, other] = [await plain.call(request), await open.call(request)]
    assert.deepEqual([other.status, other.text], [one.status, one.text])
    const names = Object.keys(other.headers).filter((name) => !/^access-control|^vary/.test(name))
    assert.deepEqual(names, Object.keys(one.headers))
  }
})

test('Pages and control API never say it', async (t) => {
  const { app } = await simulator(t, { cors: true })
  for (const url of ['/', '/openapi.json', '/_fauxflare/health', '/sandboxes/w1/_fauxflare/health']) {
    const answer = await app.inject({ url, headers: { origin: 'http://localhost:5173' } })
    assert.deepEqual([answer.statusCode, ours(answer.headers)], [200, {}], url)
  }
})
