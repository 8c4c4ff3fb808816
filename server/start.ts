/** Brings a simulator up: fixtures, worlds, server, socket. The command line and the programmatic API come in here. */
import type { AddressInfo } from 'node:net'
import type { FastifyServerOptions } from 'fastify'
import type { Config } from '../schemas/config.ts'
import type { SandboxOptions } from '../schemas/control/sandboxes.ts'
import type { Report } from '../schemas/report.ts'
import { createApp } from './app.ts'
import type { Cloud, CloudSandboxes } from './cloud.ts'
import { Clouds } from './clouds.ts'
import { loadFixtures } from './fixtures.ts'
import { worldOptionsOf } from './world-options.ts'
import { DEFAULT, Worlds } from './worlds.ts'

/** A simulator that runs. Its own powers are those over the default world. */
export interface Fauxflare extends Cloud, AsyncDisposable {
  /** Where it listens, for example `http://127.0.0.1:4010`. */
  readonly url: string
  readonly port: number
  /** What clients are given as their base URL: `http://127.0.0.1:4010/client/v4`. */
  readonly baseURL: string
  /**
   * A world of its own beside the default one, with the same powers. It is made on first use, and costs next to nothing.
   * @param options make it begin otherwise; a sandbox of that name that is there already is made anew then
   * @throws CloudError for options that cannot be
   * @throws ApiFailure for a name that no sandbox may have, and when there are more than `maxSandboxes`
   * @example const mine = cf.sandbox(`worker-${process.env.VITEST_POOL_ID}`)
   * @example const empty = cf.sandbox('empty', { fixtures: 'empty', seed: 7, clock: '2030-01-01T00:00:00Z' })
   */
  sandbox(name: string, options?: SandboxOptions): Cloud
  readonly sandboxes: CloudSandboxes
  /** What {@link Cloud.report} says of one world, for all of them together, deleted sandboxes among them. */
  total(): Report
  /** Stops listening. Connections that are still open are closed. */
  close(): Promise<void>
}

/**
 * Starts with complete options.
 * @throws Error with a `code` such as `EADDRINUSE` when it cannot listen
 */
export async function start(config: Config, logger: FastifyServerOptions['logger'] = false): Promise<Fauxflare> {
  const { fixtures, maxSandboxes, host, port } = config
  const worlds = new Worlds(loadFixtures(fixtures), await worldOptionsOf(config), maxSandboxes)
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
  const clouds = new Clouds(worlds, url)
  const close = async () => {
    await app.close()
  }
  return {
    ...clouds.of(DEFAULT),
    url,
    port: boundPort,
    sandbox: (name, options) => (options === undefined ? clouds.of(name) : clouds.make(name, options)),
    sandboxes: { list: () => clouds.list(), delete: (name) => clouds.delete(name) },
    total: () => clouds.report(),
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
