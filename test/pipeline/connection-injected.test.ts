/** Faults of the connection where there is none: requests that are injected. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulator, TOKEN } from '../simulator.ts'

test('without a socket an answer is lost or whole, and nothing else happens', async (t) => {
  const { app } = await simulator(t)
  const inject = (fault: unknown) =>
    app.inject({
      url: '/accounts',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'fauxflare-fault': typeof fault === 'string' ? fault : JSON.stringify(fault),
      },
    })
  const whole = await inject({ delay: { ms: 0 } })
  for (const fault of [
    'reset',
    'close',
    'truncate',
    'garbage',
    'noise',
    'duplicate',
    { connection: { truncate: { bytes: 3 } } },
  ]) {
    await assert.rejects(inject(fault), { code: 'LIGHT_ECONNRESET' }, JSON.stringify(fault))
  }
  for (const connection of [{ drip: { bytes_per_s: 1_000_000 } }, { slow_close: { ms: 1 } }]) {
    const slow = await inject({ connection })
    assert.equal(slow.statusCode, 200)
    assert.equal(slow.body, whole.body)
  }
})
