/** Who takes part in the cases of one request: the references, fauxflare with and without rights, and the peers. */
import { authorized } from '../requests.mjs'
import { fauxflare } from '../servers/fauxflare.mjs'
import { peers } from '../servers/peers.mjs'
import { references } from '../servers/references.mjs'
import { documentRoutes } from './routes.mjs'

/**
 * @typedef {import('../load-rounds.mjs').Contender} Contender
 * @typedef {object} Asked
 * @property {Contender['requests'][number]} request what everybody is asked
 * @property {Contender['answer']} [answer] what must come back
 * @property {import('../result.mjs').Goal} goal of fauxflare
 */

/**
 * @param {import('../bench.mjs').Bench} bench
 * @param {Asked} asked
 * @param {Contender[]} further stand before the peers
 * @returns who ratios refer to, and everybody
 */
export async function contendersOf(bench, { request, answer, goal }, further = []) {
  const { floor, fastify } = references(bench, await documentRoutes(bench))
  const { file, tokens } = await bench.tokensWorld()
  const requests = [request]
  const held = fauxflare(bench, { name: '500 tokens, --auth enforce', args: ['--auth', 'enforce', '--fixtures', file] })
  const must = answer === undefined ? {} : { answer }
  /** @type {Contender[]} */
  const contenders = [
    { server: floor, requests, ...must },
    { server: fastify, requests, ...must },
    { server: fauxflare(bench), requests, ...must, goal },
    { server: held, requests: tokens.map((token) => authorized(request, token)), ...must, goal },
    ...further,
    ...(await peers(bench)).map((server) => ({ server, requests })),
  ]
  return { reference: fastify, contenders }
}
