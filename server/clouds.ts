/** The powers over the worlds of a server. */
import type { Sandbox, SandboxOptions } from '../schemas/control/sandboxes.ts'
import type { Operation } from '../schemas/operation.ts'
import type { Report } from '../schemas/report.ts'
import type { Cloud, CloudSandboxes } from './cloud.ts'
import { fail } from './errors.ts'
import { API, SANDBOXES } from './paths.ts'
import { powersOver } from './powers.ts'
import { Checkpoint } from './state/checkpoint.ts'
import { DEFAULT, type Worlds } from './worlds.ts'

/** Finds the powers over each world by its name, and makes and deletes worlds. */
export class Clouds implements CloudSandboxes {
  readonly #worlds: Worlds
  readonly #url: string

  /** @param url where the server listens: `http://127.0.0.1:4010` */
  constructor(worlds: Worlds, url = '') {
    this.#worlds = worlds
    this.#url = url
  }

  /**
   * The world of this name, which is made now if there is none.
   * @throws ApiFailure for a name that no sandbox may have, and when there are too many
   */
  of(name: string): Cloud {
    // Without a name it would be the default world: that is not what `sandbox(process.env.WORKER)` means.
    if (name === undefined) throw fail('SANDBOX_NAME', { name: 'undefined' })
    this.#worlds.of(name)
    return powersOver(this.#worlds, name, this.#url + pathOf(name))
  }

  /**
   * Makes a sandbox; one that is there already is made anew.
   * @throws CloudError for options that cannot be, and for the default world
   * @throws ApiFailure for a name that no sandbox may have, and when there are too many
   */
  make(name: string, options: SandboxOptions): Cloud {
    this.#worlds.make(name, options)
    return this.of(name)
  }

  /** What the server does. */
  get operations(): readonly Operation[] {
    return this.#worlds.of().options.operations ?? []
  }

  /**
   * Puts a world into the state of a document. It is not copied, as `Cloud.restore` would: nobody may change it later.
   * @param document as it was parsed
   * @throws SnapshotError for one that is not valid; nothing is changed then
   */
  restore(name: string, document: unknown): void {
    this.#worlds.restore(name, Checkpoint.take(document, this.#worlds.originOf(name)))
  }

  /**
   * Resolves when everything that was done to a world is in its file; at once where it is not kept.
   * @throws DataError when something could not be kept: it was taken back then
   */
  kept(name: string): Promise<void> {
    return this.#worlds.kept(name)
  }

  has(name: string): boolean {
    return this.#worlds.has(name)
  }

  list(): Sandbox[] {
    return this.#worlds.names.map((name) => this.get(name))
  }

  /** What the list shows of a world. */
  get(name: string): Sandbox {
    const { options, rows, journal } = this.#worlds.of(name)
    const { fixtures = 'docs', seed, stateless, clock, quirks = [] } = options
    return {
      name,
      path: pathOf(name),
      options: { fixtures, seed, stateless, clock, quirks: quirks.join(',') },
      rows,
      requests: journal.count,
    }
  }

  delete(name: string): boolean {
    return this.#worlds.delete(name)
  }

  /** What the clients of all worlds did, those of deleted sandboxes among them. */
  report(): Report {
    return this.#worlds.report()
  }
}

const pathOf = (name: string) => (name === DEFAULT ? API : `${SANDBOXES}/${name}${API}`)
