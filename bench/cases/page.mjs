/** A page of 50 members, and the memory of servers that have given many of them. */
import { loadRounds } from '../load-rounds.mjs'
import { listMembers } from '../requests.mjs'
import { compared } from '../result.mjs'
import { contendersOf } from './contenders.mjs'

/** @type {import('../result.mjs').Goal} */
const goal = { of: 'ratio', atLeast: 2 }

/** @type {import('./index.mjs').Case} */
export const page = {
  name: 'page',
  what: 'list 50 members; resident memory before and after that',
  async run(bench) {
    const answer = (await bench.documents()).members
    const { reference, contenders } = await contendersOf(bench, { request: listMembers, answer, goal })
    const { group, samples } = await loadRounds(bench, {
      title: `list 50 members, ${Math.round(Buffer.byteLength(answer) / 1000)} kB`,
      reference,
      contenders,
    })
    const memory = (/** @type {string} */ title, /** @type {'beforeMiB' | 'afterMiB'} */ moment) => {
      const rows = samples.map(({ name, samples }) => ({
        name,
        unit: /** @type {const} */ ('MiB'),
        samples: samples.map((sample) => sample[moment]),
      }))
      return compared(title, rows, reference.name)
    }
    const memories = [
      memory('resident memory after the first answer', 'beforeMiB'),
      memory('resident memory after the load of those pages', 'afterMiB'),
    ]
    const isKnown = memories.every(({ rows }) => rows.every(({ samples }) => samples.every(Number.isFinite)))
    if (!isKnown) bench.note('How much memory a process has is known on Linux only.')
    return [group, ...(isKnown ? memories : [])]
  },
}
