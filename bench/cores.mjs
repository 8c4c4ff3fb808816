/** Which core the server has, and which the load: where both share one, each measures the other. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/**
 * @typedef {object} Cores
 * @property {number | undefined} server undefined where nothing can be pinned
 * @property {number | undefined} load
 * @property {string} said in words, for the head of the table
 */

/** @returns {Cores} */
export function chooseCores() {
  const free = (/** @type {string} */ why) => ({ server: undefined, load: undefined, said: `not pinned: ${why}` })
  if (spawnSync('taskset', ['--version']).status !== 0) return free('there is no taskset here')
  if (!existsSync('/proc/self/status')) return free('there is no /proc here')
  const allowed = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? ''
  const [server, ...others] = numbersOf(allowed)
  if (server === undefined || others.length === 0) return free('there is one core only, which server and load share')
  const siblings = siblingsOf(server)
  const load = others.find((core) => !siblings.includes(core)) ?? others[0]
  return { server, load, said: `server on core ${server}, load on core ${load}` }
}

/**
 * A command that runs on one core.
 * @param {number | undefined} core
 * @param {string} command
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
export function pinned(core, command, args) {
  return core === undefined ? [command, args] : ['taskset', ['-c', String(core), command, ...args]]
}

/**
 * Moves this process, all its threads, and what it starts from now on.
 * @param {number | undefined} core
 */
export function moveTo(core) {
  if (core !== undefined) spawnSync('taskset', ['-acp', String(core), String(process.pid)])
}

/**
 * Cores that are the same one underneath.
 * @param {number} core
 */
function siblingsOf(core) {
  const file = `/sys/devices/system/cpu/cpu${core}/topology/thread_siblings_list`
  return existsSync(file) ? numbersOf(readFileSync(file, 'utf8').trim()) : []
}

/**
 * @param {string} list
 * @example numbersOf('0-2,7') // [0, 1, 2, 7]
 */
function numbersOf(list) {
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number)
    return Number.isNaN(first) ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at)
  })
}
