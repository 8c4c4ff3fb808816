/** Why a power over a world was refused: the same words in process and, as a problem, over HTTP. */

/** One thing that is wrong with what was given. */
export interface Mistake {
  /** A JSON pointer into what was given, or the name of a parameter. */
  pointer: string
  detail: string
}

export interface CloudErrorOptions {
  /** What the control API answers with. Default 400. */
  status?: number
  errors?: readonly Mistake[]
}

/**
 * Says what failed, why, and what to do.
 * @example
 * try { cf.restore('bevore') } catch (error) { error.message }
 * // Failed to restore: there is no snapshot "bevore". Did you mean "before"? There are "before".
 */
export class CloudError extends Error {
  override readonly name = 'CloudError'
  readonly status: number
  readonly errors: readonly Mistake[] | undefined

  constructor(message: string, { status = 400, errors }: CloudErrorOptions = {}) {
    super(message)
    this.status = status
    this.errors = errors
  }
}
