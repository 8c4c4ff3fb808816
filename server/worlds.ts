/** The worlds that a server keeps: a baseline that is never written to, and what was forked from it. */
import type { Snapshot } from './state/snapshot.ts'
import { World, type WorldOptions } from './state/world.ts'

export class Worlds {
  readonly #baseline: World
  #current: World

  constructor(snapshot: Snapshot, options: WorldOptions) {
    this.#baseline = World.from(snapshot, options)
    this.#current = this.#baseline.fork()
  }

  /** The world that answers the next request. Stateless, each request gets one of its own. */
  next(): World {
    return this.#baseline.stateless ? this.#baseline.fork() : this.#current
  }

  /** Back to how it all began: rows, ids and randomness. */
  reset(): void {
    this.#current = this.#baseline.fork()
  }
}
