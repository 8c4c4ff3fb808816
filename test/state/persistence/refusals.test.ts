/** What cannot be kept is taken back, and nothing is acknowledged that is not on the disk. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Keeper } from '../../../server/state/persistence/keeper.ts'
import type { Act, Failure } from './fake-disk.ts'
import { FakeDisk } from './fake-disk.ts'
import { begun, keep, PATH, put, refusalOf, remove, stateOf, stateOn, worldOf } from './kept-world.ts'

const failing =
  (wanted: Act, failure: Failure) =>
  (act: Act): Failure | undefined =>
    act === wanted ? failure : undefined

const failures: [what: string, act: Act, failure: Failure, told: RegExp][] = [
  ['The disk is full', 'write', { code: 'ENOSPC', part: 7 }, /no space left on the disk \(ENOSPC\).*Free some space/],
  ['All was written, and then the disk failed', 'write', { code: 'EIO', isDone: true }, /the disk failed \(EIO\)/],
  ['The disk fails when it is to sync', 'sync', { code: 'EIO' }, /the disk failed \(EIO\)/],
  ['The disk has synced and tells of a failure', 'sync', { code: 'EIO', isDone: true }, /the disk failed \(EIO\)/],
  ['The file system is read-only', 'open', { code: 'EROFS' }, /read-only \(EROFS\).*Mount it/],
  ['The permissions have changed', 'open', { code: 'EACCES' }, /permission was denied \(EACCES\).*Let the user/],
  ['The snapshot cannot be looked at', 'look', { code: 'EACCES' }, /permission was denied/],
  [
    'Something happens that nobody foresaw',
    'open',
    { code: 'EWEIRD' },
    /EWEIRD: refused\. .*See to it and try again\./,
  ],
]

for (const [what, act, failure, told] of failures) {
  for (const isCuttable of [true, false]) {
    test(`${what}: a change is taken back, ${isCuttable ? 'and' : 'even if its rest cannot be cut off,'} the next one is kept`, async () => {
      const kept = await begun()
      const before = stateOf(kept.world)
      kept.disk.fail = (done) => (!isCuttable && done === 'truncate' ? { code: 'EIO' } : failing(act, failure)(done))
      const message = await refusalOf(put(kept, 'lost'))
      assert.match(message, /^Failed to write to \/data\/cloud\.json: .*What was not kept is taken back\. /)
      assert.match(message, told)
      assert.equal(stateOf(kept.world), before)
      if (isCuttable) assert.equal(stateOn(kept.disk), before)
      await refusalOf(remove(kept, 'kept'))
      assert.equal(stateOf(kept.world), before)
      assert.deepEqual(kept.warnings, [message])
      kept.disk.fail = () => undefined
      await put(kept, 'after')
      assert.match(stateOf(kept.world), /^after=after,kept=kept at/)
      assert.equal(stateOn(kept.disk), stateOf(kept.world))
      assert.deepEqual(kept.warnings.slice(1), ['/data/cloud.json can be written to again, and everything is kept.'])
    })
  }
}

test('With a change everything is refused that came after it', async () => {
  const kept = await begun()
  const before = stateOf(kept.world)
  kept.disk.fail = failing('sync', { code: 'EIO' })
  const done = [put(kept, 'a'), put(kept, 'b'), remove(kept, 'kept'), kept.keeper.commit()]
  kept.world.clock.advance('P1D')
  done.push(kept.keeper.commit())
  const messages = await Promise.all(done.map(refusalOf))
  assert.equal(new Set(messages).size, 1)
  assert.equal(stateOf(kept.world), before)
  assert.equal(stateOn(kept.disk), before)
})

test('Ids that were drawn for what was refused do not come up again', async () => {
  const kept = await begun()
  const drawn = kept.world.ids.id()
  kept.disk.fail = failing('write', { code: 'ENOSPC' })
  await refusalOf(put(kept, drawn))
  kept.disk.fail = () => undefined
  const next = kept.world.ids.id()
  assert.notEqual(next, drawn)
  await put(kept, next)
  assert.notEqual((await keep(kept.disk)).world.ids.id(), next)
})

test('A clock that could not be kept runs again exactly as before', async () => {
  const kept = await begun()
  kept.world.clock.set({ mode: 'offset', now: '2030-01-01T00:00:00Z' })
  await kept.keeper.commit()
  const { offset_ms } = kept.world.clock.state()
  kept.disk.fail = failing('write', { code: 'ENOSPC' })
  kept.world.clock.freeze('2040-01-01T00:00:00Z')
  await refusalOf(kept.keeper.commit())
  assert.equal(kept.world.clock.mode, 'offset')
  assert.equal(kept.world.clock.state().offset_ms, offset_ms)
})

test('A world that cannot take the place of another leaves it there, with what was under way', async () => {
  const kept = await begun()
  const before = stateOf(kept.world)
  const other = worldOf()
  kept.disk.fail = failing('rename', { code: 'EACCES' })
  const replaced = kept.keeper.replace(other, { seed: 3 })
  const change = put(kept, 'in the other')
  await refusalOf(replaced)
  await refusalOf(change)
  assert.equal(kept.keeper.world, kept.world)
  assert.equal(stateOf(kept.world), before)
  assert.equal(stateOn(kept.disk), before)
  kept.disk.fail = () => undefined
  await put(kept, 'after')
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
  assert.equal(Keeper.open(PATH, { catalogue: {}, disk: kept.disk }).sandbox, undefined)
})

for (const act of ['rename', 'syncFolder'] as const) {
  test(`When it is not certain which world is in the file (${act}), the next change writes the right one`, async () => {
    const kept = await begun()
    const before = stateOf(kept.world)
    kept.disk.fail = failing(act, { code: 'EIO', isDone: true })
    await refusalOf(kept.keeper.replace(worldOf()))
    // After a crash it may be the other one; as long as nobody writes, nobody is told of either.
    assert.doesNotMatch(stateOn(kept.disk), /kept/)
    assert.equal(stateOf(kept.world), before)
    await refusalOf(put(kept, 'lost'))
    kept.disk.fail = () => undefined
    await put(kept, 'after')
    assert.match(stateOn(kept.disk), /^after=after,kept=kept at/)
    assert.equal((await keep(kept.disk)).disk.files.length, 1)
  })
}

test('What is in an uncertain state is put right at the end, without a change', async () => {
  const kept = await begun()
  kept.disk.fail = failing('syncFolder', { code: 'EIO' })
  await refusalOf(kept.keeper.replace(worldOf()))
  kept.disk.fail = () => undefined
  await kept.keeper.close()
  assert.match(stateOn(kept.disk), /^kept=kept at/)
})

test('A world that cannot be written when it is attached is refused, and tried again with the next change', async () => {
  const disk = new FakeDisk()
  disk.fail = failing('make', { code: 'EROFS' })
  const keeper = Keeper.open(PATH, { catalogue: {}, disk })
  const world = worldOf()
  assert.match(await refusalOf(keeper.attach(world)), /read-only/)
  assert.equal(keeper.world, world)
  disk.fail = () => undefined
  await put({ keeper }, 'a')
  assert.equal(stateOn(disk), stateOf(world))
})

test('What cannot be deleted stays, and goes on', async () => {
  const kept = await begun()
  kept.disk.fail = failing('rename', { code: 'EROFS' })
  const done = kept.keeper.delete()
  const next = kept.keeper.replace(worldOf())
  await refusalOf(done)
  await refusalOf(next)
  assert.equal(kept.keeper.world, kept.world)
  kept.disk.fail = () => undefined
  await put(kept, 'after')
  assert.match(stateOn(kept.disk), /^after=after,kept=kept at/)
})

test('A lock that somebody took is a reason to refuse', async () => {
  let isTaken = false
  const check = async () => {
    if (isTaken) throw Object.assign(new Error('somebody took it'), { code: 'ETAKEN' })
  }
  const kept = await keep(new FakeDisk(), { lock: { check } })
  await put(kept, 'kept')
  const before = stateOf(kept.world)
  isTaken = true
  assert.match(await refusalOf(put(kept, 'lost')), /somebody took it/)
  await refusalOf(kept.keeper.replace(worldOf()))
  await refusalOf(kept.keeper.delete())
  await kept.keeper.close()
  assert.equal(stateOn(kept.disk), before)
  assert.equal(kept.disk.files.length, 2)
})
