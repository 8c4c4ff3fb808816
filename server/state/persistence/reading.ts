/** Reads what is kept of a world: the snapshot, and the files of changes that go on from it. */
import { basename, dirname } from 'node:path'
import { VERSION } from '../../../schemas/state.ts'
import { readDocument } from '../document.ts'
import { isMap } from '../is-map.ts'
import { type Catalogue, type Snapshot, SnapshotError } from '../snapshot.ts'
import { ChangeFile, type Found } from './change-file.ts'
import { DataError, reasonOf } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import type { Disk } from './disk.ts'
import { linesIn } from './line.ts'
import type { SandboxSetting } from './moment.ts'
import { damage, isChange, Replay } from './replay.ts'

/** What there is of a world. */
export interface Kept {
  snapshot: Snapshot
  sandbox: SandboxSetting | undefined
  /** Whether the snapshot can stay as it is: of this version, and with the number of its changes. */
  isCurrent: boolean
  /** The files of changes that go on from the snapshot, in order. */
  before: ChangeFile[]
  /** The one that goes on from all of them; it need not be there yet. */
  last: ChangeFile
}

/** Stands where a file is about to be deleted with all of its changes. */
export const tombstoneOf = (path: string) => `${path}.deleted`

/** The numbers of the files of changes beside a file, the lowest first. */
export function changesBeside(path: string, disk: Disk): number[] {
  const start = `${basename(path)}.changes-`
  return disk
    .list(dirname(path))
    .filter((name) => name.startsWith(start) && /^[1-9]\d*$/.test(name.slice(start.length)))
    .map((name) => Number(name.slice(start.length)))
    .sort((a, b) => a - b)
}

/**
 * Reads a data file and its changes. Nothing is changed by it.
 * @returns undefined when there is none
 * @throws DataError when something is damaged or missing, which says what to do
 */
export function readKept(file: DataFile, disk: Disk, catalogue: Catalogue): Kept | undefined {
  const { path } = file
  const document = attempt(path, () => file.load())
  const numbers = attempt(path, () => changesBeside(path, disk))
  const data = isMap(document) && isMap(document.data) ? document.data : undefined
  if (document === undefined) {
    const isDeleted = disk.list(dirname(path)).includes(basename(tombstoneOf(path)))
    if (numbers.length > 0 && !isDeleted) throw orphaned(path, numbers)
    return undefined
  }
  if (!data && numbers.length > 0) throw orphaned(path, numbers)
  const first = typeof data?.changes === 'number' ? data.changes : 1
  const replay = new Replay(document, catalogue)
  const changes = readChanges(path, disk, { first, numbers: numbers.filter((number) => number >= first), replay })
  try {
    const snapshot = readDocument(replay.document(), catalogue)
    return {
      snapshot,
      sandbox: data?.sandbox as SandboxSetting | undefined,
      isCurrent: data !== undefined && (document as { version?: unknown }).version === VERSION,
      ...changes,
    }
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error
    if (error.pointer === '/version' && isFixtures(replay.document())) {
      throw new DataError(
        `Failed to read the data file ${path}: it has no version, as fixtures that are written by hand. To begin with them: fauxflare --fixtures ${path} --data <another file>.`,
      )
    }
    throw damage(replay.placeOf(error.pointer) ?? path, `${error.pointer || 'the document'} ${error.detail}`)
  }
}

function isFixtures(document: unknown): boolean {
  return isMap(document) && document.version === undefined && Object.keys(document).length > 0
}

/** Reads the files one after another: each goes on where the one before ended. */
function readChanges(
  path: string,
  disk: Disk,
  { first, numbers, replay }: { first: number; numbers: readonly number[]; replay: Replay },
): Pick<Kept, 'before' | 'last'> {
  const files: ChangeFile[] = []
  for (const [index, number] of numbers.entries()) {
    const file = `${path}.changes-${number}`
    if (number !== first + index)
      throw damage(`${path}.changes-${first + index}`, 'it is missing, and later ones are there')
    const head = { follows: replay.random }
    const found = readChangeFile(file, disk, replay, index === numbers.length - 1)
    files.push(new ChangeFile(path, disk, number, head, found))
  }
  const last = files.pop() ?? new ChangeFile(path, disk, first, { follows: replay.random })
  return { before: files, last }
}

function readChangeFile(path: string, disk: Disk, replay: Replay, isLast: boolean): Found {
  const read = attempt(path, () => disk.read(path))
  if (!read) throw damage(path, 'it was deleted while it was read')
  const { lines, length, damaged } = linesIn(read.bytes)
  if (damaged !== undefined) throw damage(path, `it is not as it was written in line ${damaged}`)
  if (!isLast && length < read.bytes.length) throw damage(path, `it was cut in line ${lines.length + 1}`)
  for (const { value, number } of lines) {
    const place = `${path}, line ${number},`
    if (number === 1) replay.checkHead(value, place)
    else if (isChange(value)) replay.apply(value, place)
    else throw damage(place, 'it is no change')
  }
  // Without a change the first line is written again, with the next one.
  const kept = lines.length > 1 ? length : 0
  return { id: read.look.id, length: kept, size: read.bytes.length }
}

function orphaned(path: string, numbers: readonly number[]): DataError {
  const [name] = numbers.map((number) => `${path}.changes-${number}`)
  return new DataError(
    `Failed to read the data file ${path}: there are changes of another file beside it, ${name}. They are left as they are. Put back the file that they belong to, or move them away to go on without them.`,
  )
}

function attempt<Read>(path: string, read: () => Read): Read {
  try {
    return read()
  } catch (error) {
    if (error instanceof SyntaxError) throw damage(path, `it is not JSON: ${error.message.replace(/\s+/g, ' ')}`)
    if (!(error instanceof Error && 'code' in error)) throw error
    const { why, todo } = reasonOf(error)
    throw new DataError(`Failed to read the data file ${path}: ${why}. ${todo}, or use another file.`)
  }
}
