/** The powers of `fauxflare()`: what tests do to a simulator in their own process, without a request. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CloudError, FaultError, type Fauxflare, fauxflare, JournalError, SnapshotError } from '../../server/index.ts'
import { ACCOUNT, TOKEN } from '../simulator.ts'

const CLOCK = '2026-11-21T10:00:00Z'
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }

async function call({ baseURL }: { baseURL: string }, method: string, path: string, body?: object) {
  const answer = await fetch(baseURL + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  return { status: answer.status, body: (await answer.json()) as { result: Record<string, unknown> } }
}
const make = (cf: { baseURL: string }, name = 'New') => call(cf, 'POST', '/accounts', { name, type: 'standard' })
const look = async (cf: { baseURL: string }) => (await call(cf, 'GET', `/accounts/${ACCOUNT}`)).status
const drop = (cf: { baseURL: string }) => call(cf, 'DELETE', `/accounts/${ACCOUNT}`)

test('A fault strikes as told, is listed with what it did, and is gone when it is cleared', async () => {
  await using cf = await fauxflare()
  const [rule] = cf.faults.add({
    name: 'busy',
    match: { operation: 'account-creation' },
    when: { times: 1 },
    effect: { error: { status: 503 } },
  })
  assert.equal(rule?.id, 'fault-1')
  assert.deepEqual([(await make(cf)).status, (await make(cf)).status], [503, 200])
  assert.equal(cf.faults.get('busy')?.struck, 1)
  assert.deepEqual(
    cf.faults.list().map(({ id, struck }) => [id, struck]),
    [['fault-1', 1]],
  )
  assert.equal(cf.faults.remove('busy'), true)
  assert.equal(cf.faults.remove('busy'), false)
  assert.ok(cf.faults.add('flaky').length > 0)
  cf.faults.clear()
  assert.deepEqual(cf.faults.list(), [])
  assert.throws(() => cf.faults.add('flakey'), FaultError)
})

test('The clock is set, advanced and frozen', async () => {
  await using cf = await fauxflare({ clock: CLOCK })
  assert.deepEqual([cf.clock.mode, cf.clock.now], ['frozen', '2026-11-21T10:00:00.000Z'])
  cf.clock.advance('P31D')
  assert.equal(cf.clock.now, '2026-12-22T10:00:00.000Z')
  cf.clock.set('2030-01-01T00:00:00Z')
  assert.deepEqual([cf.clock.mode, cf.clock.now], ['frozen', '2030-01-01T00:00:00.000Z'])
  assert.match(String((await make(cf)).body.result.created_on), /^2030-01-01T00:00:00/)
  cf.clock.set({ mode: 'real' })
  assert.equal(cf.clock.mode, 'real')
  cf.clock.set('2040-01-01T00:00:00Z')
  assert.deepEqual([cf.clock.mode, cf.clock.now.slice(0, 4)], ['offset', '2040'])
  cf.clock.freeze('2020-01-01T00:00:00Z')
  assert.equal(cf.clock.now, '2020-01-01T00:00:00.000Z')
  for (const wrong of [
    () => cf.clock.set('noon'),
    () => cf.clock.advance('a day'),
    () => cf.clock.freeze(''),
    () => cf.clock.set({}),
  ]) {
    assert.throws(wrong, CloudError)
  }
  assert.equal(cf.clock.now, '2020-01-01T00:00:00.000Z')
})

test('The journal says what was asked, by operation or altogether, and verifies it', async () => {
  await using cf = await fauxflare()
  await make(cf, 'First')
  await look(cf)
  assert.equal(cf.requests.all().length, 2)
  assert.equal(cf.requests.all({ method: 'GET' }).length, 1)
  const [exchange] = cf.requests.of('account-creation')
  assert.deepEqual(exchange?.request.body, { name: 'First', type: 'standard' })
  assert.deepEqual(cf.requests.get(exchange?.id ?? ''), exchange)
  assert.equal(cf.requests.page({}, 1).exchanges.length, 1)
  const match = { operation: 'account-creation', body: { name: 'First' } }
  assert.equal(cf.requests.verify({ match, times: { exactly: 1 } }).satisfied, true)
  assert.equal(cf.requests.verify({ match: { ...match, body: { name: 'Other' } } }).satisfied, false)
  // A question with a slip in it would be answered with "never called".
  assert.throws(() => cf.requests.of('account-creatoin'), JournalError)
  assert.throws(() => cf.requests.verify({ match: { oparation: 'account-creation' } } as object as { match: object }), {
    name: 'CloudError',
    message: /Did you mean "operation"/,
  })
  cf.requests.clear()
  assert.deepEqual([cf.requests.all(), cf.requests.dropped], [[], 0])
})

test('A snapshot brings a state back, by itself, by its name and as a document', async () => {
  await using cf = await fauxflare({ clock: CLOCK })
  const before = cf.snapshot()
  cf.snapshot('named')
  const document = cf.state()
  const first = (await make(cf)).body.result.id
  for (const from of [before, 'named', document, JSON.parse(JSON.stringify(before))]) {
    await drop(cf)
    assert.equal(cf.diff(before).accounts?.removed.length, 1)
    assert.deepEqual(cf.diff('named'), cf.diff(before))
    cf.restore(from)
    assert.deepEqual([cf.diff(before), cf.diff(), await look(cf)], [{}, {}, 200])
    assert.equal((await make(cf)).body.result.id, first)
  }
  assert.deepEqual(
    cf.snapshots.list().map(({ name }) => name),
    ['named'],
  )
  assert.deepEqual([cf.snapshots.delete('named'), cf.snapshots.delete('named')], [true, false])
  assert.throws(() => cf.restore('named'), { name: 'CloudError', message: /There is no snapshot yet/ })
  assert.throws(() => cf.diff('named'), CloudError)
  assert.throws(() => cf.snapshot('a b'), CloudError)
  assert.throws(() => cf.restore({ ...document, version: 7 }), SnapshotError)
})

test('Changing the document of a state does not change the state', async () => {
  await using cf = await fauxflare({ clock: CLOCK })
  const document = cf.state()
  const rows = document.tables.accounts as { id: string; name: string }[]
  for (const row of rows) row.name = 'Changed'
  assert.deepEqual(cf.diff(), {})
  cf.restore(document)
  assert.equal((await call(cf, 'GET', `/accounts/${ACCOUNT}`)).body.result.name, 'Changed')
  cf.reset()
  assert.notEqual((await call(cf, 'GET', `/accounts/${ACCOUNT}`)).body.result.name, 'Changed')
})

test('A sandbox is a world with the same powers and a URL of its own', async () => {
  await using cf = await fauxflare({ clock: CLOCK })
  const mine = cf.sandbox('worker-3')
  assert.equal(mine.name, 'worker-3')
  assert.equal(mine.baseURL, `${cf.url}/sandboxes/worker-3/client/v4`)
  await drop(mine)
  mine.faults.add({ effect: { error: { status: 500 } } })
  mine.clock.advance('P1Y')
  assert.deepEqual([await look(cf), cf.requests.all().length, cf.clock.now.slice(0, 4)], [200, 1, '2026'])
  // The same world, whoever asks.
  assert.equal(cf.sandbox('worker-3').requests.all().length, 1)
  mine.reset()
  assert.equal(await look(mine), 200)
  assert.equal(cf.sandbox('default').requests.all().length, 1)
})

test('A sandbox begins with options; with options again, it begins anew', async () => {
  await using cf = await fauxflare()
  const empty = cf.sandbox('w1', { fixtures: 'empty', seed: 7, clock: CLOCK })
  assert.deepEqual([await look(empty), empty.clock.now], [403, '2026-11-21T10:00:00.000Z'])
  await make(empty)
  assert.equal(cf.sandbox('w1').requests.all().length, 2)
  assert.equal(cf.sandbox('w1', { stateless: true }).requests.all().length, 0)
  assert.deepEqual([(await drop(empty)).status, await look(empty)], [200, 200])
  const { seed } = cf.sandboxes.list()[1]?.options ?? {}
  assert.equal(seed, 1)
  assert.equal(cf.sandbox('w1', { seed: undefined } as object).name, 'w1')
  assert.equal(cf.sandboxes.list()[1]?.options.seed, 1)
  for (const wrong of [{ sed: 1 }, { seed: 1.5 }, { clock: 'noon' }, { fixtures: './package.json' }]) {
    assert.throws(() => cf.sandbox('w2', wrong as object), CloudError)
  }
  assert.throws(() => cf.sandbox('default', {}), CloudError)
  assert.throws(() => cf.sandbox('a/b'), { name: 'SANDBOX_NAME' })
  assert.deepEqual(
    cf.sandboxes.list().map(({ name }) => name),
    ['default', 'w1'],
  )
  assert.equal(cf.sandboxes.delete('w1'), true)
  assert.throws(() => cf.sandboxes.delete('default'), CloudError)
})

test('More sandboxes than there may be are refused', async () => {
  await using cf = await fauxflare({ maxSandboxes: 1 })
  cf.sandbox('w1')
  assert.throws(() => cf.sandbox('w2'), { name: 'SANDBOXES_FULL', status: 507 })
  cf.sandboxes.delete('w1')
  assert.equal(await look(cf.sandbox('w2')), 200)
})

test('The report is that of one world, and outlives a reset; the total is that of all', async () => {
  await using cf = await fauxflare()
  const mine = cf.sandbox('w1')
  await call(cf, 'GET', '/accounts?pages=2')
  await make(mine)
  cf.reset()
  const [one, other, all] = [cf.report(), mine.report(), cf.total()]
  const called = ({ operations }: typeof all) => operations.map(({ operation }) => operation).sort()
  assert.deepEqual(called(one), ['accounts-list-accounts'])
  assert.deepEqual(called(other), ['account-creation'])
  assert.deepEqual(called(all), ['account-creation', 'accounts-list-accounts'])
  assert.equal(all.violations.length, 1)
  // What was done in a sandbox that is gone was done all the same.
  mine.faults.add({ name: 'never', match: { operation: 'account-deletion' }, effect: { error: { status: 503 } } })
  cf.sandboxes.delete('w1')
  assert.deepEqual(called(cf.total()), called(all))
  assert.deepEqual(
    cf.total().faults_unused.map(({ name }) => name),
    ['never'],
  )
})

test('What is steered over HTTP shows in process, and the other way round', async () => {
  await using cf = await fauxflare({ clock: CLOCK })
  const control = `${cf.url}/_fauxflare`
  cf.faults.add({ name: 'mine', effect: { delay: { ms: 1 } } })
  const rules = (await (await fetch(`${control}/faults`)).json()) as { faults: object[] }
  assert.deepEqual(rules.faults, cf.faults.list())
  await fetch(`${control}/snapshots/shared`, { method: 'PUT', headers })
  assert.deepEqual(
    cf.snapshots.list().map(({ name }) => name),
    ['shared'],
  )
  assert.deepEqual(await (await fetch(`${control}/state`)).json(), JSON.parse(JSON.stringify(cf.state())))
})

test('Powers can be handed over by themselves', async () => {
  await using cf = await fauxflare()
  const { reset, snapshot, faults, requests, sandbox }: Fauxflare = cf
  await drop(cf)
  reset()
  assert.deepEqual([await look(cf), snapshot().rows > 0], [200, true])
  const { add } = faults
  add('slow')
  assert.equal(sandbox('w1').faults.list().length, 0)
  assert.equal(requests.all().length, 1)
})

test('Two simulators in one process share nothing', async () => {
  await using one = await fauxflare({ seed: 7, clock: CLOCK })
  await using two = await fauxflare({ seed: 7, clock: CLOCK })
  const before = JSON.stringify([two.state(), two.faults.list(), two.report(), two.sandboxes.list()])
  await drop(one)
  await make(one.sandbox('w1'))
  one.faults.add('outage')
  one.clock.advance('P1D')
  one.snapshot('mine')
  await call(one, 'GET', '/accounts?pages=2')
  assert.equal(JSON.stringify([two.state(), two.faults.list(), two.report(), two.sandboxes.list()]), before)
  assert.deepEqual([two.requests.all(), two.snapshots.list()], [[], []])
})

test('What is of the wrong type is refused, not taken for something else', async () => {
  await using cf = await fauxflare({ clock: CLOCK })
  const given = (value: unknown) => value as never
  // A number would be another world than the one of its base URL, and nothing at all the default world.
  for (const name of [5, undefined, null]) assert.throws(() => cf.sandbox(given(name)), { name: 'SANDBOX_NAME' })
  assert.throws(() => cf.sandbox(given(5), { seed: 7 }), { name: 'SANDBOX_NAME' })
  for (const name of [5, null]) assert.throws(() => cf.snapshot(given(name)), CloudError)
  for (const from of [5, null, cf.state()]) assert.throws(() => cf.diff(given(from)), CloudError)
  for (const time of [undefined, null, {}, 5]) assert.throws(() => cf.clock.set(given(time)), CloudError)
  assert.deepEqual([cf.sandboxes.list().length, cf.snapshots.list(), cf.clock.mode], [1, [], 'frozen'])
})
