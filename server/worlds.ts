/** The worlds that a server keeps: for each name a baseline that is never written to, and what was forked from it. */
import { NAME } from '../schemas/control/call.ts'
import { SandboxOptions } from '../schemas/control/sandboxes.ts'
import type { Report } from '../schemas/report.ts'
import { checked } from './checked.ts'
import { CloudError } from './cloud-error.ts'
import { fail } from './errors.ts'
import { loadFixtures, SETS } from './fixtures.ts'
import { didYouMean, thereAre } from './near.ts'
import { quirksOf } from './quirks.ts'
import { reportOf } from './report.ts'
import type { Checkpoint, Origin } from './state/checkpoint.ts'
import { Clock } from './state/clock.ts'
import { Tally } from './state/journal/tally.ts'
import type { Snapshot } from './state/snapshot.ts'
import { World, type WorldOptions } from './state/world.ts'

/** The world at `/client/v4`, and the one that answers when no other is named. */
export const DEFAULT = 'default'

/** What a sandbox may be called. */
export const SANDBOX_NAME = new RegExp(NAME)

interface Place {
  baseline: World
  current: World
}

export class Worlds {
  readonly #places = new Map<string, Place>()
  /** What sandboxes begin with, by the name of the fixtures. */
  readonly #sources = new Map<string, World>()
  readonly #most: number
  /** What the clients of worlds did that are no longer there. */
  readonly #gone = new Tally()

  /** @param most how many sandboxes there may be beside the default world */
  constructor(snapshot: Snapshot, options: WorldOptions, most = 1000) {
    this.#most = most
    const baseline = World.from(snapshot, options, DEFAULT)
    if (options.fixtures !== undefined) this.#sources.set(options.fixtures, baseline)
    this.#put(baseline)
  }

  /**
   * The world of this name as it is now. One that is not there yet is made, and begins as the default world does.
   * @throws ApiFailure for a name that no sandbox may have, and when there are too many
   */
  of(name: string = DEFAULT): World {
    return (this.#places.get(name) ?? this.#make(name, {})).current
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
    if (!place) return
    place.current.faults.retire('reset')
    place.current = place.baseline.fork()
  }

  /** Back to a checkpoint: rows, ids, randomness and clock. Faults, limits and journal begin anew. */
  restore(name: string, checkpoint: Checkpoint): void {
    const world = this.of(name)
    const restored = checkpoint.restore(world)
    world.faults.retire('restored')
    this.#place(name).current = restored
  }

  /** In the order in which they were made, the default one first. */
  get names(): string[] {
    return [...this.#places.keys()]
  }

  has(name: string): boolean {
    return this.#places.has(name)
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
    const place = this.#places.get(name)
    if (place) this.#forget(place, 'sandbox deleted')
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

  #make(name: string, options: SandboxOptions): Place {
    // A number would be one world here, and another in a URL.
    if (typeof name !== 'string' || !SANDBOX_NAME.test(name)) throw fail('SANDBOX_NAME', { name })
    const before = this.#places.get(name)
    // The default world is among the places, but is no sandbox.
    if (!before && this.#places.size > this.#most) throw fail('SANDBOXES_FULL', { most: this.#most, name: '{name}' })
    const { quirks, ...rest } = options
    const given = { ...rest, ...(quirks !== undefined && { quirks: quirksOf(quirks) }) }
    const baseline = this.#source(options.fixtures).sibling(name, given)
    if (before) this.#forget(before, 'sandbox made anew')
    return this.#put(baseline)
  }

  /** What a sandbox with these fixtures begins with. Files are not read here: a client has no say in what is opened. */
  #source(fixtures: string | undefined): World {
    const { baseline } = this.#place(DEFAULT)
    if (fixtures === undefined) return baseline
    const source = this.#sources.get(fixtures)
    if (source) return source
    if (!SETS.includes(fixtures)) {
      const names = [...new Set([...this.#sources.keys(), ...SETS])]
      throw new CloudError(
        `Failed to make the sandbox: there are no fixtures ${JSON.stringify(fixtures)}.${didYouMean(fixtures, names)}${thereAre(names, 'fixtures')} Other data comes by PUT /_fauxflare/state.`,
        { errors: [{ pointer: '/fixtures', detail: `must be one of ${names.join(', ')}.` }] },
      )
    }
    const made = World.from(loadFixtures(fixtures), { ...baseline.options, fixtures })
    this.#sources.set(fixtures, made)
    return made
  }

  #put(baseline: World): Place {
    const place = { baseline, current: baseline.fork() }
    this.#places.set(baseline.name, place)
    return place
  }

  /** @param why for the report, which tells the faults that never struck */
  #forget({ current }: Place, why: string): void {
    current.faults.retire(why)
    current.tally.handTo(this.#gone)
  }
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
