/** Servers under the same load, in turns, each time in a fresh process. */
import { ask } from './http.mjs'
import { underLoad } from './load/index.mjs'
import { launch } from './processes.mjs'
import { getAccount, numbered } from './requests.mjs'
import { compared } from './result.mjs'
import { inTurns } from './rounds.mjs'

/**
 * Load before anything is measured, in seconds, until an answer takes hardly less than a second before: V8 compiles what is
 * called often bit by bit. A bare route takes two seconds of load; to make a member takes five, since each request does more,
 * and there are fewer of them in a second.
 */
const MOST_WARM_UP = 10
/** What counts as hardly less. */
const STEADY = 0.93

/** @typedef {import('./processes.mjs').Server} Server */
/** @typedef {import('./load/index.mjs').Request} Request */

/**
 * @typedef {object} Contender
 * @property {Server} server
 * @property {readonly Request[]} requests
 * @property {string} [answer] which it must give to the byte
 * @property {import('./result.mjs').Goal} [goal]
 */

/**
 * @typedef {object} Sample
 * @property {number} perSecond
 * @property {number} p99 milliseconds
 * @property {number} cpuMs for each answer
 * @property {number} beforeMiB resident memory after the first answer
 * @property {number} afterMiB resident memory after the load
 */

/**
 * @param {import('./bench.mjs').Bench} bench
 * @param {object} what
 * @param {string} what.title
 * @param {readonly Contender[]} what.contenders
 * @param {Server} what.reference
 * @returns {Promise<{ group: import('./result.mjs').Group, samples: { name: string, samples: Sample[] }[] }>}
 * @throws Error when a server that is no peer fails, or answers anything else than it should
 */
export async function loadRounds(bench, { title, contenders, reference }) {
  const named = contenders.map((contender) => ({
    ...contender,
    name: contender.server.name,
    isPeer: contender.server.isPeer,
  }))
  const samples = await inTurns(bench, { title, contenders: named, rounds: bench.options.repeats }, (contender) =>
    measured(bench, contender),
  )
  const rows = [...samples].map(([{ name, goal }, taken]) => ({
    name,
    unit: /** @type {const} */ ('/s'),
    samples: taken.map(({ perSecond }) => perSecond),
    cpuMs: taken.map(({ cpuMs }) => cpuMs),
    p99: taken.map(({ p99 }) => p99),
    ...(goal && { goal: bench.tool.isLimit ? { ...goal, of: /** @type {const} */ ('cpu ratio') } : goal }),
  }))
  return {
    group: compared(title, rows, reference.name),
    samples: [...samples].map(([{ name }, taken]) => ({ name, samples: taken })),
  }
}

/**
 * @param {import('./bench.mjs').Bench} bench
 * @param {Contender} contender
 * @returns {Promise<Sample>}
 */
async function measured(bench, { server, requests, answer }) {
  const { path = (/** @type {string} */ same) => same } = server
  const placed = (/** @type {Request} */ request) => ({ ...request, path: path(request.path) })
  const one = await launch(bench, server, placed(getAccount))
  try {
    const wanted = requests.map(placed)
    for (const request of new Set([wanted[0], wanted.at(-1)])) {
      if (request) await check(one.url, numbered(request, bench.nextUnique()), answer)
    }
    const beforeMiB = one.residentMiB
    const load = async (/** @type {number} */ seconds) => {
      const before = one.cpuMs
      const { perSecond, p99, requests } = await underLoad(bench, one.url, wanted, seconds)
      return { perSecond, p99, cpuMs: (one.cpuMs - before) / requests }
    }
    await warmedUp(load)
    return { ...(await load(bench.options.seconds)), beforeMiB, afterMiB: one.residentMiB }
  } finally {
    await one.stop()
  }
}

/** @param {(seconds: number) => Promise<{ cpuMs: number }>} load */
async function warmedUp(load) {
  let before = Number.POSITIVE_INFINITY
  for (let second = 0; second < MOST_WARM_UP; second += 1) {
    const { cpuMs } = await load(1)
    if (cpuMs > before * STEADY) return
    before = cpuMs
  }
}

/**
 * @param {string} url
 * @param {Request} request
 * @param {string | undefined} answer
 */
async function check(url, request, answer) {
  const { path, ...rest } = request
  const { status, body } = await ask(url + path, rest)
  if (status !== 200 && status !== 201) throw new Error(`it answered ${path} with ${status}: ${body.slice(0, 300)}`)
  if (answer !== undefined && body !== answer) {
    const at = [...answer].findIndex((letter, at) => letter !== body[at])
    throw new Error(
      `it answered ${path} with other bytes: …${body.slice(at, at + 80)}, and not …${answer.slice(at, at + 80)}`,
    )
  }
}
