/** What the journal says to a question that means nothing. */

export class JournalError extends Error {
  override readonly name = 'JournalError'
  /** What is wrong: the name of a filter, or a JSON pointer into the question of `verify`. */
  readonly pointer: string
  /** Why, and what is allowed. */
  readonly detail: string

  /** @example new JournalError('status', 'must be a status such as 404, or a class such as 4xx, not "4x".') */
  constructor(pointer: string, detail: string) {
    super(`Failed to ask the journal: ${pointer || 'the question'} ${detail}`)
    this.pointer = pointer
    this.detail = detail
  }
}
