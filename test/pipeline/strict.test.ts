/** What the contract does not allow is refused in strict mode, and written down all the same. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, type Simulator, simulator, TOKEN } from '../simulator.ts'
import { BREACHES, RIGHT } from './breaches.ts'

const A = `/accounts/${ACCOUNT}`
const strict = { requests: 'strict', stateless: true } as const
const lastOf = ({ worlds }: Simulator) => worlds.of().journal.all().at(-1)

for (const { title, request, body, type, violations, code, pointer } of BREACHES) {
  test(`Strict refuses ${title}, ${request}`, async (t) => {
    const cf = await simulator(t, strict)
    const [method, path] = request.split(' ') as ['GET', string]
    const answer = await cf.app.inject({
      method,
      url: `/client/v4${path}`,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body !== undefined && type !== null && { 'content-type': type ?? 'application/json' }),
      },
      ...(body !== undefined && { payload: Buffer.from(JSON.stringify(body)) }),
    })
    const { errors } = answer.json()
    assert.equal(answer.statusCode, 400)
    assert.deepEqual([errors.length, errors[0].code, errors[0].source?.pointer], [1, code, pointer])
    assert.deepEqual(lastOf(cf)?.violations, violations)
    assert.ok(answer.headers['fauxflare-violations'])
  })
}

for (const { title, request, body, type } of RIGHT) {
  test(`Strict takes ${title}, ${request}`, async (t) => {
    const cf = await simulator(t, strict)
    const headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }
    if (type) headers['content-type'] = type
    const { status, text } = await cf.call(request, { headers, ...(body !== undefined && { body }) })
    assert.ok(status < 300, text)
    assert.deepEqual(lastOf(cf)?.violations, [])
  })
}

test('what the live service would refuse as well is refused, and no violation', async (t) => {
  const cf = await simulator(t, strict)
  const rows: [request: string, body: unknown, pointer: string | undefined][] = [
    ['GET /accounts?page=first', undefined, undefined],
    ['GET /accounts?x=1&page=first', undefined, undefined],
    ['POST /accounts', { name: 5 }, '/name'],
    ['POST /accounts', { name: 5, x: 1 }, '/x'],
    ['POST /accounts', undefined, ''],
    [`POST ${A}/members`, { email: 'a@b.c' }, '/roles'],
  ]
  for (const [request, body, pointer] of rows) {
    const { status, body: answer, headers } = await cf.call(request, body === undefined ? {} : { body })
    assert.deepEqual([status, answer.errors[0].source?.pointer], [400, pointer], request)
    assert.deepEqual(lastOf(cf)?.violations, [], request)
    assert.equal(headers['fauxflare-violations'], undefined, request)
  }
})

test('refusals that the live service was heard to answer point to the field in strict mode only', async (t) => {
  const body = { name: 'x'.repeat(101), policies: [] }
  const [lenient, exact] = [await simulator(t), await simulator(t, strict)]
  const answers = [
    await lenient.call(`POST ${A}/tokens`, { body }),
    await exact.call(`POST ${A}/tokens`, { body: { ...body, name: 'x'.repeat(121) } }),
    await lenient.call(`POST ${A}/tokens`, { body: { ...body, name: 'x'.repeat(121) } }),
  ]
  assert.deepEqual(
    answers.map(({ status, body: { errors } }) => [status, errors[0]?.message, errors[0]?.source]),
    [
      [200, undefined, undefined],
      [400, 'name must have a length between 1 and 120', { pointer: '/name' }],
      [400, 'name must have a length between 1 and 120', undefined],
    ],
  )
})

test('in every family of envelope, a refusal of a body says where the problem is', async (t) => {
  const { call } = await simulator(t, strict)
  for (const request of ['POST /accounts', `POST ${A}/subscriptions`, `PUT ${A}/profile`]) {
    const { status, body } = await call(request, { body: { x: 1 } })
    assert.deepEqual([status, typeof body.errors[0].source.pointer], [400, 'string'], request)
  }
})
