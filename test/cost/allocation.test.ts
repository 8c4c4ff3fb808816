/** How much memory a request takes until the next collection: time cannot be asserted, but this can. */
import assert from 'node:assert/strict'
import { PerformanceObserver, performance } from 'node:perf_hooks'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Fastify, { type FastifyInstance } from 'fastify'
import { API } from '../../server/paths.ts'
import { ACCOUNT, simulator, TOKEN } from '../simulator.ts'

/** A role with all that there is, as the documentation has it. */
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'

/** In one measurement. */
const REQUESTS = 8

/** Bytes that a request allocates: the least of many tries, since the compiler only adds to it; none in which something was collected. */
async function bytesOf(app: FastifyInstance, url: string): Promise<number> {
  const ask = () => app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })
  for (let n = 0; n < 400; n += 1) await ask()
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 20; round += 1) {
    // Collections seldom come in between when there is nothing to collect.
    gc()
    const begun = performance.now()
    const before = process.memoryUsage().heapUsed
    for (let n = 0; n < REQUESTS; n += 1) await ask()
    const bytes = (process.memoryUsage().heapUsed - before) / REQUESTS
    if (!(await wasCollected(begun, performance.now()))) least = Math.min(least, bytes)
  }
  assert.ok(Number.isFinite(least), 'something was collected in each try')
  return least
}

/** When something was collected, as `performance.now()` has it. */
const collections: number[] = []
new PerformanceObserver((list) => collections.push(...list.getEntries().map((entry) => entry.startTime))).observe({
  entryTypes: ['gc'],
})

/** Whether something was collected between two moments. The first collection after them tells that all before it were told. */
async function wasCollected(from: number, until: number): Promise<boolean> {
  gc()
  while (!collections.some((time) => time >= until)) await setImmediate()
  return collections.some((time) => time >= from && time < until)
}

/** Collects what is young. */
const gc: () => void = (() => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void
  return () => collect({ type: 'minor' })
})()

test('A request allocates little more than one to a bare Fastify that sends the same bytes, a page of 79 KB too', async (t) => {
  for (const auth of ['any', 'enforce'] as const) {
    const { app, call } = await simulator(t, { auth })
    for (let n = 0; n < 50; n += 1) {
      const body = { email: `m${n}@example.com`, roles: [ADMINISTRATOR] }
      await call(`POST /accounts/${ACCOUNT}/members`, { body })
    }
    for (const path of [`/accounts/${ACCOUNT}`, `/accounts/${ACCOUNT}/members?per_page=50`]) {
      const { text } = await call(`GET ${path}`)
      const bare = Fastify()
      t.after(() => bare.close())
      const bytes = Buffer.from(text)
      bare.get('*', (_request, reply) => reply.type('application/json').send(bytes))
      const more = (await bytesOf(app, `${API}${path}`)) - (await bytesOf(bare, `${API}${path}`))
      assert.ok(more < 20_000, `${auth} ${path}: ${more}`)
    }
  }
})
