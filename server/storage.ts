/** Where worlds are kept: one file for the default world, or a folder with a file for each world. */
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { DataError, reasonOf } from './state/persistence/data-error.ts'
import { Keeper, type KeeperOptions } from './state/persistence/keeper.ts'
import { Lock } from './state/persistence/lock.ts'
import { DEFAULT, SANDBOX_NAME } from './worlds.ts'

/** What the file of a world ends in, in a folder. */
const ENDING = '.json'

export class Storage {
  readonly #path: string
  readonly #isFolder: boolean
  readonly #options: KeeperOptions
  readonly #lock: Lock
  readonly #keepers = new Map<string, Keeper>()

  private constructor(path: string, isFolder: boolean, options: KeeperOptions, lock: Lock) {
    this.#path = path
    this.#isFolder = isFolder
    this.#options = options
    this.#lock = lock
  }

  /**
   * Takes a place, so that no other process does.
   * @param path a file; a folder when there is one of that name, or when it ends with a slash
   * @throws DataError when another process has it, or when it cannot be had
   */
  static open(path: string, options: KeeperOptions): Storage {
    const place = resolve(path)
    const isFolder = prepare(place, path)
    const lock = Lock.take(isFolder ? join(place, '.lock') : `${place}.lock`)
    return new Storage(place, isFolder, { ...options, lock }, lock)
  }

  /**
   * What keeps the world of this name; the same one each time.
   * @throws DataError when its file is damaged
   */
  keeperOf(name: string): Keeper | undefined {
    if (!this.#isFolder && name !== DEFAULT) return undefined
    const file = this.#isFolder ? join(this.#path, name + ENDING) : this.#path
    const keeper = this.#keepers.get(name) ?? Keeper.open(file, this.#options)
    this.#keepers.set(name, keeper)
    return keeper
  }

  /** The names of the worlds that are kept in files. */
  get names(): string[] {
    if (!this.#isFolder) return []
    return existing(this.#path)
      .filter((file) => file.endsWith(ENDING))
      .map((file) => basename(file, ENDING))
      .filter((name) => SANDBOX_NAME.test(name))
      .sort()
  }

  /** Ends everything that is under way, and lets go of the place. */
  async close(): Promise<void> {
    const closing = [...this.#keepers.values()].map((keeper) => keeper.close())
    await Promise.allSettled(closing)
    this.#lock.release()
    await Promise.all(closing)
  }
}

/** Makes the folder, where one is meant. @returns whether one is */
function prepare(place: string, path: string): boolean {
  try {
    const isFolder = /[/\\]$/.test(path) || statSync(place, { throwIfNoEntry: false })?.isDirectory() === true
    if (isFolder) mkdirSync(place, { recursive: true })
    return isFolder
  } catch (error) {
    const { why, todo } = reasonOf(error)
    throw new DataError(`Failed to use ${place}: ${why}. ${todo}, or use another place with --data.`)
  }
}

/** What is in a folder; nothing when it is gone, which whoever writes is told. */
function existing(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
