/** The portable form of a world: what fixtures are written in. */
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import type { Check } from '../ajv.ts'
import { rowChecks } from './row-checks.ts'
import type { Row } from './table.ts'

/** Rows by collection, and the placeholder words that stand for an id. */
export interface Snapshot {
  tables: Record<string, readonly Row[]>
  /** By collection: `{ "accounts": { "account_id": "023e105f4ecef8ad9ca31a8372d0c353" } }`. */
  aliases: Record<string, Record<string, string>>
}

/** Says where a snapshot is wrong. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
  /** Where in the snapshot, as a JSON pointer: `/members/17/status`. */
  readonly pointer: string

  constructor(pointer: string, problem: string) {
    super(`Failed to read the snapshot: ${pointer || 'the document'} ${problem}. Correct it and start again.`)
    this.pointer = pointer
  }
}

/**
 * Checks data against the row schemas.
 * @throws SnapshotError with the place of the first fault: an unknown collection, a bad row, an id that occurs twice
 */
export function readSnapshot(data: { tables: Record<string, unknown>; aliases?: unknown }): Snapshot {
  const tables: Record<string, readonly Row[]> = {}
  const known = [...CATALOGUE, ...TABLES]
  const names = known.map((key) => key.name)
  for (const name of Object.keys(data.tables)) {
    if (!names.includes(name))
      throw new SnapshotError(pointerTo(name), `is not a collection; there are ${names.join(', ')}`)
  }
  for (const { name } of known) {
    const rows = data.tables[name] ?? []
    if (!Array.isArray(rows)) throw new SnapshotError(`/${name}`, 'is not an array of rows')
    const check = rowChecks[name] as Check
    const ids = new Set<string>()
    for (const [at, candidate] of rows.entries()) {
      const problem = check(candidate)
      if (problem) throw new SnapshotError(`/${name}/${at}${problem.pointer}`, problem.message)
      const { id } = candidate as Row
      if (ids.has(id)) throw new SnapshotError(`/${name}/${at}/id`, `repeats the id "${id}"`)
      ids.add(id)
    }
    tables[name] = rows as Row[]
  }
  return { tables, aliases: readAliases(data.aliases ?? {}, names) }
}

function readAliases(data: unknown, names: readonly string[]): Snapshot['aliases'] {
  const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMap(data)) throw new SnapshotError('/aliases', 'is not an object')
  for (const [name, words] of Object.entries(data)) {
    if (!names.includes(name)) throw new SnapshotError(`/aliases${pointerTo(name)}`, 'is not a collection')
    if (!isMap(words)) throw new SnapshotError(`/aliases${pointerTo(name)}`, 'is not an object')
    for (const [word, id] of Object.entries(words)) {
      if (typeof id !== 'string')
        throw new SnapshotError(`/aliases${pointerTo(name)}${pointerTo(word)}`, 'is not a string')
    }
  }
  return data as Snapshot['aliases']
}

/** A key as a step of a JSON pointer. */
function pointerTo(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
