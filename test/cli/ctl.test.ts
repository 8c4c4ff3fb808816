/** `fauxflare ctl` against a server: what it prints, and its exit code. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, type TestContext, test } from 'node:test'
import { type Config, fauxflare } from '../../server/index.ts'
import { ACCOUNT, TOKEN } from '../simulator.ts'
import { AT_ONCE, COMMAND, folder, line, run } from './command.ts'

const CLOCK = '2026-11-21T10:00:00Z'

async function server(t: TestContext, options: Partial<Config> = {}) {
  const cf = await fauxflare({ clock: CLOCK, ...options })
  t.after(() => cf.close())
  return { cf, env: { FAUXFLARE_URL: cf.url } }
}

describe('fauxflare ctl', { concurrency: AT_ONCE }, () => {
  test('prints the answer as one line of JSON', async (t) => {
    const { cf, env } = await server(t)
    const { code, stdout, stderr } = await run(t, ['ctl', 'clock', 'advance', 'P31D'], { env })
    assert.deepEqual([code, stderr], [0, ''])
    assert.deepEqual(JSON.parse(line(stdout)), { mode: 'frozen', now: '2026-12-22T10:00:00.000Z' })
    assert.equal(cf.clock.now, '2026-12-22T10:00:00.000Z')
  })

  test('prints nothing where there is nothing to say', async (t) => {
    const { cf, env } = await server(t)
    await fetch(`${cf.baseURL}/accounts/${ACCOUNT}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${TOKEN}` },
    })
    assert.notDeepEqual(cf.diff(), {})
    assert.deepEqual(await run(t, ['ctl', 'reset'], { env }), { code: 0, signal: null, stdout: '', stderr: '' })
    assert.deepEqual(cf.diff(), {})
  })

  test('saves a world and puts it back from standard input, into a sandbox with a token', async (t) => {
    const { cf, env } = await server(t, { controlToken: 's3cret' })
    const saved = await run(t, ['ctl', 'state', '--control-token', 's3cret'], { env })
    assert.equal(saved.code, 0, saved.stderr)
    cf.sandbox('w1', { fixtures: 'empty' })
    const args = ['ctl', 'state', 'put', '-', '--sandbox', 'w1']
    const put = await run(t, args, { env: { ...env, FAUXFLARE_CONTROL_TOKEN: 's3cret' }, input: saved.stdout })
    assert.deepEqual(put, { code: 0, signal: null, stdout: '', stderr: '' })
    assert.deepEqual(cf.sandbox('w1').state(), cf.state())
  })

  test('says why the server refuses, and ends with 1', async (t) => {
    const { cf, env } = await server(t)
    const rule = JSON.stringify({ match: { operation: 'account-creaton' }, effect: { error: { status: 503 } } })
    const { code, stdout, stderr } = await run(t, ['ctl', 'faults', 'add', rule], { env })
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(line(stderr), /\/match\/operation .*"account-creation"/)
    assert.deepEqual(cf.faults.list(), [])
  })

  test('says that a token is missing', async (t) => {
    const { env } = await server(t, { controlToken: 's3cret' })
    const { code, stdout, stderr } = await run(t, ['ctl', 'report'], { env })
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(line(stderr), /token/)
    assert.doesNotMatch(stderr, /cret/)
  })

  test('says what a sandbox may be called', async (t) => {
    const { env } = await server(t)
    const { code, stderr } = await run(t, ['ctl', 'clock', '--sandbox', 'a b'], { env })
    assert.equal(code, 1)
    assert.match(line(stderr), /1 to 64 letters/)
  })

  test('says what to do when nothing listens', async (t) => {
    const { cf, env } = await server(t)
    await cf.close()
    const { code, stdout, stderr } = await run(t, ['ctl', 'health'], { env })
    assert.deepEqual([code, stdout], [1, ''])
    assert.equal(
      line(stderr),
      `Failed to reach ${cf.url}: nothing listens there. Start a server with fauxflare, or say where it is with --url or FAUXFLARE_URL.`,
    )
  })

  test('ends in silence when nobody reads on', async (t) => {
    const { env } = await server(t)
    const [command = '', ...args] = COMMAND
    const ctl = spawn(command, [...args, 'ctl', 'state'], { env: { ...process.env, ...env }, stdio: 'pipe' })
    // It is longer than a pipe can hold.
    ctl.stdout.once('readable', () => ctl.stdout.destroy())
    const [told, [code]] = await Promise.all([text(ctl.stderr), once(ctl, 'exit')])
    assert.deepEqual([code, told], [0, ''])
  })

  test('knows a server that is another', async (t) => {
    const other = createServer((request, response) => {
      response.writeHead(request.url?.includes('reset') ? 404 : 200).end('<html>')
    }).listen(0, '127.0.0.1')
    await once(other, 'listening')
    t.after(() => other.close())
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    for (const [call, status] of [
      ['health', 200],
      ['reset', 404],
    ] as const) {
      const { code, stdout, stderr } = await run(t, ['ctl', '--url', url, call])
      assert.deepEqual([code, stdout], [1, ''])
      assert.equal(
        line(stderr),
        `Failed to call ${url}/_fauxflare/${call}: it answers ${status} as no fauxflare server does. Say where yours is with --url.`,
      )
    }
  })

  test('finds the server of fauxflare exec by itself', async (t) => {
    const cwd = folder(t, { 'rules.json': '[{"preset": "flaky"}]' })
    const args = ['exec', '--control-token', 's3cret', '--tolerate', 'unused', '--', ...COMMAND, 'ctl', 'faults', 'add']
    const { code, stdout, stderr } = await run(t, [...args, 'rules.json'], { cwd })
    assert.deepEqual([code, stderr], [0, ''])
    const { faults } = JSON.parse(line(stdout)) as { faults: { id: string }[] }
    assert.equal(faults[0]?.id, 'fault-1')
  })

  test('a command that is wrong ends with 2', async (t) => {
    const { code, stdout, stderr } = await run(t, ['ctl', 'faults', 'ad', 'flaky'])
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(line(stderr), /^Failed to call: there is no call "faults ad"\. Did you mean "faults add"\?/)
  })

  test('--help tells of every call', async (t) => {
    const { code, stdout, stderr } = await run(t, ['ctl', 'faults', '--help'])
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^fauxflare ctl: /)
    assert.match(stdout, /^ {2}snapshots restore <name> +Restore a snapshot$/m)
    assert.match(stdout, /^ {2}requests +List requests\n {6}\[--operation\] \[--method\]/m)
  })
})
