/** A file of changes, which goes on from a snapshot or from another file of changes. It only ever grows at its end. */
import { dirname } from 'node:path'
import type { RandomState } from '../../../schemas/state.ts'
import { Foreign } from './data-error.ts'
import type { Disk, Look, OpenFile } from './disk.ts'
import { lineOf } from './line.ts'
import type { Change } from './moment.ts'

/** What stands on the first line: where randomness stood, so that a file is not taken for that of another world. */
export interface Head {
  follows: RandomState
}

/** A file that is there already. */
export interface Found {
  id: string
  /** Bytes that hold whole changes. What comes behind was never finished. */
  length: number
  size: number
}

export class ChangeFile {
  /** Counted from 1. */
  readonly number: number
  readonly path: string
  readonly #disk: Disk
  readonly #head: Head
  /** Undefined until it is made, with the first change. */
  #id: string | undefined
  /** Bytes that hold what is kept. */
  #length: number
  /** How long the file may be: further than this nothing was ever written. */
  #reach: number
  /** Whether a crash would leave the name of the file in its folder. */
  #isListed: boolean

  constructor(path: string, disk: Disk, number: number, head: Head, found?: Found) {
    this.path = `${path}.changes-${number}`
    this.number = number
    this.#disk = disk
    this.#head = head
    this.#id = found?.id
    this.#length = found?.length ?? 0
    this.#reach = found?.size ?? 0
    this.#isListed = found !== undefined && found.length > 0
  }

  /** Bytes that hold what is kept. */
  get length(): number {
    return this.#length
  }

  /** Whether there is a file. */
  get isMade(): boolean {
    return this.#id !== undefined
  }

  /** Whether there may be something in the file behind what is kept. */
  get isTorn(): boolean {
    return this.#reach > this.#length
  }

  /**
   * Adds a change. When that fails, what there is of it is cut off: now, or before the next one.
   * @returns resolves when it is on the disk; to false when the file is gone or was cut, and nothing is added
   * @throws Foreign when somebody else wrote to the file, or put another one in its place
   */
  async append(change: Change): Promise<boolean> {
    const file = await (this.#id === undefined ? this.#make() : this.#disk.open(this.path))
    if (!file) return false
    try {
      const look = await file.look()
      if (!this.#isOwn(look)) return false
      this.#id = look.id
      await this.#write(file, change)
      return true
    } finally {
      await file.close().catch(() => {})
    }
  }

  /**
   * Whether the file is there with all that it should hold.
   * @throws Foreign when somebody else wrote to it, or put another one in its place
   */
  async check(): Promise<boolean> {
    const look = await this.#disk.look(this.path)
    return look !== undefined && this.#isOwn(look)
  }

  /** Deletes the file, unless it is another one by now. */
  async delete(): Promise<void> {
    const look = await this.#disk.look(this.path)
    if (look && look.id === this.#id) await this.#disk.delete(this.path)
  }

  #isOwn({ id, size }: Look): boolean {
    if ((this.#id ?? id) !== id || size > this.#reach) throw foreign(this.path)
    return size >= this.#length
  }

  async #write(file: OpenFile, change: Change): Promise<void> {
    const length = this.#length
    const head = length === 0 ? lineOf(this.#head) : ''
    const bytes = Buffer.from(head + lineOf(change))
    if (this.#reach > length) await file.truncate(length)
    this.#reach = length + bytes.length
    try {
      await file.write(bytes, length)
      await file.sync()
      if (!this.#isListed) await this.#disk.syncFolder(dirname(this.path))
      this.#isListed = true
    } catch (error) {
      // Where this fails, a crash before the next change may bring it back, as a whole.
      await cut(file, length).catch(() => {})
      throw error
    }
    this.#length = this.#reach
  }

  /** An empty file that is there already is nobody's: the system may have made it and yet told of a failure. */
  async #make(): Promise<OpenFile | undefined> {
    try {
      return await this.#disk.make(this.path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      return this.#disk.open(this.path)
    }
  }
}

async function cut(file: OpenFile, length: number): Promise<void> {
  await file.truncate(length)
  await file.sync()
}

function foreign(path: string): Foreign {
  return new Foreign(
    `somebody else wrote to ${path}`,
    'To go on with what this server has, move that file away; to go on with what the files have, start the server again',
  )
}
