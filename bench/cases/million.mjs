/** The last page of very many members, beside the last page of a thousand. */
import { fileURLToPath } from 'node:url'
import { ask, control } from '../http.mjs'
import { underLoad } from '../load/index.mjs'
import { launch } from '../processes.mjs'
import { API, authorized } from '../requests.mjs'
import { sideBySide } from '../result.mjs'
import { inTurns } from '../rounds.mjs'
import { fauxflare } from '../servers/fauxflare.mjs'

const MEMORY = fileURLToPath(new URL('../programs/memory.mjs', import.meta.url))
const PER_PAGE = 50
const FEW = 1000
/** Of load in each round: nobody has to warm up again. */
const SECONDS = 1

const QUERIES = {
  plain: '',
  filtered: '&status=accepted',
  ordered: '&order=user.last_name&direction=desc',
  'filtered and ordered': '&status=accepted&order=user.last_name&direction=desc',
}

/** @type {import('../result.mjs').Goal} */
const goal = { of: 'ratio', atMost: 1.5 }

/** @type {import('./index.mjs').Case} */
export const million = {
  name: 'million',
  what: 'last page of 1,000 and of 1,000,000 members, plain, filtered, ordered; memory per member',
  async run(bench) {
    const count = bench.options.quick ? 100_000 : 1_000_000
    const [few, many] = [await begin(bench, FEW), await begin(bench, count)]
    try {
      const pairs = []
      const firsts = []
      for (const [name, query] of Object.entries(QUERIES)) {
        const pages = []
        for (const one of [few, many]) pages.push({ ...one, name: inWords(one.count), ...(await lastPage(one, query)) })
        const [small, large] = await inRounds(bench, name, pages)
        if (small && large) pairs.push({ small, large: { ...large, goal } })
        firsts.push({ name, unit: /** @type {const} */ ('ms'), samples: [pages[1]?.firstMs ?? Number.NaN] })
      }
      return [
        sideBySide(`last page of 50 out of ${inWords(count)}`, `the same out of ${inWords(FEW)}`, pairs),
        { title: `the first request of that kind among ${inWords(count)}, which sorts or counts`, rows: firsts },
        { title: `memory with ${inWords(count)}, indexes included`, rows: await memoryOf(many) },
      ]
    } finally {
      await few.server.stop()
      await many.server.stop()
    }
  },
}

/**
 * A server whose one account has so many members.
 * @typedef {object} Begun
 * @property {import('../processes.mjs').Running} server
 * @property {string} path of the members
 * @property {number} count
 * @property {number} emptyBytes in use without them
 * @property {number} emptyMiB resident without them
 */

/**
 * @param {import('../bench.mjs').Bench} bench
 * @param {number} count
 * @returns {Promise<Begun>}
 */
async function begin(bench, count) {
  const node = ['--expose-gc', '--max-old-space-size=4096', '--import', MEMORY]
  const accounts = authorized({ path: `${API}/accounts` })
  const args = ['--fixtures', 'empty']
  const server = await launch(bench, fauxflare(bench, { name: inWords(count), args, node, isTalking: true }), accounts)
  try {
    bench.progress(`making ${inWords(count)}`)
    const emptyMiB = server.residentMiB
    const emptyBytes = await bytesOf(server)
    const plan = { accounts: 1, members_per_account: count, tokens_per_account: 0, audit_days: 0 }
    await control(`${server.url}/_fauxflare/seed`, 'POST', plan)
    const [{ id }] = JSON.parse((await ask(server.url + accounts.path, accounts)).body).result
    return { server, count, emptyBytes, emptyMiB, path: `${API}/accounts/${id}/members` }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/**
 * The last page that is full, and how long it took to ask for the first time.
 * @param {Begun} begun
 * @param {string} query
 */
async function lastPage({ server, path }, query) {
  const at = (/** @type {number} */ page) => authorized({ path: `${path}?per_page=${PER_PAGE}&page=${page}${query}` })
  const first = await ask(server.url + at(1).path, at(1))
  const last = Math.floor(JSON.parse(first.body).result_info.total_count / PER_PAGE)
  const { body } = await ask(server.url + at(last).path, at(last))
  const found = JSON.parse(body).result?.length
  if (found !== PER_PAGE)
    throw new Error(`Page ${last} has ${found} members, and not ${PER_PAGE}: ${body.slice(0, 200)}`)
  return { firstMs: first.ms, request: at(last) }
}

/**
 * @param {import('../bench.mjs').Bench} bench
 * @param {string} name
 * @param {readonly (Begun & { name: string, request: import('../load/index.mjs').Request })[]} pages
 * @returns {Promise<import('../result.mjs').Row[]>} one for each
 */
async function inRounds(bench, name, pages) {
  for (const { server, request } of pages) await underLoad(bench, server.url, [request], SECONDS)
  const what = { title: `last page, ${name}`, contenders: pages, rounds: bench.options.repeats }
  const samples = await inTurns(bench, what, ({ server, request }) => measured(bench, server, request))
  return [...samples.values()].map((taken) => ({
    name,
    unit: 'ms',
    samples: taken.map(({ perSecond }) => 1000 / perSecond),
    cpuMs: taken.map(({ cpuMs }) => cpuMs),
    p99: taken.map(({ p99 }) => p99),
  }))
}

/**
 * @param {import('../bench.mjs').Bench} bench
 * @param {import('../processes.mjs').Running} server
 * @param {import('../load/index.mjs').Request} request
 */
async function measured(bench, server, request) {
  const before = server.cpuMs
  const load = await underLoad(bench, server.url, [request], SECONDS)
  return { ...load, cpuMs: (server.cpuMs - before) / load.requests }
}

/** @param {Begun} begun @returns {Promise<import('../result.mjs').Row[]>} what is known of it here */
async function memoryOf({ server, count, emptyBytes, emptyMiB }) {
  const residentMiB = server.residentMiB
  const bytes = ((await bytesOf(server)) - emptyBytes) / count
  /** @type {import('../result.mjs').Row[]} */
  const rows = [
    { name: 'per member', unit: 'B', samples: [bytes], goal: { of: 'value', atMost: 1024 } },
    { name: 'the process, resident', unit: 'MiB', samples: [residentMiB] },
    { name: 'without any', unit: 'MiB', samples: [emptyMiB] },
  ]
  return rows.filter(({ samples }) => samples.every(Number.isFinite))
}

/** @param {import('../processes.mjs').Running} server @returns {Promise<number>} bytes that are in use */
function bytesOf({ child }) {
  const said = new Promise((resolve) => child.once('message', resolve))
  child.send('memory?')
  return said
}

const inWords = (/** @type {number} */ count) => `${count.toLocaleString('en')} members`
