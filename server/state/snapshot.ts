/** The portable form of a world: what fixtures are written in, and what rows a document must hold. */
import type { ClockState, RandomState } from '../../schemas/state.ts'
import { CATALOGUE, LATER, TABLES } from '../../schemas/tables.ts'
import type { Check } from '../ajv.ts'
import { stepTo } from '../pointer.ts'
import { column } from './order.ts'
import { findDeadEnd } from './references.ts'
import { rowChecks } from './row-checks.ts'
import type { Row } from './table.ts'

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
}

/** Rows that are the same in every world, by collection. */
export type Catalogue = Readonly<Record<string, readonly Row[]>>

/** Says where a snapshot is wrong. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
  /** Where in the snapshot, as a JSON pointer: `/members/17/status`. */
  readonly pointer: string
  /** What is wrong there. */
  readonly detail: string

  constructor(pointer: string, problem: string) {
    super(`Failed to read the snapshot: ${pointer || 'the document'} ${problem}. Correct it and try again.`)
    this.pointer = pointer
    this.detail = `${problem}.`
  }
}

const KEYS = [...CATALOGUE, ...TABLES]
const NAMES = KEYS.map(({ name }) => name)
/** What a document of any age must have. */
const FIRST = TABLES.filter((key) => !LATER.includes(key))

/** How data is read. */
export interface Reading {
  /** Where the collections stand, as a JSON pointer. */
  at?: string
  /** Whether all collections must be there that documents have had from the first; else one left out is empty. */
  isComplete?: boolean
}

/**
 * Checks data against the row schemas, and that what rows name is there.
 * @throws SnapshotError with the place of the first fault: an unknown collection, a bad row, an id that occurs twice,
 * an id that names nothing
 */
export function readSnapshot(
  data: { tables: Record<string, unknown>; aliases?: unknown },
  { at = '', isComplete = false }: Reading = {},
): Snapshot {
  const tables: Record<string, readonly Row[]> = {}
  for (const name of Object.keys(data.tables)) {
    if (!NAMES.includes(name))
      throw new SnapshotError(at + stepTo(name), `is not a collection; there are ${NAMES.join(', ')}`)
  }
  for (const key of KEYS) {
    const { name } = key
    const rows = data.tables[name]
    const isMissing = isComplete && rows === undefined && FIRST.includes(key)
    if (isMissing) throw new SnapshotError(`${at}/${name}`, 'is required; [] when it is empty')
    tables[name] = readRows(rows === undefined ? [] : rows, name, `${at}/${name}`)
  }
  const deadEnd = findDeadEnd(tables)
  if (deadEnd) throw new SnapshotError(at + deadEnd.pointer, deadEnd.message)
  return { tables, aliases: readAliases(data.aliases ?? {}) }
}

function readRows(rows: unknown, name: string, at: string): readonly Row[] {
  if (!Array.isArray(rows)) throw new SnapshotError(at, 'is not an array of rows')
  const check = rowChecks[name] as Check
  const ids = new Set<string>()
  for (const [index, candidate] of rows.entries()) {
    const problem = check(candidate) ?? findNoMoment(candidate, name)
    if (problem) throw new SnapshotError(`${at}/${index}${problem.pointer}`, problem.message)
    const { id } = candidate as Row
    if (ids.has(id)) throw new SnapshotError(`${at}/${index}/id`, `repeats the id "${id}"`)
    ids.add(id)
  }
  return rows as Row[]
}

/** The columns of each collection that hold a time. */
const TIMES = new Map(KEYS.map(({ name, row }) => [name, timesIn(row).map((path) => ({ path, read: column(path) }))]))

function timesIn(schema: unknown): string[] {
  const { format, properties = {} } = schema as { format?: string; properties?: object }
  if (format === 'date-time') return ['']
  return Object.entries(properties).flatMap(([name, child]) =>
    timesIn(child).map((path) => (path === '' ? name : `${name}.${path}`)),
  )
}

/** A leap second is written like a time, but no clock shows it, and nothing can be reckoned from it. */
function findNoMoment(row: object, name: string): { pointer: string; message: string } | undefined {
  const found = TIMES.get(name)?.find(({ read }) => {
    const time = read(row)
    return typeof time === 'string' && Number.isNaN(Date.parse(time))
  })
  return found && { pointer: `/${found.path.replaceAll('.', '/')}`, message: 'names no moment that a clock can show' }
}

/** Words may stand for what has been deleted, so that it is not looked whether they lead anywhere. */
function readAliases(data: unknown): Snapshot['aliases'] {
  if (!isMap(data)) throw new SnapshotError('/aliases', 'is not an object')
  for (const [name, words] of Object.entries(data)) {
    const at = `/aliases${stepTo(name)}`
    if (!NAMES.includes(name)) throw new SnapshotError(at, 'is not a collection')
    if (!isMap(words)) throw new SnapshotError(at, 'is not an object')
    for (const [word, id] of Object.entries(words)) {
      if (typeof id !== 'string') throw new SnapshotError(at + stepTo(word), 'is not a string')
    }
  }
  return data as Snapshot['aliases']
}

/** Whether a value is an object with keys. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
