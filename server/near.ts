/** Near names, for messages about a name that there is not. */
import { closestMatch } from 'leven'

/** So many names are told at most. */
const MOST = 20

/**
 * Says which name may have been meant; nothing when none is near.
 * @example didYouMean('bevore', ['before', 'after']) // ' Did you mean "before"?'
 */
export function didYouMean(name: string, names: readonly string[]): string {
  // Of a name of one or two letters, something must be left.
  // What is far longer than any name would take long to compare.
  const typed = name.slice(0, 200)
  const maxDistance = Math.min(typed.length - 1, Math.max(2, Math.floor(typed.length / 3)))
  const near = closestMatch(typed, names, { maxDistance: Math.max(0, maxDistance) })
  return near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`
}

/**
 * Says which names there are.
 * @example thereAre(['before', 'after'], 'snapshot') // ' There are "before", "after".'
 */
export function thereAre(names: readonly string[], what: string): string {
  if (names.length === 0) return ` There is no ${what} yet.`
  const more = names.length > MOST ? ` and ${names.length - MOST} more` : ''
  const told = names.slice(0, MOST).map((name) => JSON.stringify(name))
  return ` There ${names.length === 1 ? 'is' : 'are'} ${told.join(', ')}${more}.`
}
