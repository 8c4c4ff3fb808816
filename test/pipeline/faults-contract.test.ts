/** A failure that a fault asks for keeps the contract, whatever the operation and the status. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reads, writes } from '../contract/calls.ts'
import { simulator, TOKEN } from '../simulator.ts'

const STATUSES = Array.from({ length: 104 }, (_, at) => 400 + at)

for (const { key, succeed, fail } of [...reads, ...writes]) {
  test(`${key} can fail with every status from 400 to 503`, async (t) => {
    const { call } = await simulator(t, { contract: 'fail' })
    const [request, body] = succeed[0] ?? fail[0] ?? assert.fail(`There is no call of ${key}.`)
    for (const status of STATUSES) {
      const headers = { authorization: `Bearer ${TOKEN}`, 'fauxflare-fault': JSON.stringify({ error: { status } }) }
      const reply = await call(request, { headers, ...(body !== undefined && { body }) })
      assert.equal(reply.status, status, reply.text)
      assert.equal(reply.body.success, false)
      assert.equal(reply.body.errors.length, 1)
      // The code of an answer that broke the contract, which is always a 500.
      assert.notEqual(reply.headers['x-should-retry'], 'false', reply.text)
    }
  })
}

test('a code of any size keeps the contract', async (t) => {
  const { call } = await simulator(t, { contract: 'fail' })
  for (const code of [400, 971, 1000, 10000, 2_147_483_647]) {
    const error = { status: 503, code, message: 'Down' }
    const headers = { authorization: `Bearer ${TOKEN}`, 'fauxflare-fault': JSON.stringify({ error }) }
    const { status, body } = await call('GET /accounts', { headers })
    assert.deepEqual([status, body.errors], [503, [{ code, message: 'Down' }]])
  }
})
