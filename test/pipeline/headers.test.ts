/** The headers of answers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, type Reply, simulator, UNKNOWN } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The moment that a UUID of version 7 carries. */
const momentOf = (uuid: string) => Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16)
const auditId = ({ headers }: Reply) => String(headers['cf-auditlog-id'])

test('every answer says what it is, and names the exchange and the day', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, request: string, status: number, body?: unknown][] = [
    ['a read', `GET ${A}`, 200],
    ['a list', 'GET /accounts', 200],
    ['a write', 'POST /accounts', 200, { name: 'a' }],
    ['a bare text', `PUT ${A}/tokens/token_id/value`, 200],
    ['broken JSON', 'POST /accounts', 400, '{'],
    ['a body that does not fit', 'POST /accounts', 400, {}],
    ['a query that does not fit', 'GET /accounts?page=0', 400],
    ['a malformed id', 'GET /accounts/short', 400],
    ['an unknown account', `GET /accounts/${UNKNOWN}`, 403],
    ['an unknown member', `GET ${A}/members/${UNKNOWN}`, 404],
    ['an unknown path', 'GET /nothing', 404],
    ['a wrong method', 'PATCH /accounts', 405],
    ['a body that is too large', 'POST /accounts', 413, `"${'a'.repeat(1024 * 1024)}"`],
    ['a path that cannot be decoded', 'GET /accounts/%ff', 400],
    ['an id that is far too long', `GET /accounts/${'a'.repeat(20_000)}`, 400],
  ]
  for (const [title, request, status, body] of rows) {
    await t.test(title, async () => {
      const reply = await call(request, { body })
      assert.equal(reply.status, status)
      assert.equal(reply.headers['content-type'], 'application/json')
      assert.match(String(reply.headers['cf-ray']), /^[0-9a-f]{16}-[A-Z]{3}$/)
      assert.match(auditId(reply), UUID7)
      assert.equal(reply.headers['api-version'], '2026-11-21')
      assert.equal(reply.headers['x-should-retry'], undefined)
      assert.equal(Number(reply.headers['content-length']), Buffer.byteLength(reply.text))
    })
  }
})

test('credentials that are refused get the same headers', async (t) => {
  const { call } = await simulator(t)
  const reply = await call('GET /accounts', { headers: {} })
  assert.equal(reply.headers['content-type'], 'application/json')
  assert.match(String(reply.headers['cf-ray']), /^[0-9a-f]{16}-[A-Z]{3}$/)
  assert.match(auditId(reply), UUID7)
})

test('an answer without a body has no content type, but the other headers', async (t) => {
  const { call } = await simulator(t)
  const reply = await call(`PUT ${A}/profile`, { body: {} })
  assert.equal(reply.status, 204)
  assert.equal(reply.headers['content-type'], undefined)
  assert.match(String(reply.headers['cf-ray']), /^[0-9a-f]{16}-[A-Z]{3}$/)
  assert.match(auditId(reply), UUID7)
  assert.equal(reply.headers['api-version'], '2026-11-21')
})

test('the day and the moment are those of the world', async (t) => {
  for (const clock of ['2000-02-29T23:59:59.999Z', '2026-12-31T23:30:00-05:00', '2040-01-01T00:00:00Z']) {
    const { call } = await simulator(t, { clock })
    const reply = await call('GET /accounts')
    assert.equal(reply.headers['api-version'], new Date(clock).toISOString().slice(0, 10))
    assert.equal(momentOf(auditId(reply)), Date.parse(clock))
  }
})

test('each exchange has ids of its own, and they repeat with the seed', async (t) => {
  const raysOf = async (seed: number, requests: string[]) => {
    const { call } = await simulator(t, { seed })
    const found: string[] = []
    for (const request of requests) {
      const reply = await call(request)
      found.push(String(reply.headers['cf-ray']), auditId(reply))
    }
    return found
  }
  const five = Array.from({ length: 5 }, () => 'GET /accounts')
  const rays = await raysOf(1, five)
  assert.equal(new Set(rays).size, 10)
  assert.deepEqual(await raysOf(1, five), rays)
  assert.deepEqual(await raysOf(1, ['GET /nothing', 'GET /accounts/short', ...five.slice(2)]), rays)
  assert.notDeepEqual(await raysOf(2, five), rays)
})

test('reads do not change the ids of what is made', async (t) => {
  const makes = async (reads: number) => {
    const { call } = await simulator(t)
    for (let i = 0; i < reads; i += 1) await call('GET /accounts')
    return (await call('POST /accounts', { body: { name: 'a' } })).body.result.id
  }
  assert.equal(await makes(3), await makes(0))
})
