/** What rows look like from outside, remembered: a row that is read again is not made up again. */
import type { TableKey } from '../../schemas/table.ts'
import { Recent } from '../recent.ts'
import type { Row } from './table.ts'
import type { World } from './world.ts'

/** How many rows of one kind are remembered at least: some pages of each of the lists that are being read. */
const ROOM = 2000

interface Memory<Shown> {
  /** One for each collection that was looked into. */
  versions: readonly number[]
  shown: Shown
}

/**
 * Has a function remember what it made of a row. A change puts another row in the place of a row, so that this holds for
 * good, in whichever world. What it returns is shared: nobody may change it.
 * @param present what it returns depends on the row alone
 * @example const presentGroup = remembered(({ account_id: _, ...shown }: ResourceGroupRow) => shown)
 */
export function remembered<R extends object, Shown>(present: (row: R) => Shown): (row: R) => Shown {
  const memories = new Recent<R, { shown: Shown }>(ROOM)
  return (row) => {
    let memory = memories.get(row)
    if (!memory) {
      memory = { shown: present(row) }
      memories.set(row, memory)
    }
    return memory.shown
  }
}

/**
 * The same for what depends on other rows as well. It is made anew when one of the collections was written to that were
 * looked into.
 * @param keys every collection that `present` looks into: beside them and the row, what it returns depends on nothing
 * @example const presentAccount = rememberedWith([organizations], (row: AccountRow, world) => ({ … }))
 */
export function rememberedWith<R extends object, Shown>(
  keys: readonly TableKey<Row>[],
  present: (row: R, world: World) => Shown,
): (row: R, world: World) => Shown {
  const memories = new Recent<R, Memory<Shown>>(ROOM)
  return (row, world) => {
    const { store } = world
    const memory = memories.get(row)
    if (memory && store.isAt(keys, memory.versions)) return memory.shown
    const shown = present(row, world)
    memories.set(row, { versions: store.versions(keys), shown })
    return shown
  }
}
