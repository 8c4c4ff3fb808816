/** Starts a server for a command, or ends the process and says why it could not. */
import type { Config } from '../../schemas/config.ts'
import type { Fauxflare } from '../fauxflare.ts'
import { logFor } from '../log.ts'
import { start } from '../start.ts'
import { DataError } from '../state/persistence/data-error.ts'
import { isSystemError } from '../system-error.ts'

/**
 * Starts. What the system refuses ends the process with 1 and one line; everything else that fails is a bug and is thrown.
 * @param isTerminal whether a person reads the log
 * @throws ConfigError for fixtures and faults that cannot be
 */
export async function startOrEnd(config: Config, isTerminal: boolean): Promise<Fauxflare> {
  try {
    return await start(config, await logFor(config.log, isTerminal))
  } catch (error) {
    process.stderr.write(`${explain(error, config)}\n`)
    process.exit(1)
  }
}

/** What the system refuses, and a data file that cannot be used, in one line with advice. */
function explain(error: unknown, { host, port }: Config): string {
  if (error instanceof DataError) return error.message
  if (!isSystemError(error)) throw error
  const { code, message } = error
  if (code === 'EADDRINUSE') {
    return `Failed to listen: port ${port} on ${host} is taken. Choose another with --port, or --port 0 for a free one.`
  }
  const advice = code === 'EACCES' ? 'another port with --port' : 'an address of this machine with --host'
  return `Failed to listen: ${message}. Choose ${advice}.`
}
