/** Does what is to be done with the files of a world, one thing after another. */
import { DataError, reasonOf } from './data-error.ts'
import { isStopped } from './data-file.ts'
import type { Disk } from './disk.ts'
import { Files } from './files.ts'
import type { Job } from './job.ts'
import type { Lock } from './lock.ts'
import type { Moment } from './moment.ts'

/** From so many rows on, a change is not added to the others: everything is written anew. */
const MANY = 10_000

/** How long `relaxed` waits before it tries to write again. Milliseconds. */
const RETRY = 1000

export interface WriterOptions {
  disk: Disk
  /** See `KeeperOptions`. */
  foldFrom: number
  /** Is told in a sentence or two when the file can no longer be written, and when it can again. */
  warn: (message: string) => void
  /** What must still be ours whenever something is written. */
  lock: Pick<Lock, 'check'> | undefined
  /** Puts the world back to what is kept. */
  revert: (kept: Moment) => void
}

export class Writer {
  readonly files: Files
  readonly #options: WriterOptions
  /** What is in the files; before anything is, what to go back to. */
  #kept: Moment | undefined
  #active: Job | undefined
  #jobs: Job[] = []
  /** What a fold does between two jobs: its snapshot takes its place, and what is in there is deleted. */
  #turns: (() => Promise<void>)[] = []
  #isRunning = false
  #running: Promise<void> = Promise.resolve()
  #folding: Promise<void> | undefined
  #isStopping = false
  #retry: NodeJS.Timeout | undefined
  #isTidy = false
  #isEnding = false
  /** What failed the last time, so that it is told once. */
  readonly #failing = new Set<'keep' | 'fold'>()

  constructor(path: string, options: WriterOptions) {
    this.#options = options
    const { disk, foldFrom } = options
    this.files = new Files(path, { disk, foldFrom, turn: (step) => this.#turn(step) })
  }

  /** The last job that has not begun. */
  get waiting(): Job | undefined {
    return this.#jobs.at(-1)
  }

  /** Settles with everything that was added before. */
  get done(): Promise<void> {
    return (this.#jobs.at(-1) ?? this.#active)?.done ?? Promise.resolve()
  }

  add(job: Job): void {
    this.#jobs.push(job)
    this.wake()
  }

  /** Begins with what waits. */
  wake(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    this.#running = this.#run()
  }

  /** Resolves when nothing is under way. Never rejects. */
  async flush(): Promise<void> {
    while (this.#isRunning || this.#folding) {
      await this.#running
      await this.#folding
    }
  }

  /**
   * Folds all changes into the snapshot, and ends.
   * @throws DataError when something that `relaxed` did not keep yet could not be kept now either
   */
  async close(): Promise<void> {
    this.#isEnding = true
    clearTimeout(this.#retry)
    this.wake()
    await this.flush()
    const waiting = this.waiting?.moment
    const last = waiting ?? this.#kept
    if (!last) return
    try {
      await this.#options.lock?.check()
      if (waiting || this.files.hasChanges) await this.files.write(last)
      else await this.files.deleteObsolete()
    } catch (error) {
      if (waiting) throw this.#explain(error, 'The last changes are lost.')
      this.#tell('fold', this.#explain(error, 'All changes are in files of their own beside it.'))
    }
  }

  async #run(): Promise<void> {
    let goesOn = true
    while (this.#turns.length > 0 || (goesOn && this.#jobs.length > 0)) {
      for (const turn of this.#turns.splice(0)) await turn()
      const job = goesOn ? this.#jobs.shift() : undefined
      if (job) goesOn = await this.#settle(job)
    }
    this.#isRunning = false
  }

  /** @returns false when it is to be tried again later */
  async #settle(job: Job): Promise<boolean> {
    this.#active = job
    try {
      await this.#do(job)
    } catch (error) {
      if (job.isAcknowledged) this.#postpone(job, error)
      else this.#fail(job, error)
      return !job.isAcknowledged
    } finally {
      this.#active = undefined
    }
    job.resolve()
    if (this.#failing.delete('keep')) {
      this.#options.warn(`${this.files.path} can be written to again, and everything is kept.`)
    }
    this.#foldWhenGrown()
    return true
  }

  async #do(job: Job): Promise<void> {
    const { moment, base, isWhole, size, written } = job
    if (!moment) {
      await this.#options.lock?.check()
      await this.#stopFolding()
      await this.files.delete()
      this.#kept = undefined
      return
    }
    const kept = this.#kept ?? base ?? moment
    this.#kept = kept
    if (!this.#isTidy) await this.files.tidy()
    this.#isTidy = true
    if (!isWhole && size <= MANY && this.files.isSure) {
      const change = moment.changeSince(kept, written)
      // Randomness that nobody has seen anything of is not worth a write: what is kept stays as it is in the files.
      if (!change) return
      await this.#options.lock?.check()
      if (await this.files.append(change)) {
        this.#kept = moment
        return
      }
    }
    await this.#options.lock?.check()
    await this.#stopFolding()
    await this.files.write(moment)
    this.#kept = moment
  }

  /** What was not kept has never been: everybody who waits is told. */
  #fail(job: Job, error: unknown): void {
    const failure = this.#explain(error, 'What was not kept is taken back.')
    this.#tell('keep', failure)
    const isTooLate = this.#jobs.some(({ isAcknowledged }) => isAcknowledged)
    const failed = isTooLate ? [job] : [job, ...this.#jobs.splice(0)]
    if (this.#kept && !isTooLate) this.#options.revert(this.#kept)
    for (const { reject } of failed) reject(failure)
  }

  /** What was acknowledged stays in memory, and is written with what comes next. */
  #postpone(job: Job, error: unknown): void {
    const failure = this.#explain(error, 'Changes stay in memory until then.')
    this.#tell('keep', failure)
    // Who waits for more than a word is told; the others were not kept waiting.
    job.reject(failure)
    const [next] = this.#jobs
    if (next?.moment) next.absorb(job)
    else this.#jobs.unshift(job)
    if (this.#isEnding) return
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.wake(), RETRY).unref()
  }

  #foldWhenGrown(): void {
    if (this.#folding || this.#isEnding || !this.#kept || !this.files.isGrown) return
    this.#folding = this.#fold(this.#kept)
  }

  /** A fold that fails is tried again when there are many more changes: nobody waits for it. */
  async #fold(kept: Moment): Promise<void> {
    try {
      await this.files.fold(kept)
      this.#failing.delete('fold')
    } catch (error) {
      if (!isStopped(error))
        this.#tell('fold', this.#explain(error, 'All changes are in files of their own beside it.'))
    } finally {
      this.#folding = undefined
    }
  }

  async #stopFolding(): Promise<void> {
    if (!this.#folding) return
    this.#isStopping = true
    this.files.stop()
    for (const turn of this.#turns.splice(0)) await turn()
    await this.#folding
    this.#isStopping = false
  }

  /** Runs a step between two jobs; at once when it is a part of a job, or when a job waits for the fold to end. */
  #turn(step: () => Promise<void>): Promise<void> {
    if (!this.#folding || this.#isStopping) return step()
    return new Promise((resolve, reject) => {
      this.#turns.push(() => step().then(resolve, reject))
      this.wake()
    })
  }

  #explain(error: unknown, consequence: string): DataError {
    const { why, todo } = reasonOf(error)
    return new DataError(`Failed to write to ${this.files.path}: ${why}. ${consequence} ${todo}.`, { cause: error })
  }

  #tell(what: 'keep' | 'fold', { message }: DataError): void {
    if (!this.#failing.has(what)) this.#options.warn(message)
    this.#failing.add(what)
  }
}
