/** Every request is in the journal once, whatever became of it, before its answer leaves. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import type { Exchange } from '../../schemas/exchanges.ts'
import { requestBytes, exchange as send } from '../fuzz/wire.ts'
import { ACCOUNT, EMAIL, KEY, type Simulator, simulator, TOKEN, UNKNOWN } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`

const journalOf = ({ worlds }: Simulator, name?: string) => worlds.of(name).journal

/** What the journal has of the last request. */
function last(made: Simulator, name?: string): Exchange {
  const found = journalOf(made, name).all().at(-1)
  assert.ok(found)
  return found
}

const rows: [
  title: string,
  request: string,
  status: number,
  options?: { body?: unknown; headers?: Record<string, string> },
][] = [
  ['a read', `GET ${A}`, 200],
  ['a list', 'GET /accounts?page=1', 200],
  ['a write', 'POST /accounts', 200, { body: { name: 'a' } }],
  ['an answer without a body', `PUT ${A}/profile`, 204, { body: {} }],
  ['no credentials', 'GET /accounts', 400, { headers: {} }],
  ['broken JSON', 'POST /accounts', 400, { body: '{' }],
  ['a body that does not fit', 'POST /accounts', 400, { body: {} }],
  ['a query that does not fit', 'GET /accounts?page=0', 400],
  ['a body that is too large', 'POST /accounts', 413, { body: `"${'a'.repeat(1024 * 1024)}"` }],
  ['a malformed id', 'GET /accounts/short', 400],
  ['an unknown account', `GET /accounts/${UNKNOWN}`, 403],
  ['an unknown member', `GET ${A}/members/${UNKNOWN}`, 404],
  ['an unknown path', 'GET /nothing', 404],
  ['an unknown path with a body', 'POST /nothing', 404, { body: { a: 1 } }],
  ['a wrong method', 'PATCH /accounts', 405],
  ['a method that nothing takes', 'OPTIONS /accounts', 405],
  ['a path that cannot be decoded', 'GET /accounts/%ff', 400],
  ['an id that is far too long', `GET /accounts/${'a'.repeat(20_000)}`, 400],
  ['a fault', 'GET /accounts', 429, { headers: { authorization: `Bearer ${TOKEN}`, prefer: 'code=429' } }],
  [
    'a fault that there is not',
    'GET /accounts',
    400,
    { headers: { authorization: `Bearer ${TOKEN}`, 'fauxflare-fault': 'x' } },
  ],
]

/** Those that no operation was found for. */
const UNROUTED = [
  'an unknown path',
  'an unknown path with a body',
  'a wrong method',
  'a method that nothing takes',
  'a path that cannot be decoded',
  'an id that is far too long',
]

test('every request is there once, with what it was answered', async (t) => {
  const made = await simulator(t)
  for (const [title, request, status, options] of rows) {
    await t.test(title, async () => {
      const before = journalOf(made).count
      const reply = await made.call(request, options)
      assert.equal(reply.status, status, reply.text)
      assert.equal(journalOf(made).count, before + 1)
      const { id, method, path, response, operation } = last(made)
      assert.equal(id, String(before + 1))
      assert.equal(`${method} ${path}`, request.split('?', 1)[0])
      assert.equal(response?.status, status)
      // An error message can be as long as the path that it tells of.
      assert.deepEqual(response?.body, response?.body_cut ? reply.text.slice(0, 16_384) : reply.body)
      assert.equal(response?.headers['cf-ray'], reply.headers['cf-ray'])
      assert.equal(operation === null, UNROUTED.includes(title))
    })
  }
})

test('a bug of the simulator is there once, as the 500 that it is', async (t) => {
  const made = await simulator(t)
  const { store } = made.worlds.next()
  store.table = () => {
    throw new Error('the shelf fell down')
  }
  await made.call('GET /accounts')
  assert.equal(journalOf(made).count, 1)
  assert.equal(last(made).response?.status, 500)
})

test('what the stages found out is there', async (t) => {
  const made = await simulator(t)
  const { call } = made
  await call(`GET ${A.replace(ACCOUNT, 'account_id')}/members/member_id?x=1`)
  const { params, caller, query, time, operation } = last(made)
  assert.deepEqual(params.account_id, ACCOUNT)
  assert.match(params.member_id ?? '', /^[0-9a-f]{32}$/)
  assert.deepEqual([caller, query, time], [{ scheme: 'api_token' }, { x: '1' }, '2026-11-21T10:00:00.000Z'])
  assert.equal(operation, 'account-members-member-details')

  await call('GET /accounts', { headers: { 'x-auth-email': EMAIL, 'x-auth-key': KEY } })
  assert.deepEqual(last(made).caller, { scheme: 'api_key', email: EMAIL })
  await call('GET /accounts', { headers: { authorization: 'Bearer x' } })
  assert.deepEqual(last(made).caller, { scheme: 'none' })
  await call('GET /acounts')
  assert.deepEqual([last(made).caller, last(made).params], [{ scheme: 'none' }, {}])
})

test('headers and body are there as they were sent', async (t) => {
  const made = await simulator(t)
  const authorization = `Bearer ${TOKEN}`
  const body = '{"name": "a", "unknown": [1]}'
  await made.call('POST /accounts', {
    body,
    headers: { authorization, 'Content-Type': 'text/plain; x=y', 'X-Mine': 'a' },
  })
  const { request } = last(made)
  assert.deepEqual(request.body, { name: 'a', unknown: [1] })
  assert.equal(request.headers['content-type'], 'text/plain; x=y')
  assert.equal(request.headers['x-mine'], 'a')
  assert.equal(request.headers.authorization, 'Bearer [redacted]')
  // Bodies that no operation reads are sent all the same.
  await made.call(`DELETE ${A}`, { body: '[]' })
  assert.deepEqual(last(made).request.body, [])
})

test('long bodies are kept in part', async (t) => {
  const made = await simulator(t)
  await made.call('POST /accounts', { body: { name: 'a', padding: 'x'.repeat(20_000) } })
  const { request, response } = last(made)
  assert.equal(request.body_cut, true)
  assert.equal(String(request.body).length, 16_384)
  assert.equal(response && 'body_cut' in response, false)
})

test('a request is there before a byte of its answer leaves', async (t) => {
  const made = await simulator(t)
  const counts: number[] = []
  made.app.server.on('connection', (socket) => {
    const write = socket.write.bind(socket) as (...given: unknown[]) => boolean
    socket.write = (...given: unknown[]) => {
      counts.push(journalOf(made).count)
      return write(...given)
    }
  })
  await made.app.listen({ port: 0 })
  const { port } = made.app.server.address() as AddressInfo
  const targets = ['/accounts', '/nothing', '/accounts/%ff', `${A}/members`, '/sandboxes/a b/accounts']
  for (const target of targets) {
    await send(port, requestBytes('GET', encodeURI(target), [['authorization', `Bearer ${TOKEN}`]]))
  }
  assert.deepEqual([...new Set(counts)], [1, 2, 3, 4, 5])
})

test('requests that are sent in one go are there in their order', async (t) => {
  const made = await simulator(t)
  await made.app.listen({ port: 0 })
  const { port } = made.app.server.address() as AddressInfo
  const head = `HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\n`
  const many = Array.from({ length: 20 }, (_, at) => `GET /accounts?at=${at} ${head}\r\n`)
  await send(port, `${many.join('')}GET /accounts?at=20 ${head}connection: close\r\n\r\n`)
  assert.deepEqual(
    journalOf(made)
      .all()
      .map(({ query }) => Number(query.at)),
    Array.from({ length: 21 }, (_, at) => at),
  )
})

test('methods and targets that few clients know are there as well', async (t) => {
  const made = await simulator(t)
  await made.app.listen({ port: 0 })
  const { port } = made.app.server.address() as AddressInfo
  for (const [method, target, path] of [
    ['PURGE', '/accounts', '/accounts'],
    ['HEAD', '/accounts', '/accounts'],
    ['PROPFIND', '/client/v4/x', '/x'],
    ['GET', 'http://example.com/client/v4/accounts', '/accounts'],
    ['GET', '/accounts/%', '/accounts/%'],
  ] as const) {
    const before = journalOf(made).count
    await send(port, requestBytes(method, target, [['authorization', `Bearer ${TOKEN}`]]))
    assert.equal(journalOf(made).count, before + 1, `${method} ${target}`)
    assert.deepEqual([last(made).method, last(made).path], [method, path])
  }
})

test('a client that goes away amid its body leaves one exchange', async (t) => {
  const made = await simulator(t)
  await made.app.listen({ port: 0 })
  const { port } = made.app.server.address() as AddressInfo
  const journal = journalOf(made)
  const add = journal.add.bind(journal)
  const written = new Promise<void>((resolve) => {
    journal.add = (entry) => {
      add(entry)
      resolve()
    }
  })
  const head = `POST /accounts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-length: 100\r\n\r\n{`
  const closed = once(made.app.server, 'connection').then(([socket]) => once(socket, 'close'))
  const client = connect(port, '127.0.0.1', () => client.write(head, () => client.destroy()))
  client.on('error', () => {})
  await Promise.all([written, closed])
  assert.equal(journalOf(made).count, 1)
  assert.equal(last(made).response?.status, 400)
})

test('it says how long an answer took, in real time', async (t) => {
  const made = await simulator(t)
  const before = performance.now()
  await made.call('GET /accounts')
  const { duration_ms } = last(made)
  assert.ok(duration_ms > 0 && duration_ms <= performance.now() - before, String(duration_ms))
})
