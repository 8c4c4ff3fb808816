/** Memberships: what users are members of, and how they leave it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Membership } from '../../schemas/memberships.ts'
import { ACCOUNT_TOKEN, as } from '../acting.ts'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const MEMBERSHIP = '4536bcfad5faccb111b47003c79917fa'
const INVITE = '4f5f0c14a2a41d5063dd301b2f829f04'
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
const SUPER = '33666b9c79b9a5273fc7344ff42f953d'
const BILLING = '298ce8e7a2ba08b9d18ce0a32bb458ee'
const NOT_FOUND = [404, 1003, 'Membership not found']
const LAST = [400, 1001, 'Invalid request: Cannot remove the last Super Administrator']

const names = (result: Membership[]) => result.map(({ account }) => account?.name)

test('lists what the documented user is a member of, and invited to', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call('GET /memberships')
  assert.equal(status, 200)
  assert.deepEqual(names(body.result), [
    'Customer: ACME Inc',
    'Demo Account',
    'Example Account',
    'Example Media',
    'Example Retail',
  ])
  assert.deepEqual(body.result_info, { page: 1, per_page: 20, total_pages: 1, count: 5, total_count: 5 })
  assert.deepEqual(body.result[1].roles, ['Account Administrator', 'Super Administrator - All Privileges'])
  assert.deepEqual(body.result[3].roles, ['Administrator'])
})

test('filters and orders memberships', async (t) => {
  const { call } = await simulator(t)
  const all: Membership[] = (await call('GET /memberships')).body.result
  const ids = all.map(({ id }) => id).sort()
  const rows: [query: string, expected: (string | undefined)[]][] = [
    ['status=pending', ['Example Account']],
    ['status=rejected', []],
    ['name=EXAMPLE', ['Example Account', 'Example Media', 'Example Retail']],
    ['account.name=demo', ['Demo Account']],
    ['account.name=example&name=media', ['Example Media']],
    ['account.name=example&status=accepted&direction=desc', ['Example Retail', 'Example Media']],
    ['order=account.name&direction=desc&per_page=5&page=2', []],
    ['name=nowhere', []],
    ['order=id', ids.map((id) => all.find((one) => one.id === id)?.account?.name)],
    ['order=id&direction=desc', ids.toReversed().map((id) => all.find((one) => one.id === id)?.account?.name)],
  ]
  for (const [query, expected] of rows) {
    assert.deepEqual(names((await call(`GET /memberships?${query}`)).body.result), expected, query)
  }
  const byStatus = (await call('GET /memberships?order=status&direction=desc')).body.result
  assert.equal(byStatus[0].status, 'pending')
})

test('a membership is a member with the same id, roles by name, and what they allow together', async (t) => {
  const { call } = await simulator(t)
  const { result: member } = (await call(`GET /accounts/${ACCOUNT}/members/${MEMBERSHIP}`)).body
  const { result: account } = (await call(`GET /accounts/${ACCOUNT}`)).body
  for (const id of [MEMBERSHIP, 'membership_id']) {
    const { permissions, ...rest } = (await call(`GET /memberships/${id}`)).body.result
    assert.deepEqual(rest, {
      id: MEMBERSHIP,
      account,
      status: 'accepted',
      api_access_enabled: null,
      policies: member.policies,
      roles: ['Account Administrator', 'Super Administrator - All Privileges'],
    })
    assert.deepEqual(permissions.billing, { read: true, write: true })
    assert.deepEqual(permissions.analytics, { read: true, write: false })
  }
})

test('permissions are those of all roles together', async (t) => {
  const { call } = await simulator(t)
  const path = `/accounts/${ACCOUNT}/members/${MEMBERSHIP}`
  const permissionsOf = async (...roles: string[]) => {
    const body = { roles: roles.map((id) => ({ id })) }
    assert.equal((await call(`PUT ${path}`, { body })).status, 200)
    return (await call(`GET /memberships/${MEMBERSHIP}`)).body.result.permissions
  }
  const readOnly = await permissionsOf('f2b20eaa1a5d4af42b53ac16238c99c7')
  assert.deepEqual(
    [readOnly.billing, readOnly.dns],
    [
      { read: true, write: false },
      { read: true, write: false },
    ],
  )
  const billing = (await call(`GET /accounts/${ACCOUNT}/roles/${BILLING}`)).body.result.permissions
  assert.deepEqual(billing.billing, { read: true, write: true })
  for (const order of [
    ['f2b20eaa1a5d4af42b53ac16238c99c7', BILLING],
    [BILLING, 'f2b20eaa1a5d4af42b53ac16238c99c7'],
  ]) {
    const both = await permissionsOf(...order)
    assert.deepEqual([both.billing, both.dns], [billing.billing, readOnly.dns])
  }
  assert.deepEqual(await permissionsOf(), {})
})

test('accepts and rejects invitations', async (t) => {
  for (const status of ['accepted', 'rejected']) {
    await t.test(status, async (t) => {
      const { call } = await simulator(t)
      const answer = await call(`PUT /memberships/${INVITE}`, { body: { status } })
      assert.equal(answer.status, 200)
      assert.deepEqual([answer.body.result.id, answer.body.result.status], [INVITE, status])
      const after = await call(`GET /memberships/${INVITE}`)
      if (status === 'accepted') assert.deepEqual(after.body.result, answer.body.result)
      else assert.deepEqual(failureOf(after), NOT_FOUND)
      assert.deepEqual((await call('GET /memberships?status=pending')).body.result, [])
    })
  }
})

test('a second yes changes nothing, and a no comes too late', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET /memberships/${MEMBERSHIP}`)).body.result
  const yes = await call(`PUT /memberships/${MEMBERSHIP}`, { body: { status: 'accepted' } })
  assert.deepEqual(yes.body.result, before)
  const no = await call(`PUT /memberships/${MEMBERSHIP}`, { body: { status: 'rejected' } })
  assert.deepEqual(failureOf(no), [400, 1001, 'Invalid request: The invitation was accepted before'])
  assert.deepEqual((await call(`GET /memberships/${MEMBERSHIP}`)).body.result, before)
})

test('the documented user leaves an account, and is invited to it again', async (t) => {
  const { call } = await simulator(t, { auth: 'enforce' })
  const headers = as('adele.fontaine@example.org')
  const [{ id }] = (await call('GET /memberships?name=media')).body.result
  const left = await call(`DELETE /memberships/${id}`)
  assert.deepEqual([left.status, left.body.result], [200, { id }])
  assert.deepEqual(failureOf(await call(`DELETE /memberships/${id}`)), NOT_FOUND)
  const members = `/accounts/${MEDIA}/members`
  assert.equal((await call(`GET ${members}/${id}`, { headers })).status, 404)
  assert.equal((await call(`GET /accounts/${MEDIA}`)).status, 403)
  const body = { email: 'user@example.com', roles: [BILLING] }
  const again = await call(`POST ${members}`, { body, headers })
  assert.equal(again.body.result.status, 'pending')
  const { id: next } = again.body.result
  assert.equal((await call(`PUT /memberships/${next}`, { body: { status: 'accepted' } })).status, 200)
  assert.equal((await call(`GET ${members}/${next}`, { headers })).body.result.user.first_name, 'John')
  assert.equal((await call(`GET /accounts/${MEDIA}`)).status, 200)
})

test('the last Super Administrator neither goes, nor is removed, nor made less', async (t) => {
  const { call } = await simulator(t)
  const media = `/accounts/${MEDIA}/members`
  const everybody = (await call(`GET ${media}?per_page=50`)).body.result
  const last = everybody.find((one: { roles: { id: string }[] }) => one.roles.some(({ id }) => id === SUPER))
  const group = '8e23b19e4e0d44c29d239c5688ba8cbb'
  const [policy] = last.policies
  const resource_groups = policy.resource_groups.map(({ id }: { id: string }) => ({ id }))
  const superuser = { permission_groups: [{ id: group }], resource_groups }
  const headers = as(last.email)
  const refused: [string, unknown?][] = [
    [`DELETE ${media}/${last.id}`],
    [`DELETE /memberships/${last.id}`],
    [`DELETE /user/organizations/${MEDIA}`],
    [`PUT ${media}/${last.id}`, { roles: [] }],
    [`PUT ${media}/${last.id}`, { roles: [{ id: BILLING }] }],
    [`PUT ${media}/${last.id}`, { policies: [] }],
    [`PUT ${media}/${last.id}`, { policies: [{ access: 'deny', ...superuser }] }],
    [
      `PUT ${media}/${last.id}`,
      {
        policies: [
          { access: 'allow', ...superuser },
          { access: 'deny', ...superuser },
        ],
      },
    ],
  ]
  for (const [request, body] of refused) {
    assert.deepEqual(failureOf(await call(request, { body, headers })), LAST, `${request} ${JSON.stringify(body)}`)
  }
  assert.deepEqual((await call(`GET ${media}/${last.id}`)).body.result, last)
  // An invitation is nobody yet; somebody who has accepted is.
  const added = await call(`POST ${media}`, { body: { email: 'wendell.price@example.org', roles: [SUPER] }, headers })
  assert.deepEqual(failureOf(await call(`DELETE /memberships/${last.id}`, { headers })), LAST)
  const yes = { body: { status: 'accepted' }, headers: as('wendell.price@example.org') }
  assert.equal((await call(`PUT /memberships/${added.body.result.id}`, yes)).status, 200)
  assert.equal((await call(`DELETE /memberships/${last.id}`, { headers })).status, 200)
})

test('refuses what is nobody’s, somebody else’s or misshapen, and the token of an account', async (t) => {
  const { call } = await simulator(t)
  for (const id of [UNKNOWN, '962e59e12a20904e5cae232c24f06a9b']) {
    const path = `/memberships/${id}`
    assert.deepEqual(failureOf(await call(`GET ${path}`)), NOT_FOUND)
    assert.deepEqual(failureOf(await call(`PUT ${path}`, { body: { status: 'accepted' } })), NOT_FOUND)
    assert.deepEqual(failureOf(await call(`DELETE ${path}`)), NOT_FOUND)
  }
  const headers = as('wendell.price@example.org')
  assert.deepEqual(failureOf(await call(`DELETE /memberships/${MEMBERSHIP}`, { headers })), NOT_FOUND)
  const odd = await call(`GET /memberships/${'z'.repeat(32)}`)
  assert.deepEqual([odd.status, odd.body.errors[0].code], [400, 7003])
  assert.equal((await call(`PUT /memberships/${INVITE}`, { body: { status: 'pending' } })).status, 400)
  assert.equal((await call(`PUT /memberships/${INVITE}`)).status, 400)
  // What makes wrangler go on with accounts alone.
  for (const request of ['GET /memberships', `GET /memberships/${MEMBERSHIP}`, `DELETE /memberships/${MEMBERSHIP}`]) {
    const answer = await call(request, { headers: ACCOUNT_TOKEN })
    assert.deepEqual(failureOf(answer), [400, 9106, 'Authentication failed (status: 400)'], request)
  }
})
