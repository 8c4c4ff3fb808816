/** `relaxed`: a change counts at once, and is written as soon as that is possible. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeDisk } from './fake-disk.ts'
import { type Kept, keep, put, refusalOf, remove, stateOf, stateOn, worldOf } from './kept-world.ts'

const relaxed = (): Promise<Kept> => keep(new FakeDisk(), { sync: 'relaxed' })

test('A change counts before it is on the disk, and comes there by itself', async () => {
  const kept = await relaxed()
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  kept.disk.before = () => gate
  await put(kept, 'a')
  await kept.keeper.replace(worldOf())
  await put(kept, 'b')
  assert.doesNotMatch(stateOn(kept.disk), /^a/)
  release()
  await kept.keeper.flush()
  assert.match(stateOn(kept.disk), /^b=b at/)
})

test('What cannot be written stays in memory, and is written with what comes later', async () => {
  const kept = await relaxed()
  await put(kept, 'a')
  await kept.keeper.flush()
  kept.disk.fail = () => ({ code: 'ENOSPC' })
  await put(kept, 'b')
  await remove(kept, 'a')
  await kept.keeper.flush()
  await put(kept, 'c')
  await kept.keeper.flush()
  assert.match(stateOf(kept.world), /^b=b,c=c at/)
  assert.match(stateOn(kept.disk), /^a=a at/)
  assert.equal(kept.warnings.length, 1)
  assert.match(
    kept.warnings[0] ?? '',
    /ENOSPC\)\. Changes stay in memory until then\. Free some space and try again\.$/,
  )
  kept.disk.fail = () => undefined
  await put(kept, 'd')
  await kept.keeper.flush()
  assert.match(stateOn(kept.disk), /^b=b,c=c,d=d at/)
  assert.match(kept.warnings[1] ?? '', /can be written to again/)
})

test('What cannot be written is tried again after a while, and does not keep the process alive', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const kept = await relaxed()
  kept.disk.fail = () => ({ code: 'ENOSPC' })
  await put(kept, 'a')
  await kept.keeper.flush()
  t.mock.timers.tick(1000)
  await kept.keeper.flush()
  assert.doesNotMatch(stateOn(kept.disk), /^a/)
  kept.disk.fail = () => undefined
  t.mock.timers.tick(1000)
  await kept.keeper.flush()
  assert.match(stateOn(kept.disk), /^a=a at/)
})

test('A world that could not take the place of another in the file stays in memory', async () => {
  const kept = await relaxed()
  await put(kept, 'a')
  await kept.keeper.flush()
  const other = worldOf()
  kept.disk.fail = () => ({ code: 'EROFS' })
  await kept.keeper.replace(other)
  await kept.keeper.flush()
  assert.equal(kept.keeper.world, other)
  kept.disk.fail = () => undefined
  await put(kept, 'b')
  await kept.keeper.flush()
  assert.match(stateOn(kept.disk), /^b=b at/)
})

test('At the end everything is written once more, and what cannot be is told', async () => {
  const kept = await relaxed()
  kept.disk.fail = () => ({ code: 'ENOSPC' })
  await put(kept, 'a')
  await kept.keeper.flush()
  kept.disk.fail = () => undefined
  const saved = await keep(kept.disk.copy(), { sync: 'relaxed' })
  await put(saved, 'b')
  await saved.keeper.close()
  assert.match(stateOn(saved.disk), /^b=b at/)
  kept.disk.fail = () => ({ code: 'ENOSPC' })
  assert.match(await refusalOf(kept.keeper.close()), /no space left .* The last changes are lost\./)
})

test('The first world must be written: a wrong file is told at the start', async () => {
  const disk = new FakeDisk()
  disk.fail = (act) => (act === 'make' ? { code: 'EROFS' } : undefined)
  await assert.rejects(keep(disk, { sync: 'relaxed' }), /read-only/)
})
