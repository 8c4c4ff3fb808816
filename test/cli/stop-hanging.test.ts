/** A server that is told to end does so at once, though faults keep its connections waiting. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { TOKEN } from '../simulator.ts'
import { AT_ONCE, serve } from './command.ts'

const HOUR = 3_600_000
const COUNT = 100

/** Opens a connection and asks for something that takes an hour. */
async function waiting(t: TestContext, port: number, fault: unknown): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  // A connection that is cut is no failure of the client's.
  socket.on('error', () => {})
  const lines = ['GET /client/v4/accounts HTTP/1.1', 'host: localhost', `authorization: Bearer ${TOKEN}`]
  await new Promise<void>((sent) => {
    socket.write(`${[...lines, `fauxflare-fault: ${JSON.stringify(fault)}`].join('\r\n')}\r\n\r\n`, () => sent())
  })
  return socket
}

/** Asks something else and waits for the answer: what was sent before has arrived then. */
async function served(port: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/accounts`, { headers: { authorization: `Bearer ${TOKEN}` } })
  assert.equal(answer.status, 200)
  await answer.text()
}

const faults: [what: string, fault: unknown, begins: boolean][] = [
  ['hang', { connection: 'hang' }, false],
  ['hang for an hour', { connection: { hang: { ms: HOUR } } }, false],
  ['are delayed', { delay: { ms: HOUR } }, false],
  ['drip', { connection: { drip: { bytes_per_s: 1 } } }, true],
  ['are slow to end', { connection: { slow_close: { ms: HOUR } } }, true],
]

describe('a server ends with exit code 0', { concurrency: AT_ONCE }, () => {
  for (const [what, fault, begins] of faults) {
    test(`while ${COUNT} connections ${what}`, async (t) => {
      const { ready, stop } = await serve(t, ['--port', '0', '--log', 'warn'])
      const sockets = await Promise.all(Array.from({ length: COUNT }, () => waiting(t, ready.port, fault)))
      if (begins) await Promise.all(sockets.map((socket) => once(socket, 'data')))
      else for (const socket of sockets) socket.resume()
      await served(ready.port)
      const closed = Promise.all(sockets.map((socket) => socket.destroyed || once(socket, 'close')))
      // Past two seconds, the command gives up on closing in an orderly way, and ends with 1.
      const { code, signal, stderr } = await stop('SIGTERM')
      assert.deepEqual([code, signal, stderr], [0, null, ''])
      await closed
    })
  }
})
