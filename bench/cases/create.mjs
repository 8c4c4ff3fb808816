/** Another member, and another. */
import { loadRounds } from '../load-rounds.mjs'
import { authorized, createMember } from '../requests.mjs'
import { fauxflare } from '../servers/fauxflare.mjs'
import { peers } from '../servers/peers.mjs'
import { references } from '../servers/references.mjs'
import { documentRoutes } from './routes.mjs'

/** @type {import('../result.mjs').Goal} */
const goal = { of: 'ratio', atLeast: 0.6 }

/** @type {import('./index.mjs').Case} */
export const create = {
  name: 'create',
  what: 'create a member',
  async run(bench) {
    const { floor, fastify } = references(bench, await documentRoutes(bench))
    const { file, tokens } = await bench.tokensWorld()
    const requests = [createMember]
    const { group } = await loadRounds(bench, {
      title: 'create a member',
      reference: fastify,
      contenders: [
        { server: floor, requests },
        { server: fastify, requests },
        { server: fauxflare(bench), requests, goal },
        {
          server: fauxflare(bench, {
            name: '500 tokens, --auth enforce',
            args: ['--auth', 'enforce', '--fixtures', file],
          }),
          requests: tokens.map((token) => authorized(createMember, token)),
          goal,
        },
        ...(await peers(bench)).map((server) => ({ server, requests })),
      ],
    })
    return [group]
  },
}
