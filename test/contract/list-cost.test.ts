/** Every list of the API: a page costs its page, wherever it is and whatever is asked. Counted in rows that are touched. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts } from '../../schemas/accounts.ts'
import { auditLogs } from '../../schemas/audit-logs.ts'
import { members } from '../../schemas/members.ts'
import { organizationAuditLogs } from '../../schemas/organization-audit-logs.ts'
import { organizationMembers } from '../../schemas/organization-members.ts'
import { organizations } from '../../schemas/organizations.ts'
import type { TableKey } from '../../schemas/table.ts'
import { userAuditLogs } from '../../schemas/user-audit-logs.ts'
import { userGroupMembers } from '../../schemas/user-group-members.ts'
import { userGroups } from '../../schemas/user-groups.ts'
import { resources } from '../../server/resources/index.ts'
import type { World } from '../../server/state/world.ts'
import { as } from '../acting.ts'
import { ACCOUNT, EMAIL, type Simulator, simulator } from '../simulator.ts'

/** More than are looked at one by one. */
const ROWS = 3000
const PAGE = 10
/** The rows of the page, what they show of others, and the way to them: far less than there are. */
const BOUND = 300

const USER = '7c5dae5552338874e5053f2534d2767a'
const ORGANIZATION = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const GROUP = '5e7221f92f4092cf1236772f6d829b0e'
const ENTRY = idOf('e', 0)
const NOW = Date.parse('2026-11-21T10:00:00Z')

const LOG = 'since=2026-06-01&before=2026-11-22T00:00:00.500Z'
const FILTERS = ['', '&action_type=create&resource_product=zones&actor_context.not=dash', '&actor_id=nobody']
const HISTORY = `${ENTRY}/history?action_time=${new Date(NOW).toISOString()}&${LOG}`
const TURNS = ['', '&direction=desc', '&direction=asc']

const each = (starts: readonly string[], ends: readonly string[]) =>
  starts.flatMap((start) => ends.map((end) => start + end))

/** By the id of the operation, what is asked: filters that many rows pass, few, and none. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  'accounts-list-accounts': each(['/accounts?', '/accounts?name=7', '/accounts?name=nobody'], ['', '&direction=desc']),
  Organization_listOrganizations: each(
    ['/organizations?'],
    ['', 'name.contains=7', 'name.endsWith=77&name.startsWith=row', 'name=nobody', `parent.id=${ORGANIZATION}`],
  ),
  Organizations_getAccounts: each(
    [`/organizations/${ORGANIZATION}/accounts?`],
    ['', 'name.contains=7', 'account_pubname.endsWith=77', 'name=nobody', 'order_by=account_name&direction=desc'],
  ),
  Members_list: each(
    [`/organizations/${ORGANIZATION}/members?`],
    ['', 'status=active', 'user.email.contains=7', 'user.email=nobody@example.com'],
  ),
  'account-members-list-members': each(
    ['', 'user.first_name', 'user.last_name', 'user.email', 'status'].map(
      (order) => `/accounts/${ACCOUNT}/members?${order && `order=${order}`}`,
    ),
    ['', '&status=accepted', '&status=rejected', '&direction=desc'],
  ),
  'account-user-group-list': each(
    [`/accounts/${ACCOUNT}/iam/user_groups?`],
    ['', 'direction=desc', 'fuzzyName=7', 'fuzzyName=nobody', 'name=row%207', `id=${idOf('9', 7)}`],
  ),
  'account-user-group-member-list': each(
    [`/accounts/${ACCOUNT}/iam/user_groups/${GROUP}/members?`],
    ['', 'direction=desc', 'fuzzyEmail=7', 'fuzzyEmail=nobody'],
  ),
  'audit-logs-v2-get-account-audit-logs': each(
    [`/accounts/${ACCOUNT}/logs/audit?${LOG}`],
    each([...FILTERS, `&id=${ENTRY}`], TURNS),
  ),
  'audit-logs-v2-get-account-audit-log-history': each([`/accounts/${ACCOUNT}/logs/audit/${HISTORY}`], TURNS),
  'audit-logs-v2-get-organization-audit-logs': each(
    [`/organizations/${ORGANIZATION}/logs/audit?${LOG}`],
    each([...FILTERS, `&id=${ENTRY}`], TURNS),
  ),
  'audit-logs-v2-get-organization-audit-log-history': each(
    [`/organizations/${ORGANIZATION}/logs/audit/${HISTORY}`],
    TURNS,
  ),
  "user'-s-account-memberships-list-memberships": each(
    ['', 'id', 'account.name', 'status'].map((order) => `/memberships?${order && `order=${order}`}`),
    ['', '&name=7', '&account.name=nobody', '&status=accepted&direction=desc'],
  ),
  "user'-s-organizations-list-organizations": each(
    ['/user/organizations?'],
    ['', 'name=7', 'name=nobody', 'order=status&direction=desc', 'status=member&name=7&match=any'],
  ),
  'audit-logs-get-user-audit-logs': each(
    ['/user/audit_logs?since=2026-06-01'],
    ['', '&direction=asc', '&action.type=add&actor.ip=198.51.100.0/28', '&zone.name=nobody', `&id=${ENTRY}`],
  ),
}

/** Lists that do not grow with use, or not far. */
const SHORT = {
  'account-roles-list-roles': 'the catalogue',
  'account-permission-group-list': 'the catalogue',
  'account-api-tokens-list-tokens': 'an account may have 500',
  'user-api-tokens-list-tokens': 'a user may have 50',
}

function idOf(kind: string, at: number): string {
  return kind + String(at).padStart(31, '0')
}

/** The rows that were looked at since it was emptied. */
const touched = new Set<object>()

/** Adds rows that are made of one that is there; each tells when it is looked at. */
function add<R extends { id: string }>(world: World, key: TableKey<R>, make: (row: R, at: number) => R): void {
  const [pattern] = world.store.table(key).slice(0, 1) as [R]
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const row = make(pattern, at)
    const get = (target: R, name: string | symbol): unknown => {
      touched.add(target)
      return Reflect.get(target, name)
    }
    return new Proxy(row, { get })
  })
  world.store.addAll(key.name, rows)
}

const entry = (at: number) => ({
  id: idOf('e', at),
  action: {
    description: 'Row',
    result: 'success',
    time: new Date(NOW - at * 977_000).toISOString(),
    type: ['create', 'update', 'delete'][at % 3] as string,
  },
  actor: {
    id: USER,
    type: 'user',
    context: at % 5 === 0 ? 'dash' : 'api_key',
    email: EMAIL,
    ip_address: `198.51.100.${at % 200}`,
  } as const,
  raw: { method: 'PATCH', uri: `/things/${at % 4}` },
  resource: { id: `${at % 4}`, product: ['zones', 'members'][at % 2] as string, type: 'thing' },
})

function fill({ worlds }: Simulator): void {
  const world = worlds.of()
  const person = (at: number) => ({
    id: idOf('a', at),
    email: `row.${at}@example.com`,
    first_name: `First ${at % 50}`,
    last_name: `Last ${at % 70}`,
    two_factor_authentication_enabled: false,
  })
  add(world, accounts, (row, at) => ({ ...row, id: idOf('1', at), name: `Row ${at}`, parent_org_id: ORGANIZATION }))
  add(world, members, (row, at) => ({ ...row, id: idOf('2', at), account_id: ACCOUNT, user: person(at) }))
  add(world, members, (row, at) => ({
    ...row,
    id: idOf('3', at),
    account_id: idOf('1', at),
    user: { ...person(at), id: USER, email: EMAIL },
  }))
  add(world, organizations, (row, at) => ({
    ...row,
    id: idOf('4', at),
    name: `row ${at}`,
    ...(at % 4 > 0 && { parent_id: ORGANIZATION }),
  }))
  add(world, organizationMembers, (row, at) => ({
    ...row,
    id: idOf('5', at),
    organization_id: ORGANIZATION,
    user: { id: idOf('a', at), email: `row.${at}@example.com` },
  }))
  add(world, userGroups, (row, at) => ({ ...row, id: idOf('9', at), account_id: ACCOUNT, name: `row ${at}` }))
  add(world, userGroupMembers, (row, at) => ({
    ...row,
    id: idOf('6', at),
    account_id: ACCOUNT,
    user_group_id: GROUP,
    member_id: idOf('2', at),
  }))
  add(world, auditLogs, (_, at) => ({ ...entry(at), account: { id: ACCOUNT, name: 'Row' } }))
  add(world, organizationAuditLogs, (_, at) => ({ ...entry(at), organization: { id: ORGANIZATION } }))
  add(world, userAuditLogs, (_, at) => ({ ...entry(at), id: idOf('f', at), user: { id: USER } }))
}

const lists = resources
  .flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))
  .filter(({ paging }) => paging !== undefined && paging !== 'single')

test('every list that has pages is asked here, or is short', () => {
  const known = [...Object.keys(ASKED), ...Object.keys(SHORT)]
  assert.deepEqual(known.sort(), lists.map(({ id }) => id).sort())
})

/** Lists that depend on who asks, where credentials must exist. */
const PERSONAL = ['accounts-list-accounts', 'Organization_listOrganizations']

for (const auth of ['any', 'enforce'] as const) {
  test(`the first page and the last look at little more than themselves, with credentials ${auth}`, async (t) => {
    const made = await simulator(t, { auth })
    fill(made)
    const headers = as(EMAIL)
    const ask = async (path: string) => {
      const { status, body, text } = await made.call(`GET ${path}`, { headers })
      assert.equal(status, 200, `${path} ${text}`)
      return body
    }

    for (const { id, paging } of auth === 'any' ? lists : lists.filter((list) => PERSONAL.includes(list.id))) {
      for (const path of ASKED[id] ?? []) {
        const [size, place] = { page: ['per_page', 'page'], token: ['page_size', 'page_token'] }[paging as string] ?? [
          'limit',
          'cursor',
        ]
        const page = (where = '', count = PAGE) => ask(`${path}&${size}=${count}${where && `&${place}=${where}`}`)
        const { result_info } = await page()
        let last = String(result_info.total_pages || '')
        for (let next = nextOf(result_info); next !== undefined; next = nextOf((await page(last, 1000)).result_info)) {
          last = encodeURIComponent(next)
        }
        for (const where of last === '' ? [''] : ['', last]) {
          touched.clear()
          await page(where)
          assert.ok(touched.size < BOUND, `${touched.size} rows are looked at for ${path}, page ${where || 'one'}`)
        }
      }
    }
  })
}

const nextOf = (info: { cursor?: string; next_page_token?: string }) => info.cursor ?? info.next_page_token
