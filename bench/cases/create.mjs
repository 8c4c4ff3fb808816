/** Another member, and another. */
import { loadRounds } from '../load-rounds.mjs'
import { createMember } from '../requests.mjs'
import { contendersOf } from './contenders.mjs'

/** @type {import('../result.mjs').Goal} */
const goal = { of: 'ratio', atLeast: 0.6 }

/** @type {import('./index.mjs').Case} */
export const create = {
  name: 'create',
  what: 'create a member',
  async run(bench) {
    const asked = await contendersOf(bench, { request: createMember, goal })
    const { group } = await loadRounds(bench, { title: 'create a member', ...asked })
    return [group]
  },
}
