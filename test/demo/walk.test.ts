/** Every list of a large world, walked to its end: each answer is held against the contract, which would make it a 500. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts, zones } from '../../schemas/accounts.ts'
import { auditLogs } from '../../schemas/audit-logs.ts'
import { members } from '../../schemas/members.ts'
import type { Operation } from '../../schemas/operation.ts'
import { organizationAuditLogs } from '../../schemas/organization-audit-logs.ts'
import { organizationMembers } from '../../schemas/organization-members.ts'
import { organizations } from '../../schemas/organizations.ts'
import { resourceGroups } from '../../schemas/resource-groups.ts'
import { subscriptions } from '../../schemas/subscriptions.ts'
import type { TableKey } from '../../schemas/table.ts'
import { tenants } from '../../schemas/tenants.ts'
import { tokens } from '../../schemas/tokens.ts'
import { userGroupMembers } from '../../schemas/user-group-members.ts'
import { userGroups } from '../../schemas/user-groups.ts'
import { resources } from '../../server/resources/index.ts'
import { seedWorld } from '../../server/seeding.ts'
import type { World } from '../../server/state/world.ts'
import { type Simulator, simulator } from '../simulator.ts'

/** What owns lists, by the parameter that names it. */
const OWNERS: Record<string, TableKey<{ id: string }>> = {
  account_id: accounts,
  account_identifier: accounts,
  organization_id: organizations,
  tenant_id: tenants,
}

/** Lists in which each row of a collection comes up once, when every owner is asked. */
const WHOLE: Record<string, TableKey<{ id: string }>> = {
  '/accounts': accounts,
  '/accounts/:account_id/members': members,
  '/accounts/:account_id/tokens': tokens,
  '/:accounts_or_zones(^accounts$|^zones$)/:account_or_zone_id/subscriptions': subscriptions,
  '/accounts/:account_id/iam/resource_groups': resourceGroups,
  '/accounts/:account_id/iam/user_groups': userGroups,
  '/accounts/:account_id/iam/user_groups/:user_group_id/members': userGroupMembers,
  '/accounts/:account_id/logs/audit': auditLogs,
  '/organizations/:organization_id/members': organizationMembers,
  '/organizations/:organization_id/logs/audit': organizationAuditLogs,
}

/** As many at a time as the contract allows. */
const WIDEST = { page: 'per_page=50', token: 'page_size=1000', cursor: 'limit=1000', single: '', history: '' } as const

/** What else is asked: audit logs want to know from when to when, and lists of tokens leave out what has expired. */
const QUERY: readonly [path: RegExp, query: string][] = [
  [/logs\/audit$/, 'since=2025-11-01&before=2026-11-02'],
  [/^\/accounts\/:account_id\/tokens$/, 'include_expired=true'],
]

/** Every path that a list has in a world. */
function pathsOf({ path }: Operation, { store }: World): string[] {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
  if (names.includes('user_group_id')) {
    return store
      .table(userGroups)
      .all()
      .map(({ id, account_id }) => path.replace(':account_id', account_id).replace(':user_group_id', id))
  }
  if (names.includes('account_or_zone_id')) {
    const both: TableKey<{ id: string }>[] = [accounts, zones]
    return both.flatMap((key) =>
      store
        .table(key)
        .all()
        .map(({ id }) => `/${key.name}/${id}/subscriptions`),
    )
  }
  const [name] = names
  if (name === undefined) return [path]
  const owners = OWNERS[name]
  assert.ok(names.length === 1 && owners, `${path}: who owns such a list?`)
  return store
    .table(owners)
    .all()
    .map(({ id }) => path.replace(`:${name}`, id))
}

/** How many rows there are, but for the tokens of users, which nobody else sees. */
function inAccounts(key: TableKey<{ id: string }>, { store }: World): number {
  if (key !== tokens) return store.table(key).total()
  return store
    .table(tokens)
    .all()
    .filter(({ owner_id }) => store.table(accounts).get(owner_id)).length
}

/** How many rows a list has, from its first page to its last. */
async function walk({ call }: Simulator, { path, paging = 'single' }: Operation, at: string): Promise<number> {
  const widest = path === '/user/audit_logs' ? 'per_page=1000' : WIDEST[paging]
  const query = [widest, ...QUERY.flatMap(([of, more]) => (of.test(path) ? [more] : []))].join('&')
  let rows = 0
  let next = ''
  for (let page = 1; ; page += 1) {
    const { status, text, body } = await call(`GET ${at}?${query}${next}`)
    assert.equal(status, 200, `${at}?${query}${next}: ${text.slice(0, 500)}`)
    const { result, result_info: info } = body
    rows += result.length
    if (paging === 'page' && page < info.total_pages) next = `&page=${page + 1}`
    else if (paging === 'cursor' && info.cursor) next = `&cursor=${info.cursor}`
    else if (paging === 'token' && info.next_page_token) next = `&page_token=${info.next_page_token}`
    else return rows
  }
}

test('Every list of a large world is walked to its end, and keeps to the contract', async (t) => {
  const simulated = await simulator(t, { fixtures: 'empty', clock: '2026-11-01T00:00:00Z', journal: 0 })
  const world = simulated.worlds.of()
  const { added } = await seedWorld(world, { size: 'large' })
  assert.ok((added.members ?? 0) > 20_000, JSON.stringify(added))
  const lists = resources
    .flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))
    .filter(({ method, paging, path }) => method === 'GET' && paging && paging !== 'history' && !path.includes(':zone'))
  assert.ok(lists.length > 20)
  for (const operation of lists) {
    let rows = 0
    for (const path of pathsOf(operation, world)) rows += await walk(simulated, operation, path)
    const key = WHOLE[operation.path]
    if (key) assert.equal(rows, inAccounts(key, world), operation.path)
    assert.ok(rows > 0 || /invites|product|^\/user\//.test(operation.path), `${operation.path}: nothing at all`)
  }
})
