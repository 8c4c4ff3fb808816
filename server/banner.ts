/** What the command line says to a person. */
import { type Config, OPTIONS } from '../schemas/config.ts'
import { API } from './paths.ts'
import { VERSION } from './version.ts'

/** The documented example credentials. They open nothing real. */
const EXAMPLE = {
  token: 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY',
  email: 'user@example.com',
  key: '144c9defac04969c7bfad8efaa8ea194',
}

/** Where it listens, and the lines to copy into a shell. */
export function banner({ url }: { url: string }, { fixtures, seed, stateless }: Config): string {
  return `
  fauxflare ${VERSION}   Cloudflare's Accounts API, simulated

  API        ${url}${API}
  Document   ${url}/openapi.json   ${url}/docs
  World      fixtures ${fixtures}, seed ${seed}${stateless ? ', stateless' : ''}

  export CLOUDFLARE_BASE_URL=${url}${API}
  export CLOUDFLARE_API_TOKEN=${EXAMPLE.token}
  # or: export CLOUDFLARE_EMAIL=${EXAMPLE.email} CLOUDFLARE_API_KEY=${EXAMPLE.key}

  Stop it with Ctrl+C.
`
}

/** `--help`. */
export function help(): string {
  const rows = OPTIONS.map(({ flag, env, type, choices, default: value, description }) => {
    const form = type === 'boolean' ? '' : ` <${choices?.join('|') ?? type}>`
    return `  ${flag}${form}\n      ${description.replaceAll('`', '')}\n      Default ${value}. Also ${env}.`
  })
  return `fauxflare ${VERSION}: Cloudflare's Accounts API on localhost.

Usage
  fauxflare [options]                    serve the API
  fauxflare drift <openapi.json> [--json]
                                         compare our document with another one; exit code 1 when they differ

Options
${rows.join('\n')}
  -h, --help
      This text.
  -v, --version
      The version.

Options can also stand in fauxflare.config.json. A flag is stronger than the environment, which is stronger than the file.
`
}
