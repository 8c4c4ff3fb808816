/** Which part of the server a URL means. Routing sees only what this file makes of it. */

/** Where the simulated API is mounted. The vendor's SDK suites ask without it, everybody else with it. */
export const API = '/client/v4'

/** The control API: a prefix that the real service does not have. */
export const CONTROL = '/_fauxflare'

/** Before both: a world of one's own. */
export const SANDBOXES = '/sandboxes'

const OURS = [CONTROL, '/docs', '/openapi.json']
const isOurs = (path: string) => path === '/' || OURS.some((own) => path === own || path.startsWith(`${own}/`))

/** A URL in the form that routing sees: what nearly all clients send. */
const PLAIN = /^\/client\/v4(?:\/[^/?]+)+(?:\?|$)/

/** Where a request goes. */
export interface Destination {
  /** The name of a sandbox as it stands in the path, undefined for the default world. */
  sandbox: string | undefined
  /** The URL as routing sees it. */
  url: string
}

/**
 * Reads which world a URL means, and what in it. Everything that is not this server's own is the API's, with and
 * without its prefix. Doubled slashes behind the prefix are one (wrangler appends `/accounts` to a base that may end
 * in a slash), and a slash at the end counts for nothing, as in the live service.
 * @example route('/accounts?page=2') // { url: '/client/v4/accounts?page=2', sandbox: undefined }
 * @example route('/sandboxes/w1/client/v4//accounts/') // { url: '/client/v4/accounts', sandbox: 'w1' }
 */
export function route(url: string): Destination {
  if (PLAIN.test(url)) return { sandbox: undefined, url }
  // A proxy's form of a request line names the host as well.
  if (/^https?:/i.test(url)) return route(url.replace(/^https?:\/\/[^/?]*/i, '') || '/')
  const [, sandbox, rest = ''] = /^\/sandboxes\/([^/?]*)(.*)$/.exec(url) ?? []
  if (sandbox !== undefined) return { sandbox, url: within(rest.startsWith('/') ? rest : `/${rest}`, true) }
  return { sandbox: undefined, url: within(url, false) }
}

function within(url: string, isSandbox: boolean): string {
  const at = url.indexOf('?')
  const path = at < 0 ? url : url.slice(0, at)
  // The pages of this server are there once, its control API for every world.
  if (isSandbox ? path === CONTROL || path.startsWith(`${CONTROL}/`) : isOurs(path)) return url
  const rest = path === API || path.startsWith(`${API}/`) ? path.slice(API.length) : path
  const query = at < 0 ? '' : url.slice(at)
  return `${API}/${rest.replace(/^\/+/, '').replace(/\/+$/, '')}${query}`
}
