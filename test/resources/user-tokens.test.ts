/** The tokens of the user who asks: listing, reading, making, changing and deleting them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import { as } from '../acting.ts'
import { failureOf, simulator, UNKNOWN } from '../simulator.ts'

const USER = '7c5dae5552338874e5053f2534d2767a'
/** It belongs to the documented account. */
const OF_ACCOUNT = 'ed17574386854bf78a67040be0a770b0'
const ALICE = as('alice@example.com')
const POLICY = {
  effect: 'allow',
  resources: { 'com.cloudflare.api.account.zone.*': '*' },
  permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }],
}
const GONE = [404, 1003, 'Token not found']

type Shown = { id: string; name: string; status: string }
const names = (list: Shown[]) => list.map(({ name }) => name)

test('lists the tokens of the user, oldest first, and those of nobody else', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call('GET /user/tokens')
  assert.equal(status, 200)
  assert.deepEqual(names(body.result), ['documented token', 'dns at home', 'lost laptop'])
  assert.deepEqual(body.result_info, { page: 1, per_page: 20, total_pages: 1, count: 3, total_count: 3 })
  assert.ok(body.result.every((token: object) => !('value' in token || 'value_sha256' in token || 'owner_id' in token)))
  assert.deepEqual(names((await call('GET /user/tokens', { headers: ALICE })).body.result), ['own token'])
})

test('lists as the query says', async (t) => {
  const { call } = await simulator(t)
  const rows: [query: string, expected: string[]][] = [
    ['direction=desc', ['lost laptop', 'dns at home', 'documented token']],
    ['include_expired=true', ['documented token', 'dns at home', 'cache script', 'lost laptop']],
    ['include_expired=false&direction=asc', ['documented token', 'dns at home', 'lost laptop']],
    ['per_page=5&page=2', []],
  ]
  for (const [query, expected] of rows) {
    await t.test(query, async () =>
      assert.deepEqual(names((await call(`GET /user/tokens?${query}`)).body.result), expected),
    )
  }
  assert.equal((await call('GET /user/tokens?include_expired=maybe')).status, 400)
})

test('makes a token as the request says', async (t) => {
  const { call } = await simulator(t)
  const condition = { request_ip: { in: ['123.123.123.0/24'], not_in: ['2606:4700:4700::/48'] } }
  const body = { name: 'made', policies: [POLICY], condition, expires_on: '2030-01-01T02:00:00+02:00' }
  const made = await call('POST /user/tokens', { body })
  assert.equal(made.status, 200)
  const { id, value, policies, ...rest } = made.body.result
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.match(value, /^cfut_[A-Za-z0-9_-]{40}[0-9a-f]{8}$/)
  assert.match(policies[0].id, /^[0-9a-f]{32}$/)
  const { id: _, ...policy } = policies[0]
  assert.deepEqual(policy, { ...POLICY, permission_groups: [{ ...POLICY.permission_groups[0], name: 'Zone Read' }] })
  const now = '2026-11-21T10:00:00Z'
  assert.deepEqual(rest, {
    name: 'made',
    status: 'active',
    issued_on: now,
    modified_on: now,
    expires_on: '2030-01-01T00:00:00Z',
    condition,
  })
  const { value: _value, ...shown } = made.body.result
  assert.deepEqual((await call(`GET /user/tokens/${id}`)).body.result, shown)
  assert.ok(names((await call('GET /user/tokens')).body.result).includes('made'))
})

test('a token of a user can have groups of users', async (t) => {
  const { call, worlds } = await simulator(t)
  const [group] = worlds.next().store.table(permissionGroups).where({ name: 'User Details Read' }).all()
  assert.ok(group)
  const policy = {
    ...POLICY,
    resources: { [`com.cloudflare.api.user.${USER}`]: '*' },
    permission_groups: [{ id: group.id }],
  }
  const { status, body } = await call('POST /user/tokens', { body: { name: 'a', policies: [policy] } })
  assert.equal(status, 200)
  assert.deepEqual(body.result.policies[0].permission_groups, [{ id: group.id, name: 'User Details Read' }])
})

test('replaces a token, keeps its policy, and clears what is left out', async (t) => {
  const { call } = await simulator(t)
  const made = await call('POST /user/tokens', {
    body: { name: 'a', policies: [POLICY], expires_on: '2030-01-01T00:00:00Z' },
  })
  const { id, policies } = made.body.result
  const updated = await call(`PUT /user/tokens/${id}`, { body: { name: 'b', status: 'disabled', policies } })
  assert.equal(updated.status, 200)
  assert.deepEqual([updated.body.result.name, updated.body.result.status], ['b', 'disabled'])
  assert.equal('expires_on' in updated.body.result, false)
  assert.deepEqual(updated.body.result.policies, policies)
  assert.deepEqual((await call(`GET /user/tokens/${id}`)).body.result, updated.body.result)
})

test('deletes a token, which is not found afterwards', async (t) => {
  const { call } = await simulator(t)
  const { id } = (await call('POST /user/tokens', { body: { name: 'a', policies: [] } })).body.result
  const deleted = await call(`DELETE /user/tokens/${id}`)
  assert.deepEqual([deleted.status, deleted.body.result], [200, { id }])
  for (const [request, body] of [
    [`GET /user/tokens/${id}`],
    [`PUT /user/tokens/${id}`, { name: 'a', policies: [] }],
    [`PUT /user/tokens/${id}/value`, {}],
    [`DELETE /user/tokens/${id}`],
  ] as const) {
    assert.deepEqual(failureOf(await call(request, { body })), GONE, request)
  }
})

test('finds no token of an account or of another user', async (t) => {
  const { call } = await simulator(t)
  const { id } = (await call('POST /user/tokens', { body: { name: 'a', policies: [] } })).body.result
  assert.deepEqual(failureOf(await call(`GET /user/tokens/${OF_ACCOUNT}`)), GONE)
  assert.deepEqual(failureOf(await call(`DELETE /user/tokens/${OF_ACCOUNT}`)), GONE)
  assert.deepEqual(failureOf(await call(`DELETE /user/tokens/${id}`, { headers: ALICE })), GONE)
  assert.deepEqual(failureOf(await call(`GET /user/tokens/${UNKNOWN}`)), GONE)
  assert.equal((await call(`GET /user/tokens/${id}`)).status, 200)
})

test('lists the whole catalogue of permission groups, those of users among them', async (t) => {
  const { call, worlds } = await simulator(t)
  const { status, body } = await call('GET /user/tokens/permission_groups')
  assert.equal(status, 200)
  assert.equal('result_info' in body, false)
  const all = worlds.next().store.table(permissionGroups).orderBy('name').all()
  assert.deepEqual(body.result, all)
  const rows: [query: string, expected: string[]][] = [
    ['name=User%2520Details%2520Read', ['User Details Read']],
    ['name=DNS%20Read&scope=com.cloudflare.api.account.zone', ['DNS Read']],
    ['name=DNS%20Read&scope=com.cloudflare.api.user', []],
    ['name=nothing', []],
  ]
  for (const [query, expected] of rows) {
    const found = await call(`GET /user/tokens/permission_groups?${query}`)
    assert.deepEqual(names(found.body.result), expected, query)
  }
  const scoped = await call('GET /user/tokens/permission_groups?scope=com.cloudflare.api.user')
  assert.ok(scoped.body.result.length > 0)
})
