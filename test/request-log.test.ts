/** The log of one request: what it says, and what it costs those who say nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { LogController } from 'fastify'
import { RequestLog, requestLog } from '../server/request-log.ts'

/** A server that logs with what this project gives its requests, and the lines that were written. */
function logging() {
  const lines: Record<string, unknown>[] = []
  const stream = { write: (line: string) => void lines.push(JSON.parse(line)) }
  const app = Fastify({
    logger: { level: 'info', stream },
    logController: new LogController({ disableRequestLogging: true }),
  })
  app.setChildLoggerFactory(requestLog)
  return { app, lines }
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

test('every level of it is that of the log', async () => {
  const { app, lines } = logging()
  app.log.level = 'trace'
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
  const { app } = logging()
  let children = 0
  const parent = Object.create(app.log, {
    child: {
      value: (bindings: Record<string, unknown>) => {
        children += 1
        return app.log.child(bindings)
      },
    },
  })
  const log = new RequestLog(parent, { reqId: 'a' }, {})
  assert.equal(children, 0)
  log.debug('one')
  log.debug('two')
  assert.equal(children, 1)
})
