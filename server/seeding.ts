/** Adds generated data to a world: all of it in one moment, after it was drawn piece by piece. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DemoGround, DemoPart, DemoPlan } from '../fixtures/demo/story.ts'
import type { Seeded, SeedOptions } from '../schemas/control/seed.ts'
import { TABLES } from '../schemas/tables.ts'
import { users } from '../schemas/users.ts'
import { CloudError } from './cloud-error.ts'
import { planOf } from './seed-plan.ts'
import { checkRoom, isFull, noRoom } from './seed-room.ts'
import { Random } from './state/random.ts'
import type { Row } from './state/table.ts'
import type { World } from './state/world.ts'
import { inWholeSeconds } from './state/written-time.ts'
import { takenEmails } from './taken-emails.ts'

/** For so many milliseconds data is drawn before others get their turn. */
const SLICE = 10

type Generate = (plan: DemoPlan, ground: DemoGround) => Iterable<DemoPart>

/** How far it is: rows of accounts, members and tokens, and about how many there will be. */
export interface Progress {
  done: number
  total: number
}

export interface SeedingOptions {
  /** Whether the world is still the one that its name stands for. Left out, it always is. */
  isCurrent?: () => boolean
  onProgress?: (progress: Progress) => void
}

let loaded: Generate | undefined

/** Loads the generator, and with it faker, which nobody needs who starts with other data. */
export async function loadGenerator(): Promise<void> {
  loaded ??= (await import('../fixtures/demo/index.ts')).demo
}

/** Whether {@link loadGenerator} was called. */
export const isGeneratorLoaded = () => loaded !== undefined

/** Who was the last to ask for data in a world: calls draw one after another, so that each has a number of its own. */
const turns = new WeakMap<World, Promise<unknown>>()

/**
 * Adds generated data, while others go on using the world. Either all of it is added, in one moment, or nothing.
 * @param options as they were checked against their schema
 * @throws CloudError for a time that is none (400), when it would not fit into memory (507), and when the world was
 * reset, restored or deleted meanwhile (409)
 * @example (await seedWorld(world, { size: 'large' })).added.members // 24987
 */
export function seedWorld(world: World, options: SeedOptions, seeding: SeedingOptions = {}): Promise<Seeded> {
  const run = () => seedNow(world, options, seeding)
  const turn = (turns.get(world) ?? Promise.resolve()).then(run, run)
  turns.set(world, turn)
  return turn
}

async function seedNow(world: World, options: SeedOptions, { isCurrent, onProgress }: SeedingOptions) {
  const check = () => {
    if (isCurrent?.() === false) throw replaced()
  }
  check()
  const plan = planOf(options, world.clock)
  checkRoom(plan)
  await loadGenerator()
  check()
  const rows = new Rows(plan)
  let next = performance.now() + SLICE
  for (const _ of drawing(rows, world, options, plan)) {
    if (performance.now() < next) continue
    if (isFull()) throw noRoom(plan)
    onProgress?.(rows.progress)
    await nextTurn()
    check()
    next = performance.now() + SLICE
  }
  return rows.addTo(world, options, plan)
}

/**
 * The same at once, for a small world that nobody uses yet.
 * @throws CloudError for a time that is none
 * @throws Error when the generator is not loaded: see {@link loadGenerator}
 */
export function seedAtOnce(world: World, options: SeedOptions): Seeded {
  const plan = planOf(options, world.clock)
  const rows = new Rows(plan)
  for (const _ of drawing(rows, world, options, plan));
  return rows.addTo(world, options, plan)
}

const seedOf = ({ seed }: SeedOptions, world: World) => seed ?? world.options.seed

/** Draws everything, piece by piece. */
function* drawing(rows: Rows, world: World, options: SeedOptions, plan: DemoPlan): Generator<void, void> {
  if (!loaded) throw new Error('The generator is not loaded.')
  const taken = yield* takenEmails(world.store)
  const founder = world.store.table(users).get(world.resolve(users, 'user_id'))
  const parts = loaded(plan, {
    random: Random.ofCall(seedOf(options, world), world.seeds + 1),
    isTaken: (email) => taken.has(email.toLowerCase()),
    catalogue: world.catalogue,
    ...(founder && { founder }),
  })
  for (const part of parts) {
    rows.take(part)
    yield
  }
}

/** What was drawn so far. */
class Rows {
  readonly #byTable = new Map<string, Row[]>()
  readonly #total: number

  constructor({ accounts, members_per_account, tokens_per_account }: DemoPlan) {
    this.#total = accounts * (1 + members_per_account + tokens_per_account)
  }

  take(part: DemoPart): void {
    for (const [name, rows] of Object.entries(part)) {
      const taken = this.#byTable.get(name) ?? []
      this.#byTable.set(name, taken)
      for (const row of rows) taken.push(row)
    }
  }

  get progress(): Progress {
    const counts = ['accounts', 'members', 'tokens'].map((name) => this.#byTable.get(name)?.length ?? 0)
    const done = counts.reduce((sum, count) => sum + count)
    return { done: Math.min(done, this.#total), total: this.#total }
  }

  /** Everything in one moment. */
  addTo(world: World, options: SeedOptions, { until }: DemoPlan): Seeded {
    const named = TABLES.flatMap(({ name }) => {
      const rows = this.#byTable.get(name) ?? []
      return rows.length === 0 ? [] : [{ name, rows }]
    })
    world.history.record(world.store)
    for (const { name, rows } of named) world.store.addAll(name, rows)
    world.seeds += 1
    return {
      seed: seedOf(options, world),
      call: world.seeds,
      until: inWholeSeconds(until),
      added: Object.fromEntries(named.map(({ name, rows }) => [name, rows.length])),
    }
  }
}

const replaced = () =>
  new CloudError(
    'Failed to add generated data: the world was reset, restored or deleted while it was drawn, so that nothing was added. Call again.',
    { status: 409 },
  )
