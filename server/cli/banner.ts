/** What the server says to a person when it is ready. */
import type { Config } from '../../schemas/config.ts'
import { API, CONTROL } from '../paths.ts'
import { VERSION } from '../version.ts'
import { EXAMPLE } from './example.ts'

/** Where it listens, what is on, and the lines to copy into a shell. */
export function banner({ url }: { url: string }, config: Config): string {
  const { fixtures, watch, data, seed, stateless, clock, auth, faults, rateLimit, quirks } = config
  const world = [
    `fixtures ${fixtures}${watch ? ' (watched)' : ''}`,
    `seed ${seed}`,
    ...(stateless ? ['stateless'] : []),
    ...(data === '' ? [] : [`kept in ${data}`]),
    ...(clock === 'real' ? [] : [`clock ${clock}`]),
  ]
  const on = [
    ...(auth === 'any' ? [] : [`auth ${auth}`]),
    ...(faults === '' ? [] : [`faults ${faults}`]),
    ...(rateLimit === 'off' ? [] : [`rate limit ${rateLimit}`]),
    ...(quirks === '' ? [] : [`quirks ${quirks}`]),
  ]
  return `
  fauxflare ${VERSION}   Cloudflare's Accounts API, simulated

  API        ${url}${API}
  Control    ${url}${CONTROL}   fauxflare ctl --help
  Document   ${url}/openapi.json   ${url}/docs
  World      ${world.join(', ')}
${on.length > 0 ? `  On         ${on.join(', ')}\n` : ''}
  export CLOUDFLARE_BASE_URL=${url}${API}
  export CLOUDFLARE_API_TOKEN=${EXAMPLE.token}
  # or: export CLOUDFLARE_EMAIL=${EXAMPLE.email} CLOUDFLARE_API_KEY=${EXAMPLE.key}

  Stop it with Ctrl+C.
`
}
