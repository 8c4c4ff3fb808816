/** The log of one request: what it says, and what it costs those who say nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { LogController } from 'fastify'
import { logTo } from '../server/log.ts'
import { RequestLog } from '../server/request-log.ts'

/** A server that logs with what this project gives its requests, and the lines that were written. */
function logging() {
  const lines: Record<string, unknown>[] = []
  const log = logTo({ write: (line: string) => void lines.push(JSON.parse(line)) }, 'info')
  const app = Fastify({ logController: new LogController({ disableRequestLogging: true }) })
  app.setChildLoggerFactory((_none, bindings, options) => new RequestLog(log, bindings, options))
  return { app, lines, log }
}

test('a line of a request carries its id, as that of a child of Pino does', async () => {
  const { app, lines } = logging()
  app.get('/', async (request) => {
    request.log.warn({ pointer: '/a' }, 'there is %s', 'something')
    request.log.debug('not at this level')
    return request.log.level
  })
  const answer = await app.inject('/')
  assert.equal(answer.body, 'info')
  assert.equal(lines.length, 1)
  const [{ reqId, level, pointer, msg } = {}] = lines
  assert.deepEqual(
    { reqId, level, pointer, msg },
    { reqId: 'req-1', level: 40, pointer: '/a', msg: 'there is something' },
  )
})

test('of requests and answers a line says the least, whatever Fastify hands over', async () => {
  const { app, lines } = logging()
  app.get('/', async (request, reply) => {
    request.log.warn({ req: request, res: reply }, 'both')
    return {}
  })
  await app.inject({ url: '/?secret=a', headers: { authorization: 'secret' } })
  assert.deepEqual(
    lines.map(({ req, res }) => ({ req, res })),
    [{ req: { method: 'GET' }, res: { statusCode: 200 } }],
  )
})

test('every level of it is that of the log', async () => {
  const { app, lines, log } = logging()
  log.level = 'trace'
  app.get('/', async ({ log }) => {
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const) log[level](level)
    log.child({ inner: 1 }).info('child')
    log.level = 'error'
    log.warn('not any more')
    return {}
  })
  await app.inject('/')
  assert.deepEqual(
    lines.map(({ level, msg }) => [level, msg]),
    [
      [10, 'trace'],
      [20, 'debug'],
      [30, 'info'],
      [40, 'warn'],
      [50, 'error'],
      [60, 'fatal'],
      [30, 'child'],
    ],
  )
  assert.deepEqual([lines.at(-1)?.inner, lines.at(-1)?.reqId], [1, 'req-1'])
})

test('who says nothing makes no child of the log, and who says much makes one', () => {
  const { log: parent } = logging()
  let children = 0
  const counting = Object.create(parent, {
    child: {
      value: (bindings: Record<string, unknown>) => {
        children += 1
        return parent.child(bindings)
      },
    },
  })
  const log = new RequestLog(counting, { reqId: 'a' }, {})
  assert.equal(children, 0)
  log.debug('one')
  log.debug('two')
  assert.equal(children, 1)
})
