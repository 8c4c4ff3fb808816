/** Worlds beside the default one: nothing leaks between them, and each can begin otherwise. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { ACCOUNT, type Reply, simulator, TOKEN } from '../simulator.ts'
import { steering } from './steer.ts'

const headers = { authorization: `Bearer ${TOKEN}` }

/** Calls the API of a sandbox; of the default world without a name. */
function calling(app: FastifyInstance, sandbox?: string) {
  return async (request: string, body?: object): Promise<Reply> => {
    const [method, path] = request.split(' ') as ['GET', string]
    const url = `${sandbox === undefined ? '' : `/sandboxes/${sandbox}`}/client/v4${path}`
    const answer = await app.inject({ method, url, headers, ...(body && { payload: body }) })
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: answer.json() }
  }
}

/** Everything that a world can be asked, as text. */
async function everything(app: FastifyInstance, sandbox?: string): Promise<string> {
  const steer = steering(app, sandbox)
  const questions = ['state', 'faults', 'clock', 'requests', 'report', 'snapshots', 'state/diff']
  const answers = await Promise.all(questions.map(async (name) => (await steer(`GET /${name}`)).text))
  // How long a request took is no matter of the world.
  return answers.join('\n').replace(/"duration_ms":[\d.]+/g, '')
}

/** The options of a world of which nothing was said. */
const BEGINNING = { fixtures: 'docs', seed: 1, stateless: false, clock: '2026-11-21T10:00:00Z', quirks: '' }
const NEW = { name: 'New', type: 'standard' }

test('What happens in one world shows in no other', async (t) => {
  const { app } = await simulator(t)
  const [one, other] = [calling(app, 'one'), calling(app, 'other')]
  await other('GET /accounts')
  await calling(app)('GET /accounts')
  const before = { other: await everything(app, 'other'), default: await everything(app) }

  const steer = steering(app, 'one')
  await one('POST /accounts', NEW)
  await one(`DELETE /accounts/${ACCOUNT}`)
  await one('GET /accounts?pages=2')
  await one('GET /nowhere')
  await steer('POST /faults', { effect: { error: { status: 503 } } })
  assert.equal((await one('GET /accounts')).status, 503)
  await steer('POST /clock/advance', { by: 'P1Y' })
  await steer('PUT /snapshots/mine')
  await steer('DELETE /requests')
  await steer('POST /reset')
  await one(`DELETE /accounts/${ACCOUNT}`)

  assert.equal(await everything(app, 'other'), before.other)
  assert.equal(await everything(app), before.default)
  assert.equal((await steering(app, 'other')('POST /snapshots/mine/restore')).status, 404)
})

test('Each draws the same ids and headers as if it were alone', async (t) => {
  const alone = await simulator(t)
  const { app } = await simulator(t)
  const expected = await calling(alone.app)('POST /accounts', NEW)
  for (const name of ['a', 'b', 'c']) {
    const answer = await calling(app, name)('POST /accounts', NEW)
    assert.deepEqual([answer.text, answer.headers['cf-ray']], [expected.text, expected.headers['cf-ray']])
  }
  assert.equal((await calling(app)('POST /accounts', NEW)).text, expected.text)
})

test('A reset of the default world leaves sandboxes as they are, and the other way round', async (t) => {
  const { app } = await simulator(t)
  const status = async (sandbox?: string) => (await calling(app, sandbox)(`GET /accounts/${ACCOUNT}`)).status
  await calling(app)(`DELETE /accounts/${ACCOUNT}`)
  await calling(app, 'w1')(`DELETE /accounts/${ACCOUNT}`)
  await steering(app)('POST /reset')
  assert.deepEqual([await status(), await status('w1')], [200, 404])
  await calling(app)(`DELETE /accounts/${ACCOUNT}`)
  await steering(app, 'w1')('POST /reset')
  assert.deepEqual([await status(), await status('w1')], [404, 200])
})

test('A sandbox begins with its options, and again after a reset', async (t) => {
  const { app } = await simulator(t)
  const options = { fixtures: 'empty', seed: 7, clock: '2030-01-01T00:00:00Z' }
  const made = await steering(app)('PUT /sandboxes/w1', options)
  assert.equal(made.status, 201)
  assert.deepEqual(made.body, {
    name: 'w1',
    path: '/sandboxes/w1/client/v4',
    options: { ...options, stateless: false, quirks: '' },
    // Somebody who can sign in, and their token.
    rows: 3,
    requests: 0,
  })
  const same = await simulator(t, options)
  const expected = await calling(same.app)('POST /accounts', NEW)
  assert.match(expected.text, /2030-01-01T00:00:00/)
  for (const _ of ['at first', 'and after a reset']) {
    assert.deepEqual((await calling(app, 'w1')('GET /accounts')).body.result, [])
    await steering(app, 'w1')('POST /reset')
    assert.equal((await calling(app, 'w1')('POST /accounts', NEW)).text, expected.text)
    await steering(app, 'w1')('POST /clock/advance', { by: 'P1D' })
    await steering(app, 'w1')('POST /reset')
  }
})

test('A sandbox can be stateless by itself', async (t) => {
  const { app } = await simulator(t)
  await steering(app)('PUT /sandboxes/w1', { stateless: true })
  const call = calling(app, 'w1')
  assert.equal((await call(`DELETE /accounts/${ACCOUNT}`)).status, 200)
  assert.equal((await call(`GET /accounts/${ACCOUNT}`)).status, 200)
  const { requests } = (await steering(app, 'w1')('GET /requests')).body
  assert.deepEqual(
    requests.map(({ method }: { method: string }) => method),
    ['DELETE', 'GET'],
  )
  await calling(app)(`DELETE /accounts/${ACCOUNT}`)
  assert.equal((await calling(app)(`GET /accounts/${ACCOUNT}`)).status, 404)
})

test('Made anew, it forgets everything, options included', async (t) => {
  const { app } = await simulator(t)
  const steer = steering(app)
  assert.equal((await steer('PUT /sandboxes/w1', { seed: 7, stateless: true })).status, 201)
  await calling(app, 'w1')('GET /accounts')
  await steering(app, 'w1')('PUT /snapshots/mine')
  const again = await steer('PUT /sandboxes/w1')
  assert.equal(again.status, 200)
  assert.deepEqual(again.body.options, { ...BEGINNING })
  assert.equal(again.body.requests, 0)
  assert.deepEqual((await steering(app, 'w1')('GET /snapshots')).body, { snapshots: [] })
})

test('What the server was started with can be asked for by the same name', async (t) => {
  const { app } = await simulator(t, { fixtures: 'fixtures/empty' })
  const steer = steering(app)
  assert.equal((await steer('PUT /sandboxes/w1', { fixtures: 'docs' })).status, 201)
  assert.equal((await steer('PUT /sandboxes/w2', { fixtures: 'fixtures/empty' })).status, 201)
  const refused = await steer('PUT /sandboxes/w3', { fixtures: 'fixtures/docs' })
  assert.equal(refused.status, 400)
  assert.match(refused.body.detail, /There are "fixtures\/empty", "docs", "empty"/)
  const { sandboxes } = (await steer('GET /sandboxes')).body
  assert.deepEqual(
    sandboxes.map(({ name, rows }: { name: string; rows: number }) => [name, rows > 3]),
    [
      ['default', false],
      ['w1', true],
      ['w2', false],
    ],
  )
})

test('Sandboxes are listed with what is in them, and gone when they are deleted', async (t) => {
  const { app } = await simulator(t)
  const steer = steering(app)
  await calling(app, 'a.b_C-1')('GET /accounts')
  await calling(app, 'a.b_C-1')('POST /accounts', NEW)
  const { sandboxes } = (await steer('GET /sandboxes')).body
  const options = BEGINNING
  const rows = sandboxes[0].rows
  assert.equal(sandboxes[1].rows > rows, true)
  assert.deepEqual(sandboxes, [
    { name: 'default', path: '/client/v4', options, rows, requests: 0 },
    { name: 'a.b_C-1', path: '/sandboxes/a.b_C-1/client/v4', options, rows: sandboxes[1].rows, requests: 2 },
  ])
  assert.equal((await steer('DELETE /sandboxes/a.b_C-1')).status, 204)
  assert.equal((await steer('GET /sandboxes')).body.sandboxes.length, 1)
  assert.equal((await steer('DELETE /sandboxes/a.b_C-1')).status, 404)
  // The next request makes a new one.
  assert.deepEqual((await steering(app, 'a.b_C-1')('GET /requests')).body, { requests: [], dropped: 0 })
})

test('One sandbox too many is refused with 507, in the API and in the control API', async (t) => {
  const { app } = await simulator(t, { maxSandboxes: 2 })
  const steer = steering(app)
  assert.equal((await calling(app, 'w1')('GET /accounts')).status, 200)
  assert.equal((await steer('PUT /sandboxes/w2')).status, 201)
  const refused = await calling(app, 'w3')('GET /accounts')
  assert.equal(refused.status, 507)
  assert.equal(refused.body.success, false)
  assert.match(refused.body.errors[0].message, /There are 2 sandboxes already.*--max-sandboxes/)
  for (const reply of [await steer('PUT /sandboxes/w3'), await steering(app, 'w3')('GET /state')]) {
    assert.equal(reply.status, 507)
    assert.equal(reply.headers['content-type'], 'application/problem+json')
    assert.match(reply.body.detail, /DELETE \/_fauxflare\/sandboxes/)
  }
  // Those that are there go on, and can be made anew.
  assert.equal((await calling(app, 'w1')('GET /accounts')).status, 200)
  assert.equal((await steer('PUT /sandboxes/w2', { seed: 3 })).status, 200)
  await steer('DELETE /sandboxes/w1')
  assert.equal((await calling(app, 'w3')('GET /accounts')).status, 200)
})

test('What cannot be the name of a sandbox is refused everywhere', async (t) => {
  const { app, worlds } = await simulator(t)
  // A client would ask the default world: it takes them out of the path.
  for (const name of ['.', '..']) assert.throws(() => worlds.of(name), { name: 'SANDBOX_NAME' })
  for (const name of ['', '%20', 'a%2Fb', 'x'.repeat(65), '*', '%C3%A4', '__proto__%00']) {
    const url = `/sandboxes/${name}`
    const api = await app.inject({ url: `${url}/client/v4/accounts`, headers })
    const control = await app.inject(`${url}/_fauxflare/state`)
    assert.deepEqual([api.statusCode, control.statusCode], [400, 400], name)
    assert.match(control.json().detail, /1 to 64 letters/)
  }
  assert.equal((await steering(app)('GET /sandboxes')).body.sandboxes.length, 1)
})

test('No sandbox may have any', async (t) => {
  const { app } = await simulator(t, { maxSandboxes: 0 })
  assert.equal((await calling(app, 'w1')('GET /accounts')).status, 507)
  assert.equal((await calling(app)('GET /accounts')).status, 200)
  assert.equal((await calling(app, 'default')('GET /accounts')).status, 200)
})
