/** What a start gives: a simulator, and the powers over it. */
import type { SandboxOptions } from '../schemas/control/sandboxes.ts'
import type { Report } from '../schemas/report.ts'
import type { Cloud, CloudSandboxes } from './cloud.ts'

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
  /** Stops listening, and writes what is left to write. Connections that are still open are closed. */
  close(): Promise<void>
}
