/** Reads the portable form of a whole world, as `GET /state` writes it. */
import { Document, type RandomState, VERSION } from '../../schemas/state.ts'
import { compile, compileFull } from '../ajv.ts'
import { closed } from '../readings.ts'
import { Clock, momentOf } from './clock.ts'
import { type Finding, type Findings, readWhole } from './findings.ts'
import { isMap } from './is-map.ts'
import { migrated } from './migrations.ts'
import { Random } from './random.ts'
import { findingsOf } from './row-findings.ts'
import { type Catalogue, type Reading, type Snapshot, snapshotOf } from './snapshot.ts'

/** Everything but the rows, which have checks of their own. */
const CLOSED = closed(Document)
const SHELL = { ...CLOSED, properties: { ...CLOSED.properties, aliases: {}, tables: { type: 'object' } } }

/** A shell that may be left out, wholly or in parts. */
const SPARSE = { ...SHELL, required: [] }

const checks = { whole: compile(SHELL), sparse: compile(SPARSE) }
const fullChecks = { whole: compileFull(SHELL), sparse: compileFull(SPARSE) }

/** What needs no more of a check than the collections themselves. */
const ROWS_ONLY = ['version', 'aliases', 'tables']

/** How documents are read. */
export interface DocumentReading extends Pick<Reading, 'short'> {
  /** Whether what has a default may be missing: clock, randomness, collections. Rows must be whole in any case. */
  isSparse?: boolean
}

/**
 * Checks a document as a whole.
 * @param data as it was parsed; what it holds becomes part of the snapshot and must not be changed any more
 * @param catalogue what a document means that leaves out collections of the catalogue
 * @throws SnapshotError with the place of the first fault
 */
export function readDocument(data: unknown, catalogue: Catalogue): Snapshot {
  return readWhole(documentOf(data, catalogue)) as Snapshot
}

/** Reads like {@link readDocument}, and tells every fault. What is no document at all, ends with nothing. */
export function* documentOf(
  data: unknown,
  catalogue: Catalogue,
  { isSparse = false, short }: DocumentReading = {},
): Findings<Snapshot | undefined> {
  if (!isMap(data)) {
    yield { pointer: '', message: 'is not an object' }
    return undefined
  }
  const document = migrated(data)
  if (document === undefined) {
    yield unknownVersion(data.version)
    return undefined
  }
  const isBare = isSparse && isMap(document.tables) && Object.keys(document).every((name) => ROWS_ONLY.includes(name))
  if (!isBare) yield* shellOf(document, isSparse ? 'sparse' : 'whole')
  if (!isMap(document.tables)) return undefined
  const { clock, random, seeds, aliases, tables } = document as Partial<Document>
  const snapshot = yield* snapshotOf(
    { tables: { ...catalogue, ...tables }, aliases },
    { at: '/tables', isComplete: !isSparse, ...(short && { short }) },
  )
  return {
    ...snapshot,
    catalogue,
    ...(clock && { clock }),
    ...(random && { random: random satisfies RandomState }),
    ...(seeds !== undefined && { seeds }),
  }
}

/** What to say of a version that nobody here knows. */
export function unknownVersion(version: unknown): Finding {
  const read = `this release reads 1 to ${VERSION}`
  return {
    pointer: '/version',
    message: version === undefined ? `is required; ${read}` : `is ${told(version)}; ${read}`,
  }
}

/** A value as it was written, if that is short. */
function told(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'no number' : JSON.stringify(value)
}

function* shellOf(document: Readonly<Record<string, unknown>>, form: keyof typeof checks): Findings<void> {
  if (checks[form](document)) {
    const found = findingsOf(fullChecks[form](document), document)
    yield* found
    // What is of the wrong form has been told; it is not looked into.
    if (found.some(({ pointer }) => /^\/(?:clock|random)/.test(pointer))) return
  }
  const { clock, random } = document as Partial<Document>
  if (clock) yield* clockOf(clock)
  for (const [stream, state] of Object.entries(random ?? {})) {
    yield* refused(`/random/${stream}`, () => Random.at(state))
  }
}

function* clockOf(clock: Document['clock']): Findings<void> {
  const isOffset = clock.mode === 'offset'
  const now = [...refused('/clock/now', () => momentOf(clock.now))]
  yield* now
  if (isOffset && clock.offset_ms === undefined) yield { pointer: '/clock/offset_ms', message: 'is required' }
  else if (!isOffset && clock.offset_ms !== undefined) {
    yield { pointer: '/clock/offset_ms', message: `is not allowed for a clock that is ${clock.mode}` }
  } else if (now.length === 0) yield* refused('/clock/offset_ms', () => Clock.at(clock))
}

function* refused(pointer: string, run: () => unknown): Findings<void> {
  try {
    run()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    yield { pointer, message: error.message }
  }
}
