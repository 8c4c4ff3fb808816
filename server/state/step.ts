/** What was done to a store, one step after the other, so that it can be gone back. */
import type { Store } from './store.ts'
import type { Row, Table } from './table.ts'

/** What stood in a collection: a row under an id, or none; or all rows, before a step that changed many. */
export type Former =
  | { readonly name: string; readonly id: string; readonly row: Row | undefined }
  | { readonly name: string; readonly rows: Table<Row> }

/**
 * One step, and the moment right after it. Each leads to the next and none to the one before: whoever holds one holds
 * all that is needed to go back to it, and what nobody wants to go back to is let go of.
 */
export class Step {
  /** What stood where it changed something; undefined for the beginning of a store. */
  readonly former: Former | undefined
  readonly #number: number
  #next: Step | undefined
  #whole: Store | undefined

  constructor(former?: Former, number = 0) {
    this.former = former
    this.#number = number
  }

  /** Hangs the next step to this one. */
  followedBy(former: Former): Step {
    const next = new Step(former, this.#number + 1)
    // Who has the whole store needs no steps to go back.
    if (!this.#whole) this.#next = next
    return next
  }

  /** How many steps were taken from an earlier one to this one. */
  since(earlier: Step): number {
    return this.#number - earlier.#number
  }

  /** How the store was after this step, once somebody has worked that out: {@link Step.later} then ends here. */
  get whole(): Store | undefined {
    return this.#whole
  }

  set whole(store: Store) {
    this.#whole = store
    this.#next = undefined
  }

  /** The steps that came later, up to the first one after which the whole store is known. */
  later(): Step[] {
    const steps: Step[] = []
    for (let step = this.#next; step; step = step.#next) steps.push(step)
    return steps
  }
}
