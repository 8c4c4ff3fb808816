/** The portable form of a world: what fixtures are written in, and what rows a document must hold. */
import type { ClockState, RandomState } from '../../schemas/state.ts'
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import { stepTo } from '../pointer.ts'
import { type Findings, readWhole } from './findings.ts'
import { isMap } from './is-map.ts'
import { deadEnds } from './references.ts'
import { among, rowFindings } from './row-findings.ts'
import type { Row } from './table.ts'

export { SnapshotError } from './findings.ts'

/** Rows by collection, and the placeholder words that stand for an id. */
export interface Snapshot {
  tables: Record<string, readonly Row[]>
  /** By collection: `{ "accounts": { "account_id": "023e105f4ecef8ad9ca31a8372d0c353" } }`. */
  aliases: Record<string, Record<string, string>>
  /** The collections that come with this release: a document leaves them out, and one that does means them. */
  catalogue?: Catalogue
  /** How the clock runs, where the snapshot says so. */
  clock?: ClockState
  /** Where randomness stands, where the snapshot says so. */
  random?: RandomState
  /** How often generated data was added, where the snapshot says so. */
  seeds?: number
}

/** Rows that are the same in every world, by collection. */
export type Catalogue = Readonly<Record<string, readonly Row[]>>

const KEYS = [...CATALOGUE, ...TABLES]
const NAMES = KEYS.map(({ name }) => name)

/** How data is read. */
export interface Reading {
  /** Where the collections stand, as a JSON pointer. */
  at?: string
  /** Whether all collections must be there; else one left out is empty, and rows may be named by what they are called. */
  isComplete?: boolean
  /** By collection, the fields that may be written besides those of its rows: they are told, too. */
  short?: Readonly<Record<string, readonly string[]>>
}

/** Collections as they were parsed. */
interface Data {
  tables: Record<string, unknown>
  aliases?: unknown
}

/**
 * Checks data against the row schemas, and that what rows name is there.
 * @throws SnapshotError with the place of the first fault: an unknown collection, a bad row, an id that occurs twice,
 * an id that names nothing
 */
export function readSnapshot(data: Data, reading: Reading = {}): Snapshot {
  return readWhole(snapshotOf(data, reading))
}

/** Reads like {@link readSnapshot}, and tells every fault. */
export function* snapshotOf(data: Data, { at = '', isComplete = false, short = {} }: Reading = {}): Findings<Snapshot> {
  const tables: Record<string, readonly Row[]> = {}
  for (const name of Object.keys(data.tables)) {
    if (NAMES.includes(name)) continue
    yield among({ pointer: at + stepTo(name), message: 'is not a collection' }, name, NAMES)
  }
  const bad = new Set<unknown>()
  for (const key of KEYS) {
    const { name } = key
    const rows = data.tables[name]
    const isMissing = isComplete && rows === undefined && TABLES.includes(key)
    if (isMissing) yield { pointer: `${at}/${name}`, message: 'is required; [] when it is empty' }
    tables[name] = yield* rowsOf(rows === undefined ? [] : rows, name, `${at}/${name}`, bad, short[name])
  }
  for (const { pointer, ...found } of deadEnds(tables, bad, !isComplete)) yield { ...found, pointer: at + pointer }
  return { tables, aliases: yield* aliasesOf(data.aliases ?? {}) }
}

/** @param bad takes the rows that are wrong */
function* rowsOf(
  rows: unknown,
  name: string,
  at: string,
  bad: Set<unknown>,
  short?: readonly string[],
): Findings<readonly Row[]> {
  if (!Array.isArray(rows)) {
    yield { pointer: at, message: 'is not an array of rows' }
    return []
  }
  const ids = new Set<string>()
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]
    const found = rowFindings(row, name, short)
    if (found.length > 0) {
      bad.add(row)
      for (const { pointer, ...finding } of found) yield { ...finding, pointer: `${at}/${index}${pointer}` }
      continue
    }
    const { id } = row as Row
    if (ids.has(id)) yield { pointer: `${at}/${index}/id`, message: `repeats the id "${id}"` }
    ids.add(id)
  }
  return rows
}

/** Words may stand for what has been deleted, so that it is not looked whether they lead anywhere. */
function* aliasesOf(data: unknown): Findings<Snapshot['aliases']> {
  if (!isMap(data)) {
    yield { pointer: '/aliases', message: 'is not an object' }
    return {}
  }
  for (const [name, words] of Object.entries(data)) {
    const pointer = `/aliases${stepTo(name)}`
    if (!NAMES.includes(name)) yield among({ pointer, message: 'is not a collection' }, name, NAMES)
    else if (!isMap(words)) yield { pointer, message: 'is not an object' }
    else {
      for (const [word, id] of Object.entries(words)) {
        if (typeof id !== 'string') yield { pointer: pointer + stepTo(word), message: 'is not a string' }
      }
    }
  }
  return data as Snapshot['aliases']
}
