/** What the contract does not allow and the live service takes is served and written down. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Violation } from '../../schemas/exchanges.ts'
import { ACCOUNT, type Simulator, simulator, TOKEN } from '../simulator.ts'
import { BREACHES, type BreachCase, RIGHT } from './breaches.ts'

const A = `/accounts/${ACCOUNT}`

/** Sends one of the cases. */
function send({ app }: Simulator, { request, body, type }: Pick<BreachCase, 'request' | 'body' | 'type'>) {
  const [method, path] = request.split(' ') as ['GET', string]
  return app.inject({
    method,
    url: `/client/v4${path}`,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(body !== undefined && type !== null && { 'content-type': type ?? 'application/json' }),
    },
    // Given as bytes, since `inject` adds a type to what it has to write as JSON.
    ...(body !== undefined && { payload: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) }),
  })
}

const lastOf = ({ worlds }: Simulator) => worlds.of().journal.all().at(-1)

for (const breach of BREACHES) {
  test(`Lenient serves and writes down: ${breach.title}, ${breach.request}`, async (t) => {
    const cf = await simulator(t, { stateless: true })
    const { statusCode, body, headers } = await send(cf, breach)
    assert.ok(statusCode < 300, body)
    assert.deepEqual(lastOf(cf)?.violations, breach.violations)
    assert.ok(headers['fauxflare-violations'])
  })
}

for (const right of RIGHT) {
  test(`Nothing is wrong with ${right.title}, ${right.request}`, async (t) => {
    const cf = await simulator(t, { stateless: true })
    const { statusCode, body, headers } = await send(cf, right)
    assert.ok(statusCode < 300, body)
    assert.deepEqual(lastOf(cf)?.violations, [])
    assert.equal(headers['fauxflare-violations'], undefined)
  })
}

test('a request that is refused anyway has no violations', async (t) => {
  const cf = await simulator(t)
  const rows: Pick<BreachCase, 'request' | 'body'>[] = [
    { request: 'GET /accounts?x=1&page=first' },
    { request: 'GET /accounts?page=0x0' },
    { request: `GET ${A}/tokens?include_expired=1` },
    { request: 'GET /accounts?page=1&page=2' },
    { request: 'GET /accounts?per_page=5.5' },
    { request: 'POST /accounts', body: { x: 1 } },
    { request: 'POST /accounts?x=1', body: { name: 5 } },
    { request: `GET ${A}/roles?page=no` },
    { request: 'POST /accounts', body: '{' },
  ]
  for (const row of rows) {
    const { statusCode, headers } = await send(cf, row)
    assert.equal(statusCode, 400, row.request)
    assert.deepEqual(lastOf(cf)?.violations, [], row.request)
    assert.equal(headers['fauxflare-violations'], undefined, row.request)
  }
})

test('a request that the operation refuses keeps its violations', async (t) => {
  const cf = await simulator(t)
  const { statusCode, headers } = await send(cf, { request: `GET ${A}/members/${'0'.repeat(32)}?x=1` })
  assert.equal(statusCode, 404)
  assert.equal(lastOf(cf)?.violations.length, 1)
  assert.ok(headers['fauxflare-violations'])
})

test('the behaviour sees what it saw before: defaults, numbers, and nothing undeclared', async (t) => {
  const { call } = await simulator(t)
  const plain = await call('GET /accounts?per_page=5&page=2&direction=desc')
  for (const query of ['per_page=5&page=2&direction=desc&x=1', 'x=1&y&per_page=05&page=0x2&direction=desc']) {
    assert.equal((await call(`GET /accounts?${query}`)).text, plain.text, query)
  }
  assert.equal((await call('GET /accounts?per_page=1000')).body.result_info.per_page, 50)
  const { body } = await call('POST /accounts', { body: { name: 'a', id: 'x', colour: 'red' } })
  assert.notEqual(body.result.id, 'x')
  assert.equal('colour' in body.result, false)
})

const told: [title: string, request: string, body: unknown, expected: object[]][] = [
  [
    'a parameter',
    'GET /accounts?pages=2',
    undefined,
    [
      {
        location: ['request', 'query', 'pages'],
        code: 'unknown_parameter',
        message: 'is not allowed here. Did you mean "page"?',
      },
    ],
  ],
  [
    'a field, its pointer taken apart',
    'POST /accounts',
    { name: 'a', unit: { 'x/y~': 1 } },
    [{ location: ['request', 'body', 'unit', 'x/y~'], code: 'unknown_field', message: 'is not allowed here.' }],
  ],
  [
    'a name that no header could carry',
    'POST /accounts',
    { name: 'a', 'é\r\n😀': 1 },
    [{ location: ['request', 'body', 'é\r\n😀'], code: 'unknown_field', message: 'is not allowed here.' }],
  ],
  [
    'three of many',
    'GET /accounts?a=1&b=2&c=3&d=4',
    undefined,
    ['a', 'b', 'c'].map((name) => ({
      location: ['request', 'query', name],
      code: 'unknown_parameter',
      message: 'is not allowed here.',
    })),
  ],
]

for (const [title, request, body, expected] of told) {
  test(`The header tells of ${title}`, async (t) => {
    const { headers } = await send(await simulator(t), { request, body })
    const header = headers['fauxflare-violations'] as string
    assert.match(header, /^[\x20-\x7e]+$/)
    assert.deepEqual(JSON.parse(header), expected)
  })
}

test('the header is short whatever clients send, and the journal keeps neither long names nor many of them', async (t) => {
  const cf = await simulator(t)
  const bodies = [
    { name: 'a', ...Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`${'é'.repeat(300)}${at}`, 1])) },
    { name: 'a', ['😀'.repeat(10_000)]: 1 },
    { name: 'a', ['/~'.repeat(10_000)]: 1, ['"\\'.repeat(10_000)]: 1, ['\u0000'.repeat(10_000)]: 1 },
  ]
  for (const body of bodies) {
    const { statusCode, headers } = await send(cf, { request: 'POST /accounts', body })
    assert.equal(statusCode, 200)
    const header = headers['fauxflare-violations'] as string
    assert.ok(header.length < 1024, String(header.length))
    assert.match(header, /^[\x20-\x7e]+$/)
    assert.ok(JSON.parse(header).length >= 1)
    const violations = lastOf(cf)?.violations as Violation[]
    assert.ok(violations.length <= 20)
    assert.ok(JSON.stringify(violations).length < 20_000)
  }
})
