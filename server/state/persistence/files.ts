/** What a world is kept in: a snapshot, and files of changes that go on from it. */
import { dirname } from 'node:path'
import { Low } from 'lowdb'
import type { Document } from '../../../schemas/state.ts'
import type { Catalogue } from '../snapshot.ts'
import { ChangeFile } from './change-file.ts'
import { DataFile, type Turn } from './data-file.ts'
import type { Disk } from './disk.ts'
import type { Change, Moment } from './moment.ts'
import { changesBeside, type Kept, readKept, tombstoneOf } from './reading.ts'

/** What lowdb holds while nothing is written: rows that were replaced since would stay alive with it. */
const NOTHING = {} as Document

export interface FilesOptions {
  disk: Disk
  /** How long changes are, in bytes, when they are folded: at least this, and half of the snapshot. */
  foldFrom: number
  /** For {@link Files.fold}: runs what nothing else may be done beside. */
  turn: Turn
}

export class Files {
  readonly path: string
  readonly #disk: Disk
  readonly #foldFrom: number
  readonly #turn: Turn
  readonly #file: DataFile
  readonly #db: Low<Document>
  /** Those that go on from the snapshot, in order; no more is written to them. */
  #before: ChangeFile[] = []
  /** The one that goes on from them. */
  #changes: ChangeFile
  /** Those whose changes are in the snapshot. */
  #obsolete: ChangeFile[] = []
  /** Whether the next change must be written with everything: what is in the files is not what is kept. */
  #isUnsure = true
  /** How long the changes were when they could not be folded. */
  #futile = 0

  constructor(path: string, { disk, foldFrom, turn }: FilesOptions) {
    this.path = path
    this.#disk = disk
    this.#foldFrom = foldFrom
    this.#turn = turn
    this.#file = new DataFile(path, disk, turn)
    this.#db = new Low<Document>(this.#file, NOTHING)
    this.#changes = this.#fresh(0)
  }

  /**
   * What is in the files; undefined when there are none.
   * @throws DataError when something is damaged or missing
   */
  read(catalogue: Catalogue): Kept | undefined {
    const kept = readKept(this.#file, this.#disk, catalogue)
    if (!kept) return undefined
    this.#before = kept.before
    this.#changes = kept.last
    this.#isUnsure = !kept.isCurrent
    return kept
  }

  /** Whether a change can be added to what is in the files. */
  get isSure(): boolean {
    return !this.#isUnsure
  }

  /** Whether anything is not in the snapshot. */
  get hasChanges(): boolean {
    return this.#isUnsure || this.#before.length > 0 || this.#changes.isMade
  }

  /** Whether it is time to fold changes into the snapshot. */
  get isGrown(): boolean {
    return !this.#changes.isTorn && this.#length > this.#futile + Math.max(this.#foldFrom, this.#file.size / 2)
  }

  /** Removes what a crash left behind. What cannot be removed does no harm. */
  async tidy(): Promise<void> {
    const kept = [...this.#before, this.#changes].map(({ number }) => number)
    const numbers = changesBeside(this.path, this.#disk)
    // The files of a world that was deleted half must not be taken for those of this one.
    if (!this.#changes.isMade && this.#isUnsure) this.#changes = this.#fresh(Math.max(this.#changes.number, ...numbers))
    const left = numbers.filter((number) => !kept.includes(number)).map((number) => `${this.path}.changes-${number}`)
    for (const path of [...left, tombstoneOf(this.path), this.#file.temporary]) {
      await this.#disk.delete(path).catch(() => {})
    }
  }

  /**
   * Adds a change.
   * @returns resolves when it is on the disk; to false when the files are gone, and all must be written anew
   * @throws Foreign when somebody else wrote to the files, and what the system refuses
   */
  async append(change: Change): Promise<boolean> {
    const checks = [this.#file, ...this.#before].map((file) => file.check())
    const areThere = (await Promise.all(checks)).every((isThere) => isThere)
    return areThere && (await this.#changes.append(change))
  }

  /**
   * Writes everything anew. After a crash there is what was there before or this.
   * @throws Foreign when somebody else wrote to the snapshot, and what the system refuses
   */
  async write(moment: Moment): Promise<void> {
    const next = this.#fresh(this.#changes.number + 1, moment)
    try {
      await this.#save(moment, next)
    } catch (error) {
      if (!this.#file.isSettled) this.#isUnsure = true
      throw error
    }
    this.#isUnsure = false
    this.#obsolete.push(this.#changes)
    this.#changes = next
    await this.#folded()
  }

  /**
   * Writes a snapshot while changes go on coming, into a file of their own.
   * @param moment what is in the files now
   */
  async fold(moment: Moment): Promise<void> {
    if (this.#changes.isMade) {
      this.#before.push(this.#changes)
      this.#changes = this.#fresh(this.#changes.number + 1, moment)
    }
    this.#futile = this.#length
    await this.#save(moment, this.#changes)
    await this.#turn(() => this.#folded())
  }

  /** Has {@link Files.fold} fail soon, if the snapshot is not in place yet: see `isStopped`. */
  stop(): void {
    this.#file.stop()
  }

  /**
   * Deletes everything: after a crash all is there or nothing.
   * @throws Foreign when somebody else wrote to the snapshot, and what the system refuses
   */
  async delete(): Promise<void> {
    const tombstone = tombstoneOf(this.path)
    if (await this.#file.check()) {
      this.#isUnsure = true
      await this.#disk.rename(this.path, tombstone)
      await this.#disk.syncFolder(dirname(this.path))
    }
    this.#file.forget()
    this.#obsolete.push(this.#changes)
    await this.#folded()
    const numbers = changesBeside(this.path, this.#disk)
    if (numbers.length === 0) await this.#disk.delete(tombstone).catch(() => {})
    this.#changes = this.#fresh(Math.max(0, ...numbers))
    this.#isUnsure = true
  }

  get #length(): number {
    return [...this.#before, this.#changes].reduce((sum, { length }) => sum + length, 0)
  }

  #fresh(number: number, moment?: Moment): ChangeFile {
    const random = moment?.random ?? { ids: '', secrets: '', headers: '', chance: '' }
    return new ChangeFile(this.path, this.#disk, number, { follows: random })
  }

  async #save(moment: Moment, { number }: ChangeFile): Promise<void> {
    this.#db.data = moment.document(number)
    try {
      await this.#db.write()
    } finally {
      this.#db.data = NOTHING
    }
  }

  /** Deletes what could not be deleted before, when everything is in the snapshot. */
  async deleteObsolete(): Promise<void> {
    if (this.#obsolete.length > 0) await this.#folded()
  }

  /** Everything is in the snapshot, or nothing is kept any more. Files that cannot be deleted are tried again later. */
  async #folded(): Promise<void> {
    this.#futile = 0
    const obsolete = [...this.#obsolete, ...this.#before.splice(0)]
    const results = await Promise.allSettled(obsolete.map((changes) => changes.delete()))
    this.#obsolete = obsolete.filter((_, index) => results[index]?.status === 'rejected')
  }
}
