/** A list that is worked out on the spot, in the form in which stored lists come. */
import type { View } from '../../schemas/operation.ts'

/**
 * A view of items that are at hand, for lists that are always one page.
 * @example listed(hierarchy(organization_id, world))
 */
export function listed<Item>(items: readonly Item[]): View<Item> {
  return {
    total: () => items.length,
    slice: (offset, limit) => items.slice(offset, offset + limit),
    after: (position, limit) => {
      const from = position ? Number(position[0]) : 0
      const page = items.slice(from, from + limit)
      return from + limit < items.length ? { items: page, next: [from + limit, ''] } : { items: page }
    },
  }
}

/** A view of the same items in another form, which only those of a page are given. */
export function mapped<Item, Shown>(view: View<Item>, present: (item: Item) => Shown): View<Shown> {
  return {
    total: () => view.total(),
    slice: (offset, limit) => view.slice(offset, limit).map(present),
    after: (position, limit) => {
      const { items, ...rest } = view.after(position, limit)
      return { items: items.map(present), ...rest }
    },
  }
}
