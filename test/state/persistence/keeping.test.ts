/** What is kept is there again: changes, other worlds, clocks, and how long that takes in writes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts, zones } from '../../../schemas/accounts.ts'
import type { Document } from '../../../schemas/state.ts'
import { Checkpoint } from '../../../server/state/checkpoint.ts'
import { Keeper } from '../../../server/state/persistence/keeper.ts'
import type { World } from '../../../server/state/world.ts'
import { FakeDisk } from './fake-disk.ts'
import { ACCOUNT, CHANGES, idOf, keep, PATH, put, remove, stateOf, stateOn, worldOf } from './kept-world.ts'

const documentOf = (world: World) => Checkpoint.of(world).document({ secrets: true })
const lines = (text: string) => text.split('\n').slice(0, -1)
const changesOf = (text: string) => lines(text).map((line) => JSON.parse(line.slice(9)))

test('A world is written when it is attached, and nothing more until it changes', async () => {
  const { disk, keeper, world } = await keep()
  assert.deepEqual(disk.files, ['cloud.json'])
  const document = JSON.parse(disk.text(PATH)) as Document
  assert.deepEqual(document.data, { changes: 1 })
  assert.deepEqual({ ...document, data: undefined }, { ...documentOf(world), data: undefined })
  const count = disk.acts.length
  await keeper.commit()
  await keeper.flush()
  assert.equal(disk.acts.length, count)
})

test('Each change adds what changed to the file of changes, and nothing else', async () => {
  const kept = await keep()
  const snapshot = kept.disk.text(PATH)
  await put(kept, 'a')
  await put(kept, 'b')
  await put(kept, 'c', 'a')
  await remove(kept, 'b')
  assert.equal(kept.disk.text(PATH), snapshot)
  const [head, ...changes] = changesOf(kept.disk.text(CHANGES(1)))
  assert.deepEqual(head, { follows: (JSON.parse(snapshot) as Document).random })
  assert.deepEqual(
    changes.map(({ put: rows, delete: ids }) => [rows?.zones?.map(({ name }: { name: string }) => name), ids]),
    [
      [['a'], undefined],
      [['b'], undefined],
      [['c'], undefined],
      [undefined, { zones: [idOf('b')] }],
    ],
  )
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
})

test('What comes back is the same in every byte: rows, clock, randomness', async () => {
  const { disk, keeper, world } = await keep()
  await put({ keeper }, 'a')
  world.ids.id()
  world.secrets.text(40)
  world.clock.advance('P1D')
  await keeper.commit()
  const again = await keep(disk.copy())
  assert.deepEqual(documentOf(again.world), documentOf(world))
  await keeper.close()
  assert.deepEqual(disk.files, ['cloud.json'])
  assert.deepEqual(documentOf((await keep(disk)).world), documentOf(world))
})

test('A clock that runs apart comes back as far apart', async () => {
  const { disk, keeper, world } = await keep()
  world.clock.set({ mode: 'offset', now: '2030-01-01T00:00:00Z' })
  await keeper.commit()
  const { offset_ms } = world.clock.state()
  assert.equal((await keep(disk.copy())).world.clock.state().offset_ms, offset_ms)
  world.clock.set({ mode: 'real' })
  await keeper.commit()
  const [, , real] = changesOf(disk.text(CHANGES(1)))
  assert.deepEqual([real.clock.mode, real.put], ['real', undefined])
  assert.equal((await keep(disk)).world.clock.mode, 'real')
})

test('Changes that come while one is written share the next write', async () => {
  const kept = await keep()
  await put(kept, 'first')
  await kept.keeper.flush()
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  kept.disk.before = (act) => (act === 'sync' ? gate : undefined)
  const before = kept.disk.acts.length
  const done = ['a', 'b', 'c', 'd', 'e'].map((name) => put(kept, name))
  release()
  await Promise.all(done)
  assert.equal(changesOf(kept.disk.text(CHANGES(1))).length, 1 + 1 + 2)
  assert.equal(kept.disk.acts.slice(before).filter((act) => act.startsWith('sync ')).length, 2)
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
})

test('A change is acknowledged when it is on the disk, not before', async () => {
  const kept = await keep()
  await put(kept, 'first')
  let isSynced = false
  kept.disk.before = async (act) => {
    await Promise.resolve()
    if (act === 'sync') isSynced = true
  }
  for (const name of ['a', 'b']) {
    isSynced = false
    await put(kept, name).then(() => assert.ok(isSynced))
    assert.equal(
      stateOf(worldOf(Keeper.open(PATH, { catalogue: {}, disk: kept.disk.cut(() => 0) }).snapshot)),
      stateOf(kept.world),
    )
  }
})

test('Who hands in nothing new waits for what is under way: it may have seen that', async () => {
  const kept = await keep()
  let isKept = false
  const change = put(kept, 'a').then(() => {
    isKept = true
  })
  await kept.keeper.commit()
  assert.ok(isKept)
  await change
})

test('What was done and undone is no change', async () => {
  const kept = await keep()
  const undo = kept.world.store.checkpoint()
  kept.world.store.table(zones).put({ id: idOf('z'), name: 'z', account_id: ACCOUNT })
  undo()
  await kept.keeper.commit()
  await kept.keeper.close()
  assert.deepEqual(kept.disk.files, ['cloud.json'])
  assert.deepEqual(
    kept.disk.acts.filter((act) => act.startsWith('write')),
    ['write cloud.json.tmp'],
  )
})

test('A world that takes the place of another is written whole, and changes go on from it', async () => {
  const kept = await keep()
  await put(kept, 'old')
  const other = worldOf()
  const done = kept.keeper.replace(other, { fixtures: 'empty' })
  assert.equal(kept.keeper.world, other)
  await done
  assert.deepEqual(kept.disk.files, ['cloud.json'])
  await put(kept, 'new')
  assert.deepEqual(kept.disk.files, ['cloud.json', 'cloud.json.changes-2'])
  assert.equal(stateOn(kept.disk), stateOf(other))
  const { keeper } = await keep(kept.disk)
  await keeper.replace(worldOf())
  assert.deepEqual(Keeper.open(PATH, { catalogue: {}, disk: kept.disk }).sandbox, { fixtures: 'empty' })
})

test('Generated data, which the store does not remember, is kept', async () => {
  const { disk, keeper, world } = await keep()
  const [account] = world.store.table(accounts).all()
  world.store.addAll('accounts', [{ ...account, id: idOf('other') }])
  world.seeds += 1
  await keeper.commit()
  assert.match(stateOn(disk), /2 accounts, 1 seeds/)
})

test('A change of very many rows is written as a snapshot', async () => {
  const kept = await keep()
  const table = kept.world.store.table(zones)
  for (let index = 0; index <= 10_000; index += 1) {
    table.put({ id: idOf(`z${index}`), name: 'z', account_id: ACCOUNT })
  }
  await kept.keeper.commit()
  assert.deepEqual(kept.disk.files, ['cloud.json'])
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
})

test('A world that is not the one in the file is written whole when it is attached', async () => {
  const { disk, keeper } = await keep()
  await put({ keeper }, 'a')
  await keeper.close()
  const again = Keeper.open(PATH, { catalogue: {}, disk })
  const other = worldOf()
  await again.attach(other)
  assert.equal(stateOn(disk), stateOf(other))
})

test('A world whose clock was set before it was attached is kept with it', async () => {
  const { disk, keeper } = await keep()
  await keeper.close()
  const again = Keeper.open(PATH, { catalogue: {}, disk })
  const world = worldOf(again.snapshot)
  world.clock.freeze('2031-01-01T00:00:00Z')
  await again.attach(world)
  assert.match(stateOn(disk), /at frozen 2031-01-01/)
})

test('After close no change is taken', async () => {
  const kept = await keep()
  await kept.keeper.close()
  await assert.rejects(put(kept, 'a'), /was closed/)
  await kept.keeper.close()
})

test('What is deleted is gone, and another world can be put there', async () => {
  const kept = await keep()
  await put(kept, 'a')
  await kept.keeper.delete()
  assert.deepEqual(kept.disk.files, [])
  assert.equal(kept.keeper.snapshot, undefined)
  await kept.keeper.replace(worldOf(), {})
  await put(kept, 'b')
  assert.match(stateOn(kept.disk), /^b=b at/)
})

test('A world can be put where one is just being deleted', async () => {
  const kept = await keep()
  void put(kept, 'a')
  const gone = kept.keeper.delete()
  const next = kept.keeper.attach(worldOf())
  await Promise.all([gone, next, put(kept, 'b')])
  assert.match(stateOn(kept.disk), /^b=b at/)
})

test('What a crash left of a file that was being deleted is not taken for a part of the next one', async () => {
  const disk = new FakeDisk()
  const first = await keep(disk)
  await put(first, 'a')
  disk.fail = (act, path) => (act === 'delete' && path.includes('changes') ? { code: 'EIO' } : undefined)
  await first.keeper.delete()
  assert.deepEqual(disk.files, ['cloud.json.changes-1', 'cloud.json.deleted'])
  disk.fail = () => undefined
  const next = await keep(disk.copy())
  await put(next, 'b')
  assert.deepEqual(next.disk.files, ['cloud.json', 'cloud.json.changes-2'])
  assert.match(stateOn(next.disk), /^b=b at/)
})
