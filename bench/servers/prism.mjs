/** Prism, with the OpenAPI document that fauxflare serves. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { API } from '../requests.mjs'

/** @type {import('./peers.mjs').Peer} */
export const prism = {
  name: 'Prism',
  packageName: '@stoplight/prism-cli',
  serve({ folder }, { version, bin }, documents) {
    const file = join(folder, 'prism.json')
    writeFileSync(file, JSON.stringify(withExamples(documents)))
    return {
      name: `Prism ${version}`,
      command: (port) => [bin('prism'), 'mock', '--port', String(port), '--verboseLevel', 'error', file],
      path: (path) => path.replace(API, ''),
    }
  },
}

/**
 * The routes of the API, of which three have the answers of fauxflare for examples. What the document asks of
 * credentials is left out there: for members it wants key and e-mail, and nothing else.
 * @param {import('./peers.mjs').Documents} documents
 */
function withExamples({ openapi, account, members, created }) {
  const { paths, ...document } = JSON.parse(openapi)
  const one = '/accounts/{account_id}'
  const examples = [
    { operation: paths[one].get, example: account },
    { operation: paths[`${one}/members`].get, example: members },
    { operation: paths[`${one}/members`].post, example: created },
  ]
  for (const { operation, example } of examples) {
    delete operation.security
    operation.responses[200].content['application/json'].example = JSON.parse(example)
  }
  const own = Object.entries(paths).filter(([path]) => !path.startsWith('/_fauxflare'))
  return { ...document, paths: Object.fromEntries(own) }
}
