/** Which part of the server a URL means. Routing sees only what this file makes of it. */

/** Where the simulated API is mounted. The vendor's SDK suites ask without it, everybody else with it. */
export const API = '/client/v4'

/** The control API: a prefix that the real service does not have. */
export const CONTROL = '/_fauxflare'

const OURS = [CONTROL, '/docs', '/openapi.json']
const isOurs = (path: string) => path === '/' || OURS.some((own) => path === own || path.startsWith(`${own}/`))

/**
 * The URL as routing sees it: everything that is not this server's own is the API's, with and without its prefix.
 * Doubled slashes behind the prefix are one (wrangler appends `/accounts` to a base that may end in a slash), and a
 * slash at the end counts for nothing, as in the live service.
 * @example route('/accounts?page=2') // '/client/v4/accounts?page=2'
 * @example route('/client/v4//accounts/') // '/client/v4/accounts'
 */
export function route(url: string): string {
  // A proxy's form of a request line names the host as well.
  if (/^https?:/i.test(url)) return route(url.replace(/^https?:\/\/[^/?]*/i, '') || '/')
  const at = url.indexOf('?')
  const path = at < 0 ? url : url.slice(0, at)
  if (isOurs(path)) return url
  const rest = path === API || path.startsWith(`${API}/`) ? path.slice(API.length) : path
  const query = at < 0 ? '' : url.slice(at)
  return `${API}/${rest.replace(/^\/+/, '').replace(/\/+$/, '')}${query}`
}
