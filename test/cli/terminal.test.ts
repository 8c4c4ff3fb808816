/** On a terminal a person reads along: a banner with lines to copy, and no JSON. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { TOKEN } from '../simulator.ts'
import { COMMAND, folder } from './command.ts'

const SCRIPT = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? ''
const skip = SCRIPT.includes('util-linux') ? false : 'there is no script(1) of util-linux to make a terminal with'

/** Starts the command on a terminal of its own, and types Ctrl+C as soon as it says how to stop it. */
async function onTerminal(t: TestContext, args: string[]): Promise<{ code: number; output: string }> {
  // Without `exec` the exit code would be that of the shell, which Ctrl+C reaches as well.
  const command = `exec ${[...COMMAND, ...args].map((word) => `'${word}'`).join(' ')}`
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: folder(t),
    env: { PATH: process.env.PATH, NODE_OPTIONS: '', TERM: 'dumb' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    const before = output
    output += part
    const isReady = (printed: string) => printed.includes('Ctrl+C') || printed.includes('"ready"')
    if (isReady(output) && !isReady(before)) child.stdin.write('\x03')
  })
  const [code] = (await once(child, 'close')) as [number]
  return { code, output: output.replaceAll('\r\n', '\n') }
}

test('The banner shows where the API is and the lines to export, and Ctrl+C ends it well', { skip }, async (t) => {
  const { code, output } = await onTerminal(t, ['--port', '0', '--seed', '7', '--stateless', '--rate-limit=9/1m'])
  assert.equal(code, 0, output)
  const base = /^ {2}export CLOUDFLARE_BASE_URL=(http:\/\/127\.0\.0\.1:\d+\/client\/v4)$/m.exec(output)?.[1]
  assert.ok(base, output)
  assert.ok(output.includes(`API        ${base}\n`))
  assert.ok(output.includes(`${base.replace('/client/v4', '')}/openapi.json`))
  assert.ok(output.includes(`  export CLOUDFLARE_API_TOKEN=${TOKEN}\n`))
  assert.match(output, /fixtures docs, seed 7, stateless$/m)
  assert.match(output, /^ {2}On {9}rate limit 9\/1m$/m)
  assert.ok(output.includes(`Control    ${base.replace('/client/v4', '')}/_fauxflare `))
  assert.equal(output.includes('"ready"'), false)
})

test('With --log json a terminal gets the line of JSON as well', { skip }, async (t) => {
  const { code, output } = await onTerminal(t, ['--port', '0', '--log', 'json'])
  assert.equal(code, 0, output)
  assert.match(output, /^\{"ready":true,"url":"http:\/\/127\.0\.0\.1:\d+","port":\d+,"pid":\d+\}$/m)
  assert.equal(output.includes('export '), false)
})
