/** `fauxflare exec`: what the command gets, how its end is passed on, and the verdict on its client. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, test } from 'node:test'
import { exec } from '../../server/cli/exec.ts'
import { ConfigError } from '../../server/config.ts'
import { ACCOUNT, TOKEN } from '../simulator.ts'
import { AT_ONCE, folder, line, run, serve } from './command.ts'

/** A command that is a little program: it finds `call(path, options)`, which returns the status of an answer. */
function program(text: string): string[] {
  const prelude = `
    const headers = { authorization: 'Bearer ' + process.env.CLOUDFLARE_API_TOKEN, 'content-type': 'application/json' }
    const call = async (path, options = {}, base = process.env.CLOUDFLARE_BASE_URL) =>
      (await fetch(base + path, { headers, ...options })).status`
  return ['--', process.execPath, '--input-type=module', '--eval', `${prelude}\n${text}`]
}

const BREAK = `await call('/accounts?pages=2')`
const LOSE = `await call('/acounts')`
const RULE = JSON.stringify({ match: { operation: 'account-creation' }, effect: { error: { status: 503 } } })

describe('fauxflare exec', { concurrency: AT_ONCE }, () => {
  test('gives the command a server and the documented token, and nothing of the real service', async (t) => {
    const env = {
      CLOUDFLARE_API_TOKEN: 'real',
      CLOUDFLARE_EMAIL: 'real',
      CLOUDFLARE_API_KEY: 'real',
      CLOUDFLARE_API_USER_SERVICE_KEY: 'real',
      CF_API_TOKEN: 'real',
      CF_API_KEY: 'real',
      CF_EMAIL: 'real',
      CF_API_BASE_URL: 'real',
      CLOUDFLARE_ACCOUNT_ID: 'mine',
      // Where others look for a server is no matter of this one.
      FAUXFLARE_PORT: '1',
    }
    const { code, stdout, stderr } = await run(
      t,
      [
        'exec',
        '--control-token',
        's3cret',
        ...program(`
        const statuses = [await call('/accounts/${ACCOUNT}'), await call('/accounts', {}, process.env.TEST_API_BASE_URL)]
        console.log(JSON.stringify({ ...process.env, statuses }))`),
      ],
      { env },
    )
    assert.equal(code, 0, stderr)
    assert.equal(stderr, '')
    const seen = JSON.parse(line(stdout)) as Record<string, unknown>
    const url = String(seen.FAUXFLARE_URL)
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.deepEqual(
      { ...seen, PATH: undefined, NODE_OPTIONS: undefined },
      {
        PATH: undefined,
        NODE_OPTIONS: undefined,
        CLOUDFLARE_BASE_URL: `${url}/client/v4`,
        CLOUDFLARE_API_BASE_URL: `${url}/client/v4`,
        TEST_API_BASE_URL: url,
        CLOUDFLARE_API_TOKEN: TOKEN,
        WRANGLER_SEND_METRICS: 'false',
        FAUXFLARE_URL: url,
        FAUXFLARE_CONTROL_TOKEN: 's3cret',
        CLOUDFLARE_ACCOUNT_ID: 'mine',
        FAUXFLARE_PORT: '1',
        statuses: [200, 200],
      },
    )
  })

  test('passes the exit code of the command on, and then has nothing to say of its client', async (t) => {
    const { code, stdout, stderr } = await run(t, ['exec', ...program(`${BREAK}; ${LOSE}; process.exitCode = 7`)])
    assert.deepEqual([code, stdout, stderr], [7, '', ''])
  })

  test('leaves the arguments of the command to it', async (t) => {
    const show = ['-e', 'console.log(process.argv.slice(1).join())', '--', '--help', '-v', '--', '--port', 'x']
    const { code, stdout, stderr } = await run(t, ['exec', '--', process.execPath, ...show])
    assert.deepEqual([code, stdout, stderr], [0, '--help,-v,--,--port,x\n', ''])
  })

  test('ends with 128 and the number of the signal that ended the command', async (t) => {
    const { code, signal } = await run(t, ['exec', ...program(`process.kill(process.pid, 'SIGKILL')`)])
    assert.deepEqual([code, signal], [137, null])
  })

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    test(`passes ${signal} on to the command, and waits for it`, async (t) => {
      const { stop } = await serve(t, [
        'exec',
        ...program(`
          process.once('${signal}', () => setImmediate(() => process.exit(5)))
          setInterval(() => {}, 1000)
          console.log(JSON.stringify({ ready: true }))`),
      ])
      const { code, signal: killed } = await stop(signal)
      assert.deepEqual([code, killed], [5, null])
    })
  }

  test('says with 127 that there is no such command', async (t) => {
    const { code, stdout, stderr } = await run(t, ['exec', '--', 'no-such-command', 'x'])
    assert.deepEqual(
      [code, stdout, line(stderr)],
      [127, '', 'Failed to run "no-such-command": there is no such command.'],
    )
  })

  test('says with 127 that something is no command', async (t) => {
    const cwd = folder(t, { 'notes.txt': 'no program' })
    const { code, stderr } = await run(t, ['exec', '--', './notes.txt'], { cwd })
    assert.equal(code, 127)
    assert.match(line(stderr), /^Failed to run "\.\/notes\.txt": it may not be executed\.$/m)
  })

  test('does not run the command when it cannot serve', async (t) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    t.after(() => other.close())
    const { port } = other.address() as AddressInfo
    const { code, stdout, stderr } = await run(t, ['exec', '--port', String(port), ...program('console.log(1)')])
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(line(stderr), /^Failed to listen: port \d+ on 127\.0\.0\.1 is taken\./)
  })

  const verdicts: [what: string, args: string[], text: string, code: number, said: RegExp[]][] = [
    [
      'a client that broke the contract, if only in a sandbox that is deleted',
      [],
      `const sandboxes = process.env.FAUXFLARE_URL + '/sandboxes'
       await call('/w1/client/v4/accounts?pages=2', {}, sandboxes)
       await call('/sandboxes/w1', { method: 'DELETE' }, process.env.FAUXFLARE_URL + '/_fauxflare')`,
      80,
      [/^fauxflare exec: the contract was broken once\. --tolerate violations lets that pass\.$/m, /pages/],
    ],
    [
      'calls that nothing answers to, when violations are tolerated',
      ['--tolerate', 'violations'],
      `${BREAK}; ${LOSE}`,
      81,
      [/^fauxflare exec: no operation answers to what was called once\./m, /GET \/acounts/],
    ],
    [
      'a fault that never struck',
      ['--faults', 'rule.json'],
      BREAK.replace('?pages=2', ''),
      82,
      [/a fault never struck/],
    ],
    [
      'too few operations',
      ['--min-coverage', '3.3'],
      `await call('/accounts')`,
      83,
      [/^fauxflare exec: 1 of 31 documented operations were called, 3\.2 %; --min-coverage is 3\.3 %\.$/m],
    ],
  ]
  for (const [what, args, text, expected, said] of verdicts) {
    test(`objects to ${what}, on standard error`, async (t) => {
      const cwd = folder(t, { 'rule.json': RULE })
      const { code, stdout, stderr } = await run(t, ['exec', ...args, ...program(text)], { cwd })
      assert.equal(code, expected, stderr)
      assert.equal(stdout, '')
      for (const pattern of said) assert.match(stderr, pattern)
    })
  }

  test('objects to nothing when everything is tolerated, and faults that struck are used', async (t) => {
    const cwd = folder(t, { 'rule.json': RULE })
    const { code, stdout, stderr } = await run(
      t,
      [
        'exec',
        '--faults=rule.json',
        '--tolerate=violations,unmatched',
        '--min-coverage=3',
        ...program(`
        ${BREAK}; ${LOSE}
        console.log(await call('/accounts', { method: 'POST', body: '{"name":"a"}' }))`),
      ],
      { cwd },
    )
    assert.deepEqual([code, stdout, stderr], [0, '503\n', ''])
  })
})

const wrong: [args: string[], message: RegExp][] = [
  [[], /^Failed to start: the command stands behind --, as in fauxflare exec --seed 7 -- npm test\.$/],
  [['--'], /^Failed to start: the command stands behind --/],
  [['npm', 'test'], /^Failed to start: the command stands behind --/],
  [['npm', '--', 'test'], /^Failed to start: the command stands behind --/],
  [['--prot', '1', '--', 'true'], /^Failed to start: Unknown option '--prot'\. Did you mean "--port"\?/],
  [['--url', 'http://a', '--', 'true'], /^Failed to start: Unknown option '--url'/],
  [
    ['--tolerate', 'unusd', '--', 'true'],
    /^Failed to start: --tolerate takes .*, not "unusd"\. Did you mean "unused"\?$/,
  ],
  [['--min-coverage', '101', '--', 'true'], /^Failed to start: --min-coverage must be <= 100, not 101\.$/],
  [['--min-coverage', 'all', '--', 'true'], /^Failed to start: --min-coverage must be number, not "all"\.$/],
  [['--rate-limit', 'fast', '--', 'true'], /^Failed to start: --rate-limit must be "off" or a number/],
]

for (const [args, message] of wrong) {
  test(`Refuses: exec ${args.join(' ')}`, async () => {
    await assert.rejects(exec(args), (error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, message)
      return true
    })
  })
}
