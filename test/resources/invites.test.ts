/** Invitations, as those see and answer them who are invited. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { members } from '../../schemas/members.ts'
import { ACCOUNT_TOKEN, as } from '../acting.ts'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const INVITE = '4f5f0c14a2a41d5063dd301b2f829f04'
const EXAMPLE = '4bb334f7c94c4a29a045f03944f072e5'
const MEMBERS = `/accounts/${ACCOUNT}/members`
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'
/** A user who is not in the documented account. */
const WENDELL = 'wendell.price@example.org'
const NOT_FOUND = [404, 1003, 'Invitation not found']
const EXPIRED = [400, 1001, 'Invalid request: The invitation has expired']

test('shows the documented user the documented invitation', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call('GET /user/invites')
  assert.equal(status, 200)
  assert.deepEqual(body.result, [
    {
      id: INVITE,
      invited_member_id: '7c5dae5552338874e5053f2534d2767a',
      invited_member_email: 'user@example.com',
      organization_id: EXAMPLE,
      organization_name: 'Example Account',
      organization_is_enforcing_twofactor: true,
      roles: ['Administrator Read Only'],
      invited_by: 'edward.langley@example.net',
      invited_on: '2026-03-14T07:25:44Z',
      status: 'pending',
    },
  ])
  assert.equal(body.result_info, undefined)
  for (const id of [INVITE, 'invite_id']) {
    assert.deepEqual((await call(`GET /user/invites/${id}`)).body.result, body.result[0])
  }
})

test('whoever is added is invited, sees it in any case of the address, and becomes a member with a yes', async (t) => {
  const { call } = await simulator(t)
  const email = 'Wendell.Price@Example.org'
  const added = await call(`POST ${MEMBERS}`, { body: { email, roles: [ADMINISTRATOR] } })
  const { id, status, policies } = added.body.result
  assert.equal(status, 'pending')
  const { body } = await call('GET /user/invites', { headers: as(WENDELL) })
  assert.deepEqual(body.result, [
    {
      id,
      invited_member_id: 'a430cccb0185f48a592fb8c0807fc1f0',
      invited_member_email: email,
      organization_id: ACCOUNT,
      organization_name: 'Demo Account',
      organization_is_enforcing_twofactor: false,
      roles: ['Administrator'],
      invited_by: 'user@example.com',
      invited_on: '2026-11-21T10:00:00Z',
      expires_on: '2026-11-25T10:00:00Z',
      status: 'pending',
    },
  ])
  const answer = { body: { status: 'accepted' }, headers: as(WENDELL) }
  const accepted = await call(`PATCH /user/invites/${id}`, answer)
  assert.deepEqual(accepted.body.result, { ...body.result[0], status: 'accepted' })
  const { result: member } = (await call(`GET ${MEMBERS}/${id}`)).body
  assert.equal(member.status, 'accepted')
  // As it was sent: Terraform would plan anew for another spelling.
  assert.equal(member.email, email)
  assert.deepEqual([member.user.first_name, member.user.last_name], ['Wendell', 'Price'])
  assert.deepEqual(member.policies, policies)
  assert.deepEqual((await call('GET /user/invites', { headers: as(WENDELL) })).body.result, [])
  assert.deepEqual(failureOf(await call(`PATCH /user/invites/${id}`, answer)), NOT_FOUND)
  assert.deepEqual(failureOf(await call(`GET /user/invites/${id}`, { headers: as(WENDELL) })), NOT_FOUND)
})

test('an invitation that knows nothing but an address becomes that of the user with a yes', async (t) => {
  const { call, worlds } = await simulator(t)
  const { store } = worlds.next()
  const added = await call(`POST ${MEMBERS}`, { body: { email: WENDELL, roles: [] } })
  const row = store.table(members).get(added.body.result.id)
  assert.ok(row)
  const { id, ...stranger } = row.user
  store.table(members).put({ ...row, user: { ...stranger, first_name: null, last_name: null } })
  const { result } = (await call('GET /user/invites', { headers: as(WENDELL) })).body
  assert.equal(result[0].invited_member_id, null)
  const body = { status: 'accepted' }
  const accepted = await call(`PATCH /user/invites/${row.id}`, { body, headers: as(WENDELL) })
  assert.equal(accepted.body.result.invited_member_id, id)
  const { user } = (await call(`GET ${MEMBERS}/${row.id}`)).body.result
  assert.deepEqual([user.id, user.first_name, user.last_name], [id, 'Wendell', 'Price'])
  const kept = store.table(members).get(row.id)
  assert.deepEqual([kept?.invited_on, kept?.expires_on, kept?.invited_by], [undefined, undefined, undefined])
})

test('a no removes the member, who may be invited again', async (t) => {
  const { call } = await simulator(t)
  const answer = await call(`PATCH /user/invites/${INVITE}`, { body: { status: 'rejected' } })
  assert.equal(answer.status, 200)
  assert.deepEqual([answer.body.result.id, answer.body.result.status], [INVITE, 'rejected'])
  assert.deepEqual(failureOf(await call(`GET /user/invites/${INVITE}`)), NOT_FOUND)
  const path = `/accounts/${EXAMPLE}/members`
  assert.equal((await call(`GET ${path}/${INVITE}`)).status, 404)
  const again = await call(`POST ${path}`, { body: { email: 'user@example.com', roles: [] } })
  assert.equal(again.status, 200)
  assert.equal((await call('GET /user/invites')).body.result[0].id, again.body.result.id)
})

test('an invitation lapses after four days, and must be deleted before another one is made', async (t) => {
  const { call, worlds } = await simulator(t)
  const body = { email: WENDELL, roles: [ADMINISTRATOR] }
  const { id } = (await call(`POST ${MEMBERS}`, { body })).body.result
  const path = `/user/invites/${id}`
  const headers = as(WENDELL)
  const { clock } = worlds.next()
  clock.advance('P3DT23H59M59S')
  assert.equal((await call(`GET ${path}`, { headers })).body.result.status, 'pending')
  clock.advance('PT1S')
  assert.equal((await call(`GET ${path}`, { headers })).body.result.status, 'expired')
  assert.equal((await call('GET /user/invites', { headers })).body.result[0].status, 'expired')
  for (const status of ['accepted', 'rejected']) {
    for (const call_ of [`PATCH ${path}`, `PUT /memberships/${id}`]) {
      assert.deepEqual(failureOf(await call(call_, { body: { status }, headers })), EXPIRED, `${call_} ${status}`)
    }
  }
  assert.equal((await call(`GET ${MEMBERS}/${id}`)).body.result.status, 'pending')
  const exists = [400, 1001, 'Invalid request: Member already exists']
  assert.deepEqual(failureOf(await call(`POST ${MEMBERS}`, { body })), exists)
  assert.equal((await call(`DELETE ${MEMBERS}/${id}`)).status, 200)
  const again = (await call(`POST ${MEMBERS}`, { body })).body.result.id
  const accepted = await call(`PATCH /user/invites/${again}`, { body: { status: 'accepted' }, headers })
  assert.equal(accepted.status, 200)
})

test('the invitations of the fixtures do not lapse', async (t) => {
  const { call, worlds } = await simulator(t)
  worlds.next().clock.advance('P50Y')
  assert.equal((await call(`GET /user/invites/${INVITE}`)).body.result.status, 'pending')
  assert.equal((await call(`PATCH /user/invites/${INVITE}`, { body: { status: 'accepted' } })).status, 200)
})

test('at the end of time an invitation can still be made', async (t) => {
  const { call } = await simulator(t, { clock: '9999-12-31T10:00:00Z' })
  const { status } = await call(`POST ${MEMBERS}`, { body: { email: WENDELL, roles: [] } })
  assert.equal(status, 200)
  const { result } = (await call('GET /user/invites', { headers: as(WENDELL) })).body
  assert.deepEqual([result[0].expires_on, result[0].status], ['9999-12-31T23:59:59Z', 'pending'])
})

test('whoever is added with the token of an account was invited by nobody', async (t) => {
  const { call } = await simulator(t)
  await call(`POST ${MEMBERS}`, { body: { email: WENDELL, roles: [] }, headers: ACCOUNT_TOKEN })
  const { result } = (await call('GET /user/invites', { headers: as(WENDELL) })).body
  assert.equal('invited_by' in result[0], false)
})

test('refuses what is nobody’s, somebody else’s, misshapen, or no answer', async (t) => {
  const { call } = await simulator(t)
  const accept = { status: 'accepted' }
  const theirs = '962e59e12a20904e5cae232c24f06a9b'
  const accepted = '4536bcfad5faccb111b47003c79917fa'
  for (const id of [UNKNOWN, theirs, accepted]) {
    assert.deepEqual(failureOf(await call(`GET /user/invites/${id}`)), NOT_FOUND, id)
    assert.deepEqual(failureOf(await call(`PATCH /user/invites/${id}`, { body: accept })), NOT_FOUND, id)
  }
  assert.deepEqual(failureOf(await call(`GET /user/invites/${INVITE}`, { headers: as(WENDELL) })), NOT_FOUND)
  for (const id of ['x', 'z'.repeat(32)]) {
    const message = `Could not route to /client/v4/user/invites/${id}, perhaps your object identifier is invalid?`
    assert.deepEqual(failureOf(await call(`GET /user/invites/${id}`)), [400, 7003, message])
  }
  for (const body of [{}, { status: 'pending' }, { status: null }, [], 'x']) {
    const { status } = await call(`PATCH /user/invites/${INVITE}`, { body })
    assert.equal(status, 400, JSON.stringify(body))
  }
  assert.equal((await call(`GET /user/invites/${INVITE}`)).body.result.status, 'pending')
  const onlyUsers = [403, 9109, 'Valid user-level authentication not found']
  assert.deepEqual(failureOf(await call('GET /user/invites', { headers: ACCOUNT_TOKEN })), onlyUsers)
})
