/** What happened to the rows of a world since a checkpoint. */
import { isDeepStrictEqual } from 'node:util'
import type { CollectionDiff, Diff } from '../../schemas/state.ts'
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Row } from './table.ts'
import { secretsOf, withoutSecrets } from './withheld.ts'
import type { World } from './world.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * What was added, removed and changed, collection by collection, rows ordered by id. Fields that are marked as secret
 * are left out; a row in which nothing else changed is there all the same, with no fields.
 * @returns `{}` when nothing did. The rows are those of the world: whoever hands them out to be changed copies them
 * @example diffOf(before, world).members?.added.length
 */
export function diffOf(before: Checkpoint, after: World): Diff {
  const diff: Diff = {}
  for (const key of [...CATALOGUE, ...TABLES]) {
    const found = compare(before.rowsOf(key), after.store.table(key).all(), secretsOf(key.name))
    if (found.added.length + found.removed.length + found.changed.length > 0) diff[key.name] = found
  }
  return diff
}

/** Walks two lists, both ordered by id, side by side. */
function compare(before: readonly Row[], after: readonly Row[], secrets: readonly string[]): CollectionDiff {
  const diff: CollectionDiff = { added: [], removed: [], changed: [] }
  let left = 0
  let right = 0
  while (left < before.length || right < after.length) {
    const old = before[left]
    const now = after[right]
    // Rows are never changed in place, so that most of them are told apart without a look inside.
    if (old === now) {
      left += 1
      right += 1
    } else if (now === undefined || (old !== undefined && old.id < now.id)) {
      diff.removed.push(withoutSecrets(old as Row, secrets))
      left += 1
    } else if (old === undefined || now.id < old.id) {
      diff.added.push(withoutSecrets(now, secrets))
      right += 1
    } else {
      const changed = compareFields(old, now, secrets)
      if (changed) diff.changed.push({ id: now.id, ...changed })
      left += 1
      right += 1
    }
  }
  return diff
}

/** The fields that differ; nothing when none does, secret ones included. */
function compareFields(before: Fields, after: Fields, secrets: readonly string[]) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]))
  if (changed.length === 0) return undefined
  const shown = changed.filter((name) => !secrets.includes(name))
  return { before: only(before, shown), after: only(after, shown) }
}

function only(row: Fields, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]))
}
