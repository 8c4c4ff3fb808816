/** json-server, with the same rows. It answers with rows alone, without an envelope, and keeps what it is given. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ACCOUNT_ID, API } from '../requests.mjs'

/** @type {import('./peers.mjs').Peer} */
export const jsonServer = {
  name: 'json-server',
  packageName: 'json-server',
  serve({ folder }, { version, bin }, { account, members }) {
    const file = join(folder, 'db.json')
    const rows = JSON.parse(members).result.map((/** @type {object} */ row) => ({ ...row, accountId: ACCOUNT_ID }))
    const content = JSON.stringify({ accounts: [JSON.parse(account).result], members: rows })
    return {
      name: `json-server ${version}`,
      command: (port) => [bin('json-server'), '--port', String(port), '--host', '127.0.0.1', '--quiet', file],
      path: (path) => path.replace(API, '').replace('per_page=', '_limit='),
      setUp: () => writeFileSync(file, content),
    }
  },
}
