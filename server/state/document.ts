/** Reads the portable form of a whole world, as `GET /state` writes it. */
import { Document, type RandomState, VERSION } from '../../schemas/state.ts'
import { compile } from '../ajv.ts'
import { closed } from '../readings.ts'
import { Clock, momentOf } from './clock.ts'
import { Random } from './random.ts'
import { type Catalogue, isMap, readSnapshot, type Snapshot, SnapshotError } from './snapshot.ts'

/** Everything but the rows, which have checks of their own. */
const SHELL = closed(Document)
const check = compile({ ...SHELL, properties: { ...SHELL.properties, aliases: {}, tables: { type: 'object' } } })

/** Whether data is meant as a document, not as bare collections. */
export function isDocument(data: Readonly<Record<string, unknown>>): boolean {
  return 'version' in data || 'tables' in data
}

/**
 * Checks a document as a whole.
 * @param data as it was parsed; what it holds becomes part of the snapshot and must not be changed any more
 * @param catalogue what a document means that leaves out collections of the catalogue
 * @throws SnapshotError with the place of the first fault
 */
export function readDocument(data: unknown, catalogue: Catalogue): Snapshot {
  if (!isMap(data)) throw new SnapshotError('', 'is not an object')
  if (data.version === undefined) throw new SnapshotError('/version', `is required; this release reads ${VERSION}`)
  if (data.version !== VERSION) {
    throw new SnapshotError('/version', `is ${JSON.stringify(data.version)}; this release reads ${VERSION}`)
  }
  const problem = check(data)
  if (problem) {
    const isMode = problem.pointer === '/clock/mode' && problem.keyword === 'enum'
    throw new SnapshotError(problem.pointer, isMode ? 'must be real, frozen or offset' : problem.message)
  }
  const { clock, random, aliases, tables } = data as Document
  checkClock(clock)
  for (const [stream, state] of Object.entries(random)) pointing(`/random/${stream}`, () => Random.at(state))
  const snapshot = readSnapshot({ tables: { ...catalogue, ...tables }, aliases }, { at: '/tables', isComplete: true })
  return { ...snapshot, catalogue, clock, random: random satisfies RandomState }
}

function checkClock(clock: Document['clock']): void {
  const isOffset = clock.mode === 'offset'
  pointing('/clock/now', () => momentOf(clock.now))
  if (isOffset && clock.offset_ms === undefined) throw new SnapshotError('/clock/offset_ms', 'is required')
  if (!isOffset && clock.offset_ms !== undefined) {
    throw new SnapshotError('/clock/offset_ms', `is not allowed for a clock that is ${clock.mode}`)
  }
  pointing('/clock/offset_ms', () => Clock.at(clock))
}

function pointing(pointer: string, run: () => unknown): void {
  try {
    run()
  } catch (error) {
    throw error instanceof RangeError ? new SnapshotError(pointer, error.message) : error
  }
}
