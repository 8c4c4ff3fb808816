/** Everything that tells the time goes by the clock of the world: set, advanced, frozen, and turned back. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { ACCOUNT, failureOf, type Reply, simulator } from '../simulator.ts'

const POLICY = {
  effect: 'allow',
  resources: { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' },
  permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }],
}
const TOKENS = `/accounts/${ACCOUNT}/tokens`
const SUBSCRIPTIONS = `/accounts/${ACCOUNT}/subscriptions`

const auditTime = ({ headers }: Reply) =>
  new Date(Number.parseInt(String(headers['cf-auditlog-id']).replace('-', '').slice(0, 12), 16)).toISOString()

/** A simulator, its clock, and a way to ask for the `result` of an answer that must be a good one. */
async function timed(t: TestContext, clock = '2026-11-21T10:00:00Z') {
  const { call, worlds } = await simulator(t, { clock })
  const good = async (request: string, body?: unknown) => {
    const reply = await call(request, body === undefined ? {} : { body })
    assert.ok(reply.status < 300, reply.text)
    return reply.body?.result
  }
  return { call, good, worlds, clock: () => worlds.of().clock }
}

test('Rows and headers are dated by the clock, wherever it is moved', async (t) => {
  const { call, good, clock } = await timed(t)
  const moves: [move: () => void, now: string][] = [
    [() => {}, '2026-11-21T10:00:00.000Z'],
    [() => clock().advance('P31D'), '2026-12-22T10:00:00.000Z'],
    [() => clock().set({ mode: 'frozen', now: '2040-02-29T23:59:59.5Z' }), '2040-02-29T23:59:59.500Z'],
    [() => clock().advance('-P20Y'), '2020-02-29T23:59:59.500Z'],
    [() => clock().freeze('1970-01-01'), '1970-01-01T00:00:00.000Z'],
  ]
  for (const [move, now] of moves) {
    move()
    const seconds = `${now.slice(0, 19)}Z`
    const reply = await call('POST /accounts', { body: { name: 'Acme' } })
    assert.equal(reply.body.result.created_on, now)
    assert.equal(reply.headers['api-version'], now.slice(0, 10))
    assert.equal(reply.headers.date, new Date(now).toUTCString())
    assert.equal(auditTime(reply), now)
    const token = await good(`POST ${TOKENS}`, { name: 'key', policies: [POLICY] })
    assert.deepEqual([token.issued_on, token.modified_on], [seconds, seconds])
    const subscription = await good(`POST ${SUBSCRIPTIONS}`, { rate_plan: { id: 'pro' } })
    assert.equal(subscription.current_period_start, seconds)
  }
})

test('A real clock that was advanced runs on, and answers with it', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-21T10:00:00Z') })
  const { call, clock } = await timed(t, 'real')
  clock().advance('P1M')
  t.mock.timers.setTime(Date.parse('2026-11-21T10:00:30Z'))
  const reply = await call('POST /accounts', { body: { name: 'Acme' } })
  assert.equal(reply.body.result.created_on, '2026-12-21T10:00:30.000Z')
  assert.equal(reply.headers['api-version'], '2026-12-21')
  assert.equal(reply.headers.date, 'Mon, 21 Dec 2026 10:00:30 GMT')
})

test('A token expires when the clock gets there, and is good again when it is turned back', async (t) => {
  const { call, good, clock } = await timed(t)
  const { id, value } = await good(`POST ${TOKENS}`, {
    name: 'a month',
    not_before: '2026-11-20T00:00:00Z',
    expires_on: '2026-12-21T10:00:00Z',
    policies: [POLICY],
  })
  const headers = { authorization: `Bearer ${value}` }
  const verify = () => call(`GET ${TOKENS}/verify`, { headers })
  const moves: [duration: string, status: string][] = [
    ['PT0S', 'active'],
    ['P1M', 'expired'],
    ['-PT1S', 'active'],
    ['PT0.999S', 'active'],
    ['PT0.001S', 'expired'],
    ['P10Y', 'expired'],
    ['-P10Y1M', 'active'],
  ]
  for (const [duration, status] of moves) {
    clock().advance(duration)
    const { body } = await verify()
    assert.deepEqual(body.result.status, status, `after ${duration}`)
    assert.equal(body.messages.length, status === 'active' ? 1 : 0)
    assert.equal((await good(`GET ${TOKENS}/${id}`)).status, status)
    const listed: { id: string }[] = await good(`GET ${TOKENS}?per_page=50&direction=desc`)
    assert.equal(
      listed.some((token) => token.id === id),
      status === 'active',
    )
  }
  clock().freeze('2026-11-19T23:59:59Z')
  assert.deepEqual(failureOf(await verify()), [401, 1000, 'Invalid API Token'])
})

test('Rolling and updating a token dates it, in the past too', async (t) => {
  const { good, clock } = await timed(t)
  const { id } = await good(`POST ${TOKENS}`, { name: 'key', policies: [POLICY] })
  clock().advance('-P1Y')
  await good(`PUT ${TOKENS}/${id}/value`, {})
  const rolled = await good(`GET ${TOKENS}/${id}`)
  assert.deepEqual([rolled.issued_on, rolled.modified_on], ['2026-11-21T10:00:00Z', '2025-11-21T10:00:00Z'])
  clock().advance('P2Y')
  const updated = await good(`PUT ${TOKENS}/${id}`, { name: 'renamed', policies: [POLICY] })
  assert.deepEqual([updated.issued_on, updated.modified_on], ['2026-11-21T10:00:00Z', '2027-11-21T10:00:00Z'])
})

test('A period ends by the calendar, and never after the last year that can be written', async (t) => {
  const { good, clock } = await timed(t)
  const periods: [now: string, frequency: string, end: string][] = [
    ['2027-01-31T00:00:00Z', 'monthly', '2027-02-28T00:00:00Z'],
    ['2028-02-29T12:00:00Z', 'yearly', '2029-02-28T12:00:00Z'],
    ['9998-12-31T23:59:59Z', 'yearly', '9999-12-31T23:59:59Z'],
    ['9999-12-31T23:59:59Z', 'weekly', '9999-12-31T23:59:59Z'],
    ['9999-06-01T00:00:00Z', 'yearly', '9999-12-31T23:59:59Z'],
  ]
  for (const [now, frequency, end] of periods) {
    clock().freeze(now)
    const { current_period_end } = await good(`POST ${SUBSCRIPTIONS}`, { rate_plan: { id: 'pro' }, frequency })
    assert.equal(current_period_end, end)
  }
})

test('Audit logs are asked for by time, not by the clock: what is to come is there already', async (t) => {
  const { good, clock } = await timed(t)
  const window = `GET /accounts/${ACCOUNT}/logs/audit?since=2026-10-01&before=2026-11-01&limit=5`
  const found = await good(window)
  assert.ok(found.length > 0)
  clock().advance('-P30Y')
  assert.deepEqual(await good(window), found)
  clock().advance('P60Y')
  assert.deepEqual(await good(window), [], 'After 18 months they are gone.')
})

test('Each world has a clock of its own, which a reset puts right', async (t) => {
  const { call, worlds, clock } = await timed(t)
  clock().advance('P1Y')
  worlds.of('other').clock.advance('-P1Y')
  const day = async () => new Date(String((await call('GET /accounts')).headers.date)).toISOString().slice(0, 10)
  assert.equal(await day(), '2027-11-21')
  assert.equal(worlds.of('other').clock.day(), '2025-11-21')
  worlds.reset()
  assert.equal(await day(), '2026-11-21')
  assert.equal(worlds.of('other').clock.day(), '2025-11-21')
})

test('Nothing in the server asks the machine for the time, but the clock', () => {
  const root = new URL('../../server/', import.meta.url)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const asking = files.filter((file) =>
    /\bDate\.now\b|new Date\(\)|\bDate\(\)/.test(readFileSync(new URL(file, root), 'utf8')),
  )
  // A lock is about processes of the machine, and no part of any world.
  assert.deepEqual(asking, ['state/clock.ts', 'state/persistence/lock.ts'])
})
