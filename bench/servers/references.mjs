/** What everything is compared with: node:http and Fastify, giving the same bytes. */
import { randomUUID } from 'node:crypto'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const programOf = (/** @type {string} */ name) => fileURLToPath(new URL(`../programs/${name}`, import.meta.url))

/**
 * @typedef {object} References
 * @property {import('../processes.mjs').Server} floor
 * @property {import('../processes.mjs').Server} fastify
 */

/**
 * @param {import('../bench.mjs').Bench} bench
 * @param {readonly import('../routes.mjs').Route[]} routes
 * @returns {References}
 */
export function references({ folder, subjects: { fastify } }, routes) {
  const file = join(folder, `routes-${randomUUID()}.json`)
  writeFileSync(file, JSON.stringify(routes))
  // Where Fastify is installed, so that this one is found.
  const program = join(fastify.folder, '../../fastify.mjs')
  copyFileSync(programOf('fastify.mjs'), program)
  return {
    floor: {
      name: 'node:http, constant bytes',
      command: (port) => [programOf('node-http.mjs'), String(port), file],
    },
    fastify: {
      name: `bare Fastify ${fastify.version}`,
      command: (port) => [program, String(port), file],
    },
  }
}
