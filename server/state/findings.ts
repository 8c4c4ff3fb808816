/** How data is read: whoever reads it tells all that is wrong, and whoever asked stops at the first or takes them all. */

/** What is wrong with data, and where. */
export interface Finding {
  /** Where, as a JSON pointer: `/members/17/status`. For a missing or unknown field, the pointer of that field. */
  pointer: string
  /** What is wrong there: `is required`. */
  message: string
  /** The right name, where one is near: ` Did you mean "accounts"?` */
  hint?: string
}

/**
 * A reading that goes on after each fault. What it returns in the end is worth something only if it found nothing.
 * @example const { done, value } = reading.next() // done: there is no fault, and value is what was read
 */
export type Findings<Result> = Generator<Finding, Result>

/** Says where a snapshot is wrong. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
  /** Where in the snapshot, as a JSON pointer: `/members/17/status`. */
  readonly pointer: string
  /** What is wrong there. */
  readonly detail: string

  constructor(pointer: string, problem: string, hint = '') {
    super(`Failed to read the snapshot: ${pointer || 'the document'} ${problem}.${hint} Correct it and try again.`)
    this.pointer = pointer
    this.detail = `${problem}.${hint}`
  }
}

/**
 * Reads to the end, or to the first fault.
 * @throws SnapshotError for that fault
 */
export function readWhole<Result>(reading: Findings<Result>): Result {
  const { done, value } = reading.next()
  if (done) return value
  throw new SnapshotError(value.pointer, value.message, value.hint)
}
