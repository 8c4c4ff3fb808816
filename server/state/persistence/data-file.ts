/** The snapshot of a world in a file, for lowdb: read at once, and replaced as a whole or not at all. */
import { dirname } from 'node:path'
import type { Adapter } from 'lowdb'
import type { Document } from '../../../schemas/state.ts'
import { documentText } from '../document-text.ts'
import { Foreign } from './data-error.ts'
import type { Disk, Look } from './disk.ts'

/** Runs a step while nothing else is done with the files. */
export type Turn = (step: () => Promise<void>) => Promise<void>

/** Says that {@link DataFile.stop} ended a write. */
class Stopped extends Error {
  override readonly name = 'Stopped'
}

export const isStopped = (error: unknown): boolean => error instanceof Stopped

/** https://github.com/typicode/lowdb#custom-adapters */
export class DataFile implements Adapter<Document> {
  readonly path: string
  /** What is written first, and then put in the place of the file. */
  readonly temporary: string
  readonly #disk: Disk
  readonly #turn: Turn
  /** How the file looks that was read or written last; undefined when there is none. */
  #own: Look | undefined
  /** How it looks when the system put it in its place and yet told of a failure. */
  #next: Look | undefined
  #isSettled = true
  #isStopped = false

  constructor(path: string, disk: Disk, turn: Turn) {
    this.path = path
    this.temporary = `${path}.tmp`
    this.#disk = disk
    this.#turn = turn
  }

  /** Bytes. */
  get size(): number {
    return this.#own?.size ?? 0
  }

  /** Whether it is certain which of two documents is in the file: the one before, or the one that was written last. */
  get isSettled(): boolean {
    return this.#isSettled
  }

  /**
   * What is in the file; undefined when there is none.
   * @throws SyntaxError for what is no JSON, and what the system refuses
   */
  load(): unknown {
    const read = this.#disk.readJson(this.path)
    this.#own = read?.look
    return read?.value
  }

  async read(): Promise<Document | null> {
    return (this.load() as Document | undefined) ?? null
  }

  /**
   * Puts a document in the place of the file: after a crash there is the one before or this one.
   * @throws Foreign when somebody else wrote to the file
   */
  async write(document: Document): Promise<void> {
    this.#isSettled = true
    this.#isStopped = false
    try {
      const look = await this.#prepare(document)
      // Whoever stops it may wait until this has ended: it must not wait for its turn then.
      if (this.#isStopped) throw new Stopped('stopped')
      await this.#turn(() => this.#replace(look))
    } catch (error) {
      await this.#disk.delete(this.temporary).catch(() => {})
      throw error
    }
  }

  /** Has a write that is under way fail soon, if its document is not in place yet. */
  stop(): void {
    this.#isStopped = true
  }

  /**
   * Whether the file is there as it was left.
   * @returns resolves to false when there is none
   * @throws Foreign when somebody else wrote to it, or put another one in its place
   */
  async check(): Promise<boolean> {
    const look = await this.#disk.look(this.path)
    if (!look) return false
    if ([this.#own, this.#next].some((own) => own && isSame(own, look))) return true
    throw new Foreign(
      `somebody else wrote to ${this.path}`,
      'To go on with what this server has, move that file away; to go on with what the file has, start the server again',
    )
  }

  /** Tells that the file is not there any more. */
  forget(): void {
    this.#own = undefined
    this.#next = undefined
  }

  /** Writes the document beside the file. Others have their turn at each part. */
  async #prepare(document: Document): Promise<Look> {
    await this.#disk.delete(this.temporary)
    const file = await this.#disk.make(this.temporary)
    try {
      let at = 0
      for (const part of documentText(document)) {
        if (this.#isStopped) throw new Stopped('stopped')
        const bytes = Buffer.from(part)
        await file.write(bytes, at)
        at += bytes.length
      }
      await file.sync()
      return await file.look()
    } finally {
      await file.close()
    }
  }

  async #replace(look: Look): Promise<void> {
    if (this.#isStopped) throw new Stopped('stopped')
    await this.check()
    this.#isSettled = false
    this.#next = look
    await this.#disk.rename(this.temporary, this.path)
    this.#own = look
    this.#next = undefined
    await this.#disk.syncFolder(dirname(this.path))
    this.#isSettled = true
  }
}

const isSame = (one: Look, other: Look) => one.id === other.id && one.size === other.size && one.time === other.time
