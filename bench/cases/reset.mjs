/** Other worlds of a server that began with 100,000 rows: what it costs to begin one, to change it, and to reset it. */
import { ask, control } from '../http.mjs'
import { launch } from '../processes.mjs'
import { createMember, getAccount, inSandbox, numbered } from '../requests.mjs'
import { sideBySide } from '../result.mjs'
import { inTurns } from '../rounds.mjs'
import { fauxflare } from '../servers/fauxflare.mjs'

/** What is done with each world, in this order; the first answer begins it. */
const STEPS = /** @type {const} */ (['first answer', 'second answer', 'first change', 'second change', 'reset'])

/** @type {import('../result.mjs').Goal} */
const goal = { of: 'value', atMost: 5 }
/** @type {ReadonlySet<string>} */
const GOALS = new Set(['first answer', 'reset'])

/** @type {import('./index.mjs').Case} */
export const reset = {
  name: 'reset',
  what: 'reset and fork over 100,000 rows',
  async run(bench) {
    const { file } = await bench.entriesWorld()
    const few = await launch(bench, fauxflare(bench), getAccount)
    const many = await launch(bench, fauxflare(bench, { args: ['--fixtures', file] }), getAccount)
    try {
      const contenders = [
        { name: 'over 1,000 rows', server: few },
        { name: 'over 100,000 rows', server: many },
      ]
      let number = 0
      const inRounds = (/** @type {number} */ rounds) =>
        inTurns({ ...bench, progress: () => {} }, { title: 'sandboxes', contenders, rounds }, ({ server }) => {
          number += 1
          return oneWorld(server.url, number)
        })
      bench.progress('sandboxes over 100,000 rows')
      await inRounds(5)
      const [small = [], large = []] = [...(await inRounds(bench.options.quick ? 20 : 60)).values()]
      const pairs = STEPS.map((name) => {
        const row = { name, unit: /** @type {const} */ ('ms') }
        return {
          small: { ...row, samples: small.map((world) => world[name]) },
          large: { ...row, samples: large.map((world) => world[name]), ...(GOALS.has(name) && { goal }) },
        }
      })
      return [sideBySide('a sandbox over 100,000 rows', 'the same over 1,000 rows', pairs)]
    } finally {
      await few.stop()
      await many.stop()
    }
  },
}

/**
 * @param {string} url
 * @param {number} number
 * @returns {Promise<Record<typeof STEPS[number], number>>} milliseconds
 */
async function oneWorld(url, number) {
  const name = `world-${number}`
  const asked = async (/** @type {import('../load/index.mjs').Request} */ request) => {
    const { path, ...rest } = inSandbox(request, name)
    const { status, ms, body } = await ask(url + path, rest)
    if (status !== 200) throw new Error(`${path} was answered with ${status}: ${body}`)
    return ms
  }
  return {
    'first answer': await asked(getAccount),
    'second answer': await asked(getAccount),
    'first change': await asked(numbered(createMember, 1)),
    'second change': await asked(numbered(createMember, 2)),
    reset: (await control(`${url}/sandboxes/${name}/_fauxflare/reset`, 'POST')).ms,
  }
}
