/** Who may steer: not the web pages of others, and nobody without the token. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fauxflare } from '../../server/index.ts'
import { simulator } from '../simulator.ts'
import { misfits, steering } from './steer.ts'

const own: Record<string, string>[] = [
  { host: '127.0.0.1' },
  { host: '127.0.0.1:4010' },
  { host: '192.168.7.1:80' },
  { host: '[::1]' },
  { host: '[::1]:4010' },
  { host: '[FE80::1%25eth0]:4010' },
  { host: 'localhost' },
  { host: 'LOCALHOST:4010' },
  { host: 'fauxflare' },
  { host: 'my_container-1:4010' },
  { host: 'mock.example.com' },
  { host: 'Mock.Example.COM:4010' },
  { host: 'localhost', origin: 'http://localhost:3000' },
  { host: 'localhost', origin: 'https://127.0.0.1' },
  { host: 'localhost', origin: 'http://[::1]:3000' },
  { host: 'localhost', origin: 'http://web:3000' },
  { host: 'localhost', origin: 'https://ci.example.com' },
]
const foreign: Record<string, string>[] = [
  { host: 'example.com' },
  { host: 'example.com:4010' },
  { host: 'other.mock.example.com' },
  { host: 'mock.example.com.' },
  { host: 'localhost.evil.example' },
  { host: '127.0.0.1.evil.example' },
  { host: '127.0.0.1.' },
  { host: 'localhost@evil.example' },
  { host: 'evil.example#localhost' },
  { host: '[::1' },
  { host: '[evil.example]' },
  { host: '::1' },
  { host: 'localhost:x' },
  { host: 'local host' },
  { host: 'localhost', origin: 'null' },
  { host: 'localhost', origin: '' },
  { host: 'localhost', origin: 'http://evil.example' },
  { host: 'localhost', origin: 'https://evil.example:4010' },
  { host: 'localhost', origin: 'http://localhost@evil.example' },
  { host: 'localhost', origin: 'http://localhost http://evil.example' },
  { host: 'localhost', origin: 'http://localhost/evil.example' },
  { host: 'localhost', origin: 'localhost' },
  { host: 'localhost', origin: 'file://' },
  { host: 'localhost', origin: 'chrome-extension://abcdefgh' },
]
const OPTIONS = { allowedHosts: 'mock.example.com, CI.example.com' }
const calls = ['GET /health', 'GET /state', 'POST /reset', 'DELETE /faults', 'PUT /snapshots/x']

test('Hosts that nobody can make point here are answered', async (t) => {
  const { app } = await simulator(t, OPTIONS)
  for (const headers of own) {
    for (const sandbox of [undefined, 'w1']) {
      for (const request of calls) {
        const { status } = await steering(app, sandbox)(request, undefined, headers)
        assert.ok(status < 300, `${request} ${JSON.stringify(headers)} ${status}`)
      }
    }
  }
})

test('Other hosts and origins are refused, and told which option helps', async (t) => {
  const { app } = await simulator(t, OPTIONS)
  for (const headers of foreign) {
    for (const sandbox of [undefined, 'w1']) {
      for (const request of calls) {
        const reply = await steering(app, sandbox)(request, undefined, headers)
        assert.equal(reply.status, 403, `${request} ${JSON.stringify(headers)}`)
        assert.deepEqual(misfits(request, reply), [])
        assert.match(reply.body.detail, /--allowed-hosts/)
      }
    }
  }
  // Not even the name of the sandbox was taken.
  assert.deepEqual((await steering(app)('GET /sandboxes')).body.sandboxes.length, 1)
  const unknown = await steering(app)('GET /nowhere', undefined, { host: 'evil.example' })
  assert.equal(unknown.status, 403)
})

test('A request without a host is refused', async () => {
  await using cf = await fauxflare()
  const socket = connect(cf.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.end('GET /_fauxflare/health HTTP/1.1\r\nconnection: close\r\n\r\n')
  const answer = await text(socket)
  assert.match(answer, /^HTTP\/1\.1 403 /)
  assert.match(answer, /the request has no Host/)
})

test('The simulated API and the pages have no such guard', async (t) => {
  const { app, call } = await simulator(t, { controlToken: 'secret' })
  const headers = { host: 'evil.example', origin: 'null' }
  for (const url of ['/', '/openapi.json', '/docs/']) {
    assert.equal((await app.inject({ url, headers })).statusCode, 200, url)
  }
  const authorization = 'Bearer Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY'
  assert.equal((await call('GET /accounts', { headers: { ...headers, authorization } })).status, 200)
})

const TOKEN = 'open-sesame'
const tokens: [title: string, headers: Record<string, string>, isOpen: boolean][] = [
  ['no token', {}, false],
  ['a bearer', { authorization: `Bearer ${TOKEN}` }, true],
  ['a bearer in other letters', { authorization: `bearer  ${TOKEN}` }, true],
  ['our own header', { 'fauxflare-control-token': TOKEN }, true],
  ['one of both right', { authorization: 'Bearer other', 'fauxflare-control-token': TOKEN }, true],
  ['another token', { authorization: 'Bearer open-sesam' }, false],
  ['a longer one', { authorization: `Bearer ${TOKEN}${TOKEN}` }, false],
  ['an empty one', { 'fauxflare-control-token': '' }, false],
  ['another scheme', { authorization: `Basic ${TOKEN}` }, false],
  ['no scheme', { authorization: TOKEN }, false],
  ['the token and more', { authorization: `Bearer ${TOKEN} ${TOKEN}` }, false],
]

test('With a token, every call but the health check asks for it', async (t) => {
  const { app } = await simulator(t, { controlToken: TOKEN })
  for (const [title, headers, isOpen] of tokens) {
    for (const sandbox of [undefined, 'w1']) {
      for (const request of calls.slice(1)) {
        const reply = await steering(app, sandbox)(request, undefined, headers)
        assert.equal(reply.status < 300, isOpen, `${request} with ${title}: ${reply.status}`)
        if (isOpen) continue
        assert.deepEqual([reply.status, misfits(request, reply)], [401, []])
        assert.equal(reply.headers['www-authenticate'], 'Bearer realm="fauxflare"')
        assert.doesNotMatch(reply.text, new RegExp(TOKEN))
      }
    }
  }
  const steer = steering(app)
  assert.equal((await steer('GET /health')).status, 200)
  assert.equal((await app.inject({ method: 'HEAD', url: '/_fauxflare/health' })).statusCode, 200)
  assert.equal((await steer('GET /nowhere')).status, 401)
  assert.equal((await steer('GET /health', undefined, { host: 'evil.example' })).status, 403)
})

const types: [type: string | undefined, isTaken: boolean][] = [
  ['application/json', true],
  ['Application/JSON; charset=utf-8', true],
  ['application/json ;charset=utf-8', true],
  [undefined, false],
  ['', false],
  ['text/plain', false],
  ['text/plain; application/json', false],
  ['application/x-www-form-urlencoded', false],
  ['multipart/form-data; boundary=x', false],
  ['application/jsonp', false],
  ['text/plain, application/json', false],
]

test('What a form could send is refused, with and without a body', async (t) => {
  const { app } = await simulator(t)
  for (const [type, isTaken] of types) {
    for (const [method, path] of [
      ['POST', '/reset'],
      ['PUT', '/snapshots/x'],
    ] as const) {
      for (const payload of [undefined, '{}']) {
        const answer = await app.inject({
          method,
          url: `/sandboxes/w1/_fauxflare${path}`,
          headers: type === undefined ? {} : { 'content-type': type },
          ...(payload !== undefined && { payload }),
        })
        assert.equal(answer.statusCode < 300, isTaken, `${method} ${type} ${payload} ${answer.statusCode}`)
        if (!isTaken) assert.deepEqual([answer.statusCode, answer.json().title], [415, 'Unsupported Media Type'])
      }
    }
  }
  assert.equal((await app.inject({ method: 'DELETE', url: '/_fauxflare/faults' })).statusCode, 204)
  // A form cannot delete. What comes along must be JSON all the same.
  const plain = { method: 'DELETE', url: '/_fauxflare/faults', headers: { 'content-type': 'text/plain' } } as const
  const answer = await app.inject({ ...plain, payload: 'all' })
  assert.deepEqual(
    [answer.statusCode, answer.json().detail],
    [415, 'A body must have the content-type application/json.'],
  )
})

test('A page of another origin is never told that it may call', async (t) => {
  const { app } = await simulator(t, { cors: true })
  const headers = { origin: 'http://localhost:3000', 'access-control-request-method': 'DELETE' }
  const answers = [
    await app.inject({ method: 'OPTIONS', url: '/_fauxflare/faults', headers }),
    await app.inject({ method: 'GET', url: '/_fauxflare/faults', headers }),
    await app.inject({ method: 'OPTIONS', url: '/sandboxes/w1/_fauxflare/faults', headers }),
  ]
  for (const answer of answers) {
    assert.deepEqual(
      Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
      [],
    )
  }
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [405, 200, 405],
  )
})
