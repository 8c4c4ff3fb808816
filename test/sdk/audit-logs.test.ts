/** Audit logs, read with the SDK: cursors, filters and the edges of time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditListParams } from 'cloudflare/resources/accounts/logs/audit'
import { ACCOUNT, UNKNOWN } from '../simulator.ts'
import { clientOf, collect, listening, refused, sdk } from './clients.ts'

const { BadRequestError, PermissionDeniedError } = sdk

const always = { account_id: ACCOUNT, since: '2020-01-01', before: '2027-01-01' }

test('follows the cursor over every entry exactly once, in both directions', async (t) => {
  const { audit } = clientOf(await listening(t)).accounts.logs
  const all = await collect(audit.list({ ...always, limit: 1000 }))
  const times = all.map((entry) => entry.action?.time ?? '')
  assert.ok(all.length > 300, `only ${all.length} entries`)
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
  assert.deepEqual(times, [...times].sort().reverse())
  for (const limit of [undefined, 7, 100, all.length, all.length + 1]) {
    const asked = { ...always, ...(limit !== undefined && { limit }) }
    assert.deepEqual(await collect(audit.list(asked)), all, `limit ${limit}`)
    const oldestFirst = await collect(audit.list({ ...asked, direction: 'asc' }))
    assert.deepEqual(oldestFirst.reverse(), all, `limit ${limit}, oldest first`)
  }
})

test('pages end without an empty one, and carry the cursor twice', async (t) => {
  const client = clientOf(await listening(t))
  const sizes: number[] = []
  let path = `/accounts/${ACCOUNT}/logs/audit?since=2020-01-01&before=2027-01-01&limit=100`
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { result, result_info } = (await client.get(path, { query: { cursor } })) as {
      result: unknown[]
      result_info: { count: string; cursor?: string; cursors?: { after: string } }
    }
    sizes.push(result.length)
    assert.equal(result_info.count, String(result.length))
    assert.equal(result_info.cursors?.after, result_info.cursor)
    cursor = result_info.cursor
    path = path.replace(/&cursor=.*/, '')
  }
  assert.ok(sizes.every((size) => size > 0))
  assert.ok(sizes.slice(0, -1).every((size) => size === 100))
})

/** Filters of which the typed client knows only the `.not` half, or all of it. */
const negated: [params: Partial<AuditListParams>, column: (entry: Entry) => unknown, values: unknown[]][] = [
  [{ action_result: { not: ['failure'] } }, (entry) => entry.action?.result, ['failure']],
  [{ action_type: { not: ['create', 'update'] } }, (entry) => entry.action?.type, ['create', 'update']],
  [{ actor_context: { not: ['dash'] } }, (entry) => entry.actor?.context, ['dash']],
  [{ actor_type: { not: ['user'] } }, (entry) => entry.actor?.type, ['user']],
  [{ raw_method: { not: ['POST'] } }, (entry) => entry.raw?.method, ['POST']],
  [{ raw_status_code: { not: [200] } }, (entry) => entry.raw?.status_code, [200]],
  [{ resource_product: { not: ['members'] } }, (entry) => entry.resource?.product, ['members']],
]
type Entry = Awaited<ReturnType<ReturnType<typeof clientOf>['accounts']['logs']['audit']['list']>>['result'][number]

test('a filter and its negation part the log in two', async (t) => {
  const client = clientOf(await listening(t))
  const { audit } = client.accounts.logs
  const all = await collect(audit.list({ ...always, limit: 1000 }))
  for (const [params, column, values] of negated) {
    const [name = ''] = Object.keys(params)
    const rest = await collect(audit.list({ ...always, ...params, limit: 40 }))
    const query = { since: always.since, before: always.before, limit: 1000, [name]: values }
    const { result } = (await client.get(`/accounts/${ACCOUNT}/logs/audit`, { query })) as { result: Entry[] }
    assert.deepEqual(
      rest,
      all.filter((entry) => !values.includes(column(entry))),
      name,
    )
    assert.deepEqual(
      result,
      all.filter((entry) => values.includes(column(entry))),
      name,
    )
    assert.ok(result.length > 0, `no entry for ${name}`)
  }
})

test('a range begins with `since` and ends before `before`', async (t) => {
  const { audit } = clientOf(await listening(t)).accounts.logs
  const all = await collect(audit.list({ ...always, limit: 1000 }))
  const moment = all[50]?.action?.time as string
  const [from, until] = [all[60]?.action?.time as string, moment]
  const found = await collect(audit.list({ ...always, since: from, before: until, limit: 3 }))
  const expected = all.filter(({ action }) => (action?.time ?? '') >= from && (action?.time ?? '') < until)
  assert.ok(expected.length > 0)
  assert.deepEqual(found, expected)
  assert.deepEqual(await collect(audit.list({ ...always, since: until, before: until })), [])
  assert.deepEqual(await collect(audit.list({ ...always, since: '2027-01-01', before: '2028-01-01' })), [])
})

test('a time in another zone is the same moment', async (t) => {
  const { audit } = clientOf(await listening(t)).accounts.logs
  const all = await collect(audit.list({ ...always, limit: 1000 }))
  for (const [here, there] of [
    ['2026-10-30T00:00:00Z', '2026-10-30T02:00:00+02:00'],
    ['2026-10-30T00:00:00.000Z', '2026-10-29T16:00:00-08:00'],
  ] as const) {
    const inZone = await collect(audit.list({ ...always, since: there, limit: 1000 }))
    assert.deepEqual(await collect(audit.list({ ...always, since: here, limit: 1000 })), inZone)
    assert.ok(inZone.length > 0 && inZone.length < all.length)
  }
})

test('refuses what it cannot read', async (t) => {
  const { audit } = clientOf(await listening(t)).accounts.logs
  const rows: Partial<AuditListParams>[] = [
    { since: '30 October' },
    { before: '2026-13-01' },
    { limit: 1001 },
    { limit: 0 },
    { action_result: { not: ['maybe' as 'failure'] } },
    { product_category: ['no such category'] },
  ]
  for (const row of rows) {
    const error = await refused(audit.list({ ...always, ...row }))
    assert.ok(error instanceof BadRequestError, JSON.stringify(row))
    assert.equal(error.errors[0]?.code, 6008)
  }
  const error = await refused(audit.list({ ...always, account_id: UNKNOWN }))
  assert.ok(error instanceof PermissionDeniedError)
  assert.deepEqual(error.errors, [{ code: 10000, message: 'Authentication error' }])
})
