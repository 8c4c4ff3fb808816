/** The worlds that a server keeps: for each name a baseline that is never written to, and what was forked from it. */
import { NAME } from '../schemas/control/call.ts'
import { SandboxOptions } from '../schemas/control/sandboxes.ts'
import type { Report } from '../schemas/report.ts'
import { Baselines } from './baselines.ts'
import { checked } from './checked.ts'
import { CloudError } from './cloud-error.ts'
import { fail } from './errors.ts'
import { Place } from './place.ts'
import { quirksOf } from './quirks.ts'
import { reportOf } from './report.ts'
import type { Checkpoint, Origin } from './state/checkpoint.ts'
import { Clock } from './state/clock.ts'
import { Tally } from './state/journal/tally.ts'
import type { Keeper } from './state/persistence/keeper.ts'
import type { Snapshot } from './state/snapshot.ts'
import { World, type WorldOptions } from './state/world.ts'
import type { Storage } from './storage.ts'

/** The world at `/client/v4`, and the one that answers when no other is named. */
export const DEFAULT = 'default'

/** What a sandbox may be called. */
export const SANDBOX_NAME = new RegExp(NAME)

export class Worlds {
  readonly #places = new Map<string, Place>()
  readonly #baselines: Baselines
  readonly #most: number
  /** What the clients of worlds did that are no longer there. */
  readonly #gone = new Tally()

  /** Where worlds are kept; undefined where they live in memory alone. */
  readonly #storage: Storage | undefined
  /** Deletions of files that are under way. */
  readonly #leaving = new Map<string, Promise<void>>()

  /**
   * @param most how many sandboxes there may be beside the default world
   * @param storage where worlds are kept
   * @throws DataError when the file of the default world is damaged
   */
  constructor(snapshot: Snapshot, options: WorldOptions, most = 1000, storage?: Storage) {
    this.#most = most
    this.#storage = storage
    const baseline = World.from(snapshot, options, DEFAULT)
    this.#baselines = new Baselines(baseline)
    this.#put(baseline, storage?.keeperOf(DEFAULT))
  }

  /**
   * The world of this name as it is now. One that is not there yet is made, and begins as the default world does.
   * @throws ApiFailure for a name that no sandbox may have, and when there are too many
   */
  of(name: string = DEFAULT): World {
    return (this.#places.get(name) ?? this.#wake(name)).current
  }

  /** The world that answers the next request. Stateless, each request gets one of its own. */
  next(name: string = DEFAULT): World {
    const world = this.of(name)
    return world.stateless ? world.forRequest() : world
  }

  /** What the world of this name began with, and begins with again after a reset. Never written to. */
  baselineOf(name: string): World {
    this.of(name)
    return this.#place(name).baseline
  }

  /** What a document for the world of this name is read against. */
  originOf(name: string): Origin {
    const { catalogue, store } = this.of(name)
    return { catalogue, store, before: [this.baselineOf(name).store] }
  }

  /**
   * Makes a sandbox; one that is there already is made anew, and everything in it is forgotten.
   * @throws CloudError for options that cannot be, and for the default world
   * @throws ApiFailure for a name that no sandbox may have, and when there are too many
   */
  make(name: string, options: SandboxOptions): void {
    if (name === DEFAULT) {
      throw new CloudError(
        'Failed to make the sandbox "default": that is the default world, whose options are those of the server. Choose another name.',
        { status: 409 },
      )
    }
    checked(SandboxOptions, options, `make the sandbox ${JSON.stringify(name)}`)
    readable('clock', () => options.clock === undefined || Clock.of(options.clock))
    readable('quirks', () => quirksOf(options.quirks ?? ''))
    // An option of undefined is none.
    this.#make(name, JSON.parse(JSON.stringify(options)) as SandboxOptions)
  }

  /** Back to how it all began: rows, ids, randomness, clock, faults, journal. What runs still goes to the old world. */
  reset(name: string = DEFAULT): void {
    const place = this.#places.get(name)
    place?.replace(place.baseline.fork(), 'reset')
  }

  /**
   * Other fixtures in the place of those that the default world began with. It begins anew, and so does every sandbox
   * that began with them, as after a reset; checkpoints that were given a name stay.
   */
  reload(snapshot: Snapshot): void {
    const { fixtures } = this.baselineOf(DEFAULT).options
    this.#baselines.reload(snapshot)
    for (const [name, place] of this.#places) {
      if (place.baseline.options.fixtures === fixtures) place.rebase(this.#baseline(name, place.given))
    }
  }

  /** Back to a checkpoint: rows, ids, randomness and clock. Faults, limits and journal begin anew. */
  restore(name: string, checkpoint: Checkpoint): void {
    const world = this.of(name)
    this.#place(name).replace(checkpoint.restore(world), 'restored')
  }

  /**
   * Keeps what a request changed in a world.
   * @returns undefined where nothing is kept, or nothing changed; rejects with a DataError when it could not be kept: it
   * was taken back then
   */
  keep(world: World): Promise<void> | undefined {
    return this.#places.get(world.name)?.keep(world)
  }

  /**
   * Resolves when everything that was done to the world of this name is in its file; at once where it is not kept.
   * @throws DataError when something could not be kept: it was taken back then
   */
  async kept(name: string): Promise<void> {
    await this.#leaving.get(name)
    await this.#places.get(name)?.kept()
  }

  /** Ends everything that is under way, and lets go of the files. */
  async close(): Promise<void> {
    await this.#storage?.close()
  }

  /** In the order in which they were made, the default one first; then those that wait in files. */
  get names(): string[] {
    return [...new Set([...this.#places.keys(), ...(this.#storage?.names ?? [])])]
  }

  has(name: string): boolean {
    return this.names.includes(name)
  }

  /**
   * @returns whether there was one
   * @throws CloudError for the default world
   */
  delete(name: string): boolean {
    if (name === DEFAULT) {
      throw new CloudError('Failed to delete "default": a server always has its default world. Reset it instead.', {
        status: 409,
      })
    }
    if (!this.has(name)) return false
    const place = this.#places.get(name) ?? this.#wake(name)
    this.#forget(place, 'sandbox deleted')
    const left = place.delete().finally(() => this.#leaving.delete(name))
    // It is still there then, unless somebody made another one meanwhile.
    left.catch(() => this.#places.has(name) || this.#places.set(name, place))
    this.#leaving.set(name, left)
    return this.#places.delete(name)
  }

  /** What the clients of all worlds did together since the server started, those of deleted sandboxes among them. */
  report(): Report {
    const worlds = [...this.#places.values()].map(({ current }) => current)
    const rules = worlds.flatMap(({ faults }) => faults.list())
    return reportOf(Tally.sum([this.#gone, ...worlds.map(({ tally }) => tally)]), rules, this.of())
  }

  #place(name: string): Place {
    return this.#places.get(name) as Place
  }

  /** A sandbox that has not been asked for yet: as its file says, if there is one. */
  #wake(name: string): Place {
    checkName(name)
    const keeper = this.#storage?.keeperOf(name)
    return keeper?.snapshot ? this.#put(this.#baseline(name, keeper.sandbox ?? {}), keeper) : this.#make(name, {})
  }

  #make(name: string, options: SandboxOptions): Place {
    checkName(name)
    const before = this.#places.get(name)
    // The default world is among the places, but is no sandbox.
    if (!this.has(name) && this.names.length > this.#most) {
      throw fail('SANDBOXES_FULL', { most: this.#most, name: '{name}' })
    }
    const baseline = this.#baseline(name, options)
    const keeper = this.#storage?.keeperOf(name)
    if (before) this.#forget(before, 'sandbox made anew')
    return this.#put(baseline, keeper, options)
  }

  #baseline(name: string, options: SandboxOptions): World {
    const { quirks, ...rest } = options
    const given = { ...rest, ...(quirks !== undefined && { quirks: quirksOf(quirks) }) }
    return this.#baselines.of(rest).sibling(name, given)
  }

  /** @param anew the options of a sandbox that begins anew, whatever is in its file */
  #put(baseline: World, keeper?: Keeper, anew?: SandboxOptions): Place {
    const place = new Place(baseline, keeper, anew)
    this.#places.set(baseline.name, place)
    return place
  }

  /** @param why for the report, which tells the faults that never struck */
  #forget({ current }: Place, why: string): void {
    current.faults.retire(why)
    current.tally.handTo(this.#gone)
  }
}

/** @throws ApiFailure for a name that no sandbox may have */
function checkName(name: string): void {
  // A number would be one world here, and another in a URL.
  if (typeof name !== 'string' || !SANDBOX_NAME.test(name)) throw fail('SANDBOX_NAME', { name })
}

/** @throws CloudError for an option of a sandbox that cannot be read */
function readable(option: keyof SandboxOptions, read: () => unknown): void {
  try {
    read()
  } catch (error) {
    const message = (error as RangeError).message.replace(/\.$/, '')
    throw new CloudError(`Failed to make the sandbox: ${message}.`, {
      errors: [{ pointer: `/${option}`, detail: message }],
    })
  }
}
