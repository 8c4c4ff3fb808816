/** `--fail-on-violations`: a server that is told to end says how clients broke the contract. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TOKEN } from '../simulator.ts'
import { AT_ONCE, line, serve } from './command.ts'

const headers = { authorization: `Bearer ${TOKEN}` }

describe('--fail-on-violations', { concurrency: AT_ONCE }, () => {
  for (const [signal, path] of [
    ['SIGTERM', '/client/v4/accounts?pages=2'],
    ['SIGINT', '/sandboxes/w1/client/v4/accounts?pages=2'],
  ] as const) {
    test(`ends with 1 on ${signal} after GET ${path}, and tells what was wrong`, async (t) => {
      const { ready, stop } = await serve(t, ['--port', '0', '--fail-on-violations'])
      assert.equal((await fetch(ready.url + path, { headers })).status, 200)
      const { code, signal: killed, stdout, stderr } = await stop(signal)
      assert.deepEqual([code, killed], [1, null])
      assert.deepEqual(JSON.parse(line(stdout)), ready)
      assert.match(
        stderr,
        /^fauxflare: clients broke the contract\.\n\nContract violations: 1\n.*accounts-list-accounts.*pages/,
      )
    })
  }

  test('ends with 0 when nobody broke it: a refusal and an unknown path are no breach', async (t) => {
    const { ready, stop } = await serve(t, ['--port', '0'], { env: { FAUXFLARE_FAIL_ON_VIOLATIONS: 'yes' } })
    await fetch(`${ready.url}/client/v4/accounts`, { headers })
    await fetch(`${ready.url}/client/v4/accounts`)
    await fetch(`${ready.url}/client/v4/acounts`, { headers })
    const { code, stderr } = await stop()
    assert.deepEqual([code, stderr], [0, ''])
  })

  test('is off by default, and by its negation', async (t) => {
    const ends = async (args: string[], env: Record<string, string>) => {
      const { ready, stop } = await serve(t, ['--port', '0', ...args], { env })
      await fetch(`${ready.url}/client/v4/accounts?pages=2`, { headers })
      const { code, stderr } = await stop()
      return [code, stderr]
    }
    const both = [ends([], {}), ends(['--no-fail-on-violations'], { FAUXFLARE_FAIL_ON_VIOLATIONS: '1' })]
    assert.deepEqual(await Promise.all(both), [
      [0, ''],
      [0, ''],
    ])
  })
})
