/** Everything that one simulated cloud remembers. */
import type { FaultRule, RateLimit } from '../../schemas/faults.ts'
import type { Operation } from '../../schemas/operation.ts'
import type { QuirkName } from '../../schemas/quirks.ts'
import type { TableKey } from '../../schemas/table.ts'
import type { Checkpoint } from './checkpoint.ts'
import { Clock } from './clock.ts'
import { Faults } from './faults/faults.ts'
import { History } from './history.ts'
import { Journal } from './journal/journal.ts'
import { Tally } from './journal/tally.ts'
import type { Random } from './random.ts'
import { RateLimits } from './rate-limits.ts'
import type { Catalogue, Snapshot } from './snapshot.ts'
import type { Store } from './store.ts'
import { randomOf, stateFrom, type WorldState } from './world-state.ts'

const NONE: readonly QuirkName[] = []

/** How a world begins. */
export interface WorldOptions {
  /** Identifiers and secrets are drawn from it. */
  seed: number
  /** `real`, or an ISO 8601 time at which the clock stands still. */
  clock: string
  /** Whether each request gets a world of its own, as an example server would answer it. */
  stateless: boolean
  /** What its rows came from, for whoever asks. */
  fixtures?: string
  /** The faults that it begins with, and has again after a reset. */
  faults?: readonly FaultRule[]
  /** The limit of every credential; none when it is left out. */
  rateLimit?: RateLimit | undefined
  /** How many exchanges its journal keeps. */
  journal?: number
  /** What faults are checked against. */
  operations?: readonly Operation[]
  /** The oddities of the live service that it has. */
  quirks?: readonly QuirkName[]
}

/** What a checkpoint remembers and a stateless request does not keep. */
export interface Memory {
  readonly store: Store
  /** Draws identifiers. */
  readonly ids: Random
  /** Draws the values of tokens. */
  readonly secrets: Random
  /** Draws what the response headers carry. */
  readonly headers: Random
  /** How often generated data was added. */
  seeds: number
}

/** What is the same from the first request to the last, whatever is reset. */
interface Frame {
  readonly name: string
  readonly options: WorldOptions
  readonly aliases: Snapshot['aliases']
  readonly catalogue: Catalogue
  readonly tally: Tally
  /** Those that were given a name. */
  readonly checkpoints: Map<string, Checkpoint>
}

/** What a reset begins anew. */
interface Run {
  readonly clock: Clock
  /** Draws whether a fault strikes, and how long it delays. */
  readonly chance: Random
  readonly faults: Faults
  readonly limits: RateLimits
  readonly journal: Journal
  readonly history: History
}

export class World implements WorldState, Run {
  readonly store: Store
  readonly ids: Random
  readonly secrets: Random
  readonly headers: Random
  seeds: number
  readonly clock: Clock
  readonly chance: Random
  readonly faults: Faults
  readonly limits: RateLimits
  readonly journal: Journal
  readonly history: History
  readonly #frame: Frame

  private constructor(frame: Frame, memory: Memory, run: Run) {
    this.#frame = frame
    this.store = memory.store
    this.ids = memory.ids
    this.secrets = memory.secrets
    this.headers = memory.headers
    this.seeds = memory.seeds
    this.clock = run.clock
    this.chance = run.chance
    this.faults = run.faults
    this.limits = run.limits
    this.journal = run.journal
    this.history = run.history
  }

  /** A world that begins as a snapshot says. */
  static from(snapshot: Snapshot, options: WorldOptions, name = 'default'): World {
    const state = stateFrom(snapshot, options)
    const { aliases, catalogue, clock, chance } = state
    const frame = { name, options, aliases, catalogue, tally: new Tally(), checkpoints: new Map() }
    return new World(frame, state, begin(frame, clock, chance))
  }

  get name(): string {
    return this.#frame.name
  }

  /** True when nothing outlives a request: what would conflict with the examples is then taken as they are. */
  get stateless(): boolean {
    return this.#frame.options.stateless
  }

  /** The oddities of the live service that it has. */
  get quirks(): readonly QuirkName[] {
    return this.#frame.options.quirks ?? NONE
  }

  get options(): WorldOptions {
    return this.#frame.options
  }

  /** How many rows there are, those of the catalogue left aside. */
  get rows(): number {
    return this.store.size
  }

  get aliases(): Snapshot['aliases'] {
    return this.#frame.aliases
  }

  get catalogue(): Catalogue {
    return this.#frame.catalogue
  }

  get tally(): Tally {
    return this.#frame.tally
  }

  /** The checkpoints that were given a name, in the order in which they were first taken. */
  get checkpoints(): Map<string, Checkpoint> {
    return this.#frame.checkpoints
  }

  /** A world of its own that begins as this one is now, at next to no cost: same rows, nothing else in common. */
  fork(): World {
    return new World(this.#frame, forkMemory(this), begin(this.#frame, this.clock.fork(), this.chance.fork()))
  }

  /** A world of another name with the same rows, that begins otherwise. What is not given is as it is here now. */
  sibling(
    name: string,
    given: Partial<Pick<WorldOptions, 'fixtures' | 'seed' | 'clock' | 'stateless' | 'quirks'>>,
  ): World {
    const { seed, clock } = given
    const options = { ...this.options, ...given }
    const frame = { ...this.#frame, name, options, tally: new Tally(), checkpoints: new Map() }
    const random = seed === undefined ? undefined : randomOf(seed)
    const memory = random ? { store: this.store.fork(), seeds: this.seeds, ...random } : forkMemory(this)
    const chance = random?.chance ?? this.chance.fork()
    return new World(frame, memory, begin(frame, clock === undefined ? this.clock.fork() : Clock.of(clock), chance))
  }

  /** This world as it was, or as another was: rows, ids, randomness, clock. The rest begins anew. */
  at(state: WorldState): World {
    const { aliases, catalogue, clock, chance } = state
    const frame = { ...this.#frame, aliases, catalogue }
    return new World(frame, forkMemory(state), begin(frame, clock.fork(), chance.fork()))
  }

  /** For one request of a stateless world: what it changes is forgotten, what it did is not. */
  forRequest(): World {
    return new World(this.#frame, forkMemory(this), this)
  }

  /** This world as a reader sees it who lags behind; itself when nothing changed since. */
  behind(ms: number): World {
    const store = this.history.asOf(ms)
    return store ? new World(this.#frame, { ...memoryOf(this), store }, this) : this
  }

  /**
   * The id that a placeholder of the documentation stands for: `account_id` for the documented account. An id that
   * is no placeholder stands for itself.
   */
  resolve(key: TableKey<{ id: string }>, id: string): string {
    const names = this.#frame.aliases[key.name]
    return names && Object.hasOwn(names, id) ? (names[id] as string) : id
  }
}

const memoryOf = ({ store, ids, secrets, headers, seeds }: Memory): Memory => ({ store, ids, secrets, headers, seeds })

function forkMemory({ store, ids, secrets, headers, seeds }: Memory): Memory {
  return { store: store.fork(), ids: ids.fork(), secrets: secrets.fork(), headers: headers.fork(), seeds }
}

function begin({ options, tally }: Frame, clock: Clock, chance: Random): Run {
  const { operations = [], faults, journal = 1000 } = options
  const onUnused = tally.addUnused.bind(tally)
  return {
    clock,
    chance,
    faults: new Faults({ operations, clock, chance, onUnused }, faults),
    limits: new RateLimits(clock),
    journal: new Journal(journal, operations),
    history: new History(clock),
  }
}
