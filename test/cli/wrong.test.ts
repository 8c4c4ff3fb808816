/** Commands that are wrong end with exit code 2, starts that fail with 1; both say why in one line. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { AT_ONCE, folder, line, run } from './command.ts'

/** Files that stand in the folder where the commands run. */
const FILES = {
  'broken.json': '{\n  "accounts": [\n}',
  'typo.json': '{"acounts": []}',
  'rule.json': JSON.stringify([{ match: { operation: 'account-creaton' }, effect: { error: { status: 503 } } }]),
  'row.json': JSON.stringify({ accounts: [{ id: 'a'.repeat(32) }] }),
}

const wrong: [args: string[], message: RegExp, env?: Record<string, string>][] = [
  [['--prot', '1'], /^Failed to start: Unknown option '--prot'/],
  [['--no-port'], /^Failed to start: Unknown option '--no-port'/],
  [['--port'], /^Failed to start: Option '--port <value>' argument missing/],
  [['--seed', '-5'], /^Failed to start: .*'--seed=-XYZ'/],
  [['--stateless=yes'], /^Failed to start: Option '--stateless' does not take an argument/],
  [['--port', 'many'], /^Failed to start: --port must be integer, not "many"\.$/],
  [[], /^Failed to start: FAUXFLARE_PORT must be integer, not "x"\.$/, { FAUXFLARE_PORT: 'x' }],
  [['--rate-limit', 'fast'], /^Failed to start: --rate-limit must be "off" or .*, not "fast"\.$/],
  [[], /^Failed to start: FAUXFLARE_CONTROL_TOKEN must be of printable ASCII/, { FAUXFLARE_CONTROL_TOKEN: 'a b' }],
  [
    ['exek', '--', 'true'],
    /^Failed to start: there is no command "exek"\. Did you mean "exec"\? See fauxflare --help\.$/,
  ],
  [['exec', 'true'], /^Failed to start: the command stands behind --, as in fauxflare exec /],
  [['serve'], /^Failed to start: there is no command "serve"\. See fauxflare --help\.$/],
  [['drift', 'broken.json'], /^Failed to compare: --host is for serving\. /],
  [['--json'], /^Failed to start: --json belongs to fauxflare drift and fauxflare check\. /],
  [['--fixtures', 'nowhere'], /^Failed to load the fixtures "nowhere": there is no such file\. Built in are docs, /],
  [['--fixtures', 'broken.json'], /^Failed to load the fixtures "broken\.json": .*is not JSON/],
  [['--fixtures', 'typo.json'], /^Failed to load the fixtures "typo\.json": .*\/acounts is not a collection/],
  [['--fixtures', 'row.json'], /^Failed to load the fixtures "row\.json": .*\/accounts\/0\/name is required/],
  [
    ['--faults', 'flacky'],
    /^Failed to load the faults "flacky": there is no such file, and .* Did you mean "flaky"\? .*outage/,
  ],
  [['--faults', 'broken.json'], /^Failed to load the faults "broken\.json": it is not JSON: /],
  [['--faults', 'rule.json'], /^Failed to load the faults "rule\.json": \/0\/match\/operation .*"account-creation"/],
  [['--fixtures', 'odd'], /^Failed to load the fixtures "odd": /],
]

describe('a command that is wrong ends with exit code 2 and one line', { concurrency: AT_ONCE }, () => {
  for (const [args, message, env = {}] of wrong) {
    test([...Object.entries(env).map((pair) => pair.join('=')), 'fauxflare', ...args].join(' '), async (t) => {
      const cwd = folder(t, FILES)
      // A folder in the place of a collection's file.
      mkdirSync(join(cwd, 'odd/accounts.json'), { recursive: true })
      const { code, stdout, stderr } = await run(t, ['--host=127.0.0.1', ...args], { cwd, env })
      assert.equal(code, 2, stderr)
      assert.equal(stdout, '')
      assert.match(line(stderr), message)
    })
  }

  const files: [text: string, message: RegExp][] = [
    ['{"port": "x"}', /^Failed to start: "port" in fauxflare\.config\.json must be integer, not "x"\.$/],
    ['port: 1\nhost: here\n', /fauxflare\.config\.json: .*It must be a JSON object of options\.$/],
  ]
  for (const [text, message] of files) {
    test(`a config file with ${JSON.stringify(text)}`, async (t) => {
      const { code, stdout, stderr } = await run(t, [], { cwd: folder(t, { 'fauxflare.config.json': text }) })
      assert.equal(code, 2, stderr)
      assert.equal(stdout, '')
      assert.match(line(stderr), message)
    })
  }
})

describe('a start that fails ends with exit code 1 and one line', { concurrency: AT_ONCE }, () => {
  for (const log of ['debug', 'silent']) {
    test(`on a port that is taken, with --log ${log}`, async (t) => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      t.after(() => other.close())
      const { port } = other.address() as AddressInfo
      const { code, stdout, stderr } = await run(t, ['--port', String(port), '--log', log])
      assert.equal(code, 1)
      assert.equal(stdout, '')
      assert.match(line(stderr), new RegExp(`^Failed to listen: port ${port} on 127\\.0\\.0\\.1 is taken\\. .*--port`))
    })
  }

  // An address of the range that is set aside for documentation.
  test('on a host that is not this machine’s, which is not a matter of the port', async (t) => {
    const { code, stdout, stderr } = await run(t, ['--port', '0', '--host', '203.0.113.77'])
    assert.equal(code, 1)
    assert.equal(stdout, '')
    assert.match(line(stderr), /^Failed to listen: .*203\.0\.113\.77.*--host/)
  })
})
