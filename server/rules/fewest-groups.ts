/** Which permission groups are enough for a run of operations, and how few they can be. */
import type { Operation } from '../../schemas/operation.ts'

/** Groups of which any one opens an operation. */
type Choice = readonly string[]

interface Candidate {
  name: string
  /** Whether it lets its holder change something. */
  isWriting: boolean
  /** How many of the operations list it. */
  breadth: number
  /** The places of the choices that it is among. */
  opens: ReadonlySet<number>
}

/** The names of groups that only read end so; that is how the catalogue has it. */
const isWriting = (name: string): boolean => !name.endsWith(' Read')

/**
 * The smallest set of groups in which each choice has one: with the fewest that may change something, then with the
 * fewest altogether. Where several groups would do, it is the one that the most operations list: that of a product of
 * its own opens more that has nothing to do with these operations.
 * @param choices the groups that each operation lists; an operation that lists none is no choice
 * @param operations all that there are, to tell groups that would do alike from each other
 * @returns names, in the order of the alphabet
 * @example fewestGroups([['Billing Write', 'Billing Read'], ['Billing Write']], operations) // ['Billing Write']
 */
export function fewestGroups(choices: readonly Choice[], operations: readonly Operation[]): string[] {
  const hard = essential(choices)
  const candidates = candidatesFor(hard, operations)
  let best: Candidate[] | undefined
  const search = (taken: Candidate[]): void => {
    if (best && !isSmaller(taken, best)) return
    const left = hard.findIndex((_, at) => !taken.some(({ opens }) => opens.has(at)))
    if (left < 0) {
      best = taken
      return
    }
    for (const candidate of candidates) if (candidate.opens.has(left)) search([...taken, candidate])
  }
  search([])
  return (best ?? []).map(({ name }) => name).sort()
}

/** Those choices that do not follow from a narrower one, the narrowest first. */
function essential(choices: readonly Choice[]): Choice[] {
  const narrowest = choices.filter(({ length }) => length > 0).sort((a, b) => a.length - b.length)
  const kept: Choice[] = []
  for (const choice of narrowest) {
    if (!kept.some((narrower) => narrower.every((name) => choice.includes(name)))) kept.push(choice)
  }
  return kept
}

/** One group for each set of choices that groups open, the best first. */
function candidatesFor(choices: readonly Choice[], operations: readonly Operation[]): Candidate[] {
  const breadths = new Map<string, number>()
  for (const name of operations.flatMap(({ permissions }) => permissions)) {
    breadths.set(name, (breadths.get(name) ?? 0) + 1)
  }
  const all = [...new Set(choices.flat())].map((name) => ({
    name,
    isWriting: isWriting(name),
    breadth: breadths.get(name) ?? 0,
    opens: new Set(choices.flatMap((choice, at) => (choice.includes(name) ? [at] : []))),
  }))
  all.sort((a, b) => Number(a.isWriting) - Number(b.isWriting) || b.breadth - a.breadth || (a.name < b.name ? -1 : 1))
  const seen = new Set<string>()
  return all.filter(({ opens }) => {
    const key = [...opens].join()
    const isFirst = !seen.has(key)
    seen.add(key)
    return isFirst
  })
}

/** Whether one set is smaller than another, or could still become so. */
function isSmaller(one: readonly Candidate[], other: readonly Candidate[]): boolean {
  const writing = (set: readonly Candidate[]) => set.filter((candidate) => candidate.isWriting).length
  const breadth = (set: readonly Candidate[]) => set.reduce((sum, candidate) => sum + candidate.breadth, 0)
  const difference = writing(one) - writing(other) || one.length - other.length
  return difference < 0 || (difference === 0 && breadth(one) > breadth(other))
}
