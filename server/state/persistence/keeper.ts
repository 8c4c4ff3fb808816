/** Keeps one world in one file, change by change. */
import { isDeepStrictEqual } from 'node:util'
import { CATALOGUE, TABLES } from '../../../schemas/tables.ts'
import type { Catalogue, Snapshot } from '../snapshot.ts'
import { DataError } from './data-error.ts'
import { DISK, type Disk } from './disk.ts'
import { Job } from './job.ts'
import type { Lock } from './lock.ts'
import { type Keepable, Moment, type SandboxSetting } from './moment.ts'
import type { Kept } from './reading.ts'
import { Writer } from './writer.ts'

/** Bytes of changes from which on they are folded into the snapshot, when they are longer than half of it. */
const LONG = 1 << 20

export interface KeeperOptions {
  /** What a file means that leaves out collections of the catalogue. */
  catalogue: Catalogue
  disk?: Disk
  /** `full`: a change counts when it is on the disk. `relaxed`: at once; it is written as soon as that is possible. */
  sync?: 'full' | 'relaxed'
  /** Is told in a sentence or two when the file can no longer be written, and when it can again. */
  warn?: (message: string) => void
  /** What must still be ours whenever something is written. */
  lock?: Pick<Lock, 'check'>
  /** Changes shorter than this are not folded into the snapshot before the end. Bytes; 1 MiB when it is left out. */
  foldFrom?: number
}

export class Keeper {
  readonly path: string
  readonly #writer: Writer
  readonly #isRelaxed: boolean
  /** What was in the file, until a world takes its place. */
  #found: Kept | undefined
  #world: Keepable | undefined
  /** How the world was when it was last looked at. */
  #seen: Moment | undefined
  #isClosed = false

  private constructor(path: string, options: KeeperOptions) {
    const { catalogue, disk = DISK, sync = 'full', warn = () => {}, lock, foldFrom = LONG } = options
    // What a link leads to is replaced, not the link.
    this.path = disk.realPath(path)
    this.#isRelaxed = sync === 'relaxed'
    const revert = this.#revert.bind(this)
    this.#writer = new Writer(this.path, { disk, foldFrom, warn, lock, revert })
    this.#found = this.#writer.files.read(catalogue)
  }

  /**
   * Reads a file and its changes, if there is one. Nothing is changed by it.
   * @throws DataError when it is damaged, which says what to do
   * @example Keeper.open('cloud.json', { catalogue }).snapshot
   */
  static open(path: string, options: KeeperOptions): Keeper {
    return new Keeper(path, options)
  }

  /** What was in the file; undefined when there was none, and when a world has taken its place. */
  get snapshot(): Snapshot | undefined {
    return this.#found?.snapshot
  }

  /** How the sandbox in the file begins; undefined as the snapshot, and for a world that is no sandbox. */
  get sandbox(): SandboxSetting | undefined {
    return this.#found?.sandbox
  }

  /** The world that is kept: after a failure, the one that came back. */
  get world(): Keepable | undefined {
    return this.#world
  }

  /**
   * Keeps a world from now on: the one that was made of {@link Keeper.snapshot}, or another, which is written whole.
   * @param sandbox how it begins when it is a sandbox; as the file says when it is left out
   * @returns resolves when the file says what the world is like
   * @throws DataError when it could not be written. The world is tried again with the next change
   */
  attach(world: Keepable, sandbox = this.#found?.sandbox): Promise<void> {
    const { snapshot, sandbox: before } = this.#found ?? { snapshot: undefined, sandbox: undefined }
    const { random, clock, seeds = 0 } = snapshot ?? {}
    const isThere = snapshot && random && clock && holds(world, snapshot) && isDeepStrictEqual(sandbox, before)
    return this.#put(world, sandbox, isThere ? Moment.of(world, sandbox, { random, clock, seeds }) : undefined).done
  }

  /**
   * Keeps another world in the place of the one before, which comes back as it was last kept when this fails: it is then
   * {@link Keeper.world} again.
   * @param sandbox how it begins, when that is another way than before
   * @returns resolves when it is on the disk (`relaxed`: at once)
   * @throws DataError when it could not be written
   */
  replace(world: Keepable, sandbox = this.#seen?.sandbox ?? this.#found?.sandbox): Promise<void> {
    const job = this.#put(world, sandbox)
    job.isAcknowledged = this.#isRelaxed
    return this.#isRelaxed ? Promise.resolve() : job.done
  }

  /**
   * Keeps what changed since the last call. It belongs into the same turn of the event loop as the change: what nobody
   * has handed in yet is taken back without a word when something before it cannot be kept.
   * @returns resolves when everything that changed before is on the disk (`relaxed`: at once)
   * @throws DataError when it could not be kept: everything that was not kept has been taken back then
   */
  commit(): Promise<void> {
    if (!this.#hasChanged()) return this.#isRelaxed ? Promise.resolve() : this.#writer.done
    if (this.#isClosed) {
      return Promise.reject(new DataError(`Failed to write to ${this.path}: it was closed. Open it again.`))
    }
    this.#handIn()
    return this.#isRelaxed ? Promise.resolve() : this.#writer.done
  }

  /** Resolves when nothing is under way. Never rejects. */
  flush(): Promise<void> {
    return this.#writer.flush()
  }

  /**
   * Folds all changes into the snapshot, and ends.
   * @throws DataError when something that `relaxed` did not keep yet could not be kept now either
   */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#writer.close()
  }

  /**
   * Deletes the file and its changes. From now on there is nothing here, and a world can be put here again.
   * @throws DataError when it could not be deleted: the world is still kept then
   */
  delete(): Promise<void> {
    this.#found = undefined
    this.#world = undefined
    this.#seen = undefined
    const job = new Job(undefined)
    this.#writer.add(job)
    return job.done
  }

  /** @param base what the files say already; undefined when everything must be written */
  #put(world: Keepable, sandbox: SandboxSetting | undefined, base?: Moment): Job {
    // From the first call on, the store remembers what is written.
    world.store.written()
    const moment = Moment.of(world, sandbox)
    this.#found = undefined
    this.#world = world
    this.#seen = moment
    const job = new Job(moment, base === undefined, base ?? moment)
    this.#writer.add(job)
    return job
  }

  #hasChanged(): boolean {
    const [world, seen] = [this.#world, this.#seen]
    return world !== undefined && seen !== undefined && (world.store.isWritten || !seen.hasSameFrame(world))
  }

  /** Adds what changed to the job that waits, or to a new one. */
  #handIn(): void {
    const [world, seen] = [this.#world as Keepable, this.#seen as Moment]
    const moment = Moment.of(world, seen.sandbox)
    this.#seen = moment
    const { waiting } = this.#writer
    const job = waiting?.moment ? waiting : new Job(moment)
    job.moment = moment
    job.add(world.store.written())
    // The store does not remember which rows of generated data were added.
    job.isWhole ||= moment.seeds !== seen.seeds
    job.isAcknowledged = this.#isRelaxed
    if (job === waiting) this.#writer.wake()
    else this.#writer.add(job)
  }

  #revert(kept: Moment): void {
    kept.restore()
    kept.world.store.written()
    this.#world = kept.world
    this.#seen = kept
  }
}

/** Whether a world has the very rows of a snapshot. */
function holds({ store }: Keepable, { tables }: Snapshot): boolean {
  return [...CATALOGUE, ...TABLES].every((key) => {
    const rows = tables[key.name] ?? []
    const table = store.table(key)
    const own = table.all()
    // Most files are in order.
    return own.length === rows.length && rows.every((row, index) => own[index] === row || table.get(row.id) === row)
  })
}
