/** Lists that are made of several collections: filtered and put in order once, not for each of their pages. */
import type { TableKey } from '../../schemas/table.ts'
import { Capped } from '../capped.ts'
import { derived } from './derived.ts'
import type { Row } from './table.ts'
import type { World } from './world.ts'

/** How many lists about one thing are remembered: with other filters, or in another order. */
const MOST = 16

/**
 * Has a function remember the lists that it made about a thing, in each world for itself, until a collection changes
 * that it looked into. See {@link derived}.
 * @param list what it returns depends on the thing, on what is asked, which is plain data, and on these collections
 * @example const membersOf = derivedLists([members], (group: Group, { name }: Query, world) => …)
 */
export function derivedLists<About extends object, Asked, Item>(
  keys: readonly TableKey<Row>[],
  list: (about: About, asked: Asked, world: World) => readonly Item[],
): (about: About, asked: Asked, world: World) => readonly Item[] {
  const lists = derived(keys, (_about: About) => new Capped<string, readonly Item[]>(MOST))
  return (about, asked, world) => {
    const known = lists(about, world)
    const name = JSON.stringify(asked)
    let found = known.get(name)
    if (!found) {
      found = list(about, asked, world)
      known.set(name, found)
    }
    return found
  }
}
