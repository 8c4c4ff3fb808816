/** The few things that are done with files, so that a test can have some of them fail. */
import type { BigIntStats } from 'node:fs'
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { readJsonFile } from '../document-text.ts'

/** Nobody else may read what is kept. */
const MODE = 0o600

/** What a file is told by from another, and from itself after somebody wrote to it. */
export interface Look {
  id: string
  /** Bytes. */
  size: number
  /** When it was written to last, in nanoseconds. */
  time: bigint
}

export interface OpenFile {
  look(): Promise<Look>
  /** Writes all of it at a place, in bytes. */
  write(bytes: Uint8Array, at: number): Promise<void>
  truncate(length: number): Promise<void>
  /** Resolves when what was written is on the disk. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** Everything but what is said otherwise rejects or throws as node:fs does. */
export interface Disk {
  /** Where links lead to; the same path when there is nothing. */
  realPath(path: string): string
  /** The names in a folder; none when there is no folder. */
  list(folder: string): string[]
  /** Undefined when there is no such file. */
  read(path: string): { bytes: Uint8Array; look: Look } | undefined
  /**
   * Undefined when there is no such file.
   * @throws SyntaxError for what is no JSON
   */
  readJson(path: string): { value: unknown; look: Look } | undefined
  /** Undefined when there is nothing at this path. */
  look(path: string): Promise<Look | undefined>
  /** Opens a file that is there, or undefined when there is none. */
  open(path: string): Promise<OpenFile | undefined>
  /** Makes a file that is not there yet. */
  make(path: string): Promise<OpenFile>
  rename(from: string, to: string): Promise<void>
  /** Nothing happens when there is no such file. */
  delete(path: string): Promise<void>
  /** Resolves when what was made, renamed and deleted in a folder is on the disk. */
  syncFolder(folder: string): Promise<void>
}

/** The disk of this machine. */
export const DISK: Disk = {
  realPath: (path) => absent(() => realpathSync(path)) ?? path,
  list: (folder) => absent(() => readdirSync(folder)) ?? [],
  read: (path) => reading(path, (file) => readFileSync(file)),
  readJson(path) {
    const read = reading(path, () => readJsonFile(path))
    return read && { value: read.bytes, look: read.look }
  },
  look: async (path) => {
    const stats = await stat(path, { bigint: true }).catch(unlessAbsent)
    return stats && lookOf(stats)
  },
  async open(path) {
    const handle = await open(path, 'r+').catch(unlessAbsent)
    return handle && opened(handle)
  },
  make: async (path) => opened(await open(path, 'wx', MODE)),
  rename,
  delete: (path) => rm(path, { force: true }),
  async syncFolder(folder) {
    // Windows cannot open folders, and some file systems cannot sync them: they write in order by themselves.
    const handle = await open(folder, 'r').catch(unless('EPERM', 'EISDIR', 'EACCES'))
    if (!handle) return
    try {
      await handle.sync().catch(unless('EPERM', 'EINVAL', 'ENOTSUP'))
    } finally {
      await handle.close()
    }
  },
}

type Handle = Awaited<ReturnType<typeof open>>

function opened(handle: Handle): OpenFile {
  return {
    look: async () => lookOf(await handle.stat({ bigint: true })),
    async write(bytes, at) {
      // The system may take a part of it only, such as up to the moment when the disk is full.
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
        done += bytesWritten
      }
    },
    truncate: (length) => handle.truncate(length),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  }
}

const lookOf = ({ dev, ino, size, mtimeNs }: BigIntStats): Look => ({
  id: `${dev}:${ino}`,
  size: Number(size),
  time: mtimeNs,
})

/** How a file looked when it was read, and what was read. */
function reading<Read>(path: string, read: (file: number) => Read): { bytes: Read; look: Look } | undefined {
  const file = absent(() => openSync(path, 'r'))
  if (file === undefined) return undefined
  try {
    return { look: lookOf(fstatSync(file, { bigint: true })), bytes: read(file) }
  } finally {
    closeSync(file)
  }
}

function absent<Found>(find: () => Found): Found | undefined {
  try {
    return find()
  } catch (error) {
    return unlessAbsent(error)
  }
}

/** Takes an error for "nothing there" when its code says so. */
function unless(...codes: string[]): (error: unknown) => undefined {
  return (error) => {
    if (!codes.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

const unlessAbsent = unless('ENOENT')
