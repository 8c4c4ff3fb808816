/** Bodies: always read as JSON, whatever the content type says, and not read at all where none is asked for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, failureOf, simulator, TOKEN } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const authorization = `Bearer ${TOKEN}`
const JSON_TYPE = { authorization, 'content-type': 'application/json' }

test('reads JSON whatever the content type says', async (t) => {
  const { app, call } = await simulator(t)
  const types = [
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset=UTF-8',
    'application/vnd.api+json',
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'json',
    ';',
    '',
  ]
  for (const [i, type] of types.entries()) {
    await t.test(`"${type}"`, async () => {
      const headers = { authorization, 'content-type': type }
      const answer = await call('POST /accounts', { body: { name: `a${i}` }, headers })
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.body.result.name, `a${i}`)
    })
  }
  await t.test('nothing at all', async () => {
    const payload = Buffer.from('{"name":"untold"}')
    const request = { method: 'POST', url: '/client/v4/accounts', headers: { authorization }, payload } as const
    const answer = await app.inject(request)
    assert.equal(answer.statusCode, 200, answer.body)
    assert.equal(answer.json().result.name, 'untold')
  })
})

test('reads JSON as it is written', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, body: string, name: string][] = [
    ['with spaces and line breaks', ' {\r\n\t"name" : "a" ,\n "type" : "standard" } \n', 'a'],
    ['with escapes', '{"name":"\\u00fc \\"x\\""}', 'ü "x"'],
    ['in UTF-8', '{"name":"Zoë 🎈"}', 'Zoë 🎈'],
    ['with a byte order mark', '\ufeff{"name":"a"}', 'a'],
    ['with a field that stands twice, the last', '{"name":"a","name":"b"}', 'b'],
  ]
  for (const [title, body, name] of rows) {
    await t.test(title, async () => {
      const answer = await call('POST /accounts', { body })
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.body.result.name, name)
    })
  }
})

test('takes a content type without a body, as clients declare it on everything', async (t) => {
  const { call } = await simulator(t)
  const rows: [request: string, status: number][] = [
    ['GET /accounts', 200],
    [`GET ${A}`, 200],
    [`GET ${A}/tokens/permission_groups`, 200],
    [`PUT ${A}/tokens/token_id/value`, 200],
    [`DELETE ${A}/members/962e59e12a20904e5cae232c24f06a9b`, 200],
    [`DELETE ${A}/subscriptions/identifier`, 200],
    [`DELETE ${A}/tokens/token_id`, 200],
    [`DELETE ${A}`, 200],
    ['GET /nothing', 404],
    ['PATCH /accounts', 405],
  ]
  for (const [request, status] of rows) {
    await t.test(request, async () => {
      assert.equal((await call(request, { headers: { ...JSON_TYPE, 'content-length': '0' } })).status, status)
    })
  }
})

test('does not look at a body that nobody asked for', async (t) => {
  const { call } = await simulator(t, { stateless: true })
  for (const body of ['[]', '{}', '{"id":"x"}', '{', 'x', 'null']) {
    await t.test(body, async () => {
      for (const path of [
        'members/962e59e12a20904e5cae232c24f06a9b',
        'subscriptions/identifier',
        'tokens/token_id',
        '',
      ]) {
        const answer = await call(`DELETE ${A}/${path}`, { body })
        assert.equal(answer.status, 200, `${path} ${answer.text}`)
      }
      assert.equal((await call('GET /accounts', { body })).status, 200)
    })
  }
})

test('wants a body where one is asked for', async (t) => {
  const { call } = await simulator(t)
  const object = 'the body must be object'
  const rows: [request: string, code: number, message: string][] = [
    ['POST /accounts', 1001, `Invalid request body: ${object}`],
    [`PUT ${A}`, 1001, `Invalid request body: ${object}`],
    [`PUT ${A}/profile`, 1001, `Invalid request body: ${object}`],
    [`POST ${A}/members`, 1001, `Invalid request: ${object}`],
    [`PUT ${A}/members/member_id`, 400, `Bad request: ${object}`],
    [`POST ${A}/tokens`, 1001, `Invalid request body: ${object}`],
    [`PUT ${A}/tokens/token_id`, 1001, `Invalid request body: ${object}`],
    [`POST ${A}/subscriptions`, 1198, 'Failed to decode the JSON body'],
  ]
  for (const [request, code, message] of rows) {
    await t.test(request, async () => {
      for (const body of [undefined, '', 'null', '[]', '"x"', '5', 'true']) {
        assert.deepEqual(failureOf(await call(request, { body })), [400, code, message], String(body))
      }
    })
  }
})
