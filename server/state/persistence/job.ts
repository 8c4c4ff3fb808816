/** Something that is to be done with the files of a world, and everybody who waits for it. */
import type { Ids, Moment } from './moment.ts'

export class Job {
  /** Settles when it is done. */
  readonly done: Promise<void>
  resolve: () => void = () => {}
  reject: (error: Error) => void = () => {}
  /** How the world is then; undefined when it is to be deleted. */
  moment: Moment | undefined
  /** What to go back to when nothing was kept before. */
  base: Moment | undefined
  /** Whether everything is written anew. */
  isWhole: boolean
  /** Whether somebody was told already that it is done: it must not be taken back then. */
  isAcknowledged = false
  readonly #written = new Map<string, Set<string>>()

  constructor(moment: Moment | undefined, isWhole = false, base?: Moment) {
    this.moment = moment
    this.isWhole = isWhole
    this.base = base
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
    // Whoever waits is told; nobody need.
    this.done.catch(() => {})
  }

  /** The rows that were written since the last job. */
  get written(): Ids {
    return this.#written
  }

  /** How many rows were written. */
  get size(): number {
    let size = 0
    for (const ids of this.#written.values()) size += ids.size
    return size
  }

  add(written: Ids): void {
    for (const [name, ids] of written) {
      const known = this.#written.get(name)
      if (known) for (const id of ids) known.add(id)
      else this.#written.set(name, new Set(ids))
    }
  }

  /** Does what an earlier job was to do as well. */
  absorb({ written, isWhole, isAcknowledged, base }: Job): void {
    this.add(written)
    this.isWhole ||= isWhole
    this.isAcknowledged ||= isAcknowledged
    this.base = base ?? this.base
  }
}
