/**
 * The programmatic API.
 * @example
 * import { fauxflare } from 'fauxflare'
 * await using cf = await fauxflare({ seed: 7 })
 * const client = new Cloudflare({ baseURL: cf.baseURL, apiToken: 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY' })
 */
import type { Config } from '../schemas/config.ts'
import { readConfig } from './config.ts'
import { loggerFor } from './log.ts'
import { type Fauxflare, start } from './start.ts'

export type { Config } from '../schemas/config.ts'
export { ConfigError } from './config.ts'
export type { Fauxflare } from './start.ts'

/**
 * Starts a simulator in this process, on a free port unless one is named. Two of them share nothing.
 * @param options see the table in the README; environment and config file are not read here
 * @throws ConfigError for a wrong option or fixtures that are not valid
 * @throws Error with the code `EADDRINUSE` when the port is taken
 */
export async function fauxflare(options: Partial<Config> = {}): Promise<Fauxflare> {
  const { port = 0, log = 'silent', ...given } = options
  const config = readConfig({ given: { ...given, port, log } })
  return start(config, await loggerFor(config.log, false))
}
