/** Reads that lag behind writes, as in a service that is consistent only in the end. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, failureOf, type Simulator, simulator, TOKEN } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const STALE = { effect: { stale: { ms: 2000 } } }

const create = async ({ call }: Simulator, name: string) =>
  (await call('POST /accounts', { body: { name } })).body.result
const total = async ({ call }: Simulator) => (await call('GET /accounts')).body.result_info.total_count
const nameOf = async ({ call }: Simulator) => (await call(`GET ${A}`)).body.result.name

test('what was made is seen only when it is as old as the lag', async (t) => {
  const server = await simulator(t)
  const world = server.worlds.of()
  const before = await total(server)
  world.faults.add(STALE)
  const { id } = await create(server, 'new')
  const [status, code] = failureOf(await server.call(`GET /accounts/${id}`))
  assert.deepEqual([status, code], [403, 9109])
  assert.equal(await total(server), before)
  world.clock.advance('PT1.999S')
  assert.equal(await total(server), before)
  world.clock.advance('PT0.001S')
  assert.equal((await server.call(`GET /accounts/${id}`)).body.result.name, 'new')
  assert.equal(await total(server), before + 1)
})

test('what was changed or deleted is seen as it was', async (t) => {
  const server = await simulator(t)
  const world = server.worlds.of()
  const old = await nameOf(server)
  world.faults.add(STALE)
  await server.call(`PUT ${A}`, { body: { name: 'changed' } })
  assert.equal(await nameOf(server), old)
  world.clock.advance('PT1S')
  await server.call(`PUT ${A}`, { body: { name: 'changed again' } })
  world.clock.advance('PT1S')
  assert.equal(await nameOf(server), 'changed')
  await server.call(`DELETE ${A}`)
  assert.equal(await nameOf(server), 'changed')
  world.clock.advance('PT1S')
  assert.equal(await nameOf(server), 'changed again')
  world.clock.advance('PT1S')
  assert.equal((await server.call(`GET ${A}`)).status, 404)
})

test('writes see everything at once', async (t) => {
  const server = await simulator(t)
  server.worlds.of().faults.add(STALE)
  const { id } = await create(server, 'new')
  const reply = await server.call(`PUT /accounts/${id}`, { body: { name: 'newer' } })
  assert.deepEqual([reply.status, reply.body.result.name], [200, 'newer'])
  const headers = { authorization: `Bearer ${TOKEN}`, 'fauxflare-fault': '{"stale":{"ms":1}}' }
  assert.equal((await server.call(`PUT /accounts/${id}`, { headers, body: { name: 'newest' } })).status, 200)
  assert.equal((await server.call(`DELETE /accounts/${id}`)).status, 200)
})

test('a lag that one request asks for is behind what was written before anybody asked', async (t) => {
  const server = await simulator(t)
  const before = await total(server)
  await create(server, 'new')
  const headers = { authorization: `Bearer ${TOKEN}`, 'fauxflare-fault': '{"stale":{"ms":1}}' }
  const { body, headers: told } = await server.call('GET /accounts', { headers })
  assert.deepEqual([body.result_info.total_count, told['fauxflare-fault']], [before, 'stale'])
  assert.equal(await total(server), before + 1)
})

test('what was refused leaves nothing to lag behind', async (t) => {
  const server = await simulator(t)
  const before = await total(server)
  server.worlds.of().faults.add(STALE)
  await server.call(`PUT ${A}`, { body: { name: '<script>' } })
  await server.call('POST /accounts', { body: {} })
  const page = (await server.call('GET /accounts?per_page=50')).body
  server.worlds.of().clock.advance('PT10S')
  assert.deepEqual((await server.call('GET /accounts?per_page=50')).body, page)
  assert.equal(page.result_info.total_count, before)
})

test('a clock that is set back lets nobody wait for the same time twice', async (t) => {
  const server = await simulator(t)
  const world = server.worlds.of()
  const before = await total(server)
  world.faults.add(STALE)
  await create(server, 'new')
  world.clock.advance('-P1D')
  assert.equal(await total(server), before)
  world.clock.advance('PT2S')
  assert.equal(await total(server), before + 1)
})

test('a reset leaves nothing to lag behind', async (t) => {
  const server = await simulator(t)
  const before = await total(server)
  await create(server, 'new')
  server.worlds.reset()
  server.worlds.of().faults.add(STALE)
  assert.equal(await total(server), before)
  await create(server, 'newer')
  server.worlds.of().clock.advance('PT2S')
  assert.equal(await total(server), before + 1)
})

test('each world has a past of its own', async (t) => {
  const server = await simulator(t)
  const names = async (world: string) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'fauxflare-fault': '{"stale":{"ms":1}}' }
    const answer = await server.app.inject({ url: `/sandboxes/${world}/accounts?per_page=50`, headers })
    return answer.json().result.map(({ name }: { name: string }) => name)
  }
  const before = await names('w1')
  const headers = { authorization: `Bearer ${TOKEN}` }
  await server.app.inject({ method: 'POST', url: '/sandboxes/w1/accounts', headers, payload: { name: 'one' } })
  server.worlds.of('w1').clock.advance('PT1S')
  await server.app.inject({ method: 'POST', url: '/sandboxes/w2/accounts', headers, payload: { name: 'two' } })
  assert.deepEqual([(await names('w1')).includes('one'), (await names('w2')).includes('one')], [true, false])
  assert.deepEqual(await names('w2'), before)
})

test('in a world that forgets everything, reads are never behind', async (t) => {
  const server = await simulator(t, { stateless: true })
  const before = await total(server)
  server.worlds.of().faults.add(STALE)
  await create(server, 'new')
  assert.equal(await total(server), before)
})
