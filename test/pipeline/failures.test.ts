/** Requests that never reach an operation, and errors of every origin: all are answered in the envelope. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FailureName, fail } from '../../server/errors.ts'
import { toFailure } from '../../server/pipeline/failures.ts'
import { operationsAt } from '../../server/pipeline/nearest-operation.ts'
import { resources } from '../../server/resources/index.ts'
import { ACCOUNT, failureOf, simulator, TOKEN } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'

test('a path that does not exist is 404', async (t) => {
  const { call } = await simulator(t)
  const paths = [
    '',
    '/',
    '/nothing',
    '/account',
    '/Accounts',
    `${A}/nothing`,
    `${A}/members/a/b`,
    `${A}/tokens/${TOKEN_ID}/nothing`,
    `${A}/tokens/${TOKEN_ID}/value/x`,
    `${A}/logs`,
    '/zones',
    '/zones/22b1de5f1c0e4b3ea97bb1e963b06a43',
    '/user/nothing',
    '/user/subscriptions/x/y',
    '/memberships/x/subscriptions',
    '/organizations/x/members:batchDelete',
    '/tenants',
    '/client/v4/accounts',
    '/v4/accounts',
    '/../accounts',
  ]
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const expected = [404, 7000, 'No route for that URI']
      assert.deepEqual(failureOf(await call(`${method} ${path}`)), expected, `${method} ${path}`)
    }
  }
})

test('a known path with a method that it does not have is 405', async (t) => {
  const { call } = await simulator(t)
  const rows: [path: string, methods: string][] = [
    ['/accounts', 'PUT PATCH DELETE OPTIONS TRACE'],
    [A, 'POST PATCH OPTIONS'],
    ['/accounts/move', 'PATCH OPTIONS'],
    [`${A}/move`, 'GET PUT DELETE'],
    [`${A}/profile`, 'POST PATCH DELETE'],
    [`${A}/organizations`, 'POST'],
    ['/organizations/organization_id/accounts', 'POST PUT DELETE'],
    [`${A}/members`, 'PUT PATCH DELETE'],
    [`${A}/members/member_id`, 'POST PATCH'],
    [`${A}/roles`, 'POST PUT DELETE'],
    [`${A}/roles/role_id`, 'PUT DELETE'],
    [`${A}/subscriptions`, 'PUT PATCH DELETE'],
    [`${A}/subscriptions/identifier`, 'GET POST PATCH'],
    ['/zones/zone_id/subscriptions', 'PUT DELETE'],
    [`${A}/tokens`, 'PUT PATCH DELETE'],
    [`${A}/tokens/token_id`, 'POST PATCH'],
    [`${A}/tokens/token_id/value`, 'GET POST PATCH DELETE'],
    [`${A}/tokens/verify`, 'POST PATCH'],
    [`${A}/tokens/permission_groups`, 'POST PATCH'],
    [`${A}/logs/audit`, 'POST PUT DELETE'],
    [`${A}/members/`, 'PATCH'],
    [`${A}/members?page=1`, 'PATCH'],
  ]
  for (const [path, methods] of rows) {
    for (const method of methods.split(' ')) {
      const expected = [405, 7001, `Method ${method} not available for that URI.`]
      assert.deepEqual(failureOf(await call(`${method} ${path}`)), expected, `${method} ${path}`)
    }
  }
})

test('HEAD is a method that nothing has, and gets no body', async (t) => {
  const { call } = await simulator(t)
  const { status, text } = await call('HEAD /accounts')
  assert.deepEqual([status, text], [405, ''])
  assert.equal((await call('HEAD /nothing')).status, 404)
})

test('OPTIONS gets no headers that would let a browser in', async (t) => {
  const { call } = await simulator(t)
  const headers = { origin: 'http://example.com', 'access-control-request-method': 'POST' }
  const answer = await call('OPTIONS /accounts', { headers })
  assert.equal(answer.status, 405)
  assert.deepEqual(
    Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
    [],
  )
})

test('a body that is no JSON is 400, subscriptions in their own words', async (t) => {
  const { call } = await simulator(t)
  const MALFORMED = [400, 6007, 'Malformed JSON in request body']
  const rows: [request: string, expected: unknown[]][] = [
    ['POST /accounts', MALFORMED],
    [`PUT ${A}`, MALFORMED],
    ['POST /accounts/move', MALFORMED],
    [`POST ${A}/move`, MALFORMED],
    [`PUT ${A}/profile`, MALFORMED],
    [`POST ${A}/members`, MALFORMED],
    [`PUT ${A}/members/member_id`, MALFORMED],
    [`POST ${A}/tokens`, MALFORMED],
    [`PUT ${A}/tokens/token_id`, MALFORMED],
    [`PUT ${A}/tokens/token_id/value`, MALFORMED],
    [`POST ${A}/subscriptions`, [400, 1198, 'Failed to decode the JSON body']],
    [`PUT ${A}/subscriptions/identifier`, [400, 1198, 'Failed to decode the JSON body']],
  ]
  for (const [request, expected] of rows) {
    for (const body of ['{', '{"name": "a",}', 'name=a', '   ', "{'name': 'a'}", '{"name": "a"} x', 'undefined']) {
      assert.deepEqual(failureOf(await call(request, { body })), expected, `${request} ${body}`)
    }
  }
})

test('a body that would change prototypes is no JSON either', async (t) => {
  const { call } = await simulator(t)
  for (const body of ['{"__proto__": {"name": "a"}}', '{"name": "a", "constructor": {"prototype": {}}}']) {
    assert.deepEqual(failureOf(await call('POST /accounts', { body })), [400, 6007, 'Malformed JSON in request body'])
  }
})

test('a body beyond a mebibyte is 413', async (t) => {
  const { call } = await simulator(t)
  const body = JSON.stringify({ name: 'a', padding: '' })
  const padded = (size: number) => body.replace('""', `"${'x'.repeat(size - body.length)}"`)
  const LIMIT = 1024 * 1024
  assert.equal((await call('POST /accounts', { body: padded(LIMIT) })).status, 200)
  const expected = [413, 10413, `The request body is larger than ${LIMIT} bytes`]
  for (const request of ['POST /accounts', `POST ${A}/move`, `POST ${A}/subscriptions`]) {
    assert.deepEqual(failureOf(await call(request, { body: padded(LIMIT + 1) })), expected, request)
  }
})

test('a path that cannot be decoded is an id that cannot be', async (t) => {
  const { app } = await simulator(t)
  for (const path of ['/accounts/%ff', '/accounts/%', '/accounts/%zz/members', `${A}/tokens/%e0%a4`]) {
    const url = `/client/v4${path}`
    const answer = await app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })
    assert.equal(answer.statusCode, 400, path)
    const message = `Could not route to ${url}, perhaps your object identifier is invalid?`
    assert.deepEqual(answer.json().errors, [{ code: 7003, message }])
    assert.equal(answer.headers['content-type'], 'application/json')
  }
})

test('a query that cannot be decoded is taken as it is', async (t) => {
  const { call } = await simulator(t)
  for (const query of ['name=%ff', 'name=%', '%ff=1', '&&&', '=', '?', 'page=1&']) {
    assert.equal((await call(`GET /accounts?${query}`)).status, 200, query)
  }
})

test('a bug of the simulator is a 500 in the envelope, which clients do not repeat', async (t) => {
  const { call, worlds } = await simulator(t)
  const { store } = worlds.next()
  const table = store.table.bind(store)
  store.table = () => {
    throw new Error('the shelf fell down')
  }
  const message = 'fauxflare failed: the shelf fell down. This is a bug of the simulator; its log has the details.'
  for (const request of ['GET /accounts', `GET ${A}`, `GET ${A}/organizations`, `GET ${A}/subscriptions`]) {
    const reply = await call(request)
    assert.deepEqual(failureOf(reply), [500, 10500, message], request)
    assert.equal(reply.headers['x-should-retry'], 'false')
    assert.equal('result' in reply.body, !request.includes('organizations'))
  }
  store.table = table
  assert.equal((await call('GET /accounts')).status, 200)
})

test('tells apart what an error means', () => {
  const error = (fields: object) => Object.assign(new Error('words'), fields)
  const broken = Object.assign(new SyntaxError('words'), { statusCode: 400 })
  const rows: [title: string, error: Error, family: 'iam' | 'billing', name: FailureName][] = [
    ['a failure of ours', fail('MEMBER_NOT_FOUND'), 'iam', 'MEMBER_NOT_FOUND'],
    ['a body that is too large', error({ statusCode: 413 }), 'iam', 'BODY_TOO_LARGE'],
    ['JSON that is broken', broken, 'iam', 'MALFORMED_JSON'],
    ['the same for subscriptions', broken, 'billing', 'SUBSCRIPTION_JSON'],
    ['anything that is the fault of a client', error({ statusCode: 415 }), 'iam', 'BAD_REQUEST'],
    ['anything that is not', error({ statusCode: 503 }), 'iam', 'INTERNAL'],
    ['an error without a status', error({}), 'iam', 'INTERNAL'],
    ['a syntax error of our own', new SyntaxError('words'), 'iam', 'INTERNAL'],
  ]
  for (const [title, thrown, family, name] of rows) assert.equal(toFailure(thrown, family, 1).name, name, title)
})

test('knows the paths of operations, whatever the method', () => {
  const find = operationsAt(resources.flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation)))
  const isKnown = (path: string) => find(path).length > 0
  const known = ['/accounts', '/accounts/x', '/accounts/', '/zones/x/subscriptions', '/accounts/x/logs/audit']
  const unknown = [
    '',
    '/',
    '/accounts/x/y',
    '/zonesx/x/subscriptions',
    '/x/y/subscriptions',
    '/accounts/x/logs/audit/z',
  ]
  for (const path of known) assert.equal(isKnown(path), true, path)
  for (const path of unknown) assert.equal(isKnown(path), false, path)
})
