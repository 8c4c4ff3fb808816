/** What the exit code of a command says. `--help` and the README are written from here. */

/** What `fauxflare exec` found although its command ended well; the first that applies. */
export const VERDICT = { violations: 80, unmatched: 81, unused: 82, coverage: 83 } as const

/** The command of `fauxflare exec` could not be started; what shells say. */
export const NOT_STARTED = 127

/** Each code, in order. */
export const EXIT_CODES: readonly { code: number | string; meaning: string }[] = [
  { code: 0, meaning: 'All is well.' },
  {
    code: 1,
    meaning:
      'Something failed: a port that is taken, a call that was refused, differences or problems found, or violations with `--fail-on-violations`.',
  },
  { code: 2, meaning: 'The command itself is wrong.' },
  { code: VERDICT.violations, meaning: '`exec`: the command ended with 0, and broke the contract.' },
  { code: VERDICT.unmatched, meaning: '`exec`: it ended with 0, and made calls that no operation answers to.' },
  { code: VERDICT.unused, meaning: '`exec`: it ended with 0, and a fault never struck.' },
  {
    code: VERDICT.coverage,
    meaning: '`exec`: it ended with 0, and called fewer operations than `--min-coverage` asks for.',
  },
  { code: NOT_STARTED, meaning: '`exec`: the command could not be started.' },
  { code: '128+n', meaning: '`exec`: signal n ended the command. Every other code is that of the command.' },
]
