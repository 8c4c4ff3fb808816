/** One account, in all the ways in which fauxflare is used. */
import { control } from '../http.mjs'
import { loadRounds } from '../load-rounds.mjs'
import { getAccount, inSandbox } from '../requests.mjs'
import { fauxflare } from '../servers/fauxflare.mjs'
import { contendersOf } from './contenders.mjs'

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
    const withRules = (/** @type {string} */ name, /** @type {unknown} */ rules) =>
      fauxflare(bench, {
        name,
        prepare: async (url) => void (await control(`${url}/_fauxflare/faults`, 'POST', rules)),
      })
    const inSandboxes = (/** @type {number} */ count) =>
      Array.from({ length: count }, (_, number) => inSandbox(getAccount, `worker-${number}`))
    const requests = [getAccount]
    const further = [
      { server: withRules('10 fault rules for other operations', elsewhere), requests, answer },
      { server: withRules('10 fault rules for other callers', nobody), requests, answer },
      { server: fauxflare(bench, { name: '1 sandbox' }), requests: inSandboxes(1), answer },
      { server: fauxflare(bench, { name: '100 sandboxes' }), requests: inSandboxes(100), answer },
    ]
    const { group } = await loadRounds(bench, {
      title: 'get one account',
      ...(await contendersOf(bench, { request: getAccount, answer, goal }, further)),
    })
    return [group]
  },
}
