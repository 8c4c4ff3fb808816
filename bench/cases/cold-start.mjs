/** From the command to the first answer, over and over. */
import { launch } from '../processes.mjs'
import { getAccount } from '../requests.mjs'
import { compared } from '../result.mjs'
import { inTurns } from '../rounds.mjs'
import { fauxflare } from '../servers/fauxflare.mjs'
import { peers } from '../servers/peers.mjs'
import { references } from '../servers/references.mjs'
import { documentRoutes } from './routes.mjs'

/** @type {import('./index.mjs').Case} */
export const coldStart = {
  name: 'start',
  what: 'cold start to the first 200, from the packed tarball',
  async run(bench) {
    const { floor, fastify } = references(bench, await documentRoutes(bench))
    const ours = fauxflare(bench)
    const contenders = [floor, fastify, ours, ...(await peers(bench))]
    const measure = async (/** @type {import('../processes.mjs').Server} */ server) => {
      const { path = (/** @type {string} */ same) => same } = server
      const one = await launch(bench, server, { ...getAccount, path: path(getAccount.path) })
      await one.stop()
      return one
    }
    // Once for nothing, since the very first start reads from the disk.
    const title = 'cold start to the first 200'
    await inTurns(bench, { title: `${title}, unmeasured`, contenders, rounds: 1 }, measure)
    const samples = await inTurns(
      bench,
      { title, contenders, rounds: bench.options.quick ? 6 : 20, peerRounds: bench.options.quick ? 1 : 3 },
      measure,
    )
    const rows = [...samples].map(([server, starts]) => ({
      name: server.name,
      unit: /** @type {const} */ ('ms'),
      samples: starts.map(({ startMs }) => startMs),
      cpuMs: starts.map(({ startCpuMs }) => startCpuMs),
      ...(server === ours && { goal: /** @type {const} */ ({ of: 'ratio', atMost: 1.5 }) }),
    }))
    return [compared(title, rows, fastify.name)]
  },
}
