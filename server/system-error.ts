/** What the system refuses: a file that may not be read, a folder in the place of a file. */

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}

/** Why something that somebody named cannot be read, in words. */
export function whyUnread({ code, message, path }: NodeJS.ErrnoException, named = path): string {
  return code === 'ENOENT' && path === named ? 'there is no such file' : message
}
