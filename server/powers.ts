/** The powers over one world. */
import { NAME, NAME_IS } from '../schemas/control/call.ts'
import { SeedOptions } from '../schemas/control/seed.ts'
import { Verification } from '../schemas/exchanges.ts'
import { checked } from './checked.ts'
import type { Cloud, CloudClock, CloudFaults, CloudRequests, CloudSnapshots } from './cloud.ts'
import { CloudError } from './cloud-error.ts'
import { didYouMean, thereAre } from './near.ts'
import { reportOf } from './report.ts'
import { seedWorld } from './seeding.ts'
import { Checkpoint } from './state/checkpoint.ts'
import { diffOf } from './state/diff.ts'
import type { World } from './state/world.ts'
import type { Worlds } from './worlds.ts'

const SNAPSHOT_NAME = new RegExp(NAME)

/**
 * The powers over the world of a name. They are closures, so that they can be handed over by themselves:
 * `afterEach(cf.reset)`.
 * @param baseURL what clients are given
 */
export function powersOver(worlds: Worlds, name: string, baseURL: string): Cloud {
  // Asked anew each time: a reset puts another world in its place.
  const world = () => worlds.of(name)
  const kept = (task: string, wanted: string): Checkpoint => {
    const { checkpoints } = world()
    const checkpoint = checkpoints.get(wanted)
    if (checkpoint) return checkpoint
    const names = [...checkpoints.keys()]
    const words = `${didYouMean(wanted, names)}${thereAre(names, 'snapshot')}`
    throw new CloudError(`Failed to ${task}: there is no snapshot ${JSON.stringify(wanted)}.${words}`, { status: 404 })
  }
  return {
    name,
    baseURL,
    faults: faultsOf(world),
    clock: clockOf(world),
    requests: requestsOf(world),
    snapshots: snapshotsOf(world),
    reset: () => worlds.reset(name),
    snapshot(label) {
      if (label !== undefined && (typeof label !== 'string' || !SNAPSHOT_NAME.test(label))) {
        throw new CloudError(
          `Failed to take a snapshot: it cannot be called ${JSON.stringify(label)}. A name is ${NAME_IS}.`,
        )
      }
      const checkpoint = Checkpoint.of(world())
      if (label !== undefined) world().checkpoints.set(label, checkpoint)
      return checkpoint
    },
    restore(from) {
      const checkpoint = typeof from === 'string' ? kept('restore', from) : from
      worlds.restore(
        name,
        checkpoint instanceof Checkpoint ? checkpoint : Checkpoint.read(checkpoint, worlds.originOf(name)),
      )
    },
    // The rows of a world are shared with others and never changed; whoever gets them may.
    state: (options) => structuredClone(Checkpoint.of(world()).document(options)),
    diff(from) {
      const before = typeof from === 'string' ? kept('compare', from) : from
      if (before !== undefined && !(before instanceof Checkpoint)) {
        throw new CloudError('Failed to compare: name a snapshot, or give what snapshot() returned.')
      }
      return structuredClone(diffOf(before ?? Checkpoint.of(worlds.baselineOf(name)), world()))
    },
    async seed(options = {}) {
      checked(SeedOptions, options, 'add generated data')
      const seeded = world()
      const told = await seedWorld(seeded, options, { isCurrent: () => worlds.has(name) && world() === seeded })
      await worlds.kept(name)
      return told
    },
    flush: () => worlds.kept(name),
    report() {
      const current = world()
      return reportOf(current.tally, current.faults.list(), current)
    },
  }
}

function faultsOf(world: () => World): CloudFaults {
  return {
    add: (rule) => world().faults.add(rule),
    list: () => world().faults.list(),
    get: (id) => world().faults.get(id),
    remove: (id) => world().faults.remove(id),
    clear: () => world().faults.clear(),
  }
}

function clockOf(world: () => World): CloudClock {
  return {
    get now() {
      return world().clock.iso()
    },
    get mode() {
      return world().clock.mode
    },
    set(setting) {
      const change = typeof setting === 'string' ? { now: setting } : (setting ?? {})
      timed(change.mode === 'real' ? '/mode' : '/now', () => world().clock.set(change))
    },
    advance: (duration) => timed('/by', () => world().clock.advance(duration)),
    freeze: (time) => timed('/now', () => world().clock.freeze(time)),
  }
}

/** What is wrong with a time or a duration, with the place where the control API has it. */
function timed(pointer: string, change: () => void): void {
  try {
    change()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CloudError(error.message, { errors: [{ pointer, detail: error.message }] })
  }
}

function requestsOf(world: () => World): CloudRequests {
  return {
    all: (filter) => world().journal.all(filter),
    of: (operation) => world().journal.all({ operation }),
    get: (id) => world().journal.get(id),
    page: (filter, limit, cursor) => world().journal.page(filter, limit, cursor),
    verify(question) {
      checked(Verification, question, 'verify')
      return world().journal.verify(question)
    },
    clear: () => world().journal.clear(),
    get dropped() {
      return world().journal.dropped
    },
  }
}

function snapshotsOf(world: () => World): CloudSnapshots {
  return {
    list: () => [...world().checkpoints].map(([name, { time, rows }]) => ({ name, time, rows })),
    delete: (name) => world().checkpoints.delete(name),
  }
}
