/** `fauxflare ctl --help`. */
import { CTL_OPTIONS } from '../../schemas/config.ts'
import { flagsOf, SPOKEN, usageOf } from './calls.ts'
import { describe } from './help.ts'

/** The whole text. */
export function ctlHelp(): string {
  const rows = SPOKEN.map((said) => {
    const flags = flagsOf(said).map(({ flag }) => `[${flag}]`)
    const more = flags.length > 0 ? `\n      ${flags.join(' ')}` : ''
    return `  ${usageOf(said).padEnd(36)} ${said.summary}${more}`
  })
  return `fauxflare ctl: controls a server that runs, and prints what it answers, as JSON.

Usage
  fauxflare ctl [options] <call> [arguments]

Calls
${rows.join('\n')}

JSON is an argument, @file, or - for standard input. Where no other word can stand, the name of a file will do.

Options
${CTL_OPTIONS.map(describe).join('\n')}

Exit codes
  0   The server did it.
  1   The server refused, or cannot be reached.
  2   The command itself is wrong.
`
}
