/** The command line serves: what it prints, where its options come from. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CTL_OPTIONS, EXEC_OPTIONS, OPTIONS } from '../../schemas/config.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { VERSION } from '../../server/version.ts'
import { ACCOUNT, TOKEN } from '../simulator.ts'
import { AT_ONCE, folder, line, run, serve } from './command.ts'

const headers = { authorization: `Bearer ${TOKEN}` }

describe('fauxflare', { concurrency: AT_ONCE }, () => {
  test('prints one line of JSON when it is ready, and nothing else on standard output', async (t) => {
    const { ready, child, stop } = await serve(t)
    assert.deepEqual(Object.keys(ready), ['ready', 'url', 'port', 'pid'])
    assert.equal(ready.ready, true)
    assert.equal(ready.pid, child.pid)
    assert.equal(ready.url, `http://127.0.0.1:${ready.port}`)
    const answer = await fetch(`${ready.url}/client/v4/accounts/${ACCOUNT}`, { headers })
    assert.equal(answer.status, 200)
    const { stdout } = await stop()
    assert.deepEqual(JSON.parse(line(stdout)), ready)
  })

  for (const log of ['json', 'silent']) {
    test(`--log ${log} keeps standard output to the one line`, async (t) => {
      const { ready, stop } = await serve(t, ['--port', '0', '--log', log])
      await fetch(`${ready.url}/client/v4/accounts`)
      const { stdout, stderr } = await stop()
      assert.deepEqual(JSON.parse(line(stdout)), ready)
      const logged = stderr.split('\n').filter(Boolean)
      if (log === 'silent') assert.deepEqual(logged, [])
      for (const entry of logged) assert.equal(typeof JSON.parse(entry), 'object')
    })
  }

  test('--help tells of every option and ends well, whatever else is wrong', async (t) => {
    const { code, stdout, stderr } = await run(t, ['--help', '--port', 'x'], { env: { FAUXFLARE_SEED: 'x' } })
    assert.equal(code, 0)
    assert.equal(stderr, '')
    for (const { flag, env } of [...OPTIONS, ...EXEC_OPTIONS, ...CTL_OPTIONS]) {
      assert.match(stdout, new RegExp(`^  ${flag}\\b`, 'm'))
      assert.ok(stdout.includes(`Also ${env}.`), env)
    }
    assert.match(stdout, /fauxflare drift <openapi\.json>/)
    assert.match(stdout, /fauxflare exec \[options\] -- <command>/)
    assert.match(stdout, /fauxflare ctl <call>/)
    for (const code of ['0', '1', '2', '80', '81', '82', '83', '127', '128\\+n']) {
      assert.match(stdout, new RegExp(`^  ${code} +\\S`, 'm'))
    }
  })

  for (const flag of ['--version', '-v']) {
    test(`${flag} tells the version and ends well`, async (t) => {
      assert.deepEqual(await run(t, [flag]), { code: 0, signal: null, stdout: `${VERSION}\n`, stderr: '' })
    })
  }

  test('reads flags, the environment and the config file, in this order of strength', async (t) => {
    const cwd = folder(t, { 'fauxflare.config.json': '{"host": "nowhere.invalid", "port": 1, "auth": "off"}' })
    const env = { FAUXFLARE_HOST: '127.0.0.1', FAUXFLARE_PORT: '1', FAUXFLARE_FIXTURES: 'empty' }
    const { ready } = await serve(t, ['--port', '0'], { cwd, env })
    // The flag says where, the environment what with, and the file that nobody need sign in.
    assert.notEqual(ready.port, 1)
    const answer = await fetch(`${ready.url}/client/v4/accounts`)
    assert.equal(answer.status, 200)
    assert.deepEqual(((await answer.json()) as { result: unknown[] }).result, [])
  })

  test('a yes-or-no option is turned off by its negation', async (t) => {
    const env = { FAUXFLARE_STATELESS: 'yes' }
    const deletes = async (args: string[]) => {
      const { ready } = await serve(t, ['--port', '0', ...args], { env })
      const url = `${ready.url}/client/v4/accounts/${ACCOUNT}`
      await fetch(url, { method: 'DELETE', headers })
      return (await fetch(url, { headers })).status
    }
    assert.deepEqual(await Promise.all([deletes([]), deletes(['--no-stateless', '--seed=-5'])]), [200, 404])
  })

  test('a snapshot of the user’s own is served, as a file and as a folder', async (t) => {
    const documented = loadFixtures('docs').tables.accounts?.[0]
    const account = { ...documented, id: 'a'.repeat(32), name: 'Mine' }
    const cwd = folder(t, { 'world.json': JSON.stringify({ accounts: [account] }) })
    const parts = folder(t, { 'accounts.json': JSON.stringify([account]) })
    for (const fixtures of ['world.json', parts]) {
      const { ready, stop } = await serve(t, ['--port', '0', '--fixtures', fixtures], { cwd })
      const answer = await fetch(`${ready.url}/client/v4/accounts`, { headers })
      const { result } = (await answer.json()) as { result: { name: string }[] }
      assert.deepEqual(
        result.map(({ name }) => name),
        ['Mine'],
      )
      await stop()
    }
  })
})
