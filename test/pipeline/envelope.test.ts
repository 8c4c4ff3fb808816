/** What every answer is wrapped in: four families, for success and for failure. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, simulator, UNKNOWN } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const COMMON = ['result', 'success', 'errors', 'messages']
const BARE = ['success', 'errors', 'messages']
const LOGS = '/logs/audit?since=2024-01-01&before=2027-01-01'

test('a success has the keys of its family, in order', async (t) => {
  const { call } = await simulator(t)
  const rows: [family: string, request: string, keys: string[], body?: object][] = [
    ['iam, one object', `GET ${A}`, COMMON],
    ['iam, a list', 'GET /accounts', [...COMMON, 'result_info']],
    ['iam, a list on one page', `GET ${A}/tokens/permission_groups`, COMMON],
    ['iam, a bare text', `PUT ${A}/tokens/ed17574386854bf78a67040be0a770b0/value`, COMMON],
    ['iam, something new', 'POST /accounts', COMMON, { name: 'a' }],
    ['billing, a list', `GET ${A}/subscriptions`, [...COMMON, 'result_info']],
    ['billing, one object', `POST ${A}/subscriptions`, COMMON, {}],
    ['organizations, a list', `GET ${A}/organizations`, COMMON],
    ['organizations, a list with pages', '/organizations/organization_id/accounts', [...COMMON, 'result_info']],
    ['organizations, one object', `GET ${A}/profile`, COMMON],
    ['audit, a list', `GET ${A}${LOGS}`, ['result', 'success', 'errors', 'result_info']],
  ]
  for (const [family, request, keys, body] of rows) {
    await t.test(family, async () => {
      const reply = await call(request.includes(' ') ? request : `GET ${request}`, { body })
      assert.equal(reply.status, 200)
      assert.deepEqual(Object.keys(reply.body), keys)
      assert.equal(reply.body.success, true)
      assert.deepEqual(reply.body.errors, [])
      assert.deepEqual(reply.body.messages ?? [], [])
    })
  }
})

test('a failure has the keys of its family, in order', async (t) => {
  const { call } = await simulator(t)
  const rows: [family: string, request: string, keys: string[], body?: unknown][] = [
    ['iam', `GET /accounts/${UNKNOWN}`, COMMON],
    ['iam, a body that does not fit', 'POST /accounts', COMMON, {}],
    ['iam, broken JSON', 'POST /accounts', COMMON, '{'],
    ['iam, a query that does not fit', 'GET /accounts?page=0', COMMON],
    ['billing', `DELETE ${A}/subscriptions/${UNKNOWN}`, COMMON],
    ['billing, broken JSON', `POST ${A}/subscriptions`, COMMON, '{'],
    ['organizations', `GET /organizations/${UNKNOWN}/accounts`, BARE],
    ['organizations, a body that does not fit', `POST ${A}/move`, BARE, {}],
    ['organizations, broken JSON', `PUT ${A}/profile`, BARE, '{'],
    ['audit', `GET /accounts/${UNKNOWN}/logs/audit`, COMMON],
    ['audit, a query that does not fit', `GET ${A}/logs/audit`, COMMON],
    ['no family: an unknown path', 'GET /nothing', COMMON],
    ['no family: a wrong method', 'PATCH /accounts', COMMON],
  ]
  for (const [family, request, keys, body] of rows) {
    await t.test(family, async () => {
      const reply = await call(request, { body })
      assert.ok(reply.status >= 400)
      assert.deepEqual(Object.keys(reply.body), keys)
      assert.equal(reply.body.success, false)
      assert.equal(reply.body.result ?? null, null)
      assert.deepEqual(reply.body.messages, [])
      const [error, ...more] = reply.body.errors
      assert.deepEqual(more, [])
      assert.ok(Number.isInteger(error.code))
      assert.equal(typeof error.message, 'string')
    })
  }
})

test('a message of the service stands under messages, its type null', async (t) => {
  const { call } = await simulator(t)
  const headers = { authorization: 'Bearer 8M7wS6hCpXVc-DoRnPPY_UCWPgy8aea4Wy6kCe5T' }
  const { text } = await call(`GET ${A}/tokens/verify`, { headers })
  const messages = '[{"code":10000,"message":"This API Token is valid and active","type":null}]'
  assert.ok(text.endsWith(`"success":true,"errors":[],"messages":${messages}}`))
})

test('an answer without a body has none', async (t) => {
  const { call } = await simulator(t)
  const { status, text, headers } = await call(`PUT ${A}/profile`, { body: {} })
  assert.deepEqual([status, text], [204, ''])
  assert.equal(headers['content-type'], undefined)
  assert.equal(headers['transfer-encoding'], undefined)
})

test('a delete answers with the id of what is gone, under the name of its family', async (t) => {
  const { call } = await simulator(t)
  const rows: [path: string, result: object][] = [
    ['members/962e59e12a20904e5cae232c24f06a9b', { id: '962e59e12a20904e5cae232c24f06a9b' }],
    ['tokens/ed17574386854bf78a67040be0a770b0', { id: 'ed17574386854bf78a67040be0a770b0' }],
    ['subscriptions/506e3185e9c882d175a2d0cb0093d9f2', { subscription_id: '506e3185e9c882d175a2d0cb0093d9f2' }],
  ]
  for (const [path, result] of rows) assert.deepEqual((await call(`DELETE ${A}/${path}`)).body.result, result)
  assert.deepEqual((await call(`DELETE ${A}`)).body.result, { id: ACCOUNT })
})
