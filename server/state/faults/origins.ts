/** Where what a rule says was said: aliases and abbreviations move it, and messages must point into what was given. */
import { FaultError } from './errors.ts'

interface Move {
  /** A pointer into the rule as it was read. */
  read: string
  /** The pointer of what it was read from. */
  given: string
  /** True when the parts of the two are not the same. */
  isWhole: boolean
}

export class Origins {
  readonly #moves: Move[]

  /** @param base where the rule stands in what was given */
  constructor(base: string) {
    this.#moves = [{ read: '', given: base, isWhole: false }]
  }

  /** Notes that the fields below `read` were given below `given`. */
  move(read: string, given: string): void {
    this.#moves.push({ read, given, isWhole: false })
  }

  /** Notes that all of `read` was made from what was given at `given`. */
  make(read: string, given: string): void {
    this.#moves.push({ read, given, isWhole: true })
  }

  /** Where in what was given something stands. */
  of(pointer: string): string {
    let found = this.#moves[0] as Move
    for (const move of this.#moves) {
      const isPart = pointer === move.read || pointer.startsWith(`${move.read}/`)
      if (isPart && move.read.length >= found.read.length) found = move
    }
    return found.isWhole ? found.given : found.given + pointer.slice(found.read.length)
  }

  /**
   * Does something with the rule as it was read.
   * @throws FaultError that points into what was given
   */
  within<Result>(act: () => Result): Result {
    try {
      return act()
    } catch (error) {
      if (!(error instanceof FaultError)) throw error
      throw new FaultError(this.of(error.pointer), error.detail)
    }
  }
}
