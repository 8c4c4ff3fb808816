/** Requests that are sent in one go on one connection: faults of one leave the answers before it alone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts } from '../../schemas/accounts.ts'
import { ACCOUNT } from '../simulator.ts'
import { type End, type Listening, listening, parts, request, Wire } from './open-wire.ts'

const A = `/client/v4/accounts/${ACCOUNT}`
const GET = request(`GET ${A}`)
const POST = request('POST /accounts', { body: '{"name":"made"}' })
const fails = (connection: unknown) => request('GET /accounts', { fault: { connection } })

const made = ({ worlds }: Listening) =>
  worlds
    .of()
    .store.table(accounts)
    .all()
    .filter(({ name }) => name === 'made').length

/** The statuses of the answers that came, in their order. */
const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status))

/** A reset that comes together with answers is told by Linux, and not by libuv. */
const EITHER = /reset|closed/

const ends: [connection: unknown, end: End | RegExp, answers: number[]][] = [
  ['reset', EITHER, [200, 200]],
  ['close', 'closed', [200, 200]],
  [{ hang: { ms: 5 } }, 'closed', [200, 200]],
  ['truncate', 'closed', [200, 200, 200]],
  [{ truncate: { bytes: 0 } }, 'closed', [200, 200, 200]],
  ['garbage', 'closed', [200, 200, 200]],
  ['noise', 'closed', [200, 200]],
]

for (const [connection, end, answers] of ends) {
  const name = JSON.stringify(connection)

  test(`${name}: what was asked before is answered, what is asked behind it is not even done`, async (t) => {
    const server = await listening(t)
    const wire = await Wire.open(t, server.port)
    wire.send(GET, GET, fails(connection), POST, GET)
    assert.match(await wire.end, new RegExp(end))
    assert.deepEqual(statuses(wire.text), answers)
    assert.equal(parts(wire.text).body.indexOf('HTTP/1.1'), Number(parts(wire.text).headers['content-length']))
    assert.equal(made(server), 0)
    assert.equal(server.worlds.of().journal.all().length, 3)
  })

  test(`${name}: an answer that takes its time comes first`, async (t) => {
    const server = await listening(t)
    const wire = await Wire.open(t, server.port)
    for (const slow of [{ delay: { ms: 20 } }, { connection: { drip: { bytes_per_s: 30_000 } } }]) {
      const wire = await Wire.open(t, server.port)
      wire.send(request(`GET ${A}`, { fault: slow }), GET, fails(connection))
      assert.match(await wire.end, new RegExp(end))
      assert.deepEqual(statuses(wire.text), answers)
    }
    wire.socket.destroy()
  })
}

test('answers that come slowly keep their order, and none mixes with another', async (t) => {
  const { port } = await listening(t)
  const wire = await Wire.open(t, port)
  const drip = request(`GET ${A}/members`, { fault: { connection: { drip: { bytes_per_s: 1_000_000 } } } })
  const slow = request(`GET ${A}/roles?per_page=5`, { fault: { connection: { slow_close: { ms: 10 } } } })
  const late = request('GET /accounts', { fault: { delay: { ms: 15 } } })
  const last = request('GET /nothing')
  wire.send(late, drip, slow, GET, last)
  const text = await wire.until((text) => text.includes('No route') && text.endsWith('}'))
  const heads = [...text.matchAll(/HTTP\/1\.1 (\d+) [^\r]*\r\n(?:[^\r]+\r\n)+/g)].map(([head]) => head)
  const expected = [
    [200, 'delay'],
    [200, 'drip'],
    [200, 'slow_close'],
    [200, undefined],
    [404, undefined],
  ]
  assert.deepEqual(
    heads.map((head) => [parts(`${head}\r\n`).status, parts(`${head}\r\n`).headers['fauxflare-fault']]),
    expected,
  )
  const bodies = text.split(/HTTP\/1\.1 \d+ [^\r]*\r\n(?:[^\r]+\r\n)+\r\n/).slice(1)
  for (const [at, body] of bodies.entries()) {
    const json = at === 2 ? /^[0-9a-f]+\r\n(.*)\r\n0\r\n\r\n$/s.exec(body)?.[1] : body
    assert.doesNotThrow(() => JSON.parse(json ?? ''), `${at}: ${body}`)
  }
})

test('a connection that is closed takes no more requests', async (t) => {
  const server = await listening(t)
  const wire = await Wire.open(t, server.port)
  // Half open, as a client that has not noticed yet.
  wire.socket.allowHalfOpen = true
  const ended = new Promise((resolve) => wire.socket.once('end', resolve))
  wire.send(fails('close'))
  await ended
  await new Promise<void>((sent) => wire.socket.write(POST, () => sent()))
  wire.socket.end()
  await wire.end
  await server.left()
  assert.equal(wire.text, '')
  assert.equal(made(server), 0)
})

test('a hundred connections that hang or drip keep nobody from being served', async (t) => {
  const server = await listening(t)
  const wires = await Promise.all(Array.from({ length: 100 }, () => Wire.open(t, server.port)))
  for (const [at, wire] of wires.entries()) {
    wire.send(request('GET /accounts', { fault: at % 2 ? 'hang' : { connection: { drip: { bytes_per_s: 1 } } } }))
  }
  const dripping = wires.filter((_, at) => at % 2 === 0)
  await Promise.all(dripping.map((wire) => wire.until((text) => text.includes('\r\n\r\n'))))
  for (let i = 0; i < 10; i += 1) {
    const wire = await Wire.open(t, server.port)
    await wire.send(POST).until((text) => text.endsWith('}'))
    wire.socket.destroy()
  }
  assert.equal(made(server), 10)
  assert.equal(wires.filter(({ socket }) => socket.destroyed).length, 0)
  for (const { socket } of wires) socket.destroy()
  await server.left()
})
