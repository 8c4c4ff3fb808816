/** Mockoon, with a route for each of the three requests, and the answers of fauxflare as their bodies. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @type {import('./peers.mjs').Peer} */
export const mockoon = {
  name: 'Mockoon',
  packageName: '@mockoon/cli',
  serve({ folder }, { version, bin }, { account, members, created }) {
    const file = join(folder, 'mockoon.json')
    const routes = [
      routeOf('get', 'client/v4/accounts/:account_id', account),
      routeOf('get', 'client/v4/accounts/:account_id/members', members),
      routeOf('post', 'client/v4/accounts/:account_id/members', created),
    ]
    const rootChildren = routes.map(({ uuid }) => ({ type: 'route', uuid }))
    // What else belongs into it, Mockoon fills in itself.
    writeFileSync(file, JSON.stringify({ uuid: randomUUID(), name: 'bench', routes, rootChildren }))
    return {
      name: `Mockoon ${version}`,
      command: (port) => [
        ...[bin('mockoon-cli'), 'start', '--data', file, '--port', String(port), '--hostname', '127.0.0.1'],
        ...['--repair', '--disable-log-to-file', '--disable-admin-api'],
      ],
    }
  },
}

/**
 * @param {string} method
 * @param {string} endpoint
 * @param {string} body
 */
function routeOf(method, endpoint, body) {
  const response = {
    uuid: randomUUID(),
    body,
    statusCode: 200,
    headers: [{ key: 'Content-Type', value: 'application/json' }],
    disableTemplating: true,
    default: true,
  }
  return { uuid: randomUUID(), type: 'http', method, endpoint, responses: [response] }
}
