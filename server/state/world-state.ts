/** The part of a world that a checkpoint keeps: how it was at one moment. */
import { Clock } from './clock.ts'
import { Random } from './random.ts'
import type { Catalogue, Snapshot } from './snapshot.ts'
import { Store } from './store.ts'
import type { Memory } from './world.ts'

/** Rows, ids, randomness, clock, and what goes with the rows. */
export interface WorldState extends Memory {
  readonly clock: Clock
  readonly chance: Random
  readonly aliases: Snapshot['aliases']
  /** The collections that come with this release. */
  readonly catalogue: Catalogue
}

/** Where the streams of a seed begin. */
export function randomOf(seed: number): Omit<Memory, 'store' | 'seeds'> & Pick<WorldState, 'chance'> {
  return {
    ids: Random.of(seed, 'ids'),
    secrets: Random.of(seed, 'secrets'),
    headers: Random.of(seed, 'headers'),
    chance: Random.of(seed, 'chance'),
  }
}

/**
 * The moment that a snapshot describes. What it says of clock and randomness goes before the options, so that no id
 * comes up twice; but a clock that was told to stand still does so.
 */
export function stateFrom(snapshot: Snapshot, { seed, clock }: { seed: number; clock: string }): WorldState {
  const { tables, aliases, catalogue = {}, random, seeds = 0 } = snapshot
  const store = new Store()
  for (const [table, rows] of Object.entries(tables)) store.load(table, rows)
  return {
    store,
    ...(random ? randomAt(random) : randomOf(seed)),
    seeds,
    clock: snapshot.clock && clock === 'real' ? Clock.at(snapshot.clock) : Clock.of(clock),
    aliases,
    catalogue,
  }
}

function randomAt({ ids, secrets, headers, chance }: NonNullable<Snapshot['random']>) {
  return { ids: Random.at(ids), secrets: Random.at(secrets), headers: Random.at(headers), chance: Random.at(chance) }
}

/** An independent copy, made in next to no time. */
export function forkState(state: WorldState): WorldState {
  const { store, ids, secrets, headers, seeds, clock, chance, aliases, catalogue } = state
  return {
    // Not linked, so that no row of the past is kept alive by states that came after it.
    store: store.fork(false),
    ids: ids.fork(),
    secrets: secrets.fork(),
    headers: headers.fork(),
    seeds,
    clock: clock.fork(),
    chance: chance.fork(),
    aliases,
    catalogue,
  }
}
