/** Audit logs: their range in time, their order and their pages. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AuditLogRow, auditLogs } from '../../schemas/audit-logs.ts'
import { ACCOUNT, failureOf, type Simulator, simulator } from '../simulator.ts'

/** A day on which the documented entries, which are of 2024, are still kept. */
const KEPT = { clock: '2026-03-01T00:00:00Z' }

const PATH = `/accounts/${ACCOUNT}/logs/audit`
const ALL = 'since=2020-01-01&before=2030-01-01'
const DOCUMENTED = 'f174be9719b140d6954d70cd5fbd52db'

const ids = (entries: AuditLogRow[]) => entries.map(({ id }) => id)

/** All entries of the account, the newest first. */
function newestFirst({ worlds }: Simulator): AuditLogRow[] {
  const key = ({ action, id }: AuditLogRow) => `${action.time} ${id}`
  const all = worlds.next().store.table(auditLogs, ACCOUNT).all()
  return all.sort((a, b) => (key(a) < key(b) ? 1 : -1))
}

test('shows the documented entries', async (t) => {
  const { call } = await simulator(t, KEPT)
  const filters = 'action_result=success&action_type.not=view&action_type.not=delete&resource_scope=accounts'
  const query = `since=2024-10-30&before=2024-10-31&${filters}&limit=2&direction=desc`
  const { status, body } = await call(`GET ${PATH}?${query}`)
  assert.equal(status, 200)
  assert.equal(body.result_info.count, '2')
  assert.deepEqual(ids(body.result), [DOCUMENTED, '1d20c3afe174418b942710cec6298a9d'])
  assert.deepEqual(body.result[0], {
    id: DOCUMENTED,
    account: { id: ACCOUNT, name: 'Demo Account' },
    action: { description: 'Add Member', result: 'success', time: '2024-10-30T15:00:00Z', type: 'create' },
    actor: {
      id: 'f6b5de0326bb5182b8a4840ee01ec774',
      type: 'user',
      context: 'api_token',
      email: 'alice@example.com',
      ip_address: '198.41.129.166',
      token_id: 'ed17574386854bf78a67040be0a770b0',
      token_name: 'readonly token',
    },
    raw: {
      cf_ray_id: '8e9b1c60ef9e1c9a',
      method: 'POST',
      status_code: 200,
      uri: `/accounts/${ACCOUNT}/members`,
      user_agent: 'Cloudflare/JS 7.1.0',
    },
    resource: {
      id: '962e59e12a20904e5cae232c24f06a9b',
      product: 'members',
      type: 'member',
      scope: { type: 'accounts', id: ACCOUNT },
      request: { email: 'invitee@example.com' },
      response: { id: '962e59e12a20904e5cae232c24f06a9b' },
    },
  })
})

test('shows a hundred entries unless told otherwise, the newest first', async (t) => {
  const made = await simulator(t, KEPT)
  const all = newestFirst(made)
  const { body } = await made.call(`GET ${PATH}?${ALL}`)
  assert.deepEqual(ids(body.result), ids(all.slice(0, 100)))
  assert.equal(body.result_info.count, '100')
  const { cursor, cursors } = body.result_info
  assert.deepEqual(cursors, { after: cursor })
  const { body: rest } = await made.call(`GET ${PATH}?${ALL}&limit=1000`)
  assert.deepEqual(rest.result, all)
  assert.deepEqual(rest.result_info, { count: String(all.length) })
})

test('shows the entries of a range, from its start on and before its end', async (t) => {
  const made = await simulator(t, KEPT)
  const all = newestFirst(made)
  const between = (since: string, before: string) =>
    ids(all.filter(({ action: { time } }) => time >= since && time < before))
  const rows: [title: string, since: string, before: string, expected: string[]][] = [
    ['a day', '2024-10-30', '2024-10-31', between('2024-10-30T00:00:00Z', '2024-10-31T00:00:00Z')],
    ['a month', '2026-10-01', '2026-11-01', between('2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z')],
    ['from the time of an entry on', '2024-10-30T15:00:00Z', '2024-10-31', [DOCUMENTED]],
    ['after it', '2024-10-30T15:00:00.001Z', '2024-10-31', []],
    ['before it', '2024-10-30', '2024-10-30T15:00:00Z', between('2024-10-30T00:00:00Z', '2024-10-30T15:00:00Z')],
    ['a moment after it', '2024-10-30T15:00:00Z', '2024-10-30T15:00:00.001Z', [DOCUMENTED]],
    ['with an offset', '2024-10-30T17:00:00%2B02:00', '2024-10-30T16:00:00%2B01:00', []],
    ['with another offset', '2024-10-30T10:00:00-05:00', '2024-10-30T15:00:01Z', [DOCUMENTED]],
    ['in small letters', '2024-10-30t15:00:00z', '2024-10-31', [DOCUMENTED]],
    ['in the future', '2030-01-01', '2031-01-01', []],
    ['in the past', '1970-01-01', '1980-01-01', []],
    ['of no length', '2024-10-30', '2024-10-30', []],
    ['the wrong way round', '2024-10-31', '2024-10-30', []],
    ['to the end of time', '2024-10-30', '9999-12-31T23:59:59-01:00', between('2024-10-30', '9')],
  ]
  for (const [title, since, before, expected] of rows) {
    await t.test(title, async () => {
      const { status, body } = await made.call(`GET ${PATH}?since=${since}&before=${before}&limit=1000`)
      assert.equal(status, 200)
      assert.deepEqual(ids(body.result), expected)
      assert.equal(body.result_info.count, String(expected.length))
    })
  }
})

test('walks through all entries by cursor, none twice and none left out', async (t) => {
  const made = await simulator(t, KEPT)
  const all = newestFirst(made)
  const failed = all.filter(({ action }) => action.type === 'create')
  const rows: [title: string, query: string, expected: AuditLogRow[]][] = [
    ['the newest first', `${ALL}&limit=37`, all],
    ['the oldest first', `${ALL}&limit=37&direction=asc`, [...all].reverse()],
    [
      'two at a time, where three have the same time',
      'since=2026-04-25&before=2026-04-26&limit=2',
      all.filter(({ action }) => action.time.startsWith('2026-04-25')),
    ],
    [
      'one at a time',
      'since=2026-10-25&before=2026-11-01&limit=1',
      all.filter(({ action }) => action.time >= '2026-10-25'),
    ],
    ['filtered', `${ALL}&limit=7&action_type=create`, failed],
    ['filtered, the oldest first', `${ALL}&limit=7&action_type=create&direction=asc`, [...failed].reverse()],
  ]
  for (const [title, query, expected] of rows) {
    await t.test(title, async () => {
      const found: AuditLogRow[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const { body } = await made.call(`GET ${PATH}?${query}${cursor && `&cursor=${cursor}`}`)
        assert.ok(body.result.length > 0, 'a page is empty')
        assert.equal(body.result_info.count, String(body.result.length))
        assert.equal(body.result_info.cursors?.after, body.result_info.cursor)
        found.push(...body.result)
        assert.ok(found.length <= expected.length, 'the pages never end')
        cursor = body.result_info.cursor
      }
      assert.deepEqual(ids(found), ids(expected))
    })
  }
})

test('pages go on where they were while entries are written, of the same moment too', async (t) => {
  const { call } = await simulator(t)
  let turn = 0
  const write = async () => {
    turn += 1
    const { status, headers } = await call(`PUT ${PATH.replace('/logs/audit', '')}`, { body: { name: `Name ${turn}` } })
    assert.equal(status, 200)
    return String(headers['cf-auditlog-id']).replaceAll('-', '')
  }
  const first = [await write(), await write(), await write(), await write(), await write()]
  for (const direction of ['asc', 'desc'] as const) {
    const found: AuditLogRow[] = []
    const later: string[] = []
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const query = `since=2026-11-21&before=2026-11-22&limit=2&direction=${direction}`
      const { body } = await call(`GET ${PATH}?${query}${cursor && `&cursor=${cursor}`}`)
      found.push(...body.result)
      cursor = body.result_info.cursor
      if (later.length < 3) later.push(await write())
    }
    // What is written on the way comes behind the oldest, and before the newest, which were shown.
    const expected = direction === 'asc' ? [...first, ...later] : [...first].reverse()
    assert.deepEqual(ids(found), expected, direction)
    first.push(...later)
  }
})

test('takes a cursor only for the question that it was given for', async (t) => {
  const { call } = await simulator(t, KEPT)
  const strict = await simulator(t, { ...KEPT, requests: 'strict' })
  const asked = 'since=2024-01-01&before=2027-01-01&limit=3'
  const { cursor } = (await call(`GET ${PATH}?${asked}`)).body.result_info
  const rows: [title: string, path: string, query: string, cursor: string][] = [
    ['no cursor', PATH, asked, 'garbage'],
    ['a cursor that was changed', PATH, asked, `x${cursor}`],
    ['the cursor of another range', PATH, asked.replace('2024', '2025'), cursor],
    ['the cursor of another direction', PATH, `${asked}&direction=asc`, cursor],
    ['the cursor of other filters', PATH, `${asked}&action_type.not=view`, cursor],
    ['the cursor of another account', '/accounts/a67e14daa5f8dceeb91fe5449ba496ef/logs/audit', asked, cursor],
  ]
  for (const [title, path, query, text] of rows) {
    await t.test(`${title}: the first page, or in strict mode an error`, async () => {
      const answer = await call(`GET ${path}?${query}&cursor=${text}`)
      assert.equal(answer.status, 200)
      assert.deepEqual(answer.body, (await call(`GET ${path}?${query}`)).body)
      const refused = await strict.call(`GET ${path}?${query}&cursor=${text}`)
      assert.deepEqual(failureOf(refused), [400, 6008, 'Invalid request parameters'])
      const message = 'cursor variable does not belong to this list and these filters'
      assert.deepEqual(refused.body.errors[0].error_chain, [{ code: 11000, message }])
    })
  }
  await t.test('another limit is the same question', async () => {
    const { body } = await call(`GET ${PATH}?${asked.replace('limit=3', 'limit=5')}&cursor=${cursor}`)
    const { body: all } = await call(`GET ${PATH}?${asked.replace('limit=3', 'limit=8')}`)
    assert.deepEqual(ids(body.result), ids(all.result.slice(3)))
  })
})
