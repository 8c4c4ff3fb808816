/** Which operation a request may have meant that nothing answers to. */
import leven from 'leven'
import type { Operation } from '../../schemas/operation.ts'
import { type Choice, choicesOf, documented } from '../state/faults/templates.ts'

/** What is looked at of a path: nobody means an operation with more, or longer, segments than that. */
const MOST_SEGMENTS = 10
const LONGEST_SEGMENT = 64

/** What it costs to read one path as another. Half of the letters of a word wrong is 0.5. */
const COST = {
  /** A word that is too much, or another word altogether. */
  otherWord: 1.3,
  /** A word that is missing. */
  missing: 0.7,
  /** An id that is missing, as when a variable was empty. */
  missingId: 0.3,
  /** An id that is too much. */
  strayId: 0.8,
  /** A word in the place of an id. */
  wordAsId: 0.6,
  method: 0.05,
}
/** A word of which more letters differ, as a share, is another word. */
const OTHER_WORD = 0.5
/** Beyond so much for each segment, nothing is near. */
const FAR = 0.4

/** Finds the operation that is nearest to a method and a path below `/client/v4`; undefined when none is near. */
export type FindNearest = (method: string, path: string) => Operation | undefined

/**
 * Makes the search for some operations. Paths are compared segment by segment: what stands in the place of an id does
 * not count, words are near when few letters differ. A path that is right leads to an operation of that very path.
 * @example nearestOperation(operations)('GET', '/accounts/023e105f4ecef8ad9ca31a8372d0c353/member')?.id // 'account-members-list-members'
 */
export function nearestOperation(operations: readonly Operation[]): FindNearest {
  const known = operations.map((operation) => ({ operation, segments: choicesOf(operation.path) }))
  const words = [...new Set(known.flatMap(({ segments }) => segments.flatMap((segment) => segment ?? [])))]

  return (method, path) => {
    const asked = path
      // A base URL that was put before a whole path.
      .replace(/^\/(?:client\/)?v4(?=\/|$)/, '')
      .split('/')
      .slice(1, MOST_SEGMENTS + 1)
      .map((segment) => lettersFrom(segment.slice(0, LONGEST_SEGMENT), words))
    let nearest: Operation | undefined
    let least = FAR * asked.length + COST.method
    for (const { operation, segments } of known) {
      const cost = distance(asked, segments) + methodCost(method, operation.method)
      if (cost < least) {
        least = cost
        nearest = operation
      }
    }
    return nearest
  }
}

/** Finds the operations of a path, whatever their method. */
export function operationsAt(operations: readonly Operation[]): (path: string) => Operation[] {
  const patterns = operations.map((operation) => {
    // '/:accounts_or_zones(^accounts$|^zones$)/:id/subscriptions' → '/(accounts|zones)/[^/]*/subscriptions'
    const segments = choicesOf(operation.path).map((words) => (words ? `(${words.join('|')})` : '[^/]*'))
    return { operation, pattern: new RegExp(`^/${segments.join('/')}$`) }
  })
  return (path) => patterns.filter(({ pattern }) => pattern.test(path)).map(({ operation }) => operation)
}

/** An operation as people read it: `GET /accounts/{account_id}/members (account-members-list-members)`. */
export function titleOf({ method, path, id }: Operation): string {
  return `${method} ${documented(path)} (${id})`
}

/** A segment that was asked: how far it is from each word, from an id, and from nothing. */
interface Asked {
  fromWord: ReadonlyMap<string, number>
  fromId: number
  stray: number
}

function lettersFrom(segment: string, words: readonly string[]): Asked {
  const text = segment.toLowerCase()
  const fromWord = new Map(words.map((word) => [word, unlikeness(text, word)]))
  // Ids have digits, and the placeholders of the documentation end in `id` or `identifier`.
  const isId = /\d|id(?:entifier)?$|[{}:]/i.test(segment) || segment.length > 20
  return isId
    ? { fromWord, fromId: 0, stray: COST.strayId }
    : { fromWord, fromId: COST.wordAsId, stray: COST.otherWord }
}

function unlikeness(text: string, word: string): number {
  const length = Math.max(text.length, word.length)
  const most = Math.floor(OTHER_WORD * length)
  const differing = leven(text, word, { maxDistance: most + 1 })
  return differing > most ? COST.otherWord : differing / length
}

/** How much must be changed to make one list of segments of the other (Wagner and Fischer). */
function distance(asked: readonly Asked[], segments: readonly Choice[]): number {
  let row = [0]
  for (const segment of segments) row.push((row.at(-1) as number) + missing(segment))
  for (const one of asked) {
    const next = [(row[0] as number) + one.stray]
    for (const [at, segment] of segments.entries()) {
      const replaced = segment
        ? Math.min(...segment.map((word) => one.fromWord.get(word) ?? COST.otherWord))
        : one.fromId
      next.push(
        Math.min(
          (row[at] as number) + replaced,
          (row[at + 1] as number) + one.stray,
          (next[at] as number) + missing(segment),
        ),
      )
    }
    row = next
  }
  return row.at(-1) as number
}

const missing = (segment: Choice) => (segment ? COST.missing : COST.missingId)

/** Methods that change what is there are nearer to one another than to those that read. */
const CHANGES = ['PUT', 'PATCH', 'POST']

function methodCost(asked: string, method: string): number {
  if (asked === method) return 0
  const isAlike = CHANGES.includes(asked) ? CHANGES.includes(method) : method === 'GET'
  return isAlike ? COST.method / 2 : COST.method
}
