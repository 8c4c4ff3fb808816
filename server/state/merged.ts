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
  const slice = (offset: number, limit: number) =>
    lists
      .flatMap((list) => list.slice(0, offset + limit))
      .sort(compare)
      .slice(offset, offset + limit)
      .map(present)
  return {
    total: () => lists.reduce((sum, list) => sum + list.total(), 0),
    slice,
    after: () => {
      throw new TypeError('Lists that are merged have no cursor.')
    },
  }
}
