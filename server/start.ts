/** Brings a simulator up: fixtures, worlds, server, socket. The command line and the programmatic API come in here. */
import type { AddressInfo } from 'node:net'
import type { FastifyServerOptions } from 'fastify'
import type { Config } from '../schemas/config.ts'
import { createApp } from './app.ts'
import { loadFixtures } from './fixtures.ts'
import { API } from './paths.ts'
import { Worlds } from './worlds.ts'

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
 * Starts with complete options.
 * @throws Error with a `code` such as `EADDRINUSE` when it cannot listen
 */
export async function start(config: Config, logger: FastifyServerOptions['logger'] = false): Promise<Fauxflare> {
  const { fixtures, seed, clock, stateless, host, port } = config
  const worlds = new Worlds(loadFixtures(fixtures), { seed, clock, stateless })
  const app = await createApp(worlds, config, logger)
  // Where it listens is for the caller to say.
  const { level } = app.log
  app.log.level = 'silent'
  try {
    await app.listen({ host, port })
    app.log.level = level
  } catch (error) {
    await app.close()
    throw error
  }
  const { address, family, port: boundPort } = app.server.address() as AddressInfo
  const url = `http://${reachable(address, family)}:${boundPort}`
  const close = async () => {
    await app.close()
  }
  return {
    url,
    port: boundPort,
    baseURL: url + API,
    reset: () => worlds.reset(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** The host to put into a URL: an address that means "all of them" is reached through this machine's own. */
function reachable(address: string, family: string): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  if (address === '::') return '[::1]'
  return family === 'IPv6' ? `[${address}]` : address
}
