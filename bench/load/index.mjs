/** Puts a server under load, by wrk or by autocannon. */
import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { pinned } from '../cores.mjs'
import { UsageError } from '../options.mjs'
import { autocannon } from './autocannon.mjs'
import { wrk } from './wrk.mjs'

/** How many connections are kept busy at the same time. */
export const CONNECTIONS = 50

/** What stands for a number that no other request has. */
export const UNIQUE = '{unique}'

/**
 * @typedef {object} Request
 * @property {'GET' | 'POST'} [method]
 * @property {string} path
 * @property {Record<string, string>} [headers]
 * @property {string} [body] {@link UNIQUE} in it is another number in each request
 */

/**
 * @typedef {object} Load
 * @property {number} perSecond answers
 * @property {number} requests answers in all
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 */

/**
 * @typedef {object} Job
 * @property {string} url
 * @property {readonly Request[]} requests asked in turns
 * @property {number} seconds whole ones
 * @property {number} first where unique numbers begin
 */

/**
 * A load generator: what it runs for a job, and how what that writes is read. `failed` counts answers that are no
 * success, and connections that broke.
 * @typedef {object} Tool
 * @property {string} name
 * @property {boolean} isLimit whether some servers are faster than it, so that throughput says too little of them
 * @property {(job: Job, folder: string) => [command: string, args: string[]]} command
 * @property {(output: string) => Omit<Load, 'perSecond'> & { seconds: number, failed: number }} read
 */

const run = promisify(execFile)

/**
 * @param {'wrk' | 'autocannon' | undefined} wanted
 * @returns {Tool}
 * @throws UsageError when it is not there
 */
export function chooseTool(wanted) {
  const hasWrk = /wrk/.test(spawnSync('wrk', ['--version'], { encoding: 'utf8' }).stdout ?? '')
  if (wanted === 'wrk' && !hasWrk) throw new UsageError('--load wrk: there is no wrk here.')
  return hasWrk && wanted !== 'autocannon' ? wrk() : autocannon()
}

/**
 * @param {import('../bench.mjs').Bench} bench
 * @param {string} url
 * @param {readonly Request[]} requests
 * @param {number} seconds
 * @returns {Promise<Load>}
 * @throws Error when any answer is no success
 */
export async function underLoad(bench, url, requests, seconds) {
  const { tool, cores, folder } = bench
  const [command, args] = tool.command({ url, requests, seconds, first: bench.nextUnique() }, folder)
  const { stdout } = await run(...pinned(cores.load, command, args))
  const { failed, seconds: took, ...load } = tool.read(stdout)
  if (failed > 0)
    throw new Error(
      `it gave ${failed} answers of ${load.requests} that were no success, to ${JSON.stringify(requests[0])}`,
    )
  return { ...load, perSecond: load.requests / took }
}
