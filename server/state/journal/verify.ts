/** Answers whether something was asked, how often, and what nearly was. */
import type { Difference, Times, Verdict, Verification } from '../../../schemas/exchanges.ts'
import type { Operation } from '../../../schemas/operation.ts'
import { DEEPEST, isTooDeep } from './depth.ts'
import { comparerOf } from './differences.ts'
import type { Entry } from './entry.ts'
import { JournalError } from './error.ts'
import { pathOf } from './exchange.ts'
import { unknownOperation } from './filter.ts'
import { Redaction } from './redaction.ts'

/** How many exchanges are told that nearly match. */
const NEAREST = 3

/** What a question is asked of. */
export interface Asked {
  /** The oldest first. */
  entries: readonly Entry[]
  dropped: number
  operations: readonly Operation[]
}

/**
 * Answers a question.
 * @throws JournalError for one that can never be answered with yes: an unknown operation, a bad glob, times that
 * contradict each other
 */
export function verify({ match, times = {} }: Verification, { entries, dropped, operations }: Asked): Verdict {
  const problem = match.operation === undefined ? undefined : unknownOperation(match.operation, operations)
  if (problem) throw new JournalError('/match/operation', problem)
  if (isTooDeep(match.body)) throw new JournalError('/match/body', `has more than ${DEEPEST} levels.`)
  const { least, most, words } = readTimes(times)
  const differencesOf = comparerOf(match)

  const matching: Entry[] = []
  const others: { entry: Entry; differences: Difference[] }[] = []
  for (const entry of entries) {
    const differences = differencesOf(entry)
    if (differences.length === 0) matching.push(entry)
    else others.push({ entry, differences })
  }
  others.sort((a, b) => a.differences.length - b.differences.length || b.entry.id - a.entry.id)
  // Whoever asks knows the credential that they ask for, but whoever reads the answer need not.
  const known = Redaction.knowing(entries, match.credential === undefined ? [] : [match.credential])
  return {
    satisfied: matching.length >= least && matching.length <= most,
    matched: matching.length,
    exchanges: matching.map(({ id }) => String(id)),
    expected: words,
    nearest: others.slice(0, NEAREST).map(({ entry, differences }) => {
      const redaction = known.for(entry)
      return {
        id: String(entry.id),
        method: entry.method,
        path: redaction.text(pathOf(entry)),
        differences: redaction.value(differences),
      }
    }),
    dropped,
  }
}

/** How often, in numbers and in words. */
function readTimes({ exactly, at_least, at_most }: Times): { least: number; most: number; words: string } {
  if (exactly === undefined && at_least === undefined && at_most === undefined) {
    return { least: 1, most: Number.POSITIVE_INFINITY, words: 'at least 1' }
  }
  const least = Math.max(exactly ?? 0, at_least ?? 0)
  const most = Math.min(exactly ?? Number.POSITIVE_INFINITY, at_most ?? Number.POSITIVE_INFINITY)
  const told = { exactly, 'at least': at_least, 'at most': at_most }
  const words = Object.entries(told).flatMap(([word, number]) => (number === undefined ? [] : [`${word} ${number}`]))
  if (least > most) throw new JournalError('/times', `contradict each other: nothing is ${words.join(' and ')}.`)
  return { least, most, words: exactly === undefined ? words.join(', ') : `exactly ${exactly}` }
}
