/** Tokens: everything that is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TokenRow, tokens } from '../../schemas/tokens.ts'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/tokens`
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'
const POLICY = {
  effect: 'allow',
  resources: { 'com.cloudflare.api.account.zone.*': '*' },
  permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }],
}

const INVALID = 'Invalid request body: '
const NAME = 'name must have a length between 1 and 120'
const GROUP = 'These rules must pass for permission_groups: id must be present'
const time = (name: string) => `${name} must be in the form YYYY-MM-DDTHH:MM:SSZ`

/** Refused by both create and update. `fields` come into a body that is good. */
const BOTH: [title: string, fields: object, code: number, message: string][] = [
  ['no name', { name: undefined }, 400, NAME],
  ['an empty name', { name: '' }, 400, NAME],
  ['a name of 121 characters', { name: 'n'.repeat(121) }, 400, NAME],
  ['a name that is no text', { name: 5 }, 400, NAME],
  ['no policies', { policies: undefined }, 1001, `${INVALID}/policies is required`],
  ['policies of null', { policies: null }, 1001, `${INVALID}/policies must be array`],
  [
    'a policy without effect',
    { policies: [{ ...POLICY, effect: undefined }] },
    1001,
    `${INVALID}/policies/0/effect is required`,
  ],
  [
    'another effect',
    { policies: [{ ...POLICY, effect: 'maybe' }] },
    1001,
    `${INVALID}/policies/0/effect must be equal to one of the allowed values`,
  ],
  [
    'a policy without resources',
    { policies: [{ ...POLICY, resources: undefined }] },
    1001,
    `${INVALID}/policies/0/resources is required`,
  ],
  ['a group without an id', { policies: [{ ...POLICY, permission_groups: [{ name: 'Zone Read' }] }] }, 400, GROUP],
  ['the second group without an id', { policies: [POLICY, { ...POLICY, permission_groups: [{}] }] }, 400, GROUP],
  [
    'a group that there is not',
    { policies: [{ ...POLICY, permission_groups: [{ id: UNKNOWN }] }] },
    1001,
    `Invalid permission group id: ${UNKNOWN}`,
  ],
  [
    'a group for users',
    { policies: [{ ...POLICY, permission_groups: [{ id: '8acbe5bb0d54464ab867149d7f7cf8ac' }] }] },
    1001,
    'Invalid permission group id: 8acbe5bb0d54464ab867149d7f7cf8ac',
  ],
  ['an expiry with a fraction', { expires_on: '2030-01-01T00:00:00.000Z' }, 400, time('expires_on')],
  ['an expiry that is a day', { expires_on: '2030-01-01' }, 400, time('expires_on')],
  ['an expiry without an offset', { expires_on: '2030-01-01T00:00:00' }, 400, time('expires_on')],
  ['an expiry on no day', { expires_on: '2030-02-30T00:00:00Z' }, 400, time('expires_on')],
  ['an expiry after the year 9999', { expires_on: '9999-12-31T23:59:59-01:00' }, 400, time('expires_on')],
  ['a start before the year 0', { not_before: '0000-01-01T00:00:00+01:00' }, 400, time('not_before')],
  ['a start with a fraction', { not_before: '2030-01-01T00:00:00.5Z' }, 400, time('not_before')],
  ['a start in words', { not_before: 'tomorrow' }, 400, time('not_before')],
  ['a condition that is no object', { condition: 'none' }, 1001, `${INVALID}/condition must be object`],
  [
    'addresses that are no list',
    { condition: { request_ip: { in: '10.0.0.0/8' } } },
    1001,
    `${INVALID}/condition/request_ip/in must be array`,
  ],
]

test('refuses a new token whose expiry is null, which in an update takes it away', async (t) => {
  const { call } = await simulator(t)
  const answer = await call(`POST ${PATH}`, { body: { name: 'a', policies: [], expires_on: null } })
  assert.deepEqual(failureOf(answer), [400, 400, time('expires_on')])
})

test('refuses bodies that do not fit', async (t) => {
  const { call } = await simulator(t)
  const before = await call(`GET ${PATH}?per_page=50`)
  for (const request of [`POST ${PATH}`, `PUT ${PATH}/${TOKEN_ID}`]) {
    for (const [title, fields, code, message] of BOTH) {
      await t.test(`${request.split(' ')[0]}: ${title}`, async () => {
        const body = { name: 'a', policies: [], ...fields }
        assert.deepEqual(failureOf(await call(request, { body })), [400, code, message])
      })
    }
    for (const [title, body] of [
      ['no body', undefined],
      ['a list', []],
    ] as const) {
      await t.test(`${request.split(' ')[0]}: ${title}`, async () => {
        assert.deepEqual(failureOf(await call(request, { body })), [400, 1001, `${INVALID}the body must be object`])
      })
    }
  }
  assert.deepEqual((await call(`GET ${PATH}?per_page=50`)).body, before.body)
})

test('refuses resources that are of two kinds at once', async (t) => {
  const { call } = await simulator(t)
  const policies = [{ ...POLICY, resources: { a: '*', b: { c: '*' } } }]
  const [status, code, message] = failureOf(await call(`POST ${PATH}`, { body: { name: 'a', policies } }))
  assert.deepEqual([status, code], [400, 1001])
  assert.match(message, /^Invalid request body: \/policies\/0\/resources/)
})

test('refuses to take over a policy that there is', async (t) => {
  const { call } = await simulator(t)
  const policies = [{ id: 'f267e341f3dd4697bd3b9f71dd96247f', ...POLICY }]
  const message = 'Reusing existing policies is not supported by token creation'
  assert.deepEqual(failureOf(await call(`POST ${PATH}`, { body: { name: 'a', policies } })), [400, 1001, message])
})

test('refuses a status that there is not', async (t) => {
  const { call } = await simulator(t)
  const body = { name: 'a', policies: [], status: 'asleep' }
  const message = `${INVALID}/status must be equal to one of the allowed values`
  assert.deepEqual(failureOf(await call(`PUT ${PATH}/${TOKEN_ID}`, { body })), [400, 1001, message])
})

test('refuses a roll whose body is no object', async (t) => {
  const { call } = await simulator(t)
  for (const body of ['[]', '"x"', '5']) {
    const answer = await call(`PUT ${PATH}/${TOKEN_ID}/value`, { body })
    assert.deepEqual(failureOf(answer), [400, 1001, `${INVALID}the body must be object`])
  }
})

test('an account has five hundred tokens at most', async (t) => {
  const { call, worlds } = await simulator(t)
  const table = worlds.next().store.table(tokens, ACCOUNT)
  const row = table.get(TOKEN_ID) as TokenRow
  while (table.total() < 499) table.put({ ...row, id: table.total().toString(16).padStart(32, '0') })
  const body = { name: 'a', policies: [] }
  const last = await call(`POST ${PATH}`, { body })
  assert.equal(last.status, 200)
  assert.deepEqual(failureOf(await call(`POST ${PATH}`, { body })), [400, 1001, 'Token quota exceeded'])
  await call(`DELETE ${PATH}/${last.body.result.id}`)
  assert.equal((await call(`POST ${PATH}`, { body })).status, 200)
})
test('does not find a token that there is not, or that is of another account', async (t) => {
  const { call } = await simulator(t)
  const OTHER = '039a15e166493bef5d3a41740a89661f'
  for (const id of [UNKNOWN, OTHER]) {
    const rows: [request: string, body?: object][] = [
      [`GET ${PATH}/${id}`],
      [`PUT ${PATH}/${id}`, { name: 'a', policies: [] }],
      [`DELETE ${PATH}/${id}`],
      [`PUT ${PATH}/${id}/value`, {}],
    ]
    for (const [request, body] of rows) {
      assert.deepEqual(failureOf(await call(request, { body })), [404, 1003, 'Token not found'], request)
    }
  }
  assert.equal((await call(`GET /accounts/a67e14daa5f8dceeb91fe5449ba496ef/tokens/${OTHER}`)).status, 200)
})

test('refuses queries that do not fit', async (t) => {
  const { call } = await simulator(t)
  const rows: [query: string, message: string][] = [
    ['direction=up', 'direction variable must be equal to one of the allowed values'],
    ['include_expired=maybe', 'include_expired variable must be boolean'],
  ]
  for (const [query, message] of rows) {
    const answer = await call(`GET ${PATH}?${query}`)
    assert.deepEqual(failureOf(answer), [400, 6008, 'Invalid request parameters'])
    assert.deepEqual(answer.body.errors[0].error_chain, [{ code: 11000, message }])
  }
})
