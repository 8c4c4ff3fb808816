/** Request lines, queries and headers of every kind, over a socket: always an answer in the envelope, never a 500. */
import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import type { Config } from '../../schemas/config.ts'
import { reads } from '../contract/calls.ts'
import { reads as documented } from '../contract/reads.ts'
import { simulator, TOKEN } from '../simulator.ts'
import { assertUnchanged, remember } from './memory.ts'
import { headers, method, path, query } from './targets.ts'
import { assertSane } from './verdict.ts'
import { exchange, readAnswer, requestBytes } from './wire.ts'

const SEED = 20261121
const bearer: [string, string] = ['authorization', `Bearer ${TOKEN}`]

async function listening(t: TestContext, options: Partial<Config> = {}) {
  const { app, worlds } = await simulator(t, options)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo

  /** Sends one request, and looks at the answer and at what is remembered afterwards. */
  async function send(verb: string, target: string, sent: [string, string][]): Promise<number> {
    const before = remember(worlds)
    const answer = readAnswer(await exchange(port, requestBytes(verb, target, sent)))
    const what = `${verb} ${target} ${JSON.stringify(sent)}`
    assert.ok(answer, `${what} had no answer`)
    assertSane(answer, what)
    if (answer.status >= 400) assertUnchanged(worlds, before, what)
    else worlds.reset()
    return answer.status
  }
  return send
}

const isOurs = (target: string) => /^\/(?:$|\?|_fauxflare|docs|openapi\.json)/.test(target)

for (const requests of ['lenient', 'strict'] as const) {
  test(`arbitrary request lines, read ${requests}ly`, async (t) => {
    const send = await listening(t, { requests })
    const statuses = new Set<number>()
    const property = fc.asyncProperty(method, path, query, fc.boolean(), async (verb, target, search, prefixed) => {
      const url = `${prefixed ? '/client/v4' : ''}${target}${search && `?${search}`}`
      fc.pre(!isOurs(url))
      statuses.add(await send(verb, url, [bearer]))
    })
    await fc.assert(property, { seed: SEED, numRuns: 500 })
    for (const status of [200, 400, 404, 405]) assert.ok(statuses.has(status), `never a ${status}`)
  })
}

test('arbitrary headers and credentials', async (t) => {
  const send = await listening(t)
  const statuses = new Set<number>()
  const property = fc.asyncProperty(method, path, headers, async (verb, target, sent) => {
    fc.pre(!isOurs(target))
    statuses.add(await send(verb, target, sent))
  })
  await fc.assert(property, { seed: SEED, numRuns: 400 })
  assert.ok(statuses.has(400))
})

test('arbitrary queries of every list', async (t) => {
  const { call, worlds } = await simulator(t)
  const before = remember(worlds)
  for (const read of reads) {
    const { key, succeed } = read
    const list = (succeed[0]?.[0] ?? '').split('?')[0] as string
    if (!list.startsWith('GET ')) continue
    const property = fc.asyncProperty(query, async (search) => {
      assertSane(await call(`${list}?${search}`), `${list}?${search}`)
    })
    await fc.assert(property, { seed: SEED, numRuns: documented.includes(read) ? 40 : 15 })
    // That a token was looked at stands in the audit log.
    if (key.endsWith('/tokens/{token_id}')) worlds.reset()
    else assertUnchanged(worlds, before, key)
  }
})

test('a URL that cannot be decoded is answered like any other failure', async (t) => {
  const { app } = await simulator(t)
  const refused = await app.inject({ url: '/client/v4/accounts/short', headers: { authorization: `Bearer ${TOKEN}` } })
  for (const url of ['/client/v4/accounts/%ff', '/accounts/%E0%A4%A', '/accounts/%zz/members']) {
    const answer = await app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })
    assert.equal(answer.statusCode, 400, url)
    assert.equal(answer.json().errors[0].code, 7003, url)
    assert.deepEqual(Object.keys(answer.headers).sort(), Object.keys(refused.headers).sort(), url)
    assert.equal(answer.headers['content-type'], 'application/json', url)
  }
})
