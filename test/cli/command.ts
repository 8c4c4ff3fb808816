/** Runs the command line as a process of its own, away from the environment and the folder of the tests. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

/** Set by test/run.mjs, which builds the command line first: from source, each start takes a second more. */
export const built = process.env.FAUXFLARE_TEST_CLI

/** What comes before the arguments of the command. tsx is named by its place, so that any folder will do. */
export const COMMAND = built
  ? [process.execPath, built]
  : [
      process.execPath,
      '--import',
      import.meta.resolve('tsx'),
      fileURLToPath(new URL('../../server/cli.ts', import.meta.url)),
    ]

/** How many processes run at a time: each keeps a processor busy while it starts. */
export const AT_ONCE = availableParallelism()

export interface Place {
  cwd?: string
  env?: Record<string, string>
  /** What it reads on standard input; nothing when it is left out. */
  input?: string
}

/** How a process ended, and what it said. */
export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** A folder with these files, gone after the test. */
export function folder(t: TestContext, files: Record<string, string> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'fauxflare-cli-'))
  t.after(() => rmSync(path, { recursive: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content)
  return path
}

function launch(t: TestContext, args: readonly string[], { cwd, env, input }: Place) {
  const [node = '', ...before] = COMMAND
  const child = spawn(node, [...before, ...args], {
    cwd: cwd ?? folder(t),
    // Nothing of the tests' own environment: neither NODE_OPTIONS nor options of the simulator.
    env: { PATH: process.env.PATH, NODE_OPTIONS: '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // One that reads nothing may have ended already.
  child.stdin.on('error', () => {}).end(input)
  t.after(() => child.kill('SIGKILL'))
  const stderr = text(child.stderr)
  return { child, stderr, exit: exitOf(child) }
}

async function exitOf(child: ChildProcess): Promise<Pick<Ended, 'code' | 'signal'>> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { code, signal }
}

/** Runs a command that ends by itself. */
export async function run(t: TestContext, args: readonly string[], place: Place = {}): Promise<Ended> {
  const { child, stderr, exit } = launch(t, args, place)
  const stdout = text(child.stdout)
  return { ...(await exit), stdout: await stdout, stderr: await stderr }
}

/** A server in a process of its own. */
export interface Serving {
  /** The line with which it said that it is ready, read. */
  ready: { ready: boolean; url: string; port: number; pid: number }
  child: ChildProcess
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>
}

/** Starts a server, on a free port unless the arguments say otherwise, and waits until it is ready. */
export async function serve(
  t: TestContext,
  args: readonly string[] = ['--port', '0'],
  place: Place = {},
): Promise<Serving> {
  const { child, stderr, exit } = launch(t, args, place)
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    stdout += part
  })
  while (!stdout.includes('\n')) {
    const ended = await Promise.race([once(child.stdout, 'data').then(() => undefined), exit])
    if (ended) throw new Error(`It ended with ${ended.code ?? ended.signal} instead of serving: ${await stderr}`)
  }
  return {
    ready: JSON.parse(stdout) as Serving['ready'],
    child,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return { ...(await exit), stdout, stderr: await stderr }
    },
  }
}

/** The only line of a text; what has more or less than one line is returned with a complaint. */
export function line(output: string): string {
  const lines = output.replace(/\n$/, '').split('\n')
  return lines.length === 1 && output.endsWith('\n') ? (lines[0] as string) : `${lines.length} lines:\n${output}`
}
