/** The history of an audit entry, and the categories of products. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AuditLogRow, auditLogs } from '../../schemas/audit-logs.ts'
import { ACCOUNT, failureOf, type Reply, simulator, UNKNOWN } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const RANGE = 'since=2026-11-21&before=2026-11-22'
const NOW = 'action_time=2026-11-21T10:00:00Z'

const told = ({ body }: Reply): string[] => body.result.map(({ action }: AuditLogRow) => action.description)
const idOf = ({ headers }: Reply) => String(headers['cf-auditlog-id'])

test('a resource is followed from its creation to its end, whichever of its entries is asked for', async (t) => {
  const { call } = await simulator(t)
  const made = await call(`POST ${A}/tokens`, {
    body: {
      name: 'n',
      policies: [
        { effect: 'allow', permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }], resources: { x: '*' } },
      ],
    },
  })
  assert.equal(made.status, 200, made.text)
  const token = `${A}/tokens/${made.body.result.id}`
  const rolled = await call(`PUT ${token}/value`)
  await call(`PUT ${A}/profile`, { body: {} })
  const gone = await call(`DELETE ${token}`)
  for (const reply of [made, rolled, gone]) {
    for (const id of [idOf(reply), idOf(reply).replaceAll('-', ''), idOf(reply).toUpperCase()]) {
      const history = await call(`GET ${A}/logs/audit/${id}/history?${NOW}&${RANGE}`)
      assert.equal(history.status, 200, history.text)
      assert.deepEqual(told(history), ['Delete Token', 'Roll Token', 'Create Token'])
      assert.deepEqual(history.body.result_info, { count: 3, history_status: 'exact' })
      assert.deepEqual(Object.keys(history.body), ['result', 'success', 'errors', 'result_info'])
    }
  }
  await t.test('page by page, the oldest first', async () => {
    const path = `GET ${A}/logs/audit/${idOf(made)}/history?${NOW}&${RANGE}&direction=asc&limit=2`
    const first = await call(path)
    assert.deepEqual(told(first), ['Create Token', 'Roll Token'])
    const { cursor, ...info } = first.body.result_info
    assert.deepEqual(info, { count: 2, history_status: 'exact' })
    const second = await call(`${path}&cursor=${cursor}`)
    assert.deepEqual(told(second), ['Delete Token'])
    assert.deepEqual(second.body.result_info, { count: 1, history_status: 'exact' })
  })
  await t.test('within the range alone', async () => {
    const history = await call(`GET ${A}/logs/audit/${idOf(made)}/history?${NOW}&since=2026-11-01&before=2026-11-21`)
    assert.deepEqual(history.body.result, [])
    assert.deepEqual(history.body.result_info, { count: 0, history_status: 'exact' })
  })
})

test('the documented entry has a history, also under the placeholder that stands for it', async (t) => {
  const { call } = await simulator(t, { stateless: true })
  for (const id of ['f174be97-19b1-40d6-954d-70cd5fbd52db', 'audit_log_id']) {
    const query = 'action_time=2024-10-30T15:00:00Z&since=2024-10-30&before=2024-10-31'
    const { body } = await call(`GET ${A}/logs/audit/${id}/history?${query}`)
    assert.deepEqual(
      body.result.map((entry: AuditLogRow) => entry.id),
      ['f174be9719b140d6954d70cd5fbd52db'],
    )
  }
})

test('an example server finds the documented entry wherever the documentation looks for it', async (t) => {
  const { call } = await simulator(t, { stateless: true })
  const query = 'action_time=2024-10-30T15:00:00Z&since=2024-10-30&before=2024-10-31'
  for (const owner of ['/accounts', '/organizations']) {
    const path = `${owner}/a67e14daa5f8dceeb91fe5449ba496ef/logs/audit`
    const history = await call(`GET ${path}/f174be97-19b1-40d6-954d-70cd5fbd52db/history?${query}`)
    assert.equal(history.status, 200, history.text)
    assert.equal((await call(`GET ${path}?since=2024-10-30&before=2024-10-31`)).status, 200)
  }
})

test('without a URI it is what is of the same product and type, and without those there is none', async (t) => {
  const { call, worlds } = await simulator(t)
  const table = worlds.of().store.table(auditLogs)
  const entry = (id: string, rest: Partial<AuditLogRow>): AuditLogRow => ({
    id: id.repeat(32),
    account: { id: ACCOUNT, name: 'Demo Account' },
    action: { description: id, result: 'success', time: '2026-11-21T10:00:00Z', type: 'update' },
    ...rest,
  })
  table.put(entry('1', { resource: { product: 'odd', type: 'thing', id: 'x' } }))
  table.put(entry('2', { resource: { product: 'odd', type: 'thing', id: 'y' } }))
  table.put(entry('3', { resource: { product: 'odd', type: 'other' } }))
  table.put(entry('4', { resource: { product: 'odd' } }))
  table.put(entry('5', {}))
  const rows: [id: string, status: string, found: string[]][] = [
    ['1', 'approximate', ['2', '1']],
    ['3', 'approximate', ['3']],
    ['4', 'unavailable', []],
    ['5', 'unavailable', []],
  ]
  for (const [id, history_status, found] of rows) {
    const history = await call(`GET ${A}/logs/audit/${id.repeat(32)}/history?${NOW}&${RANGE}`)
    assert.deepEqual(told(history), found)
    assert.deepEqual(history.body.result_info, { count: found.length, history_status })
  }
})

test('an entry that is not found near its time is 404, with a body of its own', async (t) => {
  const { call } = await simulator(t)
  const reply = await call(`PUT ${A}/profile`, { body: {} })
  const missing = [404, 1003, 'Audit log entry not found']
  const rows: [title: string, id: string, time: string][] = [
    ['an unknown entry', UNKNOWN, '2026-11-21T10:00:00Z'],
    ['no id at all', 'nothing', '2026-11-21T10:00:00Z'],
    ['another time', idOf(reply), '2026-11-21T11:00:01Z'],
    ['a time before', idOf(reply), '2026-11-20T10:00:00Z'],
  ]
  for (const [title, id, time] of rows) {
    await t.test(title, async () => {
      const found = await call(`GET ${A}/logs/audit/${id}/history?action_time=${time}&${RANGE}`)
      assert.deepEqual(failureOf(found), missing)
      assert.deepEqual(found.body.result_info, { count: 0, history_status: 'unavailable' })
      assert.equal(found.body.success, false)
      assert.equal(found.body.result, null)
    })
  }
  await t.test('the entry of another account', async () => {
    const other = '4bb334f7c94c4a29a045f03944f072e5'
    const found = await call(`GET /accounts/${other}/logs/audit/${idOf(reply)}/history?${NOW}&${RANGE}`)
    assert.deepEqual(failureOf(found), missing)
  })
  await t.test('a malformed account says so in the same body', async () => {
    const found = await call(`GET /accounts/short/logs/audit/${idOf(reply)}/history?${NOW}&${RANGE}`)
    assert.deepEqual([found.status, found.body.errors[0].code], [404, 7003])
    assert.deepEqual(found.body.result_info, { count: 0, history_status: 'unavailable' })
  })
})

test('a history wants its three times', async (t) => {
  const { call } = await simulator(t)
  for (const query of [RANGE, `${NOW}&since=2026-11-21`, `${NOW}&before=2026-11-21`, `action_time=noon&${RANGE}`]) {
    const found = await call(`GET ${A}/logs/audit/${UNKNOWN}/history?${query}`)
    assert.deepEqual(failureOf(found), [400, 6008, 'Invalid request parameters'], query)
    assert.equal(found.body.result_info, undefined)
  }
})

test('entries are gone after 18 months of the world’s clock, and so are their histories', async (t) => {
  const { call, worlds } = await simulator(t)
  const reply = await call(`PUT ${A}/profile`, { body: {} })
  const seen = async () => {
    const { body } = await call(`GET ${A}/logs/audit?${RANGE}`)
    const { status } = await call(`GET ${A}/logs/audit/${idOf(reply)}/history?${NOW}&${RANGE}`)
    return [body.result.length, status]
  }
  assert.deepEqual(await seen(), [1, 200])
  worlds.of().clock.set({ now: '2028-05-21T23:59:59Z' })
  assert.deepEqual(await seen(), [1, 200])
  worlds.of().clock.set({ now: '2028-05-22T00:00:00Z' })
  assert.deepEqual(await seen(), [0, 404])
})

test('lists the categories of products, each a value of the filter', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET ${A}/logs/audit/product_categories`)
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(body), ['result', 'success', 'errors'])
  const zeroTrust = body.result.find(({ value }: { value: string }) => value === 'zerotrust')
  assert.equal(zeroTrust.label, 'Zero Trust')
  assert.deepEqual(zeroTrust.products[2], { value: 'gateway', label: 'Gateway' })
  for (const { value } of body.result) {
    assert.equal((await call(`GET ${A}/logs/audit?${RANGE}&product_category=${value}`)).status, 200, value)
  }
})
