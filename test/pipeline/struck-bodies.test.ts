/** The journal has what was sent, though a fault came before anybody read it. */
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { fauxflare } from '../../server/index.ts'
import { simulator, TOKEN } from '../simulator.ts'

const body = { name: 'Acme', type: 'standard' }

for (const effect of [{ error: 503 }, { rate_limit: { limit: 0, window_s: 60 } }]) {
  test(`A request that is refused by ${JSON.stringify(effect)} has its body in the journal`, async (t) => {
    const { call, worlds } = await simulator(t)
    worlds.of().faults.add({ effect })
    const { status } = await call('POST /accounts', { body })
    assert.ok(status === 503 || status === 429)
    assert.deepEqual(worlds.of().journal.all()[0]?.request.body, body)
    const match = { operation: 'account-creation', body: { name: 'Acme' }, status }
    assert.equal(worlds.of().journal.verify({ match, times: { exactly: 1 } }).satisfied, true)
  })
}

for (const connection of ['reset', 'close', { hang: { ms: 1 } }]) {
  test(`A request that ends in ${JSON.stringify(connection)} has its body in the journal`, async () => {
    await using cf = await fauxflare()
    cf.faults.add({ effect: { connection } })
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
    // In two pieces, so that it is not all there when the request begins.
    const sent = request(`${cf.baseURL}/accounts`, { method: 'POST', headers })
    const ended = new Promise((resolve) => sent.once('error', resolve))
    sent.write(JSON.stringify(body).slice(0, 5))
    sent.end(JSON.stringify(body).slice(5))
    await ended
    assert.deepEqual(cf.requests.all()[0]?.request.body, body)
    assert.equal(cf.requests.all()[0]?.response, null)
  })
}

test('A rule that limits is named only when it refuses', async (t) => {
  const { call, worlds } = await simulator(t)
  worlds.of().faults.add({ name: 'strict', effect: { rate_limit: { limit: 1, window_s: 60 } } })
  assert.equal((await call('GET /accounts')).headers['fauxflare-fault'], undefined)
  assert.equal((await call('GET /accounts')).headers['fauxflare-fault'], 'strict')
  assert.deepEqual(
    worlds
      .of()
      .journal.all()
      .map(({ fault }) => fault),
    [null, 'strict'],
  )
})
