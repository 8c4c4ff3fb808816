/** Changes are folded into the snapshot while others come, and whatever fails on the way, nothing is lost. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zones } from '../../../schemas/accounts.ts'
import { FakeDisk } from './fake-disk.ts'
import { ACCOUNT, idOf, type Kept, keep, put, refusalOf, stateOf, stateOn, worldOf } from './kept-world.ts'

/** Folds often. */
const foldFrom = 800
const begin = (disk = new FakeDisk()) => keep(disk, { foldFrom })

/** Makes changes until they are about to be folded. */
async function grow(kept: Kept, count = 8): Promise<void> {
  for (let index = 0; index < count; index += 1) await put(kept, `grown${index}`)
}

/** A gate before the first act that is told so. */
function gate(kept: Kept, wanted: string) {
  let open = () => {}
  let arrive = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  kept.disk.before = (act, path) => {
    if (`${act} ${path}` !== wanted) return undefined
    arrive()
    return opened
  }
  return { open, arrived }
}

test('Changes that have grown are folded, and those that come meanwhile go into a file of their own', async () => {
  const kept = await begin()
  const { open, arrived } = gate(kept, 'sync /data/cloud.json.tmp')
  await grow(kept)
  await arrived
  await put(kept, 'meanwhile')
  assert.deepEqual(kept.disk.files, ['cloud.json', 'cloud.json.changes-1', 'cloud.json.changes-2', 'cloud.json.tmp'])
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
  open()
  await kept.keeper.flush()
  assert.deepEqual(kept.disk.files, ['cloud.json', 'cloud.json.changes-2'])
  assert.doesNotMatch(kept.disk.text('/data/cloud.json'), /meanwhile/)
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
})

/** Makes changes until they are being folded. */
async function growToFold(kept: Kept): Promise<void> {
  const count = () => kept.disk.acts.filter((act) => act === 'delete cloud.json.tmp').length
  const before = count()
  for (let index = 0; count() === before; index += 1) await put(kept, `grown${index}`)
}

test('A power cut at any time while changes are folded loses nothing', async () => {
  const kept = await begin()
  await growToFold(kept)
  let checks = 0
  kept.disk.before = (act, path) => {
    checks += 1
    for (const draw of [() => 0, (most: number) => most]) {
      assert.equal(stateOn(kept.disk.cut(draw)), stateOf(kept.world), `${act} ${path}`)
    }
  }
  await kept.keeper.flush()
  assert.ok(checks > 8, String(checks))
  assert.deepEqual(kept.warnings, [])
})

test('Whatever fails while changes are folded, others go on, and all is there after a crash', async () => {
  const counted = await begin()
  await growToFold(counted)
  const from = counted.disk.acts.length
  await counted.keeper.flush()
  const count = counted.disk.acts.length - from
  assert.ok(count > 8, String(count))
  for (let index = from; index < from + count; index += 1) {
    for (const isDone of [false, true]) {
      const kept = await begin()
      await growToFold(kept)
      kept.disk.fail = (_act, _path, at) => (at === index ? { code: 'EIO', isDone } : undefined)
      await kept.keeper.flush()
      const act = `act ${index}: ${kept.disk.acts[index]}, ${isDone ? 'done' : 'not done'}`
      const check = () => {
        assert.equal(stateOn(kept.disk), stateOf(kept.world), act)
        for (const draw of [() => 0, (most: number) => most]) {
          assert.equal(stateOn(kept.disk.cut(draw)), stateOf(kept.world), act)
        }
      }
      check()
      await put(kept, 'after')
      check()
      await growToFold(kept)
      await kept.keeper.flush()
      check()
      await put(kept, 'last')
      await kept.keeper.close()
      check()
      assert.deepEqual(kept.disk.files, ['cloud.json'], act)
    }
  }
})

test('What is drawn without a change is not kept, so that files of changes go on from each other', async () => {
  const kept = await begin()
  kept.disk.fail = (act, path) => (act === 'write' && path.endsWith('.tmp') ? { code: 'ENOSPC' } : undefined)
  for (let index = 0; !kept.disk.files.includes('cloud.json.changes-3'); index += 1) {
    await put(kept, `grown${index}`)
    const undo = kept.world.store.checkpoint()
    kept.world.store.table(zones).put({ id: idOf('undone'), name: kept.world.ids.id(), account_id: ACCOUNT })
    undo()
    await kept.keeper.commit()
  }
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
})

test('A file of changes that is gone before it was folded is noticed with the next change', async () => {
  const kept = await begin()
  kept.disk.fail = (act, path) => (act === 'write' && path.endsWith('.tmp') ? { code: 'ENOSPC' } : undefined)
  await growToFold(kept)
  await put(kept, 'first')
  await kept.keeper.flush()
  kept.disk.fail = () => undefined
  assert.deepEqual(kept.disk.files, ['cloud.json', 'cloud.json.changes-1', 'cloud.json.changes-2'])
  kept.disk.remove('/data/cloud.json.changes-1')
  await put(kept, 'after')
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
})

test('A fold that failed is told once, and tried again when there are many more changes', async () => {
  const kept = await begin()
  kept.disk.fail = (act, path) => (act === 'write' && path.endsWith('.tmp') ? { code: 'ENOSPC' } : undefined)
  await grow(kept, 30)
  await kept.keeper.flush()
  const tries = kept.disk.acts.filter((act) => act === 'make cloud.json.tmp').length - 1
  assert.ok(tries > 1 && tries < 8, String(tries))
  assert.equal(kept.warnings.length, 1)
  assert.match(kept.warnings[0] ?? '', /no space left .* All changes are in files of their own beside it\./)
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
  kept.disk.fail = () => undefined
  await grow(kept, 30)
  await kept.keeper.flush()
  assert.equal(kept.disk.files.length, 2)
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
})

for (const at of ['write /data/cloud.json.tmp', 'sync /data/cloud.json.tmp', 'look /data/cloud.json.tmp']) {
  test(`A world that takes the place of another does not wait for a fold (${at})`, async () => {
    const kept = await begin()
    const { open, arrived } = gate(kept, at)
    await grow(kept)
    await arrived
    const other = worldOf()
    const replaced = kept.keeper.replace(other)
    open()
    await replaced
    await put(kept, 'new')
    await kept.keeper.flush()
    assert.match(stateOn(kept.disk), /^new=new at/)
    assert.deepEqual(kept.warnings, [])
    await grow(kept)
    await kept.keeper.close()
    assert.equal(stateOn(kept.disk), stateOf(other))
  })
}

test('A world is deleted while changes are folded', async () => {
  const kept = await begin()
  const { open, arrived } = gate(kept, 'write /data/cloud.json.tmp')
  await grow(kept)
  await arrived
  const gone = kept.keeper.delete()
  open()
  await gone
  await kept.keeper.flush()
  assert.deepEqual(kept.disk.files, [])
})

test('A file that somebody else put there while changes were folded is not written over', async () => {
  const kept = await begin()
  const { open, arrived } = gate(kept, 'write /data/cloud.json.tmp')
  await grow(kept)
  await arrived
  kept.disk.put('/data/cloud.json', 'theirs')
  open()
  await kept.keeper.flush()
  assert.equal(kept.disk.text('/data/cloud.json'), 'theirs')
  await refusalOf(put(kept, 'lost'))
  assert.ok(!kept.disk.files.includes('cloud.json.tmp'))
})
