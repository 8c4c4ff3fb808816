/** How a world is at one moment: what is kept of it, what to go back to, and what changed since another. */
import type { ClockState, Document, RandomState } from '../../../schemas/state.ts'
import { CATALOGUE, TABLES } from '../../../schemas/tables.ts'
import { Checkpoint } from '../checkpoint.ts'
import { Clock } from '../clock.ts'
import { Random } from '../random.ts'
import type { Store } from '../store.ts'
import type { Row } from '../table.ts'
import type { WorldState } from '../world-state.ts'

/** What a keeper needs of a world. */
export type Keepable = WorldState

/** How a sandbox begins. */
export type SandboxSetting = Readonly<Record<string, unknown>>

/** What changed; what did not is left out. */
export interface Change {
  /** By collection, rows that are new or other than they were. */
  put?: Record<string, Row[]>
  /** By collection, the ids of rows that are gone. */
  delete?: Record<string, string[]>
  random?: RandomState
  seeds?: number
  clock?: ClockState
}

/** By collection, ids of rows. */
export type Ids = ReadonlyMap<string, ReadonlySet<string>>

const KEYS = new Map([...CATALOGUE, ...TABLES].map((key) => [key.name, key]))

export class Moment {
  readonly world: Keepable
  readonly sandbox: SandboxSetting | undefined
  /** Never written to. */
  readonly store: Store
  readonly random: RandomState
  readonly seeds: number
  readonly clock: ClockState
  readonly #restore: () => void

  private constructor(world: Keepable, sandbox: SandboxSetting | undefined, given: Partial<Told>) {
    this.world = world
    this.sandbox = sandbox
    const { ids, secrets, headers, chance, seeds } = world
    const undo = [world.store.checkpoint(), world.clock.checkpoint()]
    this.#restore = () => {
      for (const bringBack of undo) bringBack()
      world.seeds = seeds
    }
    this.store = world.store.frozen()
    this.random = given.random ?? {
      ids: ids.state,
      secrets: secrets.state,
      headers: headers.state,
      chance: chance.state,
    }
    this.seeds = given.seeds ?? seeds
    this.clock = given.clock ?? world.clock.state()
  }

  /**
   * Remembers a world as it is now, at next to no cost.
   * @param told what a file says of it that holds the same rows
   */
  static of(world: Keepable, sandbox?: SandboxSetting, told: Partial<Told> = {}): Moment {
    return new Moment(world, sandbox, told)
  }

  /** Brings the world back to this moment. What was drawn since stays drawn: no id comes up twice in a process. */
  restore(): void {
    this.#restore()
  }

  /** Whether the clock of a world runs as it did at this moment, and generated data was added as often. */
  hasSameFrame({ clock, seeds }: Keepable): boolean {
    return this.seeds === seeds && isSameClock(this.clock, clock.state())
  }

  /** The whole world, for a data file. */
  document(changes: number): Document {
    const { store, random, seeds, sandbox, world } = this
    const state: WorldState = {
      store,
      ids: Random.at(random.ids),
      secrets: Random.at(random.secrets),
      headers: Random.at(random.headers),
      chance: Random.at(random.chance),
      seeds,
      clock: Clock.at(this.clock),
      aliases: world.aliases,
      catalogue: world.catalogue,
    }
    const { version, ...rest } = Checkpoint.of(state).document({ secrets: true })
    return { version, data: { changes, ...(sandbox && { sandbox: { ...sandbox } }) }, ...rest }
  }

  /**
   * What changed since a moment of the same world; undefined when nothing did but what is drawn from chance, which
   * nobody has seen then.
   * @param written the rows that may have changed
   */
  changeSince(before: Moment, written: Ids): Change | undefined {
    const change: Change = {}
    for (const [name, ids] of written) {
      const key = KEYS.get(name)
      if (!key) continue
      const [then, now] = [before.store.table(key), this.store.table(key)]
      for (const id of ids) {
        const [old, row] = [then.get(id), now.get(id)]
        if (row === old) continue
        if (row) putInto(change, name).push(row)
        else deleteFrom(change, name).push(id)
      }
    }
    if (this.seeds !== before.seeds) change.seeds = this.seeds
    if (!isSameClock(this.clock, before.clock)) change.clock = this.clock
    if (Object.keys(change).length === 0) return undefined
    return { ...change, ...(!isSameRandom(this.random, before.random) && { random: this.random }) }
  }
}

/** What a file says beside the rows. */
export type Told = Pick<Moment, 'random' | 'seeds' | 'clock'>

function putInto(change: Change, name: string): Row[] {
  change.put ??= {}
  change.put[name] ??= []
  return change.put[name]
}

function deleteFrom(change: Change, name: string): string[] {
  change.delete ??= {}
  change.delete[name] ??= []
  return change.delete[name]
}

/** What a clock says that runs differs at each look. */
function isSameClock(one: ClockState, other: ClockState): boolean {
  return (
    one.mode === other.mode && one.offset_ms === other.offset_ms && (one.mode !== 'frozen' || one.now === other.now)
  )
}

/** Whether all streams stand where they stood. */
export function isSameRandom(one: RandomState, other: RandomState): boolean {
  const { ids, secrets, headers, chance } = other
  return one.ids === ids && one.secrets === secrets && one.headers === headers && one.chance === chance
}
