/** What faults do to connections: on a real socket, byte for byte, and without one. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accounts } from '../../schemas/accounts.ts'
import { ACCOUNT } from '../simulator.ts'
import { type End, type Listening, listening, parts, request, Wire } from './open-wire.ts'

const A = `/client/v4/accounts/${ACCOUNT}`
const MAKE = { body: '{"name":"made"}' }

/** How many accounts are called as {@link MAKE} says. */
const made = ({ worlds }: Listening) =>
  worlds
    .of()
    .store.table(accounts)
    .all()
    .filter(({ name }) => name === 'made').length

/** What the journal says of the last request: the fault, and the status of the answer, if there was one. */
const written = ({ worlds }: Listening) => {
  const exchange = worlds.of().journal.all().at(-1)
  return [exchange?.fault, exchange?.response?.status]
}

/** An answer in full, without a fault. */
async function plain(t: Parameters<typeof listening>[0], { port }: Listening, line: string) {
  const wire = await Wire.open(t, port)
  const text = await wire.send(request(line)).until((text) => {
    const { headers, body } = parts(text)
    return body.length === Number(headers['content-length'])
  })
  wire.socket.destroy()
  return parts(text)
}

const unanswered: [fault: unknown, end: End][] = [
  ['reset', 'reset'],
  ['close', 'closed'],
  [{ connection: { hang: { ms: 1 } } }, 'closed'],
]

for (const [fault, end] of unanswered) {
  test(`${JSON.stringify(fault)}: nothing happens, and nothing comes but the end`, async (t) => {
    const server = await listening(t)
    for (const body of [MAKE.body, `{"name":"${'x'.repeat(900_000)}"}`]) {
      const wire = await Wire.open(t, server.port)
      wire.send(request('POST /accounts', { fault, body }))
      assert.equal(await wire.end, end)
      assert.equal(wire.text, '')
      const [, status] = written(server)
      assert.equal(status, undefined)
    }
    assert.equal(made(server), 0)
    await server.left()
  })
}

const lost: [fault: unknown, end: End, isIt: (text: string) => void][] = [
  ['duplicate', 'reset', (text) => assert.equal(text, '')],
  [
    'truncate',
    'closed',
    (text) => {
      const { status, headers, body } = parts(text)
      assert.equal(status, 200)
      assert.ok(Number(headers['content-length']) > 100)
      assert.equal(body.length, Math.floor(Number(headers['content-length']) / 2))
    },
  ],
  [
    { connection: { truncate: { bytes: 5 } } },
    'closed',
    (text) => {
      assert.ok(Number(parts(text).headers['content-length']) > 100)
      assert.equal(parts(text).body, '{"res')
    },
  ],
  [
    { connection: { truncate: { bytes: 0 } } },
    'closed',
    (text) => {
      assert.ok(Number(parts(text).headers['content-length']) > 100)
      assert.equal(parts(text).body, '')
    },
  ],
  [
    { connection: { truncate: { bytes: 1_000_000 } } },
    'closed',
    (text) => assert.equal(parts(text).body.length, Number(parts(text).headers['content-length'])),
  ],
  [
    'garbage',
    'closed',
    (text) => {
      const { status, headers, body } = parts(text)
      assert.deepEqual([status, headers['transfer-encoding']], [200, 'chunked'])
      assert.equal(headers['content-length'], undefined)
      assert.doesNotMatch(body, /^[0-9a-f]+\r\n/i)
      assert.ok(body.length > 0)
    },
  ],
  [
    'noise',
    'closed',
    (text) => {
      assert.equal(text.length, 256)
      assert.doesNotMatch(text, /^HTTP/)
    },
  ],
]

for (const [fault, end, isIt] of lost) {
  test(`${JSON.stringify(fault)}: the change happens, the answer does not arrive whole`, async (t) => {
    const server = await listening(t)
    const wire = await Wire.open(t, server.port)
    wire.send(request('POST /accounts', { fault, ...MAKE }))
    assert.equal(await wire.end, end)
    isIt(wire.text)
    assert.equal(made(server), 1)
    const [, status] = written(server)
    assert.equal(status, 200)
    await server.left()
  })
}

test('a reset is no orderly end that a reset comes after', async (t) => {
  const server = await listening(t)
  let ended = 0
  server.app.server.on('connection', (socket) => socket.on('finish', () => (ended += 1)))
  for (const [fault, expected] of [
    ['reset', 0],
    ['duplicate', 0],
    ['close', 1],
  ] as const) {
    const wire = await Wire.open(t, server.port)
    await wire.send(request(`GET ${A}`, { fault })).end
    await server.left()
    assert.equal(ended, expected, fault)
  }
})

test('the names of faults stand in the header and in the journal', async (t) => {
  const server = await listening(t)
  const wire = await Wire.open(t, server.port)
  wire.send(request('GET /accounts', { fault: 'truncate' }))
  await wire.end
  assert.equal(parts(wire.text).headers['fauxflare-fault'], 'truncate')
  assert.deepEqual(written(server), ['truncate', 200])
  const other = await Wire.open(t, server.port)
  await other.send(request('GET /accounts', { fault: 'reset' })).end
  assert.deepEqual(written(server), ['reset', undefined])
})

test('noise repeats with the seed', async (t) => {
  const noise = async (seed: number) => {
    const { port } = await listening(t, { seed })
    const wire = await Wire.open(t, port)
    await wire.send(request('GET /accounts', { fault: 'noise' })).end
    return wire.text
  }
  const first = await noise(1)
  assert.equal(await noise(1), first)
  assert.notEqual(await noise(2), first)
})

describe('a slow drip', () => {
  const rows: [title: string, drip: { bytes_per_s: number; slice_bytes?: number }, slice: number][] = [
    ['ten slices a second', { bytes_per_s: 1000 }, 100],
    ['a byte a second', { bytes_per_s: 1 }, 1],
    ['slices of a given size', { bytes_per_s: 1000, slice_bytes: 250 }, 250],
    ['more slices than timers have ticks', { bytes_per_s: 1_000_000, slice_bytes: 1 }, 1000],
  ]
  for (const [title, drip, slice] of rows) {
    test(title, async (t) => {
      const server = await listening(t)
      const whole = await plain(t, server, `GET ${A}`)
      const { length } = whole.body
      const { setTimeout } = globalThis
      // Nobody waits here: how long it would take is added up.
      const waits: number[] = []
      t.mock.method(globalThis, 'setTimeout', (then: () => void, ms: number) => {
        waits.push(ms)
        return setTimeout(then, 0)
      })
      const wire = await Wire.open(t, server.port)
      const line = `GET ${A}`
      const isWhole = (text: string) => parts(text).body.length === length
      const text = await wire.send(request(line, { fault: { connection: { drip } } })).until(isWhole)
      assert.equal(parts(text).body, whole.body)
      assert.equal(Number(parts(text).headers['content-length']), length)
      const [first = 0] = waits
      assert.equal(waits.length, Math.ceil(length / slice))
      assert.ok(Math.abs(first - (Math.min(slice, length) / drip.bytes_per_s) * 1000) < 1e-6)
      const sum = waits.reduce((one, other) => one + other, 0)
      assert.ok(Math.abs(sum - (length / drip.bytes_per_s) * 1000) < 1e-6, `${sum} ms for ${length} bytes`)
      // The connection is as good as before.
      await wire.send(request(line)).until((all) => all.length > text.length && all.endsWith(whole.body))
    })
  }
})

test('a slow close sends everything but its end, and the connection lives on', async (t) => {
  const server = await listening(t)
  const { body } = await plain(t, server, `GET ${A}`)
  const wire = await Wire.open(t, server.port)
  const fault = { connection: { slow_close: { ms: 60 } } }
  const begun = await wire.send(request(`GET ${A}`, { fault })).until((text) => text.includes(body))
  const { headers } = parts(begun)
  assert.equal(headers['transfer-encoding'], 'chunked')
  assert.equal(headers['content-length'], undefined)
  assert.ok(!begun.endsWith('0\r\n\r\n'), begun)
  const text = await wire.until((all) => all.endsWith('0\r\n\r\n'))
  await wire.send(request(`GET ${A}`)).until((all) => all.length > text.length && all.endsWith(body))
})

test('what has no body is closed in the place of half a body, and is as ever in the place of a slow one', async (t) => {
  const server = await listening(t)
  const lines = [request('HEAD /accounts', { fault: '?' }), request(`PUT ${A}/profile`, { fault: '?', body: '{}' })]
  for (const line of lines) {
    for (const fault of ['truncate', 'garbage', '{"connection":{"truncate":{"bytes":3}}}']) {
      const wire = await Wire.open(t, server.port)
      assert.equal(await wire.send(line.replace('?', fault)).end, 'closed')
      assert.equal(wire.text, '', fault)
    }
    for (const connection of ['{"drip":{"bytes_per_s":1}}', '{"slow_close":{"ms":3600000}}']) {
      const wire = await Wire.open(t, server.port)
      const fault = `{"connection":${connection}}`
      const text = await wire.send(line.replace('?', fault)).until((text) => text.endsWith('\r\n\r\n'))
      assert.match(text, /^HTTP\/1\.1 (?:204|405) /)
      const next = await wire.send(request(`GET ${A}`)).until((all) => all.endsWith('}'))
      assert.match(next.slice(text.length), /^HTTP\/1\.1 200 /)
    }
  }
})
