/** Requests that wait while their bodies come: nobody who leaves goes unnoticed, and nothing that was sent is lost. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { Waits } from '../../server/pipeline/waits.ts'
import { listening, parts, request, Wire } from './open-wire.ts'

const HOUR = 3_600_000
/** More than a connection takes in while nobody reads. */
const large = JSON.stringify({
  name: 'large',
  type: 'standard',
  settings: { abuse_contact_email: 'x'.repeat(900_000) },
})

/** The waits of a simulator: how many began, and how many there are. */
function watched(t: TestContext) {
  const { mock } = t.mock.method(Waits.prototype, 'wait')
  return {
    count: () => mock.callCount(),
    size: () => (mock.calls.at(-1)?.this as Waits | undefined)?.size,
  }
}

/** Waits until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setImmediate()
}

const answered = (text: string) => text.endsWith('}')

test('Who goes away during a delay is noticed, however large the body is', async (t) => {
  const server = await listening(t)
  const waits = watched(t)
  const wire = await Wire.open(t, server.port)
  const sent = request('POST /accounts', { fault: { delay: { ms: HOUR } }, body: large })
  await new Promise<void>((taken) => wire.socket.write(sent, () => taken()))
  await until(() => waits.count() === 1)
  wire.socket.destroy()
  await server.left()
  assert.equal(waits.size(), 0)
  const [exchange] = server.worlds.of().journal.all()
  assert.deepEqual([exchange?.fault, exchange?.response], ['delay', null])
})

test('What came during a delay is what the operation gets', async (t) => {
  const server = await listening(t)
  const fault = { delay: { ms: 20 } }
  for (const name of ['small', 'n'.repeat(80)]) {
    const wire = await Wire.open(t, server.port)
    const body = JSON.stringify({ name, type: 'standard' })
    const { status, body: text } = parts(await wire.send(request('POST /accounts', { fault, body })).until(answered))
    assert.deepEqual([status, JSON.parse(text).result.name], [200, name])
    wire.socket.destroy()
  }
  // With chunks, a type and nothing at all; and far too much.
  const wire = await Wire.open(t, server.port)
  const chunked = request('POST /accounts', { fault }).replace('\r\n\r\n', '\r\ntransfer-encoding: chunked\r\n\r\n')
  wire.send(chunked, '9\r\n{"name":"\r\n', '9\r\nin chunks\r\n', '2\r\n"}\r\n', '0\r\n\r\n')
  assert.equal(JSON.parse(parts(await wire.until(answered)).body).result.name, 'in chunks')
  const other = await Wire.open(t, server.port)
  other.send(request('POST /accounts', { fault, body: JSON.stringify({ name: 'x'.repeat(1_100_000) }) }))
  assert.equal(parts(await other.until(answered)).status, 413)
  assert.deepEqual(
    server.worlds
      .of()
      .journal.all()
      .map(({ request: { body }, response }) => [(body as { name: string } | null)?.name.length, response?.status]),
    [
      [5, 200],
      [80, 200],
      [9, 200],
      [undefined, 413],
    ],
  )
})

test('A body that comes after the delay is waited for', async (t) => {
  const server = await listening(t)
  const waits = watched(t)
  const wire = await Wire.open(t, server.port)
  const whole = request('POST /accounts', { fault: { delay: { ms: 1 } }, body: '{"name":"slow"}' })
  wire.send(whole.slice(0, -5))
  await until(() => waits.count() === 1 && waits.size() === 0)
  assert.equal(wire.text, '')
  assert.equal(JSON.parse(parts(await wire.send(whole.slice(-5)).until(answered)).body).result.name, 'slow')
})

test('A body that breaks off is none, even if what came of it could be one', async (t) => {
  const server = await listening(t)
  const waits = watched(t)
  const before = server.worlds.of().rows
  const wire = await Wire.open(t, server.port)
  const head = request('POST /accounts', { fault: { delay: { ms: 1 } } })
  wire.send(head.replace('\r\n\r\n', '\r\ntransfer-encoding: chunked\r\n\r\n'), 'f\r\n{"name":"half"}\r\n')
  await until(() => waits.count() === 1 && waits.size() === 0)
  wire.socket.destroy()
  await server.left()
  await setImmediate()
  assert.equal(server.worlds.of().rows, before)
  assert.notEqual(server.worlds.of().journal.all()[0]?.response?.status, 200)
})

test('Who goes away in the middle of a body leaves nothing behind that hangs', async (t) => {
  const server = await listening(t)
  const waits = watched(t)
  for (const connection of ['hang', { hang: { ms: HOUR } }]) {
    const wire = await Wire.open(t, server.port)
    const arrived = new Promise((resolve) => server.app.server.once('request', resolve))
    wire.send(request('POST /accounts', { fault: { connection }, body: '{"name":"half"}' }).slice(0, -5))
    await arrived
    wire.socket.destroy()
    await server.left()
    await until(() => waits.count() > 0 && server.worlds.of().journal.all().length > 0)
    assert.equal(waits.size(), 0)
    assert.equal(server.worlds.of().journal.all()[0]?.fault, 'hang')
    server.worlds.of().journal.clear()
  }
})

test('Who goes away is noticed though a body came where nobody reads one', async (t) => {
  const server = await listening(t)
  const waits = watched(t)
  for (const connection of [{ drip: { bytes_per_s: 1 } }, { slow_close: { ms: HOUR } }]) {
    const wire = await Wire.open(t, server.port)
    wire.send(request('GET /accounts', { fault: { connection }, body: large }))
    await wire.until((text) => text.includes('\r\n\r\n'))
    wire.socket.destroy()
    await server.left()
    assert.equal(waits.size(), 0)
  }
})
