/** Who is in which user group. EXTENDED.md §3. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { userGroupMembers } from '../../schemas/user-group-members.ts'
import { userGroups } from '../../schemas/user-groups.ts'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const GROUPS = `/accounts/${ACCOUNT}/iam/user_groups`
/** The documented group stands for its example id. */
const PATH = `${GROUPS}/${ACCOUNT}/members`
const MEMBERS = `/accounts/${ACCOUNT}/members`
const MEMBER = '4536bcfad5faccb111b47003c79917fa'
const INVITEE = '962e59e12a20904e5cae232c24f06a9b'
const EXAMPLE_ACCOUNT = '4bb334f7c94c4a29a045f03944f072e5'
const INVITED_ELSEWHERE = '4f5f0c14a2a41d5063dd301b2f829f04'

type Item = { id: string; email: string; status: string }
const emails = (result: Item[]) => result.map(({ email }) => email)
const ids = (...list: string[]) => list.map((id) => ({ id }))

const user = { id: MEMBER, email: 'user@example.com', status: 'accepted' }
const invitee = { id: INVITEE, email: 'invitee@example.com', status: 'pending' }

test('lists the members of a group by e-mail address, a hundred a page', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET ${PATH}`)
  assert.equal(status, 200)
  assert.equal(body.result.length, 7)
  assert.deepEqual(emails(body.result), emails(body.result).toSorted())
  assert.deepEqual(body.result.at(-1), user)
  assert.deepEqual(body.result_info, { page: 1, per_page: 100, total_pages: 1, count: 7, total_count: 7 })
})

test('filters, orders and cuts the list', async (t) => {
  const rows: [query: string, found: string[]][] = [
    ['fuzzyEmail=USER@', ['user@example.com']],
    ['fuzzyEmail=nobody', []],
    ['fuzzyEmail=li', ['liam.keane@example.com']],
    ['direction=desc&per_page=1', ['user@example.com']],
    ['per_page=1&page=7', ['user@example.com']],
    ['per_page=1&page=8', []],
    ['fuzzyEmail=.c&per_page=2', ['fatima.zahra@example.com', 'ingrid.solheim@example.com']],
  ]
  const { call } = await simulator(t)
  for (const [query, found] of rows) {
    await t.test(query, async () => {
      const { status, body } = await call(`GET ${PATH}?${query}`)
      assert.deepEqual([status, emails(body.result)], [200, found])
    })
  }
})

test('shows one member with the user, and leaves out the names of somebody who was never seen', async (t) => {
  const { call } = await simulator(t)
  const { created_at, ...rest } = (await call(`GET ${PATH}/${MEMBER}`)).body.result
  assert.match(created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  const { email } = user
  const known = { id: '7c5dae5552338874e5053f2534d2767a', email, first_name: 'John', last_name: 'Appleseed' }
  assert.deepEqual(rest, { ...user, user: known })

  await call(`POST ${PATH}`, { body: ids(INVITEE) })
  const { result } = (await call(`GET ${PATH}/${INVITEE}`)).body
  assert.deepEqual(result, { ...invitee, created_at: '2026-11-21T10:00:00Z', user: { email: invitee.email } })
})

test('adds the members that are named, and answers with them in that order', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET ${PATH}/${MEMBER}`)).body.result
  const { status, text, body } = await call(`POST ${PATH}`, { body: ids(INVITEE, MEMBER, INVITEE) })
  assert.equal(status, 200, text)
  assert.deepEqual(body.result, [invitee, user])
  assert.equal((await call(`GET ${PATH}`)).body.result_info.total_count, 8)
  // Whoever was in it stays as before.
  assert.deepEqual((await call(`GET ${PATH}/${MEMBER}`)).body.result, before)
  assert.deepEqual((await call(`POST ${PATH}`, { body: [] })).body.result, [])
})

test('replaces the whole set, to nothing at last', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET ${PATH}/${MEMBER}`)).body.result
  const { status, text, body } = await call(`PUT ${PATH}`, { body: ids(MEMBER, INVITEE) })
  assert.equal(status, 200, text)
  assert.deepEqual(body.result, [user, invitee])
  assert.deepEqual((await call(`GET ${PATH}`)).body.result, [invitee, user])
  assert.deepEqual((await call(`GET ${PATH}/${MEMBER}`)).body.result, before)
  assert.deepEqual((await call(`PUT ${PATH}`, { body: [] })).body.result, [])
  assert.deepEqual((await call(`GET ${PATH}`)).body.result, [])
})

test('removes one member from the group, not from the account', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`DELETE ${PATH}/${MEMBER}`)
  assert.deepEqual([status, body.result], [200, user])
  assert.deepEqual(failureOf(await call(`GET ${PATH}/${MEMBER}`)), [404, 1003, 'Member not found for user group'])
  assert.equal((await call(`DELETE ${PATH}/${MEMBER}`)).status, 404)
  assert.equal((await call(`GET ${MEMBERS}/${MEMBER}`)).status, 200)
})

test('takes the example ids of the documentation', async (t) => {
  const { call } = await simulator(t)
  for (const method of ['POST', 'PUT']) {
    assert.deepEqual((await call(`${method} ${PATH}`, { body: ids(ACCOUNT) })).body.result, [user])
  }
  assert.equal((await call(`GET ${GROUPS}/user_group_id/members/member_id`)).body.result.id, MEMBER)
  assert.deepEqual((await call(`DELETE ${PATH}/${ACCOUNT}`)).body.result, user)
})

const refusals: [request: string, body: unknown, failure: ReturnType<typeof failureOf>][] = [
  [`POST ${PATH}`, ids(INVITEE, UNKNOWN), [400, 1001, `Invalid request: Invalid member '${UNKNOWN}'`]],
  [`PUT ${PATH}`, ids(INVITEE, 'x'), [400, 1001, "Invalid request: Invalid member 'x'"]],
  // A member of another account.
  [`PUT ${PATH}`, ids(INVITED_ELSEWHERE), [400, 1001, `Invalid request: Invalid member '${INVITED_ELSEWHERE}'`]],
  [`POST ${PATH}`, { id: INVITEE }, [400, 1001, 'Invalid request: the body must be array']],
  [`POST ${PATH}`, [INVITEE], [400, 1001, 'Invalid request: /0 must be object']],
  [`PUT ${PATH}`, [{}], [400, 1001, 'Invalid request: /0/id is required']],
  [`PUT ${PATH}`, [{ id: null }], [400, 1001, 'Invalid request: /0/id must be string']],
  [`GET ${PATH}/${UNKNOWN}`, undefined, [404, 1003, 'Member not found for user group']],
  // A member of the account who is not in the group.
  [`GET ${PATH}/${INVITEE}`, undefined, [404, 1003, 'Member not found for user group']],
  [`DELETE ${PATH}/${INVITEE}`, undefined, [404, 1003, 'Member not found for user group']],
  [`GET ${GROUPS}/${UNKNOWN}/members`, undefined, [404, 1003, 'User group not found']],
  [`POST ${GROUPS}/${UNKNOWN}/members`, [], [404, 1003, 'User group not found']],
  [`PUT ${GROUPS}/${UNKNOWN}/members`, [], [404, 1003, 'User group not found']],
  [`GET ${GROUPS}/${UNKNOWN}/members/${MEMBER}`, undefined, [404, 1003, 'User group not found']],
]

test('refuses what cannot be, and changes nothing', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET ${PATH}`)).body.result
  for (const [request, body, failure] of refusals) {
    await t.test(`${request} ${JSON.stringify(body)}`, async () => {
      assert.deepEqual(failureOf(await call(request, { body })), failure)
    })
  }
  assert.deepEqual((await call(`GET ${PATH}`)).body.result, before)
})

test('who is removed from the account is in none of its groups, also when added again', async (t) => {
  const { call, worlds } = await simulator(t)
  const liam = (await call(`GET ${PATH}?fuzzyEmail=liam`)).body.result[0]
  assert.equal((await call(`DELETE ${MEMBERS}/${liam.id}`)).status, 200)
  assert.deepEqual((await call(`GET ${PATH}?fuzzyEmail=liam`)).body.result, [])
  await call(`POST ${MEMBERS}`, { body: { email: liam.email, roles: [] } })
  assert.deepEqual((await call(`GET ${PATH}?fuzzyEmail=liam`)).body.result, [])
  assert.equal(worlds.next().store.table(userGroupMembers).where({ member_id: liam.id }).total(), 0)
})

test('who rejects an invitation is in none of its groups', async (t) => {
  const { call, worlds } = await simulator(t)
  const memberships = () => worlds.next().store.table(userGroupMembers).where({ member_id: INVITED_ELSEWHERE }).total()
  assert.equal(memberships(), 1)
  const body = { status: 'rejected' }
  const { status, text } = await call(`PATCH /user/invites/${INVITED_ELSEWHERE}`, { body })
  assert.equal(status, 200, text)
  assert.equal(memberships(), 0)
})

test('a group takes its members with it, and an account its groups', async (t) => {
  const { call, worlds } = await simulator(t)
  const count = (account: string) =>
    [userGroups, userGroupMembers].map((key) => worlds.next().store.table<{ id: string }>(key, account).total())
  assert.deepEqual(count(EXAMPLE_ACCOUNT), [1, 3])
  assert.equal((await call(`DELETE ${GROUPS}/${ACCOUNT}`)).status, 200)
  assert.deepEqual(count(ACCOUNT), [2, 6])
  assert.equal((await call(`DELETE /accounts/${EXAMPLE_ACCOUNT}`)).status, 200)
  assert.deepEqual(count(EXAMPLE_ACCOUNT), [0, 0])
})
