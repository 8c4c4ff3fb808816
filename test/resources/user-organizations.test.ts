/** The accounts of a user, in the form that came before organizations. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UserOrganization } from '../../schemas/users.ts'
import { ACCOUNT_TOKEN, as } from '../acting.ts'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const EXAMPLE = '4bb334f7c94c4a29a045f03944f072e5'
const NOT_FOUND = [404, 1003, 'Organization not found']
const PATH = '/user/organizations'

test('lists, filters and orders the accounts of the documented user', async (t) => {
  const { call } = await simulator(t)
  const acme = 'Customer: ACME Inc'
  const [demo, example, media, retail] = ['Demo Account', 'Example Account', 'Example Media', 'Example Retail']
  const rows: [query: string, expected: string[]][] = [
    ['', [acme, demo, example, media, retail]],
    ['direction=desc', [retail, media, example, demo, acme]],
    ['status=invited', [example]],
    ['status=member&name=EXAMPLE', [media, retail]],
    ['status=member&name=account', [demo]],
    ['status=invited&name=demo', []],
    ['status=invited&name=demo&match=all', []],
    ['status=invited&name=demo&match=any', [demo, example]],
    ['match=any', [acme, demo, example, media, retail]],
    ['name=nowhere', []],
    ['per_page=5&page=2', []],
  ]
  for (const [query, expected] of rows) {
    const { body } = await call(`GET ${PATH}?${query}`)
    assert.deepEqual(
      body.result.map(({ name }: UserOrganization) => name),
      expected,
      query,
    )
  }
  const byStatus = (await call(`GET ${PATH}?order=status&per_page=50`)).body
  assert.equal(byStatus.result[0].status, 'invited')
  assert.equal(byStatus.result_info.total_count, 5)
  const ids = (await call(`GET ${PATH}?order=id`)).body.result.map(({ id }: UserOrganization) => id)
  assert.deepEqual(ids, [...ids].sort())
})

test('shows one, with roles by name and permissions in words', async (t) => {
  const { call } = await simulator(t)
  const { result } = (await call(`GET ${PATH}/${ACCOUNT}`)).body
  const { permissions, ...rest } = result
  assert.deepEqual(rest, {
    id: ACCOUNT,
    name: 'Demo Account',
    status: 'member',
    roles: ['Account Administrator', 'Super Administrator - All Privileges'],
  })
  assert.ok(permissions.includes('#zones:read') && permissions.includes('#zones:edit'))
  assert.ok(!permissions.includes('#analytics:edit'))
  assert.deepEqual((await call(`GET ${PATH}/organization_id`)).body.result, result)
})

test('leaves an account, and says so without an envelope as well', async (t) => {
  const { call } = await simulator(t)
  const left = await call(`DELETE ${PATH}/${ACCOUNT}`)
  assert.equal(left.status, 200)
  assert.deepEqual(left.body, { id: ACCOUNT, result: { id: ACCOUNT }, success: true, errors: [], messages: [] })
  for (const method of ['GET', 'DELETE']) {
    assert.deepEqual(failureOf(await call(`${method} ${PATH}/${ACCOUNT}`)), NOT_FOUND)
  }
  assert.equal((await call('GET /memberships/4536bcfad5faccb111b47003c79917fa')).status, 404)
  assert.equal((await call(`GET /accounts/${ACCOUNT}/members/4536bcfad5faccb111b47003c79917fa`)).status, 404)
})

test('turns an invitation down by leaving', async (t) => {
  const { call } = await simulator(t)
  assert.equal((await call(`DELETE ${PATH}/${EXAMPLE}`)).status, 200)
  assert.deepEqual((await call('GET /user/invites')).body.result, [])
})

test('an invitation that has lapsed is no account of the user', async (t) => {
  const { call, worlds } = await simulator(t)
  const headers = as('wendell.price@example.org')
  await call(`POST /accounts/${ACCOUNT}/members`, { body: { email: 'wendell.price@example.org', roles: [] } })
  const names = async (path: string) => {
    const { result } = (await call(`GET ${path}`, { headers })).body
    return (result.organizations ?? result).map(({ name }: UserOrganization) => name)
  }
  for (const path of [PATH, '/user']) assert.ok((await names(path)).includes('Demo Account'), path)
  worlds.next().clock.advance('P4D')
  for (const path of [PATH, '/user']) assert.ok(!(await names(path)).includes('Demo Account'), path)
  for (const method of ['GET', 'DELETE']) {
    assert.deepEqual(failureOf(await call(`${method} ${PATH}/${ACCOUNT}`, { headers })), NOT_FOUND)
  }
})

test('refuses accounts that the user is not in, and what is none', async (t) => {
  const { call } = await simulator(t)
  const headers = as('wendell.price@example.org')
  // An organization of the organizations API is none here.
  for (const id of [UNKNOWN, 'a7b9c3d2e8f4a1b5c6d0e9f2a3b7c4d8']) {
    assert.deepEqual(failureOf(await call(`GET ${PATH}/${id}`)), NOT_FOUND, id)
  }
  assert.deepEqual(failureOf(await call(`GET ${PATH}/${ACCOUNT}`, { headers })), NOT_FOUND)
  assert.deepEqual(failureOf(await call(`DELETE ${PATH}/${ACCOUNT}`, { headers })), NOT_FOUND)
  const odd = await call(`GET ${PATH}/x`)
  assert.deepEqual([odd.status, odd.body.errors[0].code], [400, 7003])
  const onlyUsers = [403, 9109, 'Valid user-level authentication not found']
  assert.deepEqual(failureOf(await call(`GET ${PATH}`, { headers: ACCOUNT_TOKEN })), onlyUsers)
})
