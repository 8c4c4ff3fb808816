/** Finds what a world begins with: a named set of fixtures, or a snapshot file or folder of the user's own. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from './config.ts'
import { isDocument, readDocument } from './state/document.ts'
import { type Catalogue, readSnapshot, type Snapshot, SnapshotError } from './state/snapshot.ts'

/** The same from source (`server/`) and from the bundle (`dist/`). */
const FOLDER = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** The sets that come with the package. */
export const SETS = ['docs', 'empty']

/**
 * Loads fixtures, the catalogue of roles, permission groups and rate plans always among them.
 * @param name `docs`, `empty`, or a path: a folder with one file per collection, one file with all of them, or a
 * document of `GET /_fauxflare/state`, which also says how the clock runs and what randomness comes next
 * @throws ConfigError when there is nothing of that name, or when it is not a valid snapshot
 */
export function loadFixtures(name: string): Snapshot {
  const path = SETS.includes(name) ? join(FOLDER, name) : name
  if (!existsSync(path)) {
    throw new ConfigError(
      `Failed to load the fixtures "${name}": there is no such file. Built in are ${SETS.join(', ')}.`,
    )
  }
  try {
    const standard = readFolder(join(FOLDER, 'catalogue')) as Catalogue
    const data = readAny(path)
    if (isDocument(data)) return readDocument(data, standard)
    const { aliases, ...tables } = { ...standard, ...data }
    return { ...readSnapshot({ tables, aliases }), catalogue: standard }
  } catch (error) {
    const isTheirs = error instanceof SnapshotError || error instanceof SyntaxError || isSystemError(error)
    if (!isTheirs) throw error
    throw new ConfigError(`Failed to load the fixtures "${name}": ${error.message}`)
  }
}

function readAny(path: string): Record<string, unknown> {
  if (statSync(path).isDirectory()) return readFolder(path)
  const data = readJson(path)
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new SnapshotError('', 'is not an object of collections')
  }
  return data as Record<string, unknown>
}

function readFolder(folder: string): Record<string, unknown> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return Object.fromEntries(files.map((file) => [basename(file, '.json'), readJson(join(folder, file))]))
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    // The message quotes the file, line breaks and all.
    throw new SyntaxError(`${path} is not JSON: ${error.message.replace(/\s+/g, ' ')}`)
  }
}

/** What the system refuses: a file that may not be read, a folder in the place of a file. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
