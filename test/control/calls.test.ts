/** Every call of the control API: what it does, and that it answers as its schema says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CONTROL_CALLS } from '../../schemas/control.ts'
import { CONTROLS } from '../../server/control/index.ts'
import { ACCOUNT, simulator } from '../simulator.ts'
import { callOf, misfits, steering } from './steer.ts'

const RULE = { name: 'busy', match: { operation: 'account-creation' }, effect: { error: { status: 503 } } }

/** In turn, in one world: what is made by one row is there for the next. */
const rows: [request: string, status: number, body?: unknown][] = [
  ['GET /health', 200],
  ['GET /operations', 200],
  ['GET /state', 200],
  ['GET /state/diff', 200],
  ['PUT /snapshots/before', 201],
  ['PUT /snapshots/before', 200, {}],
  ['GET /snapshots', 200],
  ['GET /state/diff?from=before', 200],
  ['POST /snapshots/before/restore', 204],
  ['DELETE /snapshots/before', 204],
  ['POST /seed', 201, { accounts: 1, members_per_account: 2, tokens_per_account: 0, audit_days: 0 }],
  ['POST /faults', 201, RULE],
  ['POST /faults', 201, [{ preset: 'flaky' }, { effect: { delay: { ms: 1 } }, when: { every: 3 } }]],
  ['POST /faults', 201, { preset: 'slow' }],
  ['GET /faults', 200],
  ['GET /faults/fault-1', 200],
  ['GET /faults/busy', 200],
  ['DELETE /faults/fault-2', 204],
  ['DELETE /faults', 204],
  ['GET /clock', 200],
  ['PUT /clock', 200, { mode: 'frozen', now: '2030-01-01T00:00:00Z' }],
  ['PUT /clock', 200, { now: '2031-01-01T00:00:00Z' }],
  ['PUT /clock', 200, { mode: 'offset' }],
  ['PUT /clock', 200, { mode: 'real' }],
  ['POST /clock/advance', 200, { by: 'P31D' }],
  ['GET /requests', 200],
  ['GET /requests?operation=account-creation&method=POST&path=/accounts&status=2xx&limit=5', 200],
  ['GET /requests?since=2026-11-21T10:00:00Z', 200],
  ['GET /requests/1', 200],
  ['POST /requests/verify', 200, { match: { operation: 'account-creation' }, times: { exactly: 1 } }],
  ['POST /requests/verify', 200, { match: { operation: 'account-creation', body: { name: 'other' } } }],
  ['DELETE /requests', 204],
  ['GET /report', 200],
  ['PUT /sandboxes/w1', 201],
  ['PUT /sandboxes/w1', 200, { fixtures: 'empty', seed: 7, stateless: true, clock: '2030-01-01T00:00:00Z' }],
  ['GET /sandboxes', 200],
  ['DELETE /sandboxes/w1', 204],
  ['POST /reset', 204],
]

test('Every call answers as its schema says', async (t) => {
  const { app, call } = await simulator(t)
  const steer = steering(app)
  await call('POST /accounts', { body: { name: 'a', type: 'standard', unknown: true } })
  await call('GET /accounts?pages=2')
  await call(`GET /accounts/${ACCOUNT}/tokens`)
  await call('GET /acounts')
  const journal = (await steer('GET /requests')).body.requests
  assert.equal(journal.length, 4)
  for (const [request, status, body] of rows) {
    // A restored world has an empty journal.
    if (request === 'GET /requests') await call('POST /accounts', { body: { name: 'a', type: 'standard' } })
    const reply = await steer(request, body)
    assert.equal(reply.status, status, `${request}: ${reply.text}`)
    assert.deepEqual(misfits(request, reply), [], `${request}: ${reply.text.slice(0, 500)}`)
  }
  const { body: state } = await steer('GET /state')
  const reply = await steer('PUT /state', state)
  assert.deepEqual([reply.status, misfits('PUT /state', reply)], [204, []])
})

test('The table above has every call', () => {
  const called = new Set([...rows.map(([request]) => callOf(request).id), 'control-state-put'])
  assert.deepEqual([...called].sort(), CONTROL_CALLS.map(({ id }) => id).sort())
})

test('Every call that is declared is there, and no other', () => {
  assert.deepEqual(CONTROLS.map(({ call }) => call.id).sort(), CONTROL_CALLS.map(({ id }) => id).sort())
  assert.equal(new Set(CONTROL_CALLS.map(({ id }) => id)).size, CONTROL_CALLS.length)
})

test('A reset brings the world back to how it began', async (t) => {
  const { app, call } = await simulator(t)
  const steer = steering(app)
  const before = (await steer('GET /state')).text
  await call(`DELETE /accounts/${ACCOUNT}`)
  await steer('POST /faults', RULE)
  await steer('POST /clock/advance', { by: 'P1D' })
  assert.notEqual((await steer('GET /state')).text, before)
  assert.equal((await steer('POST /reset')).status, 204)
  assert.equal((await steer('GET /state')).text, before)
  assert.deepEqual((await steer('GET /faults')).body, { faults: [] })
  assert.deepEqual((await steer('GET /requests')).body, { requests: [], dropped: 0 })
})

test('A saved world has one row a line, so that a difference shows which it is', async (t) => {
  const { text, body, headers } = await steering((await simulator(t)).app)('GET /state?secrets=true')
  const lines = new Set(text.split('\n').map((line) => line.trim().replace(/,$/, '')))
  for (const row of body.tables.tokens) assert.ok(lines.has(JSON.stringify(row)), row.id)
  assert.equal(headers['content-type'], 'application/json; charset=utf-8')
})

test('A saved world can be restored, in another server too', async (t) => {
  const { app, call } = await simulator(t)
  await call('POST /accounts', { body: { name: 'Kept', type: 'standard' } })
  const { text } = await steering(app)('GET /state')
  const other = await simulator(t, { fixtures: 'empty', seed: 99 })
  const steer = steering(other.app)
  assert.equal((await steer('PUT /state', text)).status, 204)
  assert.equal((await steer('GET /state')).text, text)
  const body = { name: 'Next', type: 'standard' }
  assert.equal(
    (await other.call('POST /accounts', { body })).body.result.id,
    (await call('POST /accounts', { body })).body.result.id,
  )
})

test('A snapshot is restored as often as one likes, and outlives a reset', async (t) => {
  const { app, call } = await simulator(t)
  const steer = steering(app)
  await call('PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353', { body: { name: 'Before', type: 'standard' } })
  await steer('PUT /snapshots/s.1')
  const before = (await steer('GET /state')).text
  for (const _ of ['once', 'and again']) {
    await call(`DELETE /accounts/${ACCOUNT}`)
    const { accounts } = (await steer('GET /state/diff?from=s.1')).body
    assert.deepEqual(
      accounts.removed.map(({ id }: { id: string }) => id),
      [ACCOUNT],
    )
    assert.equal((await steer('POST /snapshots/s.1/restore')).status, 204)
    assert.deepEqual((await steer('GET /state/diff?from=s.1')).body, {})
    assert.equal((await steer('GET /state')).text, before)
  }
  await steer('POST /reset')
  assert.deepEqual((await steer('GET /state/diff')).body, {})
  const { snapshots } = (await steer('GET /snapshots')).body
  assert.deepEqual(
    snapshots.map(({ name, time }: { name: string; time: string }) => [name, time]),
    [['s.1', '2026-11-21T10:00:00.000Z']],
  )
  await steer('POST /snapshots/s.1/restore')
  assert.equal((await steer('GET /state')).text, before)
})

test('The journal is paged by a cursor', async (t) => {
  const { app, call } = await simulator(t)
  const steer = steering(app)
  for (let at = 0; at < 5; at += 1) await call(`GET /accounts?page=${at + 1}`)
  const ids: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { body }: { body: { requests: { id: string }[]; cursor?: string } } = await steer(
      `GET /requests?limit=2${cursor && `&cursor=${cursor}`}`,
    )
    ids.push(...body.requests.map(({ id }) => id))
    cursor = body.cursor
  }
  assert.deepEqual(ids, ['1', '2', '3', '4', '5'])
})

test('The operations are those of the simulated API', async (t) => {
  const { app } = await simulator(t)
  const { operations } = (await steering(app)('GET /operations')).body
  assert.equal(operations.length, 95)
  assert.equal(operations.filter(({ documented }: { documented: boolean }) => documented).length, 31)
  assert.deepEqual(
    operations.find(({ id }: { id: string }) => id === 'account-members-list-members'),
    {
      id: 'account-members-list-members',
      method: 'GET',
      path: '/accounts/{account_id}/members',
      documented: true,
      pagination: 'page',
      permissions: ['SCIM Provisioning', 'Account Settings Write', 'Account Settings Read'],
    },
  )
  for (const { path } of operations) assert.doesNotMatch(path.replace(/:batchCreate$/, ''), /[:()^$]/)
})

test('HEAD is answered where GET is', async (t) => {
  const { app } = await simulator(t)
  const answer = await app.inject({ method: 'HEAD', url: '/_fauxflare/health' })
  assert.deepEqual([answer.statusCode, answer.body], [200, ''])
})
