/** What is asked of every server. Paths are fauxflare's; what others have for them, their own files say. */
import { UNIQUE } from './load/index.mjs'

/** The account of the documentation, with 65 members. */
export const ACCOUNT_ID = '023e105f4ecef8ad9ca31a8372d0c353'
export const API = '/client/v4'
export const ACCOUNT = `/accounts/${ACCOUNT_ID}`

/** @typedef {import('./load/index.mjs').Request} Request */

/**
 * As a client asks that holds a token; without one, it is the documented one.
 * @param {Request} request
 * @param {string} [token]
 * @returns {Request}
 */
export function authorized({ headers, ...request }, token = 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY') {
  return { ...request, headers: { ...headers, authorization: `Bearer ${token}` } }
}

/** @type {Request} */
export const getAccount = authorized({ path: API + ACCOUNT })

/** @type {Request} */
export const listMembers = authorized({ path: `${API}${ACCOUNT}/members?per_page=50` })

/** Each is somebody else. @type {Request} */
export const createMember = authorized({
  method: 'POST',
  path: `${API}${ACCOUNT}/members`,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ email: `member-${UNIQUE}@example.com`, roles: ['05784afa30c1afe1440e79d9351c7430'] }),
})

/**
 * The same of another world.
 * @param {Request} request
 * @param {string} sandbox
 * @returns {Request}
 */
export function inSandbox({ path, ...request }, sandbox) {
  return { ...request, path: `/sandboxes/${sandbox}${path}` }
}

/**
 * A request as it is sent by itself, where none of the load generators puts a number into it.
 * @param {Request} request
 * @param {number} number
 * @returns {Request}
 */
export function numbered({ body, ...request }, number) {
  return body === undefined ? request : { ...request, body: body.replace(UNIQUE, String(number).padStart(10, '0')) }
}
