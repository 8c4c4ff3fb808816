/** Several lists as one. */
import type { View } from '../../schemas/operation.ts'

/**
 * A list that is made of others. Pages are read by number only, since a position in several lists is no single one.
 * @param lists each of them in the order of `compare`
 * @param compare tells which of two items comes first
 * @param present makes of an item what is shown; done only for the items of a page
 */
export function merged<Item, Shown>(
  lists: readonly View<Item>[],
  compare: (one: Item, other: Item) => number,
  present: (item: Item) => Shown,
): View<Shown> {
  const total = () => lists.reduce((sum, list) => sum + list.total(), 0)
  const slice = (offset: number, limit: number) => {
    if (offset >= total()) return []
    const starts = startsOf(lists, compare, offset)
    const left = offset - starts.reduce((sum, start) => sum + start, 0)
    return lists
      .flatMap((list, at) => list.slice(starts[at] ?? 0, left + limit))
      .sort(compare)
      .slice(left, left + limit)
      .map(present)
  }
  return {
    total,
    slice,
    after: () => {
      throw new TypeError('Lists that are merged have no cursor.')
    },
  }
}

/**
 * How many items of each list come before a place in all of them; fewer than there are lists may be left to be passed
 * over. Each time an equal share of what is left is looked at in every list: the one whose share ends first can be passed
 * over so far, since no more than all shares come before its end. What lies between is not looked at.
 */
function startsOf<Item>(
  lists: readonly View<Item>[],
  compare: (one: Item, other: Item) => number,
  offset: number,
): number[] {
  const starts = lists.map(() => 0)
  for (let left = offset; left >= lists.length; ) {
    const share = Math.floor(left / lists.length)
    const ends = lists.flatMap((list, at) => list.slice((starts[at] ?? 0) + share - 1, 1).map((item) => ({ at, item })))
    const [first] = ends.sort((one, other) => compare(one.item, other.item))
    // Nothing has as much left: the place is after the end of all.
    if (!first) break
    starts[first.at] = (starts[first.at] ?? 0) + share
    left -= share
  }
  return starts
}
