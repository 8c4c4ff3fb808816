/** The journal has what was sent, though the request was refused before anybody read it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulator, TOKEN } from '../simulator.ts'
import { listening, parts, request, Wire } from './open-wire.ts'

const body = { name: 'Acme', type: 'standard' }
const authorization = `Bearer ${TOKEN}`

const refusals: [why: string, headers: Record<string, string>, status: number][] = [
  ['has no credentials', {}, 400],
  ['has malformed credentials', { authorization: 'Bearer nonsense' }, 400],
  ['is one too many', { authorization }, 429],
  ['asks for a fault that there is not', { authorization, 'fauxflare-fault': 'nothing' }, 400],
  ['prefers what cannot be', { authorization, prefer: 'code=200' }, 400],
]

for (const [why, headers, status] of refusals) {
  test(`A request that ${why} has its body in the journal`, async (t) => {
    const { call, worlds } = await simulator(t, { rateLimit: status === 429 ? '0/1m' : '9/1m' })
    assert.equal((await call('POST /accounts', { headers, body })).status, status)
    assert.deepEqual(worlds.of().journal.all()[0]?.request.body, body)
    const match = { operation: 'account-creation', body: { name: 'Acme' }, status }
    assert.equal(worlds.of().journal.verify({ match, times: { exactly: 1 } }).satisfied, true)
  })
}

test('A request to a sandbox that cannot be has its body in the journal', async (t) => {
  const { app, worlds } = await simulator(t)
  const url = '/sandboxes/not%20a%20name/client/v4/accounts'
  const answer = await app.inject({ method: 'POST', url, headers: { authorization }, payload: body })
  assert.equal(answer.statusCode, 400)
  const [exchange] = worlds.of().journal.all()
  assert.deepEqual([exchange?.path.startsWith('/sandboxes/not'), exchange?.request.body], [true, body])
})

test('A body that is too large is refused before it came', async (t) => {
  const server = await listening(t)
  const wire = await Wire.open(t, server.port)
  const head = `POST /accounts HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-length: 99999999\r\n\r\n`
  assert.equal(parts(await wire.send(head).until((text) => text.endsWith('}'))).status, 413)
})

for (const fault of ['outage', { connection: { hang: { ms: 1 } } }, { delay: { ms: 1 }, error: { status: 503 } }]) {
  test(`${JSON.stringify(fault)}: whoever sends without end is struck all the same`, async (t) => {
    const server = await listening(t)
    const wire = await Wire.open(t, server.port)
    wire.send(request('POST /accounts', { fault }).replace('\r\n\r\n', '\r\ntransfer-encoding: chunked\r\n\r\n'))
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    const more = () => {
      if (!wire.socket.destroyed) wire.socket.write(chunk, more)
    }
    more()
    if (typeof fault === 'object' && 'connection' in fault) await wire.end
    else assert.equal(parts(await wire.until((text) => text.includes('}'))).status, 503)
    assert.equal(server.worlds.of().journal.all()[0]?.request.body_cut, true)
    wire.socket.destroy()
  })
}
