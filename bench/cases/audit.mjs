/** The audit log, by three filters of which every entry fits some. */
import { loadRounds } from '../load-rounds.mjs'
import { launch } from '../processes.mjs'
import { getAccount } from '../requests.mjs'
import { routeOf } from '../routes.mjs'
import { fauxflare } from '../servers/fauxflare.mjs'
import { references } from '../servers/references.mjs'
import { answerOf } from '../worlds.mjs'
import { documentRoutes } from './routes.mjs'

/** @type {import('./index.mjs').Case} */
export const audit = {
  name: 'audit',
  what: 'audit log with three filters over 100,000 entries',
  async run(bench) {
    const { file, request } = await bench.entriesWorld()
    const server = fauxflare(bench, { args: ['--fixtures', file] })
    const one = await launch(bench, server, getAccount)
    const answer = await answerOf(one.url, request).finally(() => one.stop())
    const found = JSON.parse(answer).result.length
    if (found !== 100) throw new Error(`A page of the audit log has ${found} entries, and not 100.`)
    const routes = [...(await documentRoutes(bench)), routeOf(request, answer)]
    const { floor, fastify } = references(bench, routes)
    const requests = [request]
    const { group } = await loadRounds(bench, {
      title: `audit log: 100 of 500 entries that three filters find among 100,000, ${Math.round(Buffer.byteLength(answer) / 1000)} kB`,
      reference: fastify,
      contenders: [
        { server: floor, requests, answer },
        { server: fastify, requests, answer },
        { server, requests, answer },
      ],
    })
    return [group]
  },
}
