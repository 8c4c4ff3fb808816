/** The logs of organizations, and what leaves entries in them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FILTERS } from '../../schemas/audit-logs.ts'
import {
  ORGANIZATION_FILTERS,
  type OrganizationAuditLogRow,
  organizationAuditLogs,
} from '../../schemas/organization-audit-logs.ts'
import { ACCOUNT_TOKEN } from '../acting.ts'
import { ACCOUNT, failureOf, type Reply, simulator, UNKNOWN } from '../simulator.ts'

const ROOT = '/organizations/a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const ROOT_ID = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const TODAY = 'since=2026-11-21&before=2026-11-22'
const NOW = 'action_time=2026-11-21T10:00:00Z'

const told = ({ body }: Reply): string[] => body.result.map(({ action }: OrganizationAuditLogRow) => action.description)

test('the filters are those of accounts, without what organizations do not have', async (t) => {
  const missing = Object.keys(FILTERS).filter((name) => !(name in ORGANIZATION_FILTERS))
  assert.deepEqual(missing, ['account_name', 'audit_log_id', 'zone_id', 'zone_name'])
  const { call } = await simulator(t)
  for (const query of ['actor_type=account', 'resource_scope=accounts']) {
    assert.equal((await call(`GET ${ROOT}/logs/audit?${TODAY}&${query}`)).status, 400, query)
  }
})

test('filters entries, both ways, and pages by cursor', async (t) => {
  const { call, worlds } = await simulator(t)
  const all = worlds
    .of()
    .store.table(organizationAuditLogs, ROOT_ID)
    .all()
    .filter(({ action }) => action.time >= '2026')
  assert.ok(all.length >= 4)
  const list = async (query: string) =>
    (await call(`GET ${ROOT}/logs/audit?since=2026-01-01&before=2026-12-01${query}`)).body
  const { result, result_info } = await list('')
  assert.equal(result_info.count, String(all.length))
  assert.deepEqual(
    result.map(({ id }: OrganizationAuditLogRow) => id),
    all.sort((a, b) => (a.action.time < b.action.time ? 1 : -1)).map(({ id }) => id),
  )
  for (const { organization, account } of result)
    assert.deepEqual([organization, account], [{ id: ROOT_ID }, undefined])
  const created = (await list('&action_type=create')).result.length
  const others = (await list('&action_type.not=create&resource_scope=organizations')).result.length
  assert.ok(created > 0 && others > 0)
  assert.equal(created + others, all.length)
  const page = await list('&limit=1')
  assert.equal(page.result_info.cursors.after, page.result_info.cursor)
  const next = await list(`&limit=1&cursor=${page.result_info.cursor}`)
  assert.equal(next.result[0].id, result[1].id)
})

test('changes of an organization are in its own log, with a history', async (t) => {
  const { call } = await simulator(t)
  const changed = await call(`PUT ${ROOT}/profile`, { body: {} })
  assert.equal(changed.status, 204, changed.text)
  const log = await call(`GET ${ROOT}/logs/audit?${TODAY}`)
  assert.deepEqual(told(log), ['Modify Organization Profile'])
  const [entry] = log.body.result
  assert.deepEqual(entry.resource.scope, { type: 'organizations', id: ROOT_ID })
  assert.deepEqual(
    [entry.actor.type, entry.actor.email, entry.raw.status_code, entry.raw.uri],
    ['user', 'user@example.com', 204, `${ROOT}/profile`],
  )
  const history = await call(`GET ${ROOT}/logs/audit/${entry.id}/history?${NOW}&${TODAY}`)
  assert.deepEqual(history.body.result, [entry])
  assert.deepEqual(history.body.result_info, { count: 1, history_status: 'exact' })
  const unknown = await call(`GET ${ROOT}/logs/audit/${UNKNOWN}/history?${NOW}&${TODAY}`)
  assert.deepEqual(failureOf(unknown), [404, 1003, 'Audit log entry not found'])
  assert.deepEqual(unknown.body.result_info, { count: 0, history_status: 'unavailable' })
})

test('a move is in the log of the account and in that of the organization that it comes to', async (t) => {
  const { call } = await simulator(t)
  const reply = await call(`POST /accounts/${ACCOUNT}/move`, { body: { destination_organization_id: ROOT_ID } })
  assert.equal(reply.status, 200, reply.text)
  for (const path of [ROOT, `/accounts/${ACCOUNT}`]) {
    const log = await call(`GET ${path}/logs/audit?${TODAY}`)
    assert.deepEqual(told(log), ['Move Account'], path)
    assert.equal(log.body.result[0].resource.id, ACCOUNT)
  }
})

test('what an account-owned token does in an organization has no type of actor, since none is published', async (t) => {
  const { call } = await simulator(t)
  await call(`PUT ${ROOT}/profile`, { body: {}, headers: ACCOUNT_TOKEN })
  const { status, body } = await call(`GET ${ROOT}/logs/audit?${TODAY}`)
  assert.equal(status, 200)
  for (const { actor } of body.result) assert.deepEqual([actor.id, actor.type], [ACCOUNT, undefined])
})

test('an organization is made and unmade in logs that there are', async (t) => {
  const { call } = await simulator(t)
  const made = await call('POST /organizations', { body: { name: 'Child', parent: { id: ROOT_ID } } })
  assert.equal(made.status, 200, made.text)
  const { id } = made.body.result
  assert.deepEqual(told(await call(`GET /organizations/${id}/logs/audit?${TODAY}`)), ['Create Organization'])
  assert.equal((await call(`DELETE /organizations/${id}`)).status, 200)
  assert.deepEqual(told(await call(`GET ${ROOT}/logs/audit?${TODAY}`)), ['Delete Organization'])
})

test('the end of an account is told by the organization that held it, or by who ended it', async (t) => {
  const { call } = await simulator(t)
  const organizations = async (id: string) => (await call(`GET /accounts/${id}/organizations`)).body.result
  const held = (await organizations(ACCOUNT)).at(-1)?.id
  assert.ok(held)
  assert.equal((await call(`DELETE /accounts/${ACCOUNT}`)).status, 200)
  assert.deepEqual(told(await call(`GET /organizations/${held}/logs/audit?${TODAY}`)), ['Delete Account'])
  const free = '4bb334f7c94c4a29a045f03944f072e5'
  assert.equal((await call(`DELETE /accounts/${free}`)).status, 200)
  const { body } = await call('GET /user/audit_logs?since=2026-11-21')
  assert.ok(body.result.some(({ resource }: { resource: { id: string } }) => resource.id === free))
})
