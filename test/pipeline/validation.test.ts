/** Requests as they are checked: kindly in lenient mode, to the letter in strict mode. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, simulator } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const MEMBER = '4536bcfad5faccb111b47003c79917fa'
const SUBSCRIPTION = '506e3185e9c882d175a2d0cb0093d9f2'
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'
const NEW_TOKEN = { name: 'a', policies: [] }
const POLICY = {
  access: 'allow',
  permission_groups: [{ id: '05784afa30c1afe1440e79d9351c7430' }],
  resource_groups: [{ id: '6d7f2f5f5b1d4a0e9081fdc98d432fd1' }],
}
const GRANT = { effect: 'allow', resources: {}, permission_groups: [] }
const PROFILE = {
  business_name: 'a',
  business_email: 'a',
  business_phone: 'a',
  business_address: 'a',
  external_metadata: 'a',
}
const account = (fields: object) => ({ id: ACCOUNT, name: 'a', type: 'standard', ...fields })
const LOGS = `${A}/logs/audit?since=2024-01-01&before=2027-01-01`

test('what the contract allows passes in both modes', async (t) => {
  const rows: [title: string, request: string, body?: unknown][] = [
    ['the query of a list', 'GET /accounts?name=a&page=2&per_page=5&direction=desc'],
    ['the largest page', 'GET /accounts?per_page=50'],
    ['a complete account', `PUT ${A}`, account({ settings: { enforce_twofactor: true } })],
    ['managed_by without a word, as the SDK sends it', `PUT ${A}`, account({ managed_by: {} })],
    ['an empty change of a member', `PUT ${A}/members/${MEMBER}`, {}],
    ['a role by its id', `PUT ${A}/members/${MEMBER}`, { roles: [{ id: '33666b9c79b9a5273fc7344ff42f953d' }] }],
    ['a policy without an id', `POST ${A}/members`, { email: 'a@b.c', policies: [POLICY] }],
    ['a policy with an id', `POST ${A}/members`, { email: 'b@b.c', policies: [{ id: 'x', ...POLICY }] }],
    ['roles and policies', `POST ${A}/members`, { email: 'c@b.c', roles: [], policies: [POLICY] }],
    ['a subscription of nothing', `POST ${A}/subscriptions`, {}],
    ['a token policy without an id', `POST ${A}/tokens`, { ...NEW_TOKEN, policies: [GRANT] }],
    ['a token without optional fields', `PUT ${A}/tokens/${TOKEN_ID}`, NEW_TOKEN],
    ['a roll without a body', `PUT ${A}/tokens/${TOKEN_ID}/value`],
    ['a roll with an empty body', `PUT ${A}/tokens/${TOKEN_ID}/value`, ''],
    ['a complete profile', `PUT ${A}/profile`, PROFILE],
    ['filters that are repeated', `GET ${LOGS}&action_type=create&action_type=delete&raw_status_code=200`],
    ['a boolean', `GET ${A}/tokens?include_expired=true`],
    ['a delete without a body', `DELETE ${A}/subscriptions/${SUBSCRIPTION}`],
  ]
  for (const requests of ['lenient', 'strict'] as const) {
    const { call } = await simulator(t, { requests })
    for (const [title, request, body] of rows) {
      await t.test(`${requests}: ${title}`, async () => {
        const { status, text } = await call(request, { body })
        assert.ok(status < 300, text)
      })
    }
  }
})

test('a query that goes beyond the contract passes in lenient mode only', async (t) => {
  const rows: [title: string, request: string, message: string][] = [
    ['an unknown parameter', 'GET /accounts?color=red', 'color variable is not allowed here'],
    ['a known one where it does not belong', `GET ${A}/members?name=a`, 'name variable is not allowed here'],
    ['paging where there is none', `GET ${A}/subscriptions?page=1`, 'page variable is not allowed here'],
    ['any parameter of a single object', `GET ${A}?x=1`, 'x variable is not allowed here'],
    ['a page that is too small', 'GET /accounts?per_page=4', 'per_page variable must be a number between 1 and 1000'],
    ['a page that is too large', 'GET /accounts?per_page=51', 'per_page variable must be a number between 1 and 1000'],
    [
      'a time where the contract has a day',
      `GET ${LOGS.replace('2024-01-01', '2024-01-01T00:00:00Z')}`,
      'since variable must be a date or an RFC 3339 time',
    ],
    [
      'a context of newer clients',
      `GET ${LOGS}&actor_context=api`,
      'actor_context variable must be equal to one of the allowed values',
    ],
    [
      'an actor of newer clients',
      `GET ${LOGS}&actor_type.not=delegated_service`,
      'actor_type.not variable must be equal to one of the allowed values',
    ],
  ]
  const lenient = await simulator(t)
  const strict = await simulator(t, { requests: 'strict' })
  for (const [title, request, message] of rows) {
    await t.test(title, async () => {
      assert.equal((await lenient.call(request)).status, 200)
      const { status, body } = await strict.call(request)
      assert.equal(status, 400)
      const error_chain = [{ code: 11000, message }]
      assert.deepEqual(body.errors, [{ code: 6008, message: 'Invalid request parameters', error_chain }])
    })
  }
})

test('a body that goes beyond the contract passes in lenient mode only', async (t) => {
  const rows: [title: string, request: string, body: object, problem: string][] = [
    ['an account without its id', `PUT ${A}`, { name: 'a', type: 'standard' }, '/id is required'],
    ['an account without its type', `PUT ${A}`, { id: ACCOUNT, name: 'a' }, '/type is required'],
    ['an account by its placeholder', `PUT ${A}`, { ...account({}), id: 'account_id' }, '/id must NOT have'],
    ['an unknown field', `PUT ${A}`, account({ color: 'red' }), '/color is not allowed here'],
    ['an unknown setting', `PUT ${A}`, account({ settings: { x: 1 } }), '/settings/x is not allowed here'],
    [
      'a contact of null',
      `PUT ${A}`,
      account({ settings: { abuse_contact_email: null } }),
      '/settings/abuse_contact_email must be string',
    ],
    ['settings of a new account', 'POST /accounts', { name: 'a', settings: {} }, '/settings is not allowed here'],
    ['an unknown field of a unit', 'POST /accounts', { name: 'a', unit: { x: 1 } }, '/unit/x is not allowed here'],
    [
      'a time that only the server sets, misspelt',
      `PUT ${A}`,
      account({ created_on: 'then' }),
      '/created_on is read-only',
    ],
    [
      'a time that only the server sets, as it is',
      `PUT ${A}`,
      account({ created_on: '2014-03-01T12:21:02.0000Z' }),
      '/created_on is read-only',
    ],
    ['a status in a change of a member', `PUT ${A}/members/${MEMBER}`, { status: 'accepted' }, '/status is read-only'],
    ['what Terraform sends along', `PUT ${A}/members/${MEMBER}`, { email: 'x@y.z' }, '/email is not allowed here'],
    [
      'an unknown field of a policy',
      `POST ${A}/members`,
      { email: 'a@b.c', policies: [{ ...POLICY, x: 1 }] },
      '/policies/0/x is not allowed here',
    ],
    ['an unknown field of a token', `POST ${A}/tokens`, { ...NEW_TOKEN, x: 1 }, '/x is not allowed here'],
    [
      'an unknown field of a token policy',
      `PUT ${A}/tokens/${TOKEN_ID}`,
      { ...NEW_TOKEN, policies: [{ ...GRANT, x: 1 }] },
      '/policies/0/x is not allowed here',
    ],
    ['an unknown field of a roll', `PUT ${A}/tokens/${TOKEN_ID}/value`, { x: 1 }, '/x is not allowed here'],
    [
      'a plan outside the list',
      `POST ${A}/subscriptions`,
      { rate_plan: { id: 'teams_free' } },
      '/rate_plan/id must be',
    ],
    ['a frequency outside the list', `POST ${A}/subscriptions`, { frequency: 'not-applicable' }, '/frequency must be'],
    ['a price', `POST ${A}/subscriptions`, { price: 'much' }, '/price is read-only'],
    ['a part of a profile', `PUT ${A}/profile`, { business_name: 'a' }, '/business_email is required'],
    ['an unknown field of a profile', `PUT ${A}/profile`, { ...PROFILE, x: 1 }, '/x is not allowed here'],
  ]
  const lenient = await simulator(t, { stateless: true })
  const strict = await simulator(t, { stateless: true, requests: 'strict' })
  for (const [title, request, body, problem] of rows) {
    await t.test(title, async () => {
      const taken = await lenient.call(request, { body })
      assert.ok(taken.status < 300, taken.text)
      const refused = await strict.call(request, { body })
      assert.equal(refused.status, 400)
      assert.ok(refused.body.errors[0].message.includes(problem), refused.body.errors[0].message)
    })
  }
})

test('values of the wrong kind are refused in both modes', async (t) => {
  const number = (name: string) => `${name} variable must be a number between 1 and 1000`
  const rows: [query: string, message: string][] = [
    ['per_page=0', number('per_page')],
    ['per_page=-1', number('per_page')],
    ['per_page=ten', number('per_page')],
    ['per_page=', number('per_page')],
    ['per_page=10&per_page=20', number('per_page')],
    ['page=0', number('page')],
    ['page=-1', number('page')],
    ['page=first', number('page')],
    ['page=1&page=2', number('page')],
    ['direction=up', 'direction variable must be equal to one of the allowed values'],
    ['direction=ASC', 'direction variable must be equal to one of the allowed values'],
    ['name=a&name=b', 'name variable must be string'],
  ]
  for (const requests of ['lenient', 'strict'] as const) {
    const { call } = await simulator(t, { requests })
    for (const [query, message] of rows) {
      await t.test(`${requests}: ${query}`, async () => {
        const { status, body } = await call(`GET /accounts?${query}`)
        assert.equal(status, 400)
        const error_chain = [{ code: 11000, message }]
        assert.deepEqual(body.errors, [{ code: 6008, message: 'Invalid request parameters', error_chain }])
      })
    }
  }
})

test('a body is taken as it was sent: a text is no number, and one value no list', async (t) => {
  const { call } = await simulator(t)
  const rows: [request: string, body: object, pointer: string][] = [
    ['POST /accounts', { name: 5 }, '/name'],
    [`PUT ${A}`, { name: 'a', settings: { enforce_twofactor: 'true' } }, '/settings/enforce_twofactor'],
    ['POST /accounts/move', { account_ids: ACCOUNT, destination_organization_id: 'x' }, '/account_ids'],
  ]
  for (const [request, body, pointer] of rows) {
    const [error] = (await call(request, { body })).body.errors
    assert.deepEqual([error.code, error.source], [1001, { pointer }])
  }
})
