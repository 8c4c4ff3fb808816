/** A store goes back to any moment that somebody holds, and pays for that only when it does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { accounts, zones } from '../../schemas/accounts.ts'
import { Clock } from '../../server/state/clock.ts'
import { History } from '../../server/state/history.ts'
import { SortedTree } from '../../server/state/sorted-tree.ts'
import type { Step } from '../../server/state/step.ts'
import { Store } from '../../server/state/store.ts'
import { Table } from '../../server/state/table.ts'

const OWNERS = ['ada', 'bob', 'eve'] as const
const zone = (id: string, account_id: string, name = `${id}.example.com`) => ({ id, name, account_id })

/** Everything that a store shows, in two orders, and nothing that an order would leave out. */
function shown(store: Store) {
  const table = store.table(zones)
  return {
    rows: table.all(),
    byName: table.orderBy('name').all(),
    owned: OWNERS.map((owner) => store.table(zones, owner).orderBy('name', 'desc').all()),
    accounts: store.table(accounts).total(),
  }
}

const id = fc.nat(30).map((number) => `z${String(number).padStart(2, '0')}`)
const owner = fc.constantFrom(...OWNERS)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('put' as const), id, owner, name: fc.constantFrom('a', 'b') }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const), owner }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('add' as const), count: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('hold' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('look' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fork' as const) }) },
)

test('Every moment that is held is seen as it was, and can be gone back to, whatever was done and undone since', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const store = new Store()
      const held: { moment: Step; undo: () => void; was: ReturnType<typeof shown> }[] = []
      const forks: { fork: Store; was: ReturnType<typeof shown> }[] = []
      let added = 0
      for (const one of steps) {
        if (one.kind === 'put') store.table(zones).put(zone(one.id, one.owner, one.name))
        else if (one.kind === 'delete') store.table(zones).delete(one.id)
        else if (one.kind === 'clear') store.deleteOwnedBy(one.owner)
        else if (one.kind === 'add') {
          const from = added
          added += one.count
          const rows = Array.from({ length: one.count }, (_, at) => zone(`n${from + at}`, 'eve'))
          store.addAll('zones', rows)
        } else if (one.kind === 'hold') {
          held.push({ moment: store.now, undo: store.checkpoint(), was: shown(store) })
        } else if (one.kind === 'fork') forks.push({ fork: store.fork(), was: shown(store) })
        else if (held.length > 0) {
          const { moment, undo, was } = held[one.which % held.length] as (typeof held)[number]
          if (one.kind === 'undo') undo()
          const copy = one.kind === 'undo' ? store : store.asOf(moment)
          assert.deepEqual(shown(copy), was)
          // What is done to a copy is nobody else's business.
          if (copy !== store) copy.deleteOwnedBy('ada')
        }
      }
      const now = shown(store)
      for (const { moment, was } of held) assert.deepEqual(shown(store.asOf(moment)), was)
      for (const { fork, was } of forks) assert.deepEqual(shown(fork), was)
      assert.deepEqual(shown(store), now)
      for (const { undo, was } of held.reverse()) {
        undo()
        assert.deepEqual(shown(store), was)
      }
    }),
    { numRuns: 300 },
  )
})

test('Rows that are brought back are the very rows that were there', () => {
  const store = new Store()
  const row = store.table(zones).put(zone('z1', 'ada'))
  const undo = store.checkpoint()
  store.table(zones).put(zone('z1', 'bob'))
  store.table(zones).delete('z1')
  undo()
  assert.equal(store.table(zones).get('z1'), row)
})

/** How often something of a class is called while work is done. */
function calls<Name extends string>(of: Record<Name, unknown>, name: Name, work: () => void): number {
  const original = of[name] as (...given: unknown[]) => unknown
  let count = 0
  of[name] = function counted(this: unknown, ...given: unknown[]) {
    count += 1
    return original.apply(this, given)
  }
  try {
    work()
  } finally {
    of[name] = original
  }
  return count
}

test('A change that is recorded, can be undone, and is undone copies no collection and no order', () => {
  const store = new Store()
  const history = new History(Clock.of('2026-11-21T10:00:00Z'))
  store.load(
    'zones',
    Array.from({ length: 1000 }, (_, at) => zone(`z${at}`, 'ada')),
  )
  shown(store)
  const change = () => {
    history.record(store)
    const undo = store.checkpoint()
    store.table(zones).put(zone('z1', 'bob', 'changed'))
    store.table(zones).put(zone('new', 'bob'))
    undo()
    assert.equal(store.table(zones).total(), 1000)
  }
  assert.equal(calls(Table.prototype, 'fork', change), 0)
  assert.equal(calls(SortedTree.prototype, 'fork', change), 0)
  // Whoever looks back pays for it, once.
  const { now } = store
  store.table(zones).delete('z1')
  assert.ok(calls(Table.prototype, 'fork', () => store.asOf(now)) > 0)
})

test('Under a clock that stands still a state does not keep all that was changed after it', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const store = new Store()
  const history = new History(Clock.of('2026-11-21T10:00:00Z'))
  store.table(zones).put(zone('z1', 'ada', 'first'))
  const rows = Array.from({ length: 3000 }, (_, at) => {
    history.record(store)
    const row = zone('z1', 'ada', `change ${at}`)
    store.table(zones).put(row)
    return new WeakRef(row)
  })
  await new Promise(setImmediate)
  collect()
  const kept = rows.filter((row) => row.deref() !== undefined).length
  assert.ok(kept < 10, `${kept} of ${rows.length} rows are kept`)
  assert.equal(history.asOf(1)?.table(zones).get('z1')?.name, 'first')
  assert.equal(store.table(zones).get('z1')?.name, 'change 2999')
})
