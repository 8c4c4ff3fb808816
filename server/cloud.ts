/** One simulated cloud and the powers over it: what the programmatic API hands out and the control API calls. */
import type { ClockSetting } from '../schemas/control/clock.ts'
import type { Sandbox } from '../schemas/control/sandboxes.ts'
import type { Seeded, SeedOptions } from '../schemas/control/seed.ts'
import type { SnapshotEntry } from '../schemas/control/state.ts'
import type { Exchange, ExchangeFilter, Verdict, Verification } from '../schemas/exchanges.ts'
import type { KeptRule } from '../schemas/faults.ts'
import type { Report } from '../schemas/report.ts'
import type { Diff, Document } from '../schemas/state.ts'
import type { Checkpoint } from './state/checkpoint.ts'

/** Powers over the faults of a world. */
export interface CloudFaults {
  /**
   * Adds a rule, a preset, or a list of those, after the ones that are there. The first that matches strikes.
   * @throws FaultError for what is no rule, and for a rule that can never match; nothing is added then
   * @example cf.faults.add({ match: { operation: 'account-creation' }, when: { times: 2 }, effect: { error: { status: 503 } } })
   * @example cf.faults.add('flaky')
   */
  add(rule: unknown): KeptRule[]
  list(): readonly KeptRule[]
  /** By id or name. */
  get(id: string): KeptRule | undefined
  /** By id or name. @returns whether there was such a rule */
  remove(id: string): boolean
  clear(): void
}

/** Powers over the clock of a world. */
export interface CloudClock {
  /** ISO 8601, with milliseconds. */
  readonly now: string
  readonly mode: 'real' | 'frozen' | 'offset'
  /**
   * Jumps to a time and runs on from there; a frozen clock stays frozen there. With a mode, that is how it runs from
   * now on: `{ mode: 'real' }` is the time of the machine again.
   * @throws CloudError for what is no ISO 8601 time
   * @example cf.clock.set('2030-01-01T00:00:00Z')
   */
  set(time: string | Partial<ClockSetting>): void
  /**
   * By an ISO 8601 duration; with a minus before it, back in time.
   * @throws CloudError for what is no duration
   * @example cf.clock.advance('P31D')
   */
  advance(duration: string): void
  /**
   * Stands still at a time, now when it is left out.
   * @throws CloudError for what is no ISO 8601 time
   */
  freeze(time?: string): void
}

/** Powers over the journal of a world. */
export interface CloudRequests {
  /**
   * Oldest first.
   * @throws JournalError for a filter that means nothing
   */
  all(filter?: ExchangeFilter): Exchange[]
  /**
   * Those of one operation, oldest first.
   * @throws JournalError for an operation that there is not
   * @example assert.equal(cf.requests.of('account-creation').length, 1)
   */
  of(operation: string): Exchange[]
  get(id: string): Exchange | undefined
  /**
   * A part of them, oldest first; `cursor` of one part asks for the next.
   * @throws JournalError for a filter or a cursor that means nothing
   */
  page(filter: ExchangeFilter, limit: number, cursor?: string): { exchanges: Exchange[]; cursor?: string }
  /**
   * Whether something was called, how often, and what nearly was.
   * @throws CloudError for what is no question
   * @throws JournalError for one that can never be answered with yes
   * @example cf.requests.verify({ match: { operation: 'account-creation' }, times: { exactly: 1 } }).satisfied
   */
  verify(question: Verification): Verdict
  clear(): void
  /** Older ones that the journal no longer holds. */
  readonly dropped: number
}

/** The named snapshots of a world. They outlive a reset. */
export interface CloudSnapshots {
  list(): SnapshotEntry[]
  /** @returns whether there was one */
  delete(name: string): boolean
}

/**
 * One world of a server. It is looked up by its name whenever it is used, so that a reset, a restore or a deletion does
 * not make this object stale.
 */
export interface Cloud {
  /** `default`, or the name of a sandbox. */
  readonly name: string
  /** What clients are given as their base URL. */
  readonly baseURL: string
  readonly faults: CloudFaults
  readonly clock: CloudClock
  readonly requests: CloudRequests
  readonly snapshots: CloudSnapshots
  /** Back to the fixtures: rows, ids, randomness, clock, faults, rate limits, journal. Snapshots and report stay. */
  reset(): void
  /**
   * Remembers rows, ids, randomness and clock as they are now, at next to no cost.
   * @param name also keeps it under this name, in the place of one that has it
   * @throws CloudError for what is no name
   * @example const before = cf.snapshot()
   */
  snapshot(name?: string): Checkpoint
  /**
   * Back to a snapshot: by its name, what `snapshot` returned, or the document that `state` returned, from this server
   * or another. Faults, rate limits and journal begin anew.
   * @throws CloudError when there is no snapshot of that name
   * @throws SnapshotError for a document that is not valid, with a pointer to its first fault; nothing is changed then
   */
  restore(from: string | Checkpoint | Document): void
  /**
   * Everything that the world remembers, as a document: a copy, which may be changed and restored.
   * @param options `secrets`: with the digests that keys and the values of tokens are recognised by; default false.
   * Without them, `restore` puts back those that this world knows, now or from its beginning, by the id of the row;
   * a token that it does not know is there, but no value opens it until it is rolled
   * @example other.restore(cf.state({ secrets: true })) // another server then takes the same credentials
   */
  state(options?: { secrets?: boolean }): Document
  /**
   * What was added, changed and removed since, by collection, secrets left out.
   * @param from a snapshot, or its name; what the world began with when it is left out
   * @throws CloudError when there is no snapshot of that name
   */
  diff(from?: string | Checkpoint): Diff
  /**
   * Adds companies, people, tokens and a history, made up from a seed. Each call adds; the same calls in the same order
   * give the same data. All of it is added in one moment, or nothing.
   * @param options how much; the size `small` where nothing is said
   * @returns what was added
   * @throws CloudError for options that cannot be, for more than fits into memory, and when the world was reset meanwhile
   * @throws DataError when it could not be kept in the file of the world
   * @example await cf.seed({ accounts: 1, members_per_account: 500 })
   */
  seed(options?: SeedOptions): Promise<Seeded>
  /**
   * Resolves when everything that was done to this world is in its file (`data`); at once where it lives in memory alone.
   * Requests wait for that by themselves.
   * @throws DataError when something could not be kept: the world is then as it was last kept
   */
  flush(): Promise<void>
  /** How clients broke the contract and what they called, since the server started; a reset does not clear it. */
  report(): Report
}

/** Powers over the worlds of a server. */
export interface CloudSandboxes {
  /** Every world, the default one first. */
  list(): Sandbox[]
  /**
   * Deletes a sandbox and everything in it. The next request to its URL makes a new one.
   * @returns whether there was one
   * @throws CloudError for the default world
   */
  delete(name: string): boolean
}
