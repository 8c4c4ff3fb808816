/**
 * The programmatic API.
 * @example
 * import { fauxflare } from 'fauxflare'
 * await using cf = await fauxflare({ seed: 7 })
 * const client = new Cloudflare({ baseURL: cf.baseURL, apiToken: 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY' })
 */
import type { AddressInfo } from 'node:net'
import type { FastifyServerOptions } from 'fastify'
import type { Config } from '../schemas/config.ts'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { loadFixtures } from './fixtures.ts'
import { API } from './paths.ts'
import { Worlds } from './worlds.ts'

export type { Config } from '../schemas/config.ts'
export { ConfigError } from './config.ts'

/** A simulator that runs. */
export interface Fauxflare extends AsyncDisposable {
  /** Where it listens, for example `http://127.0.0.1:4010`. */
  readonly url: string
  readonly port: number
  /** What clients are given as their base URL: `http://127.0.0.1:4010/client/v4`. */
  readonly baseURL: string
  /** Back to the fixtures: rows, ids and randomness. */
  reset(): void
  /** Stops listening. Connections that are still open are closed. */
  close(): Promise<void>
}

/**
 * Starts a simulator in this process, on a free port unless one is named. Two of them share nothing.
 * @param options see the table in the README; environment and config file are not read here
 * @throws ConfigError for a wrong option or fixtures that are not valid
 * @throws Error with the code `EADDRINUSE` when the port is taken
 */
export async function fauxflare(options: Partial<Config> = {}): Promise<Fauxflare> {
  return start(readConfig({ given: { port: 0, log: 'silent', ...options } }))
}

/** The same from complete options; the command line comes in here. */
export async function start(config: Config, logger: FastifyServerOptions['logger'] = false): Promise<Fauxflare> {
  const { fixtures, seed, clock, stateless, host, port } = config
  const worlds = new Worlds(loadFixtures(fixtures), { seed, clock, stateless })
  const app = await createApp(worlds, config, logger)
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw error
  }
  const address = app.server.address() as AddressInfo
  const url = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
  const close = async () => {
    await app.close()
  }
  return {
    url,
    port: address.port,
    baseURL: url + API,
    reset: () => worlds.reset(),
    close,
    [Symbol.asyncDispose]: close,
  }
}
