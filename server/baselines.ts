/** What sandboxes begin with, by the name of the fixtures. */
import type { SandboxOptions } from '../schemas/control/sandboxes.ts'
import { CloudError } from './cloud-error.ts'
import { DEMO, demoFixtures } from './fixtures/begin.ts'
import { loadFixtures, SETS } from './fixtures/load.ts'
import { didYouMean, thereAre } from './near.ts'
import { planOf } from './seed-plan.ts'
import { isGeneratorLoaded } from './seeding.ts'
import { Clock } from './state/clock.ts'
import type { Snapshot } from './state/snapshot.ts'
import { World, type WorldOptions } from './state/world.ts'
import { stateFrom } from './state/world-state.ts'

/** Files are not read here, but those of the package: a client has no say in what is opened. */
export class Baselines {
  #default: World
  readonly #loaded = new Map<string, World>()
  /** The demo data that was made last. Many sandboxes begin with the same, and those that do share its rows. */
  #demo: { of: string; world: World } | undefined

  /** @param baseline what the default world begins with, and every sandbox that does not say otherwise */
  constructor(baseline: World) {
    this.#default = baseline
    this.#know(baseline)
  }

  /** What the default world began with has changed. */
  reload(snapshot: Snapshot): void {
    this.#default = this.#default.at(stateFrom(snapshot, this.#default.options))
    this.#know(this.#default)
  }

  /**
   * What a sandbox with these options begins with.
   * @throws CloudError for fixtures that there are not, and for demo data before the generator is loaded
   */
  of(options: SandboxOptions): World {
    const { fixtures = this.#default.options.fixtures } = options
    if (fixtures === DEMO) return this.#demoOf({ ...this.#default.options, ...options, quirks: [] })
    const source = fixtures === undefined ? this.#default : this.#loaded.get(fixtures)
    if (source) return source
    if (!SETS.includes(fixtures as string)) throw this.#unknown(fixtures as string)
    return this.#load(fixtures as string)
  }

  #know(baseline: World): void {
    const { fixtures } = baseline.options
    if (fixtures !== undefined) this.#loaded.set(fixtures, baseline)
  }

  #load(fixtures: string): World {
    const made = World.from(loadFixtures(fixtures), { ...this.#default.options, fixtures })
    this.#loaded.set(fixtures, made)
    return made
  }

  /** Each seed has demo data of its own, and so has each clock that was set, for that is when the data ends. */
  #demoOf(options: WorldOptions): World {
    const { options: common } = this.#default
    const of = keyOf(options)
    if (common.fixtures === DEMO && keyOf(common) === of) return this.#default
    if (this.#demo?.of === of) return this.#demo.world
    if (!isGeneratorLoaded()) {
      throw new CloudError(
        'Failed to make the sandbox: what makes demo data is not loaded. Start the server with the fixtures "demo", or await seed() of a sandbox with the fixtures "empty".',
        { status: 409, errors: [{ pointer: '/fixtures', detail: 'is not loaded' }] },
      )
    }
    const { seed, clock } = options
    const world = World.from(demoFixtures(options), { ...common, seed, clock, fixtures: DEMO })
    this.#demo = { of, world }
    return world
  }

  #unknown(fixtures: string): CloudError {
    const names = [...new Set([...this.#loaded.keys(), ...SETS, DEMO])]
    return new CloudError(
      `Failed to make the sandbox: there are no fixtures ${JSON.stringify(fixtures)}.${didYouMean(fixtures, names)}${thereAre(names, 'fixtures')} Other data comes by PUT /_fauxflare/state.`,
      { errors: [{ pointer: '/fixtures', detail: `must be one of ${names.join(', ')}.` }] },
    )
  }
}

/** Worlds of which this is the same begin with the same demo data. */
const keyOf = ({ seed, clock }: WorldOptions) => `${seed} ${planOf({}, Clock.of(clock)).until}`
