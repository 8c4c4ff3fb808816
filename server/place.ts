/** What a name stands for: the world as it is now, what it began with, and what keeps it. */
import type { SandboxOptions } from '../schemas/control/sandboxes.ts'
import type { Keeper } from './state/persistence/keeper.ts'
import type { World } from './state/world.ts'
import { stateFrom } from './state/world-state.ts'

export class Place {
  #baseline: World
  /** The options of the sandbox, where some were given. */
  readonly given: SandboxOptions
  /** Undefined where the world lives in memory alone. */
  readonly #keeper: Keeper | undefined
  #current: World
  /** Settles when the world that was put here last is in the file. */
  #replaced: Promise<void> = Promise.resolve()

  /**
   * @param keeper what keeps the world; it goes on as its file says, if there is one
   * @param anew the options of a sandbox that begins anew, whatever is in its file
   */
  constructor(baseline: World, keeper?: Keeper, anew?: SandboxOptions) {
    this.#baseline = baseline
    this.given = anew ?? {}
    this.#keeper = keeper
    const snapshot = anew ? undefined : keeper?.snapshot
    this.#current = snapshot ? baseline.at(stateFrom(snapshot, baseline.options)) : baseline.fork()
    if (keeper) this.#await(anew ? keeper.replace(this.#current, anew) : keeper.attach(this.#current))
  }

  /** What the world began with, and begins with again after a reset. Never written to. */
  get baseline(): World {
    return this.#baseline
  }

  /** The world as it is now. */
  get current(): World {
    return this.#current
  }

  /**
   * Puts another world here. When it cannot be kept, the one before comes back as it was: {@link Place.kept} tells.
   * @param why the faults of the one before go, for the report
   */
  replace(next: World, why: string): void {
    const before = this.#current
    this.#current = next
    const done = () => before.faults.retire(why)
    if (this.#keeper) this.#await(this.#keeper.replace(next).then(done))
    else done()
  }

  /**
   * Begins anew with other fixtures.
   * @param world one that begins with them
   */
  rebase(world: World): void {
    // What clients did and the checkpoints that they named are of this place, whatever its rows are.
    this.#baseline = this.#baseline.at(world)
    this.replace(this.#baseline.fork(), 'fixtures changed')
  }

  /**
   * Keeps what a request changed in a world.
   * @returns undefined where nothing is kept, or nothing changed; rejects with a DataError when it could not be kept: it
   * was taken back then
   */
  keep(world: World): Promise<void> | undefined {
    return world === this.#current && world.store.isWritten ? this.#keeper?.commit() : undefined
  }

  /**
   * Resolves when everything that was done here is in the file; at once where nothing is kept.
   * @throws DataError when something could not be kept: it was taken back then
   */
  async kept(): Promise<void> {
    const replaced = this.#replaced
    // A failure is told once.
    this.#replaced = Promise.resolve()
    await replaced
    await this.#keeper?.commit()
  }

  /**
   * Deletes what is in files.
   * @throws DataError when that could not be done: it is still kept then
   */
  async delete(): Promise<void> {
    await this.#keeper?.delete()
  }

  #await(replaced: Promise<void>): void {
    this.#replaced = replaced.catch((error) => {
      this.#current = this.#keeper?.world as World
      throw error
    })
    // Whoever asks is told; nobody need.
    this.#replaced.catch(() => {})
  }
}
