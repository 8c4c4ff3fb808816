/** Everything that one simulated cloud remembers. */
import type { TableKey } from '../../schemas/table.ts'
import { Clock } from './clock.ts'
import { Random } from './random.ts'
import type { Snapshot } from './snapshot.ts'
import { Store } from './store.ts'

/** How a world begins. */
export interface WorldOptions {
  /** Identifiers and secrets are drawn from it. */
  seed: number
  /** `real`, or an ISO 8601 time at which the clock stands still. */
  clock: string
  /** Whether each request gets a world of its own, as an example server would answer it. */
  stateless: boolean
}

interface Parts {
  store: Store
  stateless: boolean
  clock: Clock
  ids: Random
  secrets: Random
  headers: Random
  aliases: Snapshot['aliases']
}

export class World {
  readonly store: Store
  /** True when nothing outlives a request: what would conflict with the examples is then taken as they are. */
  readonly stateless: boolean
  readonly clock: Clock
  /** Draws identifiers. */
  readonly ids: Random
  /** Draws the values of tokens. */
  readonly secrets: Random
  /** Draws what the response headers carry. */
  readonly headers: Random
  readonly #aliases: Snapshot['aliases']

  private constructor(parts: Parts) {
    this.store = parts.store
    this.stateless = parts.stateless
    this.clock = parts.clock
    this.ids = parts.ids
    this.secrets = parts.secrets
    this.headers = parts.headers
    this.#aliases = parts.aliases
  }

  /** A world that begins as a snapshot says. */
  static from(snapshot: Snapshot, { seed, clock, stateless }: WorldOptions): World {
    const store = new Store()
    for (const [name, rows] of Object.entries(snapshot.tables)) store.load(name, rows)
    return new World({
      store,
      stateless,
      clock: Clock.of(clock),
      ids: Random.of(seed, 'ids'),
      secrets: Random.of(seed, 'secrets'),
      headers: Random.of(seed, 'headers'),
      aliases: snapshot.aliases,
    })
  }

  /** A world of its own that begins as this one is now, at next to no cost. */
  fork(): World {
    return new World({
      store: this.store.fork(),
      stateless: this.stateless,
      clock: this.clock,
      ids: this.ids.fork(),
      secrets: this.secrets.fork(),
      headers: this.headers.fork(),
      aliases: this.#aliases,
    })
  }

  /**
   * The id that a placeholder of the documentation stands for: `account_id` for the documented account. An id that
   * is no placeholder stands for itself.
   */
  resolve(key: TableKey<{ id: string }>, id: string): string {
    const names = this.#aliases[key.name]
    return names && Object.hasOwn(names, id) ? (names[id] as string) : id
  }
}
