/** The ids in a path: placeholders, ids that cannot be, ids that name nothing; and the order of checks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const MEMBER = '4536bcfad5faccb111b47003c79917fa'
const ROLE = '3536bcfad5faccb999b47003c79917fb'
const SUBSCRIPTION = '506e3185e9c882d175a2d0cb0093d9f2'
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'
const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const LOGS = '/logs/audit?since=2024-01-01&before=2027-01-01'

const couldNotRoute = (path: string, status = 400) => [
  status,
  7003,
  `Could not route to /client/v4${path}, perhaps your object identifier is invalid?`,
]
const UNAUTHORIZED = [403, 9109, 'Unauthorized to access requested resource']
const INVALID_ACCOUNT = [403, 9109, 'Invalid account identifier']
const AUTHENTICATION = [403, 10000, 'Authentication error']

test('placeholders of the documentation stand for ids', async (t) => {
  const { call } = await simulator(t)
  const rows: [placeholder: string, meant: string][] = [
    ['/accounts/account_id', A],
    ['/accounts/account_id/members', `${A}/members`],
    ['/accounts/account_or_zone_id/subscriptions', `${A}/subscriptions`],
    [`/accounts/account_id${LOGS}`, `${A}${LOGS}`],
    ['/accounts/account_id/organizations', `${A}/organizations`],
    [`${A}/members/member_id`, `${A}/members/${MEMBER}`],
    [`${A}/members/membership_id`, `${A}/members/${MEMBER}`],
    [`${A}/roles/role_id`, `${A}/roles/${ROLE}`],
    [`${A}/tokens/token_id`, `${A}/tokens/${TOKEN_ID}`],
    ['/organizations/organization_id/accounts', `/organizations/${ROOT}/accounts`],
    ['/zones/zone_id/subscriptions', '/zones/22b1de5f1c0e4b3ea97bb1e963b06a43/subscriptions'],
    ['/accounts/account%5Fid/members/member%5Fid', `${A}/members/${MEMBER}`],
  ]
  for (const [placeholder, meant] of rows) {
    await t.test(placeholder, async () => {
      const answer = await call(`GET ${placeholder}`)
      assert.equal(answer.status, 200)
      assert.deepEqual(answer.body.result, (await call(`GET ${meant}`)).body.result)
    })
  }
})

test('placeholders stand for ids in writes as well', async (t) => {
  for (const word of ['subscription_identifier', 'subscription_id', 'identifier', SUBSCRIPTION]) {
    const { call } = await simulator(t)
    const { body } = await call(`DELETE /accounts/account_id/subscriptions/${word}`)
    assert.deepEqual(body.result, { subscription_id: SUBSCRIPTION })
  }
})

test('a placeholder stands for an id only where it belongs', async (t) => {
  const { call } = await simulator(t)
  const paths = [
    '/accounts/member_id',
    '/accounts/toString',
    '/accounts/__proto__',
    `${A}/roles/account_id`,
    `${A}/tokens/role_id`,
    '/zones/account_id/subscriptions',
  ]
  for (const path of paths) assert.deepEqual(failureOf(await call(`GET ${path}`)), couldNotRoute(path))
})

test('refuses ids that name nothing and cannot be ids', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, request: string, body?: object][] = [
    ['a short one', 'GET /accounts/short'],
    ['31 digits', `GET /accounts/${'a'.repeat(31)}`],
    ['33 digits', `GET /accounts/${'a'.repeat(33)}/members`],
    ['another character', `GET /accounts/${'g'.repeat(32)}/roles`],
    ['hyphens', 'GET /accounts/023e105f-4ece-f8ad-9ca3-1a8372d0c353/tokens'],
    ['a thousand digits', `GET /accounts/${'a'.repeat(1000)}/subscriptions`],
    ['an encoded slash', 'GET /accounts/a%2Fb'],
    ['a space', 'GET /accounts/%20/tokens/verify'],
    ['nothing', 'GET /accounts//roles'],
    ['nothing, before a member', `GET /accounts//members/${MEMBER}`],
    ['an account to change', 'PUT /accounts/short', { name: 'a' }],
    ['an account to delete', 'DELETE /accounts/short'],
    ['an account to move', 'POST /accounts/short/move', { destination_organization_id: ROOT }],
    ['an account with a profile', 'GET /accounts/short/profile'],
    ['an account in organizations', 'GET /accounts/short/organizations'],
    ['an organization', 'GET /organizations/short/accounts'],
    ['an organization of 32 characters', `GET /organizations/${'z'.repeat(32)}/accounts`],
    ['a zone', 'GET /zones/short/subscriptions'],
    ['a member', `GET ${A}/members/short`],
    ['a member of 33 digits', `GET ${A}/members/${'a'.repeat(33)}`],
    ['a role', `GET ${A}/roles/short`],
    ['a token', `DELETE ${A}/tokens/short`],
    ['a token to roll', `PUT ${A}/tokens/short/value`],
    ['verify is no token', `PUT ${A}/tokens/verify`, { name: 'a', policies: [] }],
    ['a subscription', `DELETE ${A}/subscriptions/short`],
    ['a member of an account that there is not', `GET /accounts/${UNKNOWN}/members/short`],
  ]
  for (const [title, request, body] of rows) {
    await t.test(title, async () => {
      assert.deepEqual(failureOf(await call(request, { body })), couldNotRoute(request.split(' ')[1] ?? ''))
    })
  }
  await t.test('audit logs say the same with 404', async () => {
    const path = '/accounts/short/logs/audit'
    const answer = await call(`GET ${path}?since=2024-01-01&before=2027-01-01`)
    assert.deepEqual(failureOf(answer), couldNotRoute(path, 404))
  })
  await t.test('an id that is far too long', async () => {
    assert.deepEqual(failureOf(await call(`GET /accounts/${'a'.repeat(20_000)}`)).slice(0, 2), [400, 7003])
  })
})

test('refuses owners that there are not, each family in its own words', async (t) => {
  const { call } = await simulator(t)
  const U = `/accounts/${UNKNOWN}`
  const rows: [request: string, expected: unknown[], body?: object][] = [
    [`GET ${U}`, INVALID_ACCOUNT],
    [`PUT ${U}`, INVALID_ACCOUNT, { name: 'a' }],
    [`DELETE ${U}`, INVALID_ACCOUNT],
    [`GET /accounts/${UNKNOWN.toUpperCase()}`, INVALID_ACCOUNT],
    [`GET ${U}/members`, UNAUTHORIZED],
    [`POST ${U}/members`, UNAUTHORIZED, {}],
    [`GET ${U}/members/${MEMBER}`, UNAUTHORIZED],
    [`GET ${U}/members/${UNKNOWN}`, UNAUTHORIZED],
    [`GET ${U}/roles`, UNAUTHORIZED],
    [`GET ${U}/roles/${ROLE}`, UNAUTHORIZED],
    [`GET ${U}/tokens`, UNAUTHORIZED],
    [`GET ${U}/tokens/verify`, UNAUTHORIZED],
    [`GET ${U}/tokens/permission_groups`, UNAUTHORIZED],
    [`PUT ${U}/tokens/${TOKEN_ID}/value`, UNAUTHORIZED],
    [`GET ${U}/subscriptions`, UNAUTHORIZED],
    [`DELETE ${U}/subscriptions/${SUBSCRIPTION}`, UNAUTHORIZED],
    [`GET /zones/${UNKNOWN}/subscriptions`, UNAUTHORIZED],
    [`GET ${U}/organizations`, AUTHENTICATION],
    [`GET ${U}/profile`, AUTHENTICATION],
    [`PUT ${U}/profile`, AUTHENTICATION, {}],
    [`POST ${U}/move`, AUTHENTICATION, {}],
    [`GET /organizations/${UNKNOWN}/accounts`, AUTHENTICATION],
    [`GET ${U}${LOGS}`, AUTHENTICATION],
  ]
  for (const [request, expected, body] of rows) {
    await t.test(request, async () => {
      assert.deepEqual(failureOf(await call(request, { body })), expected)
    })
  }
})

test('looks at a request step by step: route, credentials, ids, body, inner object', async (t) => {
  const { call } = await simulator(t)
  const none = { headers: {} }
  const broken = { body: '{' }
  const rows: [title: string, request: string, options: object, expected: [number, number]][] = [
    ['the route before credentials', 'GET /nothing', none, [404, 7000]],
    ['the route before the body', 'POST /nothing', broken, [404, 7000]],
    ['the method before credentials', `PATCH ${A}`, none, [405, 7001]],
    ['the method before the body', `PATCH ${A}`, broken, [405, 7001]],
    ['the method before ids', 'PATCH /accounts/short', {}, [405, 7001]],
    ['credentials before ids', 'GET /accounts/short', none, [400, 9106]],
    ['credentials before an unknown account', `GET /accounts/${UNKNOWN}`, none, [400, 9106]],
    ['credentials before the body', 'POST /accounts', { ...none, ...broken }, [400, 9106]],
    ['credentials before the query', 'GET /accounts?page=x', none, [400, 9106]],
    ['ids before the body', 'PUT /accounts/short', broken, [400, 7003]],
    ['ids before the query', 'GET /accounts/short/members?page=x', {}, [400, 7003]],
    ['the account before the body', `PUT /accounts/${UNKNOWN}`, broken, [403, 9109]],
    ['the account before the query', `GET /accounts/${UNKNOWN}/members?page=x`, {}, [403, 9109]],
    ['the account before the member', `DELETE /accounts/${UNKNOWN}/members/${UNKNOWN}`, {}, [403, 9109]],
    ['the shape of a member id before the account', `GET /accounts/${UNKNOWN}/members/x`, {}, [400, 7003]],
    ['the body before the member', `PUT ${A}/members/${UNKNOWN}`, { body: { roles: ['x'] } }, [400, 400]],
    ['broken JSON before the token', `PUT ${A}/tokens/${UNKNOWN}`, broken, [400, 6007]],
    ['the body before the token', `PUT ${A}/tokens/${UNKNOWN}`, { body: {} }, [400, 400]],
    ['the body before the subscription', `PUT ${A}/subscriptions/${UNKNOWN}`, { body: { frequency: 5 } }, [400, 1001]],
    ['the member before what the body names', `PUT ${A}/members/${UNKNOWN}`, { body: { roles: [] } }, [404, 1003]],
  ]
  for (const [title, request, options, expected] of rows) {
    await t.test(title, async () => {
      assert.deepEqual(failureOf(await call(request, options)).slice(0, 2), expected)
    })
  }
})
