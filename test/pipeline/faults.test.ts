/** Which fault strikes a request, and what it does before the operation runs. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { KeptRule } from '../../schemas/faults.ts'
import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { logTo } from '../../server/log.ts'
import { worldOptionsOf } from '../../server/world-options.ts'
import { Worlds } from '../../server/worlds.ts'
import { ACCOUNT, failureOf, type Simulator, simulator, TOKEN } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const authorization = `Bearer ${TOKEN}`
const asking = (fault: unknown, others: Record<string, string> = {}) => ({
  headers: { authorization, 'fauxflare-fault': typeof fault === 'string' ? fault : JSON.stringify(fault), ...others },
})
const faultsOf = ({ worlds }: Simulator) => worlds.of().faults
const journalOf = ({ worlds }: Simulator) => worlds.of().journal.all()
const total = async ({ call }: Simulator) => (await call('GET /accounts')).body.result_info.total_count

/** Adds one rule. */
const add = (server: Simulator, rule: unknown) => faultsOf(server).add(rule)[0] as KeptRule

test('without a fault nothing says that there could be one', async (t) => {
  const server = await simulator(t)
  const reply = await server.call('GET /accounts')
  assert.equal(reply.status, 200)
  assert.deepEqual(
    Object.keys(reply.headers).filter((name) => /fault|prefer|retry/.test(name)),
    [],
  )
  assert.equal(journalOf(server)[0]?.fault, null)
})

test('a rule strikes, is named in the answer and in the journal, and its operation does not run', async (t) => {
  const server = await simulator(t)
  const before = await total(server)
  add(server, { name: 'no room', match: { operation: 'account-creation' }, effect: { error: { status: 507 } } })
  const reply = await server.call('POST /accounts', { body: { name: 'never' } })
  assert.equal(reply.status, 507)
  assert.equal(reply.headers['fauxflare-fault'], 'no room')
  assert.equal(journalOf(server).at(-1)?.fault, 'no room')
  assert.equal(await total(server), before)
})

test('the third call fails, and then everything is as before', async (t) => {
  const server = await simulator(t)
  const rule = add(server, { when: { after: 2, times: 1 }, effect: { error: { status: 503 } } })
  const statuses: number[] = []
  for (let i = 0; i < 5; i += 1) statuses.push((await server.call(`GET ${A}`)).status)
  assert.deepEqual(statuses, [200, 200, 503, 200, 200])
  assert.equal(faultsOf(server).get(rule.id)?.struck, 1)
})

test('the header is asked first, then what is preferred, then the rules', async (t) => {
  const server = await simulator(t)
  const rule = add(server, { effect: { error: { status: 501 } } })
  const struck = () => faultsOf(server).get(rule.id)?.struck
  const both = await server.call('GET /accounts', asking({ error: { status: 503 } }, { prefer: 'code=504' }))
  assert.deepEqual([both.status, both.headers['preference-applied'], struck()], [503, undefined, 0])
  const preferred = await server.call('GET /accounts', { headers: { authorization, prefer: 'code=504' } })
  assert.deepEqual([preferred.status, preferred.headers['fauxflare-fault'], struck()], [504, 'prefer', 0])
  const ruled = await server.call('GET /accounts', { headers: { authorization, prefer: 'return=minimal' } })
  assert.deepEqual([ruled.status, ruled.headers['fauxflare-fault'], struck()], [501, rule.id, 1])
})

test('a rule can be asked for by its name', async (t) => {
  const server = await simulator(t)
  add(server, { name: 'mine', match: { method: 'DELETE' }, effect: { error: { status: 418 } } })
  const reply = await server.call('GET /accounts', asking('mine'))
  assert.deepEqual([reply.status, reply.headers['fauxflare-fault']], [418, 'mine'])
})

test('a fault that there is not is refused with the names of those that there are, and changes nothing', async (t) => {
  const server = await simulator(t)
  const before = await total(server)
  add(server, { name: 'my own', match: { method: 'DELETE' }, effect: { error: { status: 418 } } })
  for (const fault of ['resett', '', '{"connection":"never"}', '{"connection":', '[]', '{}', '{"color":"red"}']) {
    const reply = await server.call('POST /accounts', { ...asking(fault), body: { name: 'never' } })
    const [status, code, message] = failureOf(reply)
    assert.deepEqual([status, code], [400, 10400], fault)
    assert.match(message, /^Failed to read the header Fauxflare-Fault: \S/)
    assert.equal(reply.headers['fauxflare-fault'], undefined)
  }
  const [, , message] = failureOf(await server.call('GET /accounts', asking('resett')))
  for (const name of ['reset', 'duplicate', 'EMPTY_RESPONSE', 'flaky', 'my own'])
    assert.ok(message.includes(name), name)
  assert.equal(await total(server), before)
})

test('who is not let in is not struck', async (t) => {
  const server = await simulator(t)
  const rule = add(server, { effect: { error: { status: 503 } } })
  const reply = await server.call('GET /accounts', { headers: { 'fauxflare-fault': 'reset' } })
  assert.equal(failureOf(reply)[1], 9106)
  assert.equal(faultsOf(server).get(rule.id)?.matched, 0)
})

test('what does not exist can be struck as well', async (t) => {
  const server = await simulator(t)
  add(server, { match: { path: '/accounts/**' }, effect: { error: { status: 503 } } })
  const statuses = await Promise.all(
    ['GET /accounts/x/nothing?x=1', 'GET /something', `PATCH ${A}`].map(async (request) => {
      const { status } = await server.call(request)
      return status
    }),
  )
  assert.deepEqual(statuses, [503, 404, 503])
})

test('an error says what it was told to say, in the envelope of the operation', async (t) => {
  const server = await simulator(t)
  const error = { status: 409, code: 1234, message: 'As you wish {name} $&', retry_after: 0.25 }
  const rows: [request: string, body: unknown][] = [
    [
      `GET ${A}/members`,
      { result: null, success: false, errors: [{ code: 1234, message: error.message }], messages: [] },
    ],
    ['GET /nothing', { result: null, success: false, errors: [{ code: 1234, message: error.message }], messages: [] }],
    [`GET ${A}/organizations`, { success: false, errors: [{ code: 1234, message: error.message }], messages: [] }],
  ]
  for (const [request, body] of rows) {
    const reply = await server.call(request, asking({ error }))
    assert.equal(reply.status, 409, request)
    assert.deepEqual(reply.body, body, request)
    assert.equal(reply.headers['retry-after'], '0.25')
    assert.equal(reply.headers['content-type'], 'application/json')
    assert.match(String(reply.headers['cf-ray']), /^[0-9a-f]{16}-[A-Z]{3}$/)
  }
})

test('an error that was asked for may be tried again, and is no trouble for the log', async (t) => {
  const lines: string[] = []
  const app = await logging(t, lines)
  for (const status of [500, 502, 503, 504, 599]) {
    const answer = await app.inject({ url: '/accounts', ...asking({ error: { status } }) })
    assert.equal(answer.statusCode, status)
    assert.equal(answer.headers['x-should-retry'], undefined)
  }
  assert.deepEqual(lines, [])
})

/** A server whose log is read. */
async function logging(t: TestContext, lines: string[]) {
  const config = readConfig({ given: {} })
  const worlds = new Worlds(loadFixtures('empty'), await worldOptionsOf(config))
  const app = await createApp(worlds, config, logTo({ write: (line) => void lines.push(line) }, 'warn'))
  t.after(() => app.close())
  return app
}

test('any name of a rule can be told in a header', async (t) => {
  const server = await simulator(t)
  const names = ['plain', 'with blanks, and "signs"', 'Lähmung', '漏れ', '100 %', 'a\nb', '\ud800']
  for (const name of names) {
    faultsOf(server).clear()
    add(server, { name, effect: { delay: 0 } })
    const { status, headers } = await server.call('GET /accounts')
    const told = String(headers['fauxflare-fault'])
    assert.equal(status, 200)
    assert.match(told, /^[\x20-\x7e]+$/)
    assert.equal(decodeURIComponent(told), Buffer.from(name).toString())
    assert.equal(journalOf(server).at(-1)?.fault, name)
  }
})

test('a delay comes first, and what else there is after it', async (t) => {
  const server = await simulator(t)
  const waited: unknown[] = []
  const { setTimeout } = globalThis
  t.mock.method(globalThis, 'setTimeout', (then: () => void, ms: number) => {
    // Nothing has happened so far.
    if (ms === 2345) waited.push(journalOf(server).length)
    return setTimeout(then, 0)
  })
  const effect = { delay: 2345, error: { status: 503 } }
  assert.equal((await server.call('GET /accounts', asking(effect))).status, 503)
  assert.deepEqual(waited, [0])
})

test('delays that are drawn repeat with the seed', async (t) => {
  const { setTimeout } = globalThis
  let drawn: number[] = []
  t.mock.method(globalThis, 'setTimeout', (then: () => void, ms: number) => {
    drawn.push(ms)
    return setTimeout(then, 0)
  })
  const delays = async (seed: number) => {
    const server = await simulator(t, { seed })
    // While it starts, it sets timers of its own.
    await server.app.ready()
    drawn = []
    for (const delay of [{ uniform: [1000, 2000] }, { lognormal: { median: 5000, sigma: 1 } }]) {
      for (let i = 0; i < 5; i += 1) await server.call('GET /accounts', asking({ delay }))
    }
    return [...drawn]
  }
  const first = await delays(1)
  assert.equal(first.length, 10)
  assert.ok(first.slice(0, 5).every((ms) => ms >= 1000 && ms <= 2000))
  assert.deepEqual(await delays(1), first)
  assert.notDeepEqual(await delays(2), first)
})

test('a rule is asked for by a name of any characters', async (t) => {
  const server = await simulator(t)
  add(server, { name: 'Störung ☃', match: { method: 'PUT' }, effect: { error: { status: 503 } } })
  // As it stands on the wire: each byte of UTF-8 is a character.
  const name = Buffer.from('Störung ☃').toString('latin1')
  const reply = await server.call('GET /accounts', asking(name))
  assert.deepEqual([reply.status, reply.headers['fauxflare-fault']], [503, 'St%C3%B6rung %E2%98%83'])
  assert.equal(journalOf(server)[0]?.fault, 'Störung ☃')
  assert.match((await server.call('GET /accounts', asking('\xe9'))).body.errors[0].message, /not "é"/)
})

test('a fault of one world is none of another', async (t) => {
  const server = await simulator(t)
  server.worlds.of('w1').faults.add({ effect: { error: { status: 503 } } })
  const statuses: number[] = []
  for (const url of ['/accounts', '/sandboxes/w1/accounts', '/sandboxes/w2/accounts']) {
    statuses.push((await server.app.inject({ url, headers: { authorization } })).statusCode)
  }
  assert.deepEqual(statuses, [200, 503, 200])
})

test('faults strike in a world that forgets everything, too', async (t) => {
  const server = await simulator(t, { stateless: true })
  add(server, { when: { times: 1 }, effect: { error: { status: 503 } } })
  assert.equal((await server.call('GET /accounts')).status, 503)
  assert.equal((await server.call('GET /accounts')).status, 200)
})
