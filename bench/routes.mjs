/** What the references answer: the very bytes that fauxflare was heard to answer in the same run. */
import { ACCOUNT_ID } from './requests.mjs'
import { schemaOf } from './schema-of.mjs'

/**
 * A route of a reference.
 * @typedef {object} Route
 * @property {string} method
 * @property {string} path without query, of this one account
 * @property {string} pattern as Fastify has it
 * @property {string} answer JSON
 * @property {import('./schema-of.mjs').Schema} schema of the answer
 * @property {import('./schema-of.mjs').Schema} [bodySchema]
 */

/**
 * @param {import('./load/index.mjs').Request} request
 * @param {string} answer
 * @returns {Route}
 */
export function routeOf({ method = 'GET', path, body }, answer) {
  const [place = ''] = path.split('?')
  return {
    method,
    path: place,
    pattern: place.replace(ACCOUNT_ID, ':account_id'),
    answer,
    schema: schemaOf([JSON.parse(answer)]),
    ...(body !== undefined && { bodySchema: schemaOf([JSON.parse(body)]) }),
  }
}
