/** How far back audit logs can be asked for, by the clock of the world. ERRORS.md §4 and §7.7. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
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
