/** `fauxflare seed --help`. */
import { SEED_OPTIONS } from '../../schemas/config.ts'
import { describe } from './help.ts'

/** The whole text. */
export function seedHelp(): string {
  return `fauxflare seed: makes up companies, people, tokens and a history, the same ones each time.

Usage
  fauxflare seed [options] > cloud.json           write them as fixtures: fauxflare --fixtures cloud.json
  fauxflare seed [options] --out cloud.json       the same, never half a file
  fauxflare seed [options] --out cloud/           the same, with a file for each collection
  fauxflare seed [options] --url http://127.0.0.1:4010
                                                  add them to a server that runs

Options
${SEED_OPTIONS.map(describe).join('\n')}

Exit codes
  0   It is done.
  1   It could not be written, does not fit into memory, or the server refused.
  2   The command itself is wrong.
`
}
