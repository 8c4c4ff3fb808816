/** Every list of every owner, walked to its end, each page and each row held to the vendor's own schemas. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts, zones } from '../../schemas/accounts.ts'
import { organizations } from '../../schemas/organizations.ts'
import type { TableKey } from '../../schemas/table.ts'
import { userGroups } from '../../schemas/user-groups.ts'
import { users } from '../../schemas/users.ts'
import { as } from '../acting.ts'
import { type Reply, type Simulator, simulator } from '../simulator.ts'
import { type Documented, readOperations } from './documented.ts'
import { shared } from './material.ts'

const { text, skip } = shared('upstream/openapi.extended.json')
const upstream: Documented[] = skip ? [] : readOperations(JSON.parse(text))

function conforms(key: string, { status, body }: Reply, request: string): void {
  const operation = upstream.find((candidate) => candidate.key === key)
  assert.deepEqual([status, operation?.problems(status, body)], [200, []], request)
}

/** The ids of what a world begins with. */
function owners({ worlds }: Simulator, key: TableKey<{ id: string }>): string[] {
  const rows = worlds.next().store.table(key).all()
  return rows.map(({ id }) => id)
}

interface Row {
  id: string
}

/** Walks a list by page number, by cursor or by page token, whichever its `result_info` offers. */
async function walk({ call }: Simulator, key: string, request: string): Promise<Row[]> {
  const rows: Row[] = []
  let next = ''
  for (let page = 1; ; page += 1) {
    const asked = `${request}${next}`
    const reply = await call(asked)
    conforms(key, reply, asked)
    const { result, result_info: info } = reply.body
    rows.push(...result)
    if (info?.cursor) next = `&cursor=${info.cursor}`
    else if (info?.next_page_token) next = `&page_token=${info.next_page_token}`
    else if (info?.total_pages !== undefined && result.length > 0) next = `&page=${page + 1}`
    else break
    if (/subscriptions/.test(request)) break
    assert.ok(page < 200, `${request} does not end`)
  }
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, `${request} has a row twice`)
  return rows
}

const range = 'since=2000-01-01&before=2100-01-01'
const ofAccounts: [key: string, query: string, one?: string][] = [
  ['members', 'per_page=5', '{member_id}'],
  ['members', 'per_page=50&order=user.last_name&direction=desc'],
  ['roles', 'per_page=50', '{role_id}'],
  ['tokens', 'per_page=5', '{token_id}'],
  ['tokens', 'per_page=50&include_expired=true&direction=desc', '{token_id}'],
  ['tokens/permission_groups', ''],
  ['organizations', ''],
  ['iam/permission_groups', 'per_page=50', '{permission_group_id}'],
  ['iam/resource_groups', '', '{resource_group_id}'],
  ['iam/user_groups', 'per_page=1&direction=desc', '{user_group_id}'],
  ['logs/audit', `${range}&limit=100`],
  ['logs/audit', `${range}&limit=1000&direction=asc&action_result=failure`],
]

for (const [name, query, one] of ofAccounts) {
  test(`every account's ${name}, asked with ${query || 'nothing'}`, { skip }, async (t) => {
    const app = await simulator(t)
    let rows = 0
    for (const account of owners(app, accounts)) {
      const list = `/accounts/${account}/${name}`
      const found = await walk(app, `GET /accounts/{account_id}/${name}`, `GET ${list}?${query}`)
      rows += found.length
      if (one === undefined) continue
      for (const { id } of found.slice(0, 50)) {
        const request = `GET ${list}/${id}`
        const reply = await app.call(request)
        conforms(`GET /accounts/{account_id}/${name}/${one}`, reply, request)
        assert.deepEqual(
          reply.body.result,
          found.find((row) => row.id === id),
        )
      }
    }
    assert.ok(rows > 0)
  })
}

test('every account, in the list and by itself', { skip }, async (t) => {
  const app = await simulator(t)
  const found = await walk(app, 'GET /accounts', 'GET /accounts?per_page=5')
  assert.deepEqual(found.map(({ id }) => id).sort(), owners(app, accounts).sort())
  for (const row of found) {
    const reply = await app.call(`GET /accounts/${row.id}`)
    conforms('GET /accounts/{account_id}', reply, row.id)
    assert.deepEqual(reply.body.result, row)
    conforms('GET /accounts/{account_id}/profile', await app.call(`GET /accounts/${row.id}/profile`), row.id)
  }
})

test('the accounts of every organization', { skip }, async (t) => {
  const app = await simulator(t)
  const key = 'GET /organizations/{organization_id}/accounts'
  let rows = 0
  for (const id of owners(app, organizations)) {
    for (const query of ['page_size=1', 'page_size=1000&order_by=account_name&direction=desc']) {
      rows += (await walk(app, key, `GET /organizations/${id}/accounts?${query}`)).length
    }
  }
  assert.ok(rows > 0)
})

test('the members of every user group', { skip }, async (t) => {
  const app = await simulator(t)
  const key = 'GET /accounts/{account_id}/iam/user_groups/{user_group_id}/members'
  let rows = 0
  for (const { id, account_id } of app.worlds.next().store.table(userGroups).all()) {
    const list = `/accounts/${account_id}/iam/user_groups/${id}/members`
    const found = await walk(app, key, `GET ${list}?per_page=2`)
    rows += found.length
    for (const row of found) conforms(`${key}/{member_id}`, await app.call(`GET ${list}/${row.id}`), row.id)
  }
  assert.ok(rows > 0)
})

const ofOrganizations: [name: string, query: string, one?: string][] = [
  ['members', 'page_size=2', '{member_id}'],
  ['logs/audit', `${range}&limit=1`],
]

test('every organization, in the list and by itself, with its members and its log', { skip }, async (t) => {
  const app = await simulator(t)
  const key = 'GET /organizations/{organization_id}'
  const found = await walk(app, 'GET /organizations', 'GET /organizations?page_size=2')
  assert.deepEqual(found.map(({ id }) => id).sort(), owners(app, organizations).sort())
  for (const row of found) {
    const reply = await app.call(`GET /organizations/${row.id}`)
    conforms(key, reply, row.id)
    assert.deepEqual(reply.body.result, row)
    conforms(`${key}/profile`, await app.call(`GET /organizations/${row.id}/profile`), row.id)
    for (const [name, query, one] of ofOrganizations) {
      const list = `/organizations/${row.id}/${name}`
      const rows = await walk(app, `${key}/${name}`, `GET ${list}?${query}`)
      if (one === undefined) continue
      for (const { id } of rows) conforms(`${key}/${name}/${one}`, await app.call(`GET ${list}/${id}`), id)
    }
  }
})

const ofUsers: [path: string, query: string, one?: string][] = [
  ['/user/tokens', 'per_page=5&include_expired=true', '{token_id}'],
  ['/user/tokens/permission_groups', ''],
  ['/user/invites', '', '{invite_id}'],
  ['/user/organizations', 'per_page=5', '{organization_id}'],
  ['/user/subscriptions', ''],
  ['/user/audit_logs', 'per_page=2'],
  ['/user/tenants', ''],
  ['/memberships', 'per_page=5', '{membership_id}'],
]

for (const [path, query, one] of ofUsers) {
  test(`${path} of everybody, asked with ${query || 'nothing'}`, { skip }, async (t) => {
    const { worlds, ...app } = await simulator(t)
    let rows = 0
    for (const { email } of worlds.next().store.table(users).all()) {
      const call: Simulator['call'] = (request) => app.call(request, { headers: as(email) })
      const found = await walk({ ...app, worlds, call }, `GET ${path}`, `GET ${path}?${query}`)
      rows += found.length
      if (one === undefined) continue
      for (const { id } of found) conforms(`GET ${path}/${one}`, await call(`GET ${path}/${id}`), `${path}/${id}`)
    }
    assert.ok(rows > 0)
  })
}

test('the subscriptions of every account and zone', { skip }, async (t) => {
  const app = await simulator(t)
  const key = 'GET /{accounts_or_zones}/{account_or_zone_id}/subscriptions'
  const lists = [
    ...owners(app, accounts).map((id) => `/accounts/${id}`),
    ...owners(app, zones).map((id) => `/zones/${id}`),
  ]
  let rows = 0
  for (const owner of lists) rows += (await walk(app, key, `GET ${owner}/subscriptions?`)).length
  assert.ok(rows >= 39, `only ${rows}`)
})
