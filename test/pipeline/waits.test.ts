/** Faults that take time: they end with the client, with the server, and never keep either from going. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { accounts } from '../../schemas/accounts.ts'
import { ACCOUNT, type Simulator, simulator, TOKEN } from '../simulator.ts'
import { listening, request, Wire } from './open-wire.ts'

const HOUR = 3_600_000
const POST = { body: '{"name":"made"}' }
const made = ({ worlds }: Pick<Simulator, 'worlds'>) =>
  worlds
    .of()
    .store.table(accounts)
    .all()
    .filter(({ name }) => name === 'made').length

/** Faults that take an hour or for ever, whether the operation runs, and what comes before. */
const slow: [fault: unknown, isMade: boolean, begins: RegExp][] = [
  [{ delay: { ms: HOUR } }, false, /^$/],
  [{ connection: 'hang' }, false, /^$/],
  [{ connection: { hang: { ms: HOUR } } }, false, /^$/],
  [{ connection: { drip: { bytes_per_s: 1 } } }, true, /^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n$/s],
  [{ connection: { slow_close: { ms: HOUR } } }, true, /^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n[0-9a-f]+\r\n\{.*\}\r\n$/s],
]

/** Waits until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setImmediate()
}

/** How many timers keep the process alive. */
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

/** Counts the timers that are set from now on and not yet cleared. */
function counted(t: TestContext): Set<unknown> {
  const { setTimeout, clearTimeout } = globalThis
  const set = new Set<unknown>()
  t.mock.method(globalThis, 'setTimeout', (then: () => void, ms: number) => {
    const timer = setTimeout(then, ms)
    if (ms >= 1000) set.add(timer)
    return timer
  })
  t.mock.method(globalThis, 'clearTimeout', (timer: NodeJS.Timeout) => {
    set.delete(timer)
    clearTimeout(timer)
  })
  return set
}

for (const [fault, isMade, begins] of slow) {
  const name = JSON.stringify(fault)

  test(`${name}: a client that goes away takes everything with it`, async (t) => {
    const server = await listening(t)
    const set = counted(t)
    const wire = await Wire.open(t, server.port)
    wire.send(request('POST /accounts', { fault, ...POST }))
    await wire.until((text) => begins.test(text))
    await until(() => set.size > 0 || server.worlds.of().journal.all().length > 0)
    wire.socket.destroy()
    await server.left()
    assert.equal(set.size, 0)
    assert.equal(made(server), Number(isMade))
    const [exchange, ...others] = server.worlds.of().journal.all()
    assert.equal(exchange?.response?.status, isMade ? 200 : undefined)
    assert.deepEqual(others, [])
  })

  test(`${name}: a server that closes does so at once`, async (t) => {
    const server = await listening(t)
    const set = counted(t)
    const wires = await Promise.all([1, 2, 3].map(() => Wire.open(t, server.port)))
    for (const wire of wires) wire.send(request('POST /accounts', { fault, ...POST }))
    await Promise.all(wires.map((wire) => wire.until((text) => begins.test(text))))
    await until(() => set.size > 0 || server.worlds.of().journal.all().length > 0)
    await server.app.close()
    await Promise.all(wires.map(({ end }) => end))
    assert.equal(set.size, 0)
  })

  test(`${name}: injected, it ends with the server as well`, async (t) => {
    const server = await simulator(t)
    const set = counted(t)
    await server.app.ready()
    const headers = { authorization: `Bearer ${TOKEN}`, 'fauxflare-fault': JSON.stringify(fault) }
    const answer = server.app.inject({ method: 'POST', url: '/accounts', headers, payload: POST.body })
    const isLost = assert.rejects(answer, { code: 'LIGHT_ECONNRESET' })
    await until(() => set.size > 0 || server.worlds.of().journal.all().length > 0)
    await server.app.close()
    await isLost
    assert.equal(set.size, 0)
    assert.equal(made(server), Number(isMade))
  })
}

test('who goes away before a delay is over has asked for nothing', async (t) => {
  const server = await listening(t)
  const set = counted(t)
  const wire = await Wire.open(t, server.port)
  wire.send(request(`DELETE /accounts/${ACCOUNT}`, { fault: { delay: { ms: HOUR } } }))
  await until(() => set.size > 0)
  wire.socket.destroy()
  await server.left()
  assert.equal((await server.call(`GET /accounts/${ACCOUNT}`)).status, 200)
  const [deletion] = server.worlds.of().journal.all()
  assert.deepEqual([deletion?.method, deletion?.response, deletion?.fault], ['DELETE', null, 'delay'])
})

test('who goes away while a large body is under way to a connection that hangs is noticed', async (t) => {
  const server = await listening(t)
  for (const connection of ['hang', { hang: { ms: HOUR } }]) {
    const wire = await Wire.open(t, server.port)
    const body = `{"name":"${'x'.repeat(900_000)}"}`
    const sent = request('POST /accounts', { fault: { connection }, body })
    await new Promise<void>((taken) => wire.socket.write(sent, () => taken()))
    wire.socket.destroy()
    await server.left()
  }
})

test('requests that wait keep no process alive that has nothing else to do', async (t) => {
  const server = await listening(t)
  const before = timers()
  const set = counted(t)
  for (const [fault] of slow) {
    const wire = await Wire.open(t, server.port)
    wire.send(request('POST /accounts', { fault, ...POST }))
  }
  // One of them hangs without a timer.
  await until(() => set.size === slow.length - 1)
  assert.equal(timers(), before)
})

test('requests that are sent in one go may all wait at once', async (t) => {
  const server = await listening(t)
  const warnings: Error[] = []
  const warn = (warning: Error) => warnings.push(warning)
  process.on('warning', warn)
  t.after(() => process.off('warning', warn))
  const wire = await Wire.open(t, server.port)
  wire.send(...Array.from({ length: 40 }, () => request('GET /accounts', { fault: { delay: { ms: 1 } } })))
  await wire.until((text) => text.match(/HTTP\/1\.1 200/g)?.length === 40)
  await setImmediate()
  assert.deepEqual(warnings, [])
})
