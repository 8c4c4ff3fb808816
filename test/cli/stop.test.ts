/** A server that is told to end does so at once, with exit code 0, whatever its clients are about. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { ACCOUNT, TOKEN } from '../simulator.ts'
import { AT_ONCE, line, serve } from './command.ts'

const HEAD = `host: localhost\r\nauthorization: Bearer ${TOKEN}\r\n`
const REQUEST = `GET /client/v4/accounts/${ACCOUNT} HTTP/1.1\r\n${HEAD}\r\n`

/** A connection that has had one answer and is kept open by its client. */
async function keptOpen(t: TestContext, port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  // A connection that is cut is no failure of the client's.
  socket.on('error', () => {})
  socket.setEncoding('utf8').write(REQUEST)
  let answer = ''
  while (!answer.includes('"success":true')) answer += String((await once(socket, 'data'))[0])
  assert.match(answer, /connection: keep-alive/i)
  return socket
}

const clients: [what: string, send: string | undefined][] = [
  ['nobody is connected', undefined],
  ['a client keeps its connection open', ''],
  ['a request is half sent', 'GET /client/v4/accounts HTTP/1.1\r\nhost: local'],
  ['a body is half sent', `POST /client/v4/accounts HTTP/1.1\r\n${HEAD}content-length: 100\r\n\r\n{"name": `],
  [
    'a body of unknown length is half sent',
    `POST /client/v4/accounts HTTP/1.1\r\n${HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{"na`,
  ],
]

describe('a server ends with exit code 0', { concurrency: AT_ONCE }, () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    for (const [what, send] of clients) {
      test(`on ${signal} while ${what}`, async (t) => {
        const { ready, stop } = await serve(t, ['--port', '0', '--log', 'warn'])
        if (send !== undefined) {
          const socket = await keptOpen(t, ready.port)
          if (send !== '') await new Promise((sent) => socket.write(send, sent))
        }
        const { code, signal: killed, stdout, stderr } = await stop(signal)
        assert.deepEqual([code, killed, stderr], [0, null, ''])
        assert.deepEqual(JSON.parse(line(stdout)), ready)
      })
    }
  }

  test('and leaves its port to the next one', async (t) => {
    const first = await serve(t)
    await keptOpen(t, first.ready.port)
    await first.stop()
    const second = await serve(t, ['--port', String(first.ready.port)])
    assert.equal(second.ready.port, first.ready.port)
  })
})
