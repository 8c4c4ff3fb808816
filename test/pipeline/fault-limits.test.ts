/** Rules that limit: when they strike, what they leave to other rules, and what they count for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Simulator, simulator, TOKEN } from '../simulator.ts'

const limit = (limit: number, window_s = 60) => ({ rate_limit: { limit, window_s } })
const faultsOf = ({ worlds }: Simulator) => worlds.of().faults
const counted = (server: Simulator) =>
  faultsOf(server)
    .list()
    .map(({ matched, struck }) => [matched, struck])
const asking = (fault: unknown) => ({
  headers: {
    authorization: `Bearer ${TOKEN}`,
    'fauxflare-fault': typeof fault === 'string' ? fault : JSON.stringify(fault),
  },
})

/** What several requests were answered with: the status and the fault. */
async function asked(server: Simulator, times: number, options?: ReturnType<typeof asking>): Promise<string[]> {
  const seen: string[] = []
  for (let i = 0; i < times; i += 1) {
    const { status, headers } = await server.call('GET /accounts', options)
    seen.push(`${status} ${headers['fauxflare-fault'] ?? ''}`.trim())
  }
  return seen
}

test('A limit counts each credential, tells what is left, and refuses what is too much', async (t) => {
  const server = await simulator(t)
  faultsOf(server).add({ name: 'strict', match: { method: 'GET' }, effect: limit(2, 30) })
  const seen: unknown[] = []
  for (let i = 0; i < 3; i += 1) {
    const { status, headers, body } = await server.call('GET /accounts')
    seen.push([status, headers.ratelimit, headers['retry-after'], body.errors[0]?.code])
  }
  assert.deepEqual(seen, [
    [200, '"default";r=1;t=30', undefined, undefined],
    [200, '"default";r=0;t=30', undefined, undefined],
    [429, '"default";r=0;t=30', '30', 971],
  ])
  const other = { headers: { authorization: `Bearer ${'o'.repeat(40)}` } }
  assert.equal((await server.call('GET /accounts', other)).status, 200)
  assert.equal((await server.call('POST /accounts', { body: { name: 'a' } })).headers.ratelimit, undefined)
  server.worlds.of().clock.advance('PT30S')
  assert.equal((await server.call('GET /accounts')).status, 200)
})

test('A limit that is not reached leaves requests to the rules behind it, and has not struck', async (t) => {
  const server = await simulator(t)
  faultsOf(server).add([
    { name: 'limit', effect: limit(3) },
    { name: 'every other', when: { every: 2 }, effect: { error: 503 } },
  ])
  assert.deepEqual(await asked(server, 5), ['200', '503 every other', '200', '429 limit', '429 limit'])
  assert.deepEqual(counted(server), [
    [5, 2],
    [3, 1],
  ])
  assert.deepEqual(
    server.worlds
      .of()
      .journal.all()
      .map(({ fault }) => fault),
    [null, 'every other', null, 'limit', 'limit'],
  )
})

test('The answer that a rule behind a limit makes tells what is left of the limit', async (t) => {
  const server = await simulator(t)
  faultsOf(server).add([{ effect: limit(3) }, { effect: { error: 503 } }])
  const { status, headers } = await server.call('GET /accounts')
  assert.deepEqual([status, headers.ratelimit], [503, '"default";r=2;t=60'])
})

test('A limit that refuses so often has refused so often, and then lets everybody pass', async (t) => {
  const server = await simulator(t)
  faultsOf(server).add({ name: 'twice', when: { times: 2 }, effect: limit(1) })
  assert.deepEqual(await asked(server, 5), ['200', '429 twice', '429 twice', '200', '200'])
})

test('A limit that nobody reached is a fault that was not used', async (t) => {
  const server = await simulator(t)
  faultsOf(server).add({ name: 'generous', effect: limit(100) })
  await asked(server, 2)
  const report = () => server.worlds.of().tally.report([], faultsOf(server).list()).faults_unused
  assert.deepEqual(
    report().map(({ name }) => name),
    ['generous'],
  )
})

test('A rule counts for itself: one of the same name that comes after it begins anew', async (t) => {
  const server = await simulator(t)
  const rule = { name: 'limit', effect: limit(1) }
  faultsOf(server).add(rule)
  assert.deepEqual(await asked(server, 2), ['200', '429 limit'])
  faultsOf(server).clear()
  faultsOf(server).add(rule)
  assert.deepEqual(await asked(server, 2), ['200', '429 limit'])
})

test('Requests that ask for a limit are counted by those that ask for the same', async (t) => {
  const server = await simulator(t)
  assert.deepEqual(await asked(server, 2, asking(limit(1))), ['200', '429 rate_limit'])
  assert.deepEqual(await asked(server, 1, asking(limit(5))), ['200'])
  assert.deepEqual(await asked(server, 1, asking(limit(1))), ['429 rate_limit'])
})

test('A limit that is asked for by name is counted as having struck when it refuses', async (t) => {
  const server = await simulator(t)
  faultsOf(server).add({ name: 'limit', match: { method: 'POST' }, effect: limit(1) })
  assert.deepEqual(await asked(server, 2, asking('limit')), ['200', '429 limit'])
  assert.deepEqual(counted(server), [[0, 1]])
})

test('A change that asks for stale reads is struck by nothing', async (t) => {
  const server = await simulator(t)
  faultsOf(server).add({ name: 'late', effect: { stale: { ms: 1000 } } })
  for (const fault of ['eventual', 'late']) {
    const { status, headers } = await server.call('POST /accounts', { ...asking(fault), body: { name: 'made' } })
    assert.deepEqual([status, headers['fauxflare-fault']], [200, undefined])
  }
  assert.deepEqual(counted(server), [[0, 0]])
  assert.deepEqual(
    server.worlds
      .of()
      .journal.all()
      .map(({ fault }) => fault),
    [null, null],
  )
})
