/** Servers under the same load, in turns, each time in a fresh process. */
import { ask } from './http.mjs'
import { underLoad } from './load/index.mjs'
import { launch } from './processes.mjs'
import { getAccount, numbered } from './requests.mjs'
import { compared } from './result.mjs'
import { inTurns } from './rounds.mjs'

/** Seconds of load before anything is measured: code is compiled by then. */
const WARM_UP = 1

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
    await underLoad(bench, one.url, wanted, WARM_UP)
    const cpuMs = one.cpuMs
    const { perSecond, p99, requests: answers } = await underLoad(bench, one.url, wanted, bench.options.seconds)
    return { perSecond, p99, cpuMs: (one.cpuMs - cpuMs) / answers, beforeMiB, afterMiB: one.residentMiB }
  } finally {
    await one.stop()
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
