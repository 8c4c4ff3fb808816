/** Starts servers, each in a process of its own, and says what they use. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pinned } from './cores.mjs'
import { ask } from './http.mjs'

/** Seconds until a server that has not answered is given up. */
const PATIENCE = 60

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * A server that can be started, as often as need be.
 * @typedef {object} Server
 * @property {string} name
 * @property {boolean} [isPeer] what can be left out
 * @property {(port: number) => string[]} command what Node is given
 * @property {(path: string) => string} [path] where it has what fauxflare has at a path
 * @property {() => void} [setUp] before each start: writes the files that it reads
 * @property {(url: string) => Promise<void>} [prepare] once it answers
 * @property {boolean} [isTalking] whether it has a channel to this process: see programs/memory.mjs
 */

/** A server that did not come up. */
export class NotStarted extends Error {}

/** A process that answers. */
export class Running {
  /** From the command to the first 200, in milliseconds. */
  startMs = Number.NaN
  /** CPU time until then, in milliseconds. NaN where there is no /proc. */
  startCpuMs = Number.NaN

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} url
   */
  constructor(child, url) {
    this.child = child
    this.url = url
  }

  /** CPU time of all its threads, in milliseconds. NaN where there is no /proc. */
  get cpuMs() {
    const tasks = `/proc/${this.child.pid}/task`
    if (!existsSync(tasks)) return Number.NaN
    const spent = readdirSync(tasks).map((task) => nanosecondsOf(join(tasks, task, 'schedstat')))
    return spent.reduce((sum, one) => sum + one, 0) / 1e6
  }

  /** Resident memory in MiB. NaN where there is no /proc. */
  get residentMiB() {
    const file = `/proc/${this.child.pid}/status`
    if (!existsSync(file)) return Number.NaN
    return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) / 1024
  }

  /** @returns {Promise<void>} once it is gone */
  async stop() {
    const { child } = this
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
}

/**
 * Starts a server and waits for its first 200.
 * @param {import('./bench.mjs').Bench} bench
 * @param {Server} server
 * @param {import('./load/index.mjs').Request} request what is asked until it answers
 * @returns {Promise<Running>}
 * @throws NotStarted with the end of what it wrote
 */
export async function launch({ cores, folder }, server, request) {
  // A folder of its own, so that no server finds the files of another.
  const cwd = mkdtempSync(join(folder, 'run-'))
  const log = join(cwd, 'server.log')
  const output = openSync(log, 'w')
  const port = await freePort()
  server.setUp?.()
  const [command, args] = pinned(cores.server, process.execPath, server.command(port))
  const start = performance.now()
  const child = spawn(command, args, {
    cwd,
    env: environment(),
    stdio: ['ignore', output, output, ...(server.isTalking ? /** @type {const} */ (['ipc']) : [])],
  })
  closeSync(output)
  running.add(child.once('exit', () => running.delete(child)))
  const one = new Running(child, `http://127.0.0.1:${port}`)
  try {
    await answered(one, request)
    one.startMs = performance.now() - start
    one.startCpuMs = one.cpuMs
    await server.prepare?.(one.url)
    return one
  } catch (error) {
    await one.stop()
    const said = readFileSync(log, 'utf8').trim().split('\n').slice(-4).join('\n')
    throw new NotStarted(`${/** @type {Error} */ (error).message}${said && `; it wrote: ${said}`}`)
  }
}

/**
 * @param {Running} one
 * @param {import('./load/index.mjs').Request} request
 */
async function answered({ child, url }, { path, ...request }) {
  const signal = AbortSignal.timeout(PATIENCE * 1000)
  let last = 'nothing'
  while (!signal.aborted) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended before it answered')
    try {
      const { status } = await ask(url + path, { ...request, signal })
      if (status === 200) return
      last = String(status)
    } catch (error) {
      last = /** @type {Error} */ (error).message
    }
    await pause(1)
  }
  throw new Error(`it did not answer ${path} with 200 within ${PATIENCE} seconds; the last answer was ${last}`)
}

/** As a user has it, without what whoever runs this has set for other servers of the kind. */
function environment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS' && !/^(FAUXFLARE|npm)_/.test(name)),
  )
}

/** @param {string} file */
function nanosecondsOf(file) {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0])
  } catch {
    return 0 // A thread that has just ended.
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .on('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
        server.close(() => resolve(port))
      })
  })
}
