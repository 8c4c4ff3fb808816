/** What a command prints, and whoever reads it. */

/**
 * Ends the process when nobody reads on, who has seen enough: `fauxflare ctl state | head`. Where it cannot be written for
 * another reason, that is said, and the exit code is 1.
 */
export function endWhenUnread(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit()
    process.stderr.write(`Failed to write to standard output: ${message}.\n`)
    process.exit(1)
  })
}
