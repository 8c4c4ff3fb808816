/** What a start costs, in what can be counted: the files that the command line reads, and what it compiles. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ACCOUNT, TOKEN } from '../simulator.ts'
import { buildOnce, env } from './built.ts'

/** What a start may read. It was 34 files with 3,000,000 bytes once. */
const FILES = 20
const BYTES = 1_350_000

buildOnce()

interface Loaded {
  /** The files of the bundle that were read. */
  bundle: string[]
  /** Those that others stand in for until they are needed. */
  late: string[]
  /** Validators that the build has compiled. */
  checks: string[]
  /** How many validators Ajv had to compile. */
  compiled: number
}

/** Starts the command line, lets something happen, and tells what was loaded until it ended. */
async function loaded(t: TestContext, options: string[], act: (url: string) => Promise<void> = async () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'fauxflare-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const child = spawn(process.execPath, ['dist/cli.js', '--port', '0', ...options], {
    env: { ...env, NODE_V8_COVERAGE: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  await act((JSON.parse(line.toString()) as { url: string }).url)
  child.kill('SIGTERM')
  await once(child, 'exit')
  return readReport(folder)
}

/** What V8 says of every script that a process has run. */
function readReport(folder: string): Loaded {
  const [report = ''] = readdirSync(folder)
  const { result } = JSON.parse(readFileSync(join(folder, report), 'utf8')) as {
    result: { url: string; functions: { functionName: string }[] }[]
  }
  const files = result
    .filter(({ url }) => url.startsWith('file:'))
    .map(({ url }) => relative('dist', fileURLToPath(url)).replaceAll('\\', '/'))
  const isCheck = (file: string) => file.startsWith('checks/')
  const isLate = (file: string) => !isCheck(file) && file.endsWith('.cjs')
  return {
    bundle: files.filter((file) => !isCheck(file) && !isLate(file)),
    late: files.filter(isLate).sort(),
    checks: files.filter(isCheck),
    // What is made of a text comes from nowhere.
    compiled: result.filter(
      ({ url, functions }) => url === '' && functions.some(({ functionName }) => /^validate\d+$/.test(functionName)),
    ).length,
  }
}

test('A start reads few files, and nothing that it can do without', async (t) => {
  const { bundle, late, checks, compiled } = await loaded(t, ['--log', 'silent'])
  const bytes = bundle.reduce((sum, file) => sum + statSync(join('dist', file)).size, 0)
  assert.ok(bundle.length >= 5 && bundle.length <= FILES, `${bundle.length} files:\n${bundle.join('\n')}`)
  assert.ok(bytes <= BYTES, `${bytes} bytes`)
  const others = bundle.filter((file) => !/^(?:chunk|cli|serve|starting)\b[\w-]*\.js$/.test(file))
  assert.deepEqual(others, [])
  // Those of the options that were given.
  assert.equal(checks.length, 2)
  assert.deepEqual({ late, compiled }, { late: [], compiled: 0 })
})

const members = `/accounts/${ACCOUNT}/members`

/** Requests that are as they should be, one of each kind. */
const REQUESTS: [request: string, status: number, body?: object][] = [
  [`GET /accounts/${ACCOUNT}`, 200],
  ['GET /accounts?per_page=5', 200],
  [`GET ${members}?per_page=50&order=status`, 200],
  [`POST ${members}`, 200, { email: 'new@example.com', roles: ['3536bcfad5faccb999b47003c79917fb'] }],
  [`GET /accounts/${ACCOUNT}/tokens`, 200],
  [`GET /accounts/${ACCOUNT}/logs/audit?since=2026-01-01&before=2026-12-31`, 200],
  [`GET /accounts/${ACCOUNT}/members/${'0'.repeat(32)}`, 404],
  ['GET /_fauxflare/health', 200],
  ['POST /_fauxflare/faults', 201, { effect: { error: { status: 500 } }, when: { times: 1 } }],
  ['GET /accounts', 500],
  ['POST /_fauxflare/reset', 204, {}],
]

test('The first requests of a server that writes a log compile nothing', async (t) => {
  const { late, checks, compiled } = await loaded(t, [], async (url) => {
    for (const [request, status, body] of REQUESTS) {
      const [method = '', path = ''] = request.split(' ')
      const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
      const answer = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
      assert.equal(answer.status, status, `${request}: ${await answer.text()}`)
    }
  })
  assert.ok(checks.length > 15, `${checks.length} checks`)
  assert.deepEqual({ late, compiled }, { late: ['check-parts.cjs', 'log.cjs'], compiled: 0 })
})

test('What is counted as compiled is what Ajv compiles', async (t) => {
  const { late, compiled } = await loaded(t, ['--log', 'silent'], async (url) => {
    await fetch(`${url}/accounts?page=x`, { headers: { authorization: `Bearer ${TOKEN}` } })
  })
  assert.ok(compiled > 0)
  assert.ok(late.includes('ajv.cjs'))
})
