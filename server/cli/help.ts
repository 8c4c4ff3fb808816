/** `--help`. */
import { CTL_OPTIONS, EXEC_OPTIONS, OPTIONS, type Option, SECRETS, SEED_OPTIONS } from '../../schemas/config.ts'
import { QUIRKS } from '../../schemas/quirks.ts'
import { VERSION } from '../version.ts'
import { EXIT_CODES } from './exit-codes.ts'

/** An option, in three lines. */
export function describe({ name, flag, env, type, choices, default: value, description }: Option): string {
  const form = type === 'boolean' ? '' : ` <${choices?.join('|') ?? type}>`
  const secret = SECRETS.includes(name) ? ' It is never shown.' : ''
  const also = env === '' ? '' : ` Also ${env}.`
  const standard = value === undefined || value === '' ? 'none' : value
  return `  ${flag}${form}\n      ${description.replaceAll('`', '')}${secret}\n      Default ${standard}.${also}`
}

/** The whole text. */
export function help(): string {
  const codes = EXIT_CODES.map(({ code, meaning }) => `  ${String(code).padEnd(7)}${meaning.replaceAll('`', '')}`)
  const quirks = Object.entries(QUIRKS).map(([name, { what }]) => `  ${name}\n      ${what.replaceAll('`', '')}`)
  return `fauxflare ${VERSION}: Cloudflare's Accounts API on localhost.

Usage
  fauxflare [options]                    serve the API
  fauxflare exec [options] -- <command>  run a command against a server of its own, then judge what it did
  fauxflare ctl <call> [arguments]       control a server that runs; fauxflare ctl --help has the calls
  fauxflare seed [options]               write made-up data to a file or into a server; fauxflare seed --help
  fauxflare check <file|folder>... [--json]
                                         tell what is wrong with fixtures, and where; exit code 1 when something is
  fauxflare drift <openapi.json> [--json]
                                         compare our document with another one; exit code 1 when they differ

Options
${OPTIONS.map(describe).join('\n')}
  -h, --help
      This text.
  -v, --version
      The version.

Options can also stand in fauxflare.config.json. A flag is stronger than the environment, which is stronger than the file.

Quirks
${quirks.join('\n')}

Options of fauxflare exec, besides
${EXEC_OPTIONS.map(describe).join('\n')}

Options of fauxflare ctl
${CTL_OPTIONS.map(describe).join('\n')}

Options of fauxflare seed
${SEED_OPTIONS.map(describe).join('\n')}

Exit codes
${codes.join('\n')}
`
}
