/** Brings a simulator up: fixtures, worlds, server, socket. The command line and the programmatic API come in here. */
import type { AddressInfo } from 'node:net'
import type { Config } from '../schemas/config.ts'
import { createApp } from './app.ts'
import { Clouds } from './clouds.ts'
import type { Fauxflare } from './fauxflare.ts'
import { fixturesOf } from './fixtures/begin.ts'
import { keepTick } from './kept-tick.ts'
import type { Log } from './log.ts'
import { loadGenerator } from './seeding.ts'
import { worldOptionsOf } from './world-options.ts'
import { DEFAULT, Worlds } from './worlds.ts'

/**
 * Starts with complete options.
 * @throws Error with a `code` such as `EADDRINUSE` when it cannot listen
 */
export async function start(config: Config, log?: Log): Promise<Fauxflare> {
  keepTick()
  const { host, port, fixtures, watch } = config
  // What cannot be written before there is a log is thrown.
  let warn: (message: string) => void = () => {}
  const worlds = await worldsOf(config, (message) => warn(message))
  const begun: { close(): PromiseLike<void> }[] = [worlds]
  const close = async () => {
    for (const one of begun.toReversed()) await one.close()
  }
  try {
    const app = await createApp(worlds, config, log)
    begun.push(app)
    warn = (message) => log?.warn(message)
    if (watch) begun.push(await (await import('./watch.ts')).watchFixtures(fixtures, worlds, log))
    await app.listen({ host, port })
    return { ...fauxflareAt(worlds, app.server.address() as AddressInfo), close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

function fauxflareAt(
  worlds: Worlds,
  { address, family, port }: AddressInfo,
): Omit<Fauxflare, 'close' | typeof Symbol.asyncDispose> {
  const url = `http://${reachable(address, family)}:${port}`
  const clouds = new Clouds(worlds, url)
  return {
    ...clouds.of(DEFAULT),
    url,
    port,
    sandbox: (name, options) => (options === undefined ? clouds.of(name) : clouds.make(name, options)),
    sandboxes: { list: () => clouds.list(), delete: (name) => clouds.delete(name) },
    total: () => clouds.report(),
  }
}

/**
 * The worlds that a server begins with.
 * @param warn is told when a file can no longer be written, and when it can again
 */
async function worldsOf(config: Config, warn: (message: string) => void): Promise<Worlds> {
  const { fixtures, maxSandboxes, data, dataSync } = config
  const snapshot = await fixturesOf(fixtures, config)
  const options = await worldOptionsOf(config)
  if (data === '') return new Worlds(snapshot, options, maxSandboxes)
  // Loaded on demand: most servers keep nothing.
  const { Storage } = await import('./storage.ts')
  const storage = Storage.open(data, { catalogue: snapshot.catalogue ?? {}, sync: dataSync, warn })
  try {
    // What waits in a file may be a sandbox that begins with demo data, and it is woken by any request.
    if (storage.names.length > 0) await loadGenerator()
    const worlds = new Worlds(snapshot, options, maxSandboxes, storage)
    await worlds.kept(DEFAULT)
    return worlds
  } catch (error) {
    await storage.close()
    throw error
  }
}

/** The host to put into a URL: an address that means "all of them" is reached through this machine's own. */
function reachable(address: string, family: string): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  if (address === '::') return '[::1]'
  return family === 'IPv6' ? `[${address}]` : address
}
