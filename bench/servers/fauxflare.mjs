/** fauxflare as it was packed and installed, with its defaults: journal, validation and response check are on. */

/**
 * @param {import('../bench.mjs').Bench} bench
 * @param {object} [how]
 * @param {string} [how.name] what is said of it besides
 * @param {string[]} [how.args]
 * @param {string[]} [how.node] for Node itself
 * @param {(url: string) => Promise<void>} [how.prepare]
 * @param {boolean} [how.isTalking]
 * @returns {import('../processes.mjs').Server}
 */
export function fauxflare({ subjects }, { name = '', args = [], node = [], ...how } = {}) {
  return {
    name: name === '' ? `fauxflare ${subjects.fauxflare.version}` : `fauxflare, ${name}`,
    command: (port) => [...node, subjects.fauxflare.bin('fauxflare'), '--port', String(port), ...args],
    ...how,
  }
}
