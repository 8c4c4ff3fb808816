/** What follows from the rows of a world: found out once, and again when one of them may have changed. */
import type { TableKey } from '../../schemas/table.ts'
import type { Store } from './store.ts'
import type { Row } from './table.ts'
import type { World } from './world.ts'

interface Memory<About extends object, Found> {
  /** One for each collection that was looked into. */
  versions: number[]
  found: WeakMap<About, Found>
}

/**
 * Has a function remember what it found out about a thing, in each world for itself, until a collection changes that it
 * looked into. Neither a world nor a thing is kept alive by it. What a row looks like, which is the same in most worlds,
 * is for {@link file://./remembered.ts}.
 * @param keys every collection that `find` looks into; beside them and the thing, it may depend on nothing
 * @param find what it returns is shared. It may be something that whoever asks fills, such as a map of answers: that too
 *   is let go of with the next change
 * @example const tenantsOf = derived([tenants], (user: UserRow, world) => world.store.table(tenants).filter(…).all())
 */
export function derived<About extends object, Found extends object>(
  keys: readonly TableKey<Row>[],
  find: (about: About, world: World) => Found,
): (about: About, world: World) => Found {
  const memories = new WeakMap<Store, Memory<About, Found>>()
  return (about, world) => {
    const { store } = world
    let memory = memories.get(store)
    if (!memory || !store.isAt(keys, memory.versions)) {
      memory = { versions: store.versions(keys), found: new WeakMap() }
      memories.set(store, memory)
    }
    let found = memory.found.get(about)
    if (!found) {
      found = find(about, world)
      memory.found.set(about, found)
    }
    return found
  }
}
