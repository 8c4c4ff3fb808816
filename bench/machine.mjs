/** Where a run took place: figures mean nothing without it. */
import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * @typedef {object} Machine
 * @property {string} date ISO 8601
 * @property {string} cpu
 * @property {number} cores
 * @property {number} memory_gib
 * @property {string} system
 * @property {string} node
 * @property {number} load_average of the minute before
 * @property {string} [commit] of the project, with a plus when there are changes besides
 */

/** @returns {Machine} */
export function describeMachine() {
  const [first, ...others] = cpus()
  return {
    date: new Date().toISOString(),
    cpu: first?.model.trim() ?? 'unknown',
    cores: others.length + 1,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
    load_average: Number((loadavg()[0] ?? 0).toFixed(2)),
    ...commit(),
  }
}

function commit() {
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const isChanged = git('status', '--porcelain', '--untracked-files=no') !== ''
    return { commit: `${git('rev-parse', '--short', 'HEAD')}${isChanged ? '+' : ''}` }
  } catch {
    return {} // No checkout, or no git.
  }
}
