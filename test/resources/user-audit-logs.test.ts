/** The log of a user, in the form of version 1. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UserAuditLog } from '../../schemas/user-audit-logs.ts'
import { ACCOUNT_TOKEN } from '../acting.ts'
import { ACCOUNT, EMAIL, failureOf, KEY, type Reply, simulator } from '../simulator.ts'

const JOHN = '7c5dae5552338874e5053f2534d2767a'
const LOG = 'GET /user/audit_logs'
const TODAY = 'since=2026-11-21'
const A = `/accounts/${ACCOUNT}`

const uris = ({ body }: Reply): string[] =>
  body.result.map(({ action, resource }: UserAuditLog) => `${action?.type} ${resource?.type}`)

test('shows what a user did with their own things, in words of version 1', async (t) => {
  const { call } = await simulator(t)
  const changed = await call('PATCH /user', { body: { first_name: 'Jo' } })
  assert.equal(changed.status, 200, changed.text)
  const { status, body } = await call(`${LOG}?${TODAY}`)
  assert.equal(status, 200)
  assert.deepEqual(body.result, [
    {
      id: changed.headers['cf-auditlog-id'],
      action: { type: 'update', result: true },
      actor: { id: JOHN, email: EMAIL, ip: '127.0.0.1', type: 'user' },
      interface: 'API',
      metadata: { first_name: 'Jo' },
      owner: { id: JOHN },
      resource: { id: JOHN, type: 'user' },
      when: '2026-11-21T10:00:00Z',
    },
  ])
  assert.deepEqual(body.result_info, { page: 1, per_page: 100, total_pages: 1, count: 1, total_count: 1 })
})

test('shows what they did elsewhere, unless it is to show nothing else', async (t) => {
  const { call } = await simulator(t)
  await call('PATCH /user', { body: { first_name: 'Jo' } })
  await call(`PUT ${A}/profile`, { body: {} })
  await call('PUT /organizations/organization_id/profile', { body: {} })
  const all = ['update organization', 'update account', 'update user']
  assert.deepEqual(uris(await call(`${LOG}?${TODAY}`)), all)
  assert.deepEqual(uris(await call(`${LOG}?${TODAY}&direction=asc`)), all.toReversed())
  assert.deepEqual(uris(await call(`${LOG}?${TODAY}&hide_user_logs=true`)), all.slice(0, 2))
  assert.deepEqual(uris(await call(`${LOG}?${TODAY}&per_page=1&page=2`)), all.slice(1, 2))
  assert.deepEqual(uris(await call(`${LOG}?${TODAY}&export=true`)), all)
})

test('a user sees nothing of others', async (t) => {
  const { call } = await simulator(t)
  await call('PATCH /user', { body: { first_name: 'Jo' } })
  const headers = { 'x-auth-email': 'alice@example.com', 'x-auth-key': KEY }
  assert.deepEqual(uris(await call(`${LOG}?${TODAY}`, { headers })), [])
  const { body } = await call(LOG, { headers })
  assert.ok(body.result.length > 0)
  assert.ok(body.result.every(({ actor }: UserAuditLog) => actor?.email === 'alice@example.com'))
})

test('the token of an account has no log of its own', async (t) => {
  const { call } = await simulator(t)
  const refused = [403, 9109, 'Valid user-level authentication not found']
  assert.deepEqual(failureOf(await call(LOG, { headers: ACCOUNT_TOKEN })), refused)
})

test('filters by each place, in dots and in brackets', async (t) => {
  const { call } = await simulator(t)
  const made = await call(`POST ${A}/members`, { body: { email: 'n@example.com', roles: [] } })
  assert.equal(made.status, 200, made.text)
  const id = String(made.headers['cf-auditlog-id'])
  const rows: [query: string, found: number][] = [
    [`id=${id}`, 1],
    [`id=${id.replaceAll('-', '')}`, 1],
    ['id=f174be97-19b1-40d6-954d-70cd5fbd52db', 0],
    ['action.type=add', 1],
    ['action.type=delete', 0],
    ['actor.ip=127.0.0.1', 1],
    ['actor.ip=127.0.0.0/8', 1],
    ['actor[ip]=127.0.0.0/8', 1],
    ['actor.ip=198.51.100.0/24', 0],
    ['actor.ip=2001:db8::/32', 0],
    ['actor.ip=nowhere', 0],
    [`actor.email=${EMAIL.toUpperCase()}`, 1],
    ['actor.email=alice@example.com', 0],
    ['zone.name=example.com', 0],
    ['before=2026-11-22', 1],
    ['before=2026-11-21', 0],
    ['before=2026-11-21T10:00:00.001Z', 1],
  ]
  for (const [query, found] of rows) {
    assert.equal((await call(`${LOG}?${TODAY}&${query}`)).body.result_info.total_count, found, query)
  }
})

test('what a user did in a zone is found by its name', async (t) => {
  const { call } = await simulator(t)
  const zone = '22b1de5f1c0e4b3ea97bb1e963b06a43'
  const made = await call(`POST /zones/${zone}/subscriptions`, { body: { rate_plan: { id: 'pro' } } })
  const log = await call(`GET ${A}/logs/audit?${TODAY}&before=2026-11-22&zone_id=${zone}&resource_scope=zones`)
  const [entry] = log.body.result
  assert.ok(entry, made.text)
  const { body } = await call(`${LOG}?${TODAY}&zone.name=${entry.zone.name}`)
  assert.equal(body.result.length, 1)
})

test('more than 18 months back is refused, and otherwise not there', async (t) => {
  const { call, worlds } = await simulator(t)
  await call('PATCH /user', { body: { first_name: 'Jo' } })
  const refused = [400, 113, 'since must not be more than 18 months ago']
  for (const since of ['2025-05-20', '2025-05-20T23:59:59Z', '2019-04-30']) {
    assert.deepEqual(failureOf(await call(`${LOG}?since=${since}`)), refused, since)
  }
  assert.equal((await call(`${LOG}?since=2025-05-21`)).status, 200)
  worlds.of().clock.set({ now: '2028-06-01T00:00:00Z' })
  assert.deepEqual((await call(LOG)).body.result, [])
})

test('an example server refuses nothing for its age', async (t) => {
  const { call } = await simulator(t, { stateless: true })
  assert.equal((await call(`${LOG}?since=2019-04-30&before=2019-04-30T01:12:20Z&per_page=25&page=50`)).status, 200)
})

test('the size of a page is capped, and what is no number is refused', async (t) => {
  const { call } = await simulator(t)
  assert.equal((await call(`${LOG}?per_page=5000`)).body.result_info.per_page, 1000)
  for (const query of ['per_page=0', 'page=0', 'per_page=x', 'since=noon', 'direction=up', 'actor.email=x']) {
    assert.deepEqual(failureOf(await call(`${LOG}?${query}`)), [400, 6008, 'Invalid request parameters'], query)
  }
})
