/** One account, in all the ways in which fauxflare is used. */
import { control } from '../http.mjs'
import { loadRounds } from '../load-rounds.mjs'
import { authorized, getAccount, inSandbox } from '../requests.mjs'
import { fauxflare } from '../servers/fauxflare.mjs'
import { peers } from '../servers/peers.mjs'
import { references } from '../servers/references.mjs'
import { documentRoutes } from './routes.mjs'

/** @type {import('../result.mjs').Goal} */
const goal = { of: 'ratio', atLeast: 0.8 }

/** Ten rules about other operations. */
const elsewhere = Array.from({ length: 10 }, () => ({
  match: { operation: 'account-creation' },
  effect: { error: 503 },
}))

/** Ten rules about this very operation, that wait for somebody else. */
const nobody = Array.from({ length: 10 }, (_, number) => ({
  match: { operation: 'accounts-account-details', header: { 'user-agent': `nobody-${number}*` } },
  effect: { error: 503 },
}))

/** @type {import('./index.mjs').Case} */
export const account = {
  name: 'account',
  what: 'get one account: plainly, with 500 tokens in enforce, with fault rules, in 1 and 100 sandboxes',
  async run(bench) {
    const answer = (await bench.documents()).account
    const { floor, fastify } = references(bench, await documentRoutes(bench))
    const { file, tokens } = await bench.tokensWorld()
    const withRules = (/** @type {string} */ name, /** @type {unknown} */ rules) =>
      fauxflare(bench, {
        name,
        prepare: async (url) => void (await control(`${url}/_fauxflare/faults`, 'POST', rules)),
      })
    const inSandboxes = (/** @type {number} */ count) =>
      Array.from({ length: count }, (_, number) => inSandbox(getAccount, `worker-${number}`))
    const requests = [getAccount]
    const { group } = await loadRounds(bench, {
      title: 'get one account',
      reference: fastify,
      contenders: [
        { server: floor, requests, answer },
        { server: fastify, requests, answer },
        { server: fauxflare(bench), requests, answer, goal },
        {
          server: fauxflare(bench, {
            name: '500 tokens, --auth enforce',
            args: ['--auth', 'enforce', '--fixtures', file],
          }),
          requests: tokens.map((token) => authorized(getAccount, token)),
          answer,
          goal,
        },
        { server: withRules('10 fault rules for other operations', elsewhere), requests, answer },
        { server: withRules('10 fault rules for other callers', nobody), requests, answer },
        { server: fauxflare(bench, { name: '1 sandbox' }), requests: inSandboxes(1), answer },
        { server: fauxflare(bench, { name: '100 sandboxes' }), requests: inSandboxes(100), answer },
        ...(await peers(bench)).map((server) => ({ server, requests })),
      ],
    })
    return [group]
  },
}
