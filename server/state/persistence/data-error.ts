/** Why data cannot be kept or read: what failed, why, and what to do. */

/** Says that a data file cannot be used, or that a change could not be kept in it. */
export class DataError extends Error {
  override readonly name = 'DataError'
}

/** Why something could not be written, and what helps. */
export interface Reason {
  /** `there is no space left on the disk (ENOSPC)` */
  why: string
  /** `Free some space and try again` */
  todo: string
}

const PERMIT = 'Let the user that fauxflare runs as write to the file and to its folder'

/** What the system refuses most, by its codes. */
const REASONS: Readonly<Record<string, Reason>> = {
  ENOSPC: { why: 'there is no space left on the disk', todo: 'Free some space' },
  EDQUOT: { why: 'the quota of this user is used up', todo: 'Free some space' },
  EFBIG: { why: 'the file would be longer than the system allows', todo: 'Keep less, or raise the limit' },
  EROFS: { why: 'the file system is read-only', todo: 'Mount it so that it can be written to' },
  EACCES: { why: 'permission was denied', todo: PERMIT },
  EPERM: { why: 'the operation is not permitted', todo: PERMIT },
  ENOENT: { why: 'the folder is not there', todo: 'Make it, or put it back' },
  ENOTDIR: { why: 'a part of the path is no folder', todo: 'Make the folder, or put it back' },
  EISDIR: { why: 'there is a folder in its place', todo: 'Move the folder away' },
  EBUSY: {
    why: 'the file is in use or mounted by itself, so that it cannot be replaced',
    todo: 'Mount the folder that it is in instead',
  },
  EMFILE: { why: 'this process has too many files open', todo: 'Raise the limit (ulimit -n)' },
  ENFILE: { why: 'the system has too many files open', todo: 'Close some' },
  EIO: { why: 'the disk failed', todo: 'Look into the log of the system' },
}

/** Says that something else was put where data is kept: nothing of it is written over. */
export class Foreign extends Error {
  readonly reason: Reason

  constructor(why: string, todo: string) {
    super(why)
    this.reason = { why, todo }
  }
}

/** Explains why something could not be written. What nobody foresaw is told in the words of the system. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof Foreign) return error.reason
  const { code = '', message } = error as NodeJS.ErrnoException
  const known = REASONS[code]
  const { why, todo } = known ?? { why: message.replace(/\s+/g, ' ').replace(/\.$/, ''), todo: 'See to it' }
  return { why: known ? `${why} (${code})` : why, todo: `${todo} and try again` }
}
