/** `fauxflare exec`: runs a command against a server of its own, passes its end on, and judges what it did. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { type Config, EXEC_OPTIONS, OPTIONS } from '../../schemas/config.ts'
import { ConfigError, readConfig, readExecConfig } from '../config.ts'
import type { Fauxflare } from '../fauxflare.ts'
import { API } from '../paths.ts'
import { EXAMPLE } from './example.ts'
import { NOT_STARTED } from './exit-codes.ts'
import { readFlags } from './flags.ts'
import { readTolerance, verdictOn } from './verdict.ts'

/** Those that the command gets as well. Whoever presses Ctrl+C has sent it to the command already. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const
const FROM_KEYBOARD: readonly string[] = ['SIGINT', 'SIGQUIT']

/**
 * Credentials and addresses of the real service. The command gets ours in their place; and with an e-mail address beside
 * it, Python's SDK would not send the token.
 */
const THEIRS = [
  'CLOUDFLARE_EMAIL',
  'CLOUDFLARE_API_KEY',
  'CLOUDFLARE_API_USER_SERVICE_KEY',
  'CF_API_TOKEN',
  'CF_API_KEY',
  'CF_EMAIL',
  'CF_API_BASE_URL',
]

/**
 * Ends the process: with the code of the command, 128 and the number of the signal that ended it, or the verdict.
 * @throws ConfigError when the command is wrong
 */
export async function exec(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--')
  const [command, ...rest] = at < 0 ? [] : args.slice(at + 1)
  const { given, words } = readFlags(at < 0 ? args : args.slice(0, at), [...OPTIONS, ...EXEC_OPTIONS], 'start')
  if (command === undefined || words.length > 0) {
    throw new ConfigError('Failed to start: the command stands behind --, as in fauxflare exec --seed 7 -- npm test.')
  }
  const pick = (names: readonly { name: string }[]) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => names.some((option) => option.name === name)))
  const { minCoverage, tolerate } = readExecConfig({ given: pick(EXEC_OPTIONS), env: process.env })
  const tolerated = readTolerance(tolerate)
  // Neither environment nor file say where: that is for servers that others look for.
  const config = readConfig({ given: { port: 0, ...pick(OPTIONS) }, env: process.env, folder: process.cwd() })

  let child: ChildProcess | undefined
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!child) process.exit(128 + constants.signals[signal])
      if (!(process.stdin.isTTY && FROM_KEYBOARD.includes(signal))) child.kill(signal)
    })
  }
  // Loaded when there is one to start, as serve.ts does.
  const { startOrEnd } = await import('./starting.ts')
  const server = await startOrEnd(config, Boolean(process.stderr.isTTY) && config.log !== 'json')
  const code = await ended(() => {
    child = spawn(command, rest, { stdio: 'inherit', env: environmentFor(server, config) })
    return child
  }, command)
  await server.close()
  process.exit(code === 0 ? await judge(server, minCoverage, tolerated) : code)
}

/** What the command finds in its environment. */
export function environmentFor({ url }: Pick<Fauxflare, 'url'>, { controlToken }: Pick<Config, 'controlToken'>) {
  const env: NodeJS.ProcessEnv = { ...process.env }
  for (const name of THEIRS) delete env[name]
  return {
    ...env,
    CLOUDFLARE_BASE_URL: url + API,
    CLOUDFLARE_API_BASE_URL: url + API,
    // The vendor's own suites expect an example server at the root.
    TEST_API_BASE_URL: url,
    CLOUDFLARE_API_TOKEN: EXAMPLE.token,
    WRANGLER_SEND_METRICS: 'false',
    FAUXFLARE_URL: url,
    ...(controlToken === '' ? {} : { FAUXFLARE_CONTROL_TOKEN: controlToken }),
  }
}

/** Runs it to its end. */
async function ended(run: () => ChildProcess, command: string): Promise<number> {
  try {
    const [code, signal] = (await once(run(), 'exit')) as [number | null, NodeJS.Signals | null]
    return signal === null ? (code ?? 1) : 128 + constants.signals[signal]
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const whys: Record<string, string> = { ENOENT: 'there is no such command', EACCES: 'it may not be executed' }
    const why = whys[code ?? ''] ?? message
    process.stderr.write(`Failed to run ${JSON.stringify(command)}: ${why}.\n`)
    return NOT_STARTED
  }
}

async function judge(server: Fauxflare, minCoverage: number, tolerated: ReadonlySet<string>): Promise<number> {
  const report = server.total()
  const verdict = verdictOn(report, minCoverage, tolerated)
  if (!verdict) return 0
  const { reportText } = await import('../report-text.ts')
  process.stderr.write(`${verdict.why.map((line) => `fauxflare exec: ${line}\n`).join('')}\n${reportText(report)}`)
  return verdict.code
}
