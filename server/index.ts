/**
 * The programmatic API.
 * @example
 * import { fauxflare } from 'fauxflare'
 * await using cf = await fauxflare({ seed: 7 })
 * const client = new Cloudflare({ baseURL: cf.baseURL, apiToken: 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY' })
 * @example
 * cf.faults.add({ match: { operation: 'account-creation' }, when: { times: 1 }, effect: { error: { status: 429 } } })
 * await client.accounts.create({ name: 'Example', type: 'standard' })
 * cf.requests.of('account-creation').map(({ response }) => response?.status) // [429, 200]
 * cf.reset()
 */
import type { Config } from '../schemas/config.ts'
import { readConfig } from './config.ts'
import type { Fauxflare } from './fauxflare.ts'
import { logFor } from './log.ts'
import { start } from './start.ts'

export type { Config } from '../schemas/config.ts'
export type { ClockSetting } from '../schemas/control/clock.ts'
export type { Sandbox, SandboxOptions } from '../schemas/control/sandboxes.ts'
export type { Seeded, SeedOptions } from '../schemas/control/seed.ts'
export type { SnapshotEntry } from '../schemas/control/state.ts'
export type { Exchange, ExchangeFilter, Verdict, Verification } from '../schemas/exchanges.ts'
export type { Effect, FaultRule, KeptRule } from '../schemas/faults.ts'
export type { Report } from '../schemas/report.ts'
export type { Diff, Document } from '../schemas/state.ts'
export type { Cloud, CloudClock, CloudFaults, CloudRequests, CloudSandboxes, CloudSnapshots } from './cloud.ts'
export { CloudError } from './cloud-error.ts'
export { ConfigError } from './config.ts'
export { ApiFailure } from './errors.ts'
export type { Fauxflare } from './fauxflare.ts'
export { Checkpoint } from './state/checkpoint.ts'
export { FaultError } from './state/faults/errors.ts'
export { JournalError } from './state/journal/error.ts'
export { DataError } from './state/persistence/data-error.ts'
export { SnapshotError } from './state/snapshot.ts'

/**
 * Starts a simulator in this process, on a free port unless one is named. Two of them share nothing.
 * @param options see the table in the README; environment and config file are not read here
 * @throws ConfigError for a wrong option or fixtures that are not valid
 * @throws DataError when the file or folder of `data` is damaged, in use by another process, or cannot be written
 * @throws Error with the code `EADDRINUSE` when the port is taken
 */
export async function fauxflare(options: Partial<Config> = {}): Promise<Fauxflare> {
  const { port = 0, log = 'silent', ...given } = options
  const config = readConfig({ given: { ...given, port, log } })
  return start(config, await logFor(config.log, false))
}
