/** Former states of a store, for reads that lag behind writes. */
import { LONGEST_DELAY } from '../../schemas/wire-faults.ts'
import type { Clock } from './clock.ts'
import type { Step } from './step.ts'
import type { Store } from './store.ts'

/** How many states are kept. One takes what was changed after it. */
const MOST = 1000

/** After so many steps in one millisecond, as a clock that stands still has them, a state is kept as a copy. */
const MOST_STEPS = 1000

/** How a store was until a moment. */
interface State {
  /** When the change came that ended it: milliseconds since 1970, by the clock of the world. */
  until: number
  readonly store: Store
  /** What to go back to. */
  readonly moment: Step
}

/**
 * The states of the last hour, by the clock of the world, which is the longest that a fault can lag; at most the last
 * thousand of them, and who lags further behind sees the oldest. Changes in one millisecond count as one.
 *
 * Under a frozen clock no time passes after a change, so that a reader who lags sees none of them until the clock
 * moves on. When the clock is set back, what happened later is taken to have happened just then.
 */
export class History {
  readonly #clock: Clock
  /** The oldest first. */
  readonly #states: State[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** How many states are kept. */
  get size(): number {
    return this.#states.length
  }

  /** Keeps how a store is right before a change, at no cost: only who looks back pays for it. */
  record(store: Store): void {
    const now = this.#now()
    const last = this.#states.at(-1)
    if (last?.until === now) {
      if (last.store.now.since(last.moment) > MOST_STEPS) last.store.settle(last.moment)
      return
    }
    this.#states.push({ until: now, store, moment: store.now })
    while (this.#states.length > MOST || (this.#states[0] as State).until <= now - LONGEST_DELAY) this.#states.shift()
  }

  /**
   * The store as it was so many milliseconds ago; undefined when nothing changed since.
   * @returns a copy, so that whatever is done to it changes no history
   */
  asOf(ms: number): Store | undefined {
    const moment = this.#now() - ms
    const state = this.#states.find(({ until }) => until > moment)
    return state?.store.asOf(state.moment)
  }

  /** The time. What the clock was set back behind is brought forward to it, so that time never runs backwards here. */
  #now(): number {
    const now = this.#clock.now()
    for (let at = this.#states.length - 1; at >= 0; at -= 1) {
      const state = this.#states[at] as State
      if (state.until <= now) break
      state.until = now
    }
    return now
  }
}
