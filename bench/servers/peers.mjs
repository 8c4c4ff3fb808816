/** The peers, each serving the same documents in the way that is natural to it. */
import { jsonServer } from './json-server.mjs'
import { mockoon } from './mockoon.mjs'
import { prism } from './prism.mjs'

/**
 * What a peer needs to serve the same.
 * @typedef {object} Documents
 * @property {string} account answers as fauxflare gives them
 * @property {string} members
 * @property {string} created
 * @property {string} openapi the document that fauxflare serves
 */

const PEERS = [prism, mockoon, jsonServer]

/**
 * @param {import('../bench.mjs').Bench} bench
 * @returns {Promise<import('../processes.mjs').Server[]>} those that are there; the others are noted
 */
export async function peers(bench) {
  if (!bench.options.peers) return []
  const documents = await bench.documents()
  return PEERS.flatMap(({ name, packageName, serve }) => {
    const installed = bench.toolNamed(packageName)
    if (installed !== undefined) return [{ ...serve(bench, installed, documents), isPeer: true }]
    bench.note(`${name} is left out: npm did not install ${packageName} on Node ${process.versions.node}.`)
    return []
  })
}

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {string} packageName
 * @property {(bench: import('../bench.mjs').Bench, installed: import('../packages.mjs').Package, documents: Documents) => import('../processes.mjs').Server} serve
 */
