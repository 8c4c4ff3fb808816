/** How far back audit logs can be asked for, by the clock of the world. ERRORS.md §4 and §7.7. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditLogs } from '../../schemas/audit-logs.ts'
import { as } from '../acting.ts'
import { ACCOUNT, EMAIL, failureOf, simulator } from '../simulator.ts'

const LOGS = [`/accounts/${ACCOUNT}/logs/audit`, '/organizations/a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8/logs/audit']
const TOO_OLD = [400, 113, 'since must not be more than 18 months ago']

test('more than 18 months back is refused where credentials must exist', async (t) => {
  const { call, worlds } = await simulator(t, { auth: 'enforce' })
  const headers = as(EMAIL)
  for (const log of LOGS) {
    const since = (day: string) => call(`GET ${log}?since=${day}&before=2026-11-22`, { headers })
    assert.deepEqual(failureOf(await since('2025-05-20')), TOO_OLD)
    assert.deepEqual(failureOf(await since('2025-05-20T23:59:59Z')), TOO_OLD)
    assert.equal((await since('2025-05-21')).status, 200)
  }
  worlds.of().clock.set({ now: '2026-11-22T00:00:00Z' })
  for (const log of LOGS) {
    assert.deepEqual(failureOf(await call(`GET ${log}?since=2025-05-21&before=2026-11-22`, { headers })), TOO_OLD)
  }
})

test('18 months before the end of a longer month is the end of the shorter one', async (t) => {
  const { call } = await simulator(t, { auth: 'enforce', clock: '2026-08-31T12:00:00Z' })
  const [log] = LOGS
  const since = (day: string) => call(`GET ${log}?since=${day}&before=2026-09-01`, { headers: as(EMAIL) })
  assert.deepEqual(failureOf(await since('2025-02-27')), TOO_OLD)
  assert.equal((await since('2025-02-28')).status, 200)
})

test('it is empty where credentials need not exist, since the documented examples ask for it', async (t) => {
  const { call } = await simulator(t)
  for (const log of LOGS) {
    const { status, body } = await call(`GET ${log}?since=2024-10-30&before=2025-01-01`)
    assert.deepEqual([status, body.result], [200, []])
  }
})

test('entries are found and ordered by their moment, however it is written', async (t) => {
  const { call, worlds } = await simulator(t)
  const table = worlds.of().store.table(auditLogs)
  const times = [
    '2026-11-21T01:30:00+02:00', // the evening before
    '2026-11-21T00:00:00Z',
    '2026-11-21T00:00:00.001Z',
    '2026-11-20T19:00:00.500-05:00',
    '2026-11-21T00:00:01Z',
    '2026-11-21T00:00:01.250Z',
  ]
  for (const [at, time] of times.entries()) {
    const action = { result: 'success', type: 'view', time }
    table.put({ id: `${at}`.padStart(32, '0'), account: { id: ACCOUNT, name: 'x' }, action })
  }
  const found = async (since: string, before: string) => {
    const query = `since=${since}&before=${before}&action_type=view&direction=asc&limit=2`
    const ids: number[] = []
    let cursor = ''
    do {
      const { body } = await call(`GET ${LOGS[0]}?${query}${cursor}`)
      for (const { id } of body.result) ids.push(Number(id))
      cursor = body.result_info.cursor ? `&cursor=${body.result_info.cursor}` : ''
    } while (cursor !== '')
    return ids
  }
  assert.deepEqual(await found('2026-11-20', '2026-11-21'), [0])
  assert.deepEqual(await found('2026-11-21', '2026-11-22'), [1, 2, 3, 4, 5])
  assert.deepEqual(await found('2026-11-21T00:00:00.001Z', '2026-11-21T00:00:01.250Z'), [2, 3, 4])
  assert.deepEqual(await found('2026-11-21T00:00:00.002Z', '2026-11-21T00:00:00.500Z'), [])
})
