/** What is said to a rule that is none, and to one that can never strike. */

export class FaultError extends Error {
  override readonly name = 'FaultError'
  /** What is wrong: a JSON pointer into what was given, `''` for all of it. */
  readonly pointer: string
  /** Why, what would be right, and what may have been meant. Whole sentences, the first without its subject. */
  readonly detail: string

  /**
   * @param lead what failed
   * @example throw new FaultError('/when/times', 'must be >= 1, not 0.')
   */
  constructor(pointer: string, detail: string, lead = 'Failed to add the fault: ') {
    super(`${lead}${pointer || 'it'} ${detail}`)
    this.pointer = pointer
    this.detail = detail
  }
}

/** A value as a message shows it: as JSON, and not too long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
