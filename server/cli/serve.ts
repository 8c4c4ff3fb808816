/** `fauxflare`: serves until it is told to end. */
import closeWithGrace from 'close-with-grace'
import { OPTIONS } from '../../schemas/config.ts'
import { ConfigError, readConfig } from '../config.ts'
import type { Fauxflare } from '../fauxflare.ts'
import { didYouMean } from '../near.ts'
import { banner } from './banner.ts'
import { JSON_FLAG, readFlags } from './flags.ts'

/** What may stand in the place of serving. */
export const COMMANDS = ['exec', 'ctl', 'seed', 'check', 'drift']

/** @throws ConfigError when the command is wrong */
export async function serve(args: readonly string[]): Promise<void> {
  const { given, words } = readFlags(args, [...OPTIONS, JSON_FLAG], 'start')
  const { json, ...options } = given
  if (json) {
    throw new ConfigError(
      'Failed to start: --json belongs to fauxflare drift and fauxflare check. For log lines in JSON, use --log json.',
    )
  }
  const [word] = words
  if (word !== undefined) {
    const near = didYouMean(word, COMMANDS)
    throw new ConfigError(`Failed to start: there is no command ${JSON.stringify(word)}.${near} See fauxflare --help.`)
  }
  const config = readConfig({ given: options, env: process.env, folder: process.cwd() })
  const isTerminal = Boolean(process.stdout.isTTY) && config.log !== 'json'
  let server: Fauxflare | undefined
  // Before anything else: as the first process of a container, a signal that nobody handles does nothing.
  // What is kept in a file is folded at the end, which takes long where there is much; nothing is lost without it.
  closeWithGrace({ delay: config.data === '' ? 2000 : 9000, logger: false }, async ({ err }) => {
    if (err) process.stderr.write(`fauxflare failed: ${err.stack ?? err.message}\n`)
    await server?.close()
    if (server && config.failOnViolations) await failOnViolations(server)
  })
  // The server is loaded when there is one to start: a command that is wrong ends in half the time.
  const { startOrEnd } = await import('./starting.ts')
  server = await startOrEnd(config, isTerminal)
  const { url, port } = server
  const ready = isTerminal ? banner(server, config) : JSON.stringify({ ready: true, url, port, pid: process.pid })
  process.stdout.write(`${ready}\n`)
}

/** Ends with 1 when the client of any world broke the contract. */
async function failOnViolations(server: Fauxflare): Promise<void> {
  const report = server.total()
  if (report.violations.length === 0) return
  const { reportText } = await import('../report-text.ts')
  process.stderr.write(`fauxflare: clients broke the contract.\n\n${reportText(report)}`)
  process.exit(1)
}
