/** Random lives of a world on a disk that fails, loses power and recovers: what was acknowledged is always there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { zones } from '../../../schemas/accounts.ts'
import type { World } from '../../../server/state/world.ts'
import { FakeDisk } from './fake-disk.ts'
import { ACCOUNT, idOf, type Kept, keep, put, remove, stateOf, worldOf } from './kept-world.ts'

const SEED = 20261122

const name = fc.constantFrom('a', 'b', 'c', 'd')
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ what: fc.constant('put' as const), name, value: fc.nat(99) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('remove' as const), name }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('advance' as const, 'nothing' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('replace' as const), name }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant('wait' as const), turns: fc.nat(40) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('settle' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('fail' as const),
      after: fc.nat(8),
      count: fc.integer({ min: 1, max: 6 }),
      failure: fc.record(
        { code: fc.constantFrom('EIO', 'ENOSPC', 'EACCES'), isDone: fc.boolean(), part: fc.nat(200) },
        { requiredKeys: ['code'] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('lose' as const), snapshot: fc.boolean(), changes: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('cut' as const),
      draws: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('kill' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('close' as const) }) },
)

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** What a test must come across. */
const met = { acknowledged: 0, refused: 0, folds: 0, crashes: 0, ahead: 0 }

/** From one start to the next. */
class Life {
  readonly kept: Kept
  /** What the disk may say: what was acknowledged last comes first, then what was tried since. */
  #states: string[]
  #open = new Set<Promise<void>>()

  constructor(kept: Kept) {
    this.kept = kept
    this.#states = [stateOf(kept.world)]
  }

  get world(): World {
    return this.kept.keeper.world as World
  }

  /** Makes a change, and follows what becomes of it. */
  follow(change: () => Promise<void>): void {
    const before = stateOf(this.world)
    const done = change()
    const state = stateOf(this.world)
    const states = this.#states
    const at = states.push(state) - 1
    // What is no change needs no write, so that what was refused before may still be in the file, as a whole.
    const isChange = state !== before
    const open = done.then(
      () => {
        met.acknowledged += 1
        // Those before are settled as well, since they are settled in order.
        if (isChange) for (let index = 0; index < at; index += 1) states[index] = state
      },
      () => {
        met.refused += 1
      },
    )
    this.#open.add(open)
  }

  /** Waits until all is acknowledged or refused: memory is then what was acknowledged. */
  async settle(): Promise<void> {
    await Promise.all(this.#open)
    await this.kept.keeper.flush()
    this.#open.clear()
    assert.equal(stateOf(this.world), this.#states[0])
  }

  /** The next life, on what is left of the disk. */
  async next(disk: FakeDisk): Promise<Life> {
    met.crashes += 1
    // The life before goes on for a while, on a disk that nobody reads any more.
    const states = [...this.#states]
    met.folds += this.kept.disk.acts.filter((act) => act === 'rename cloud.json.tmp').length
    const kept = await keep(disk, { foldFrom: 700 })
    const found = stateOf(kept.world)
    assert.ok(states.includes(found), `${found} is none of\n${states.join('\n')}`)
    if (found !== states[0]) met.ahead += 1
    return new Life(kept)
  }
}

async function run(life: Life, one: Step): Promise<Life> {
  const { kept } = life
  const { disk, keeper } = kept
  switch (one.what) {
    case 'put':
      life.follow(() => put(kept, `${one.value}`, one.name))
      return life
    case 'remove':
      life.follow(() => remove(kept, one.name))
      return life
    case 'advance':
      life.follow(() => {
        life.world.clock.advance('PT1H')
        return keeper.commit()
      })
      return life
    case 'nothing': {
      // Something is drawn, and what is written is undone.
      const undo = life.world.store.checkpoint()
      life.follow(() => {
        life.world.store.table(zones).put({ id: idOf('undone'), name: life.world.ids.id(), account_id: ACCOUNT })
        undo()
        return keeper.commit()
      })
      return life
    }
    case 'replace': {
      const other = worldOf()
      other.store.table(zones).put({ id: idOf(one.name), name: 'other', account_id: ACCOUNT })
      life.follow(() => keeper.replace(other))
      return life
    }
    case 'wait':
      for (let turn = 0; turn < one.turns; turn += 1) await undefined
      return life
    case 'settle':
      await life.settle()
      return life
    case 'fail': {
      const from = disk.acts.length + one.after
      disk.fail = (_act, _path, index) => (index >= from && index < from + one.count ? one.failure : undefined)
      return life
    }
    case 'lose':
      await life.settle()
      disk.fail = () => undefined
      for (const file of disk.files) {
        const isLost = file === 'cloud.json' ? one.snapshot : one.changes
        if (isLost) disk.remove(`/data/${file}`)
      }
      // What was lost is there again with the next change.
      life.follow(() => put(kept, 'found', 'lost'))
      await life.settle()
      return life
    case 'cut': {
      let drawn = 0
      return life.next(disk.cut((most) => Math.floor((one.draws[drawn++ % one.draws.length] as number) * most)))
    }
    case 'kill':
      return life.next(disk.copy())
    case 'close':
      await life.settle()
      disk.fail = () => undefined
      await keeper.close()
      // What could not be deleted is at the next start; what the system made and denied is empty, and may be anybody's.
      assert.deepEqual(
        disk.files.filter((file) => !file.endsWith('.tmp') && disk.text(`/data/${file}`) !== ''),
        ['cloud.json'],
      )
      return life.next(disk)
  }
}

test('Whatever happens, what was acknowledged is there, and nothing is there by half', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
      let life = new Life(await keep(new FakeDisk(), { foldFrom: 700 }))
      for (const one of steps) life = await run(life, one)
      await life.settle()
      await life.next(life.kept.disk.copy())
    }),
    { numRuns: 60, seed: SEED, includeErrorInReport: true },
  )
  const { acknowledged, refused, folds, crashes, ahead } = met
  assert.ok(acknowledged > 200 && refused > 50 && folds > 50 && crashes > 100 && ahead > 0, JSON.stringify(met))
})
