/** Bytes that are no HTTP, or too much, or too little of it: the server says so where it can, and lives on. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { type Fauxflare, fauxflare } from '../../server/index.ts'
import { ACCOUNT, TOKEN } from '../simulator.ts'
import { assertSane } from './verdict.ts'
import { exchange, readAnswer, requestBytes, type WireAnswer } from './wire.ts'

const SEED = 20261121
const HEAD = `host: localhost\r\nconnection: close\r\nauthorization: Bearer ${TOKEN}\r\n`
const ACCOUNTS = `POST /accounts HTTP/1.1\r\n${HEAD}`

async function listening(t: TestContext): Promise<Fauxflare> {
  const cf = await fauxflare()
  t.after(() => cf.close())
  return cf
}

/** Whether the simulator still answers, and with as many accounts as in the beginning. */
async function assertAlive(cf: Fauxflare): Promise<void> {
  const target = '/client/v4/accounts?per_page=50'
  const answer = readAnswer(
    await exchange(cf.port, requestBytes('GET', target, [['authorization', `Bearer ${TOKEN}`]])),
  )
  assert.equal(answer?.status, 200)
  assert.equal(JSON.parse(answer.text).result_info.total_count, 12)
}

async function answerTo(cf: Fauxflare, bytes: string | Buffer, options?: { end: boolean }): Promise<WireAnswer> {
  const answer = readAnswer(await exchange(cf.port, bytes, options))
  assert.ok(answer, `no answer to ${String(bytes).slice(0, 80)}`)
  return answer
}

const refused: [name: string, bytes: string | Buffer, status: number][] = [
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  ['a TLS handshake', Buffer.from([0x16, 3, 1, 0, 0xa5, 1, 0, 0, 0xa1, 3, 3, 13, 10, 13, 10]), 400],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['another version', `GET /accounts HTTP/9.9\r\n${HEAD}\r\n`, 400],
  ['a blank in the path', `GET /acc ounts HTTP/1.1\r\n${HEAD}\r\n`, 400],
  ['bytes above ASCII in the path', Buffer.from(`GET /accounts/ü HTTP/1.1\r\n${HEAD}\r\n`), 400],
  ['a header without a name', `GET /accounts HTTP/1.1\r\n: x\r\n${HEAD}\r\n`, 400],
  ['a NUL in a header', `GET /accounts HTTP/1.1\r\nx: \u0000\r\n${HEAD}\r\n`, 400],
  ['a header of 40 kB', `GET /accounts HTTP/1.1\r\n${HEAD}x: ${'y'.repeat(40_000)}\r\n\r\n`, 431],
  ['a path of 40 kB', `GET /accounts/${'y'.repeat(40_000)} HTTP/1.1\r\n${HEAD}\r\n`, 431],
  ['20,000 headers', `GET /accounts HTTP/1.1\r\n${HEAD}${'x: y\r\n'.repeat(20_000)}\r\n`, 431],
  ['a length that is no number', `${ACCOUNTS}content-length: ten\r\n\r\n`, 400],
  ['two lengths', `${ACCOUNTS}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 400],
  ['a length and chunks', `${ACCOUNTS}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`, 400],
  ['a chunk whose size is no number', `${ACCOUNTS}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n`, 400],
  ['a body that says it is too large', `${ACCOUNTS}content-length: 99999999\r\n\r\n{`, 413],
]

test('what cannot be read is refused in the envelope', async (t) => {
  const cf = await listening(t)
  for (const [name, bytes, status] of refused) {
    const answer = await answerTo(cf, bytes)
    assert.equal(answer.status, status, name)
    assertSane(answer, name)
    assert.equal(answer.headers['content-type'], 'application/json', name)
    await assertAlive(cf)
  }
})

test('a request that is cut off changes nothing', async (t) => {
  const cf = await listening(t)
  const whole = `${ACCOUNTS}content-type: application/json\r\ncontent-length: 16\r\n\r\n{"name":"halved"}`
  for (const length of [1, 3, 20, 60, whole.length - 17, whole.length - 10, whole.length - 2]) {
    await exchange(cf.port, whole.slice(0, length), { end: true })
    await new Promise<void>((resolve) => {
      const socket = connect(cf.port, '127.0.0.1', () =>
        socket.write(whole.slice(0, length), () => socket.resetAndDestroy()),
      )
      socket.on('error', () => {})
      socket.on('close', () => resolve())
    })
    await assertAlive(cf)
  }
})

test('bytes of any kind do not bring it down', async (t) => {
  const cf = await listening(t)
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.constantFrom('GET', ' ', '/', '\r\n', '\r\n\r\n', 'HTTP/1.1', ':', 'host', '\u0000', 'chunked', '0'), {
      maxLength: 30,
    }),
  )
  const property = fc.asyncProperty(bytes, async (sent) => {
    const buffer = Array.isArray(sent) ? Buffer.from(sent.join('')) : Buffer.from(sent)
    const answer = readAnswer(await exchange(cf.port, buffer, { end: true }))
    if (answer) assert.ok(answer.status >= 400 && answer.status < 500, `${buffer} answered ${answer.status}`)
  })
  await fc.assert(property, { seed: SEED, numRuns: 300 })
  await assertAlive(cf)
})

test('several requests in one packet are answered one after the other', async (t) => {
  const cf = await listening(t)
  const next = `GET /accounts/${ACCOUNT} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\n\r\n`
  const answers = String(
    await exchange(cf.port, next.repeat(20) + next.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n')),
  )
  assert.equal(answers.match(/HTTP\/1\.1 200 OK/g)?.length, 21)
})

test('a client that waits to be told to go on is told', async (t) => {
  const cf = await listening(t)
  const bytes = `${ACCOUNTS}expect: 100-continue\r\ncontent-length: 15\r\n\r\n{"name":"asked"}`.slice(0, -1)
  const text = String(await exchange(cf.port, bytes))
  assert.match(text, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 (?:200|400)/)
})

test('requests that Node itself turns away are refused in the envelope as well', async (t) => {
  const cf = await listening(t)
  const rows: [name: string, bytes: string][] = [
    ['no host', `GET /accounts HTTP/1.1\r\nconnection: close\r\nauthorization: Bearer ${TOKEN}\r\n\r\n`],
    ['an expectation that nobody can meet', `GET /accounts HTTP/1.1\r\n${HEAD}expect: miracles\r\n\r\n`],
  ]
  for (const [name, bytes] of rows) {
    const answer = await answerTo(cf, bytes)
    assert.ok(answer.status < 500, name)
    assert.equal(answer.headers['content-type'], 'application/json', name)
  }
})
