/** What a simulator remembers, and whether it still does. */
import assert from 'node:assert/strict'
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import type { Worlds } from '../../server/worlds.ts'

type Memory = Map<string, readonly object[]>

/** Every row of every collection. Rows are immutable, so that holding them is enough. */
export function remember(worlds: Worlds): Memory {
  const { store } = worlds.next()
  return new Map([...CATALOGUE, ...TABLES].map((key) => [key.name, store.table(key).all()]))
}

/** Fails when any row has come, gone or changed. */
export function assertUnchanged(worlds: Worlds, before: Memory, what: string): void {
  for (const [name, rows] of remember(worlds)) {
    const old = before.get(name) ?? []
    const isSame = rows.length === old.length && rows.every((row, at) => row === old[at])
    assert.ok(isSame, `${what} changed ${name}`)
  }
}
