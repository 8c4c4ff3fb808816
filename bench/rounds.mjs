/** Interleaved repeats: everything takes turns, so that all have the same weather. */
import { NotStarted } from './processes.mjs'

/**
 * @template {{ name: string, isPeer?: boolean | undefined }} Contender
 * @template Sample
 * @param {import('./bench.mjs').Bench} bench
 * @param {object} what
 * @param {string} what.title
 * @param {readonly Contender[]} what.contenders
 * @param {number} what.rounds
 * @param {number} [what.peerRounds] for peers, which are so far off that two rounds tell as much as five
 * @param {(contender: Contender) => Promise<Sample>} measure
 * @returns {Promise<Map<Contender, Sample[]>>} without peers that failed, of which there is a note
 * @throws Error when what is no peer fails
 */
export async function inTurns(bench, { title, contenders, rounds, peerRounds = bench.options.quick ? 1 : 2 }, measure) {
  const able = contenders.filter(({ name }) => !bench.broken.has(name))
  /** @type {Map<Contender, Sample[]>} */
  const samples = new Map(able.map((contender) => [contender, []]))
  for (let round = 0; round < rounds; round += 1) {
    const present = able.filter((contender) => samples.has(contender))
    const turn = present.filter(({ isPeer }) => !isPeer || round < peerRounds)
    // There and back again, so that nobody is always the first.
    if (round % 2 === 1) turn.reverse()
    for (const contender of turn) {
      bench.progress(`${title}, round ${round + 1} of ${rounds}: ${contender.name}`)
      try {
        samples.get(contender)?.push(await measure(contender))
      } catch (error) {
        const { message } = /** @type {Error} */ (error)
        if (!contender.isPeer) throw new Error(`${contender.name}: ${message}`)
        bench.note(`${contender.name} is left out of "${title}": ${message}`)
        if (error instanceof NotStarted) bench.broken.add(contender.name)
        samples.delete(contender)
      }
    }
  }
  return samples
}
