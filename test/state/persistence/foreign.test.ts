/** Files that are gone are written anew; files of somebody else are not written over. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FakeDisk } from './fake-disk.ts'
import { begun, CHANGES, keep, PATH, put, refusalOf, stateOf, stateOn, worldOf } from './kept-world.ts'

test('Files that are gone are written anew with the next change', async () => {
  for (const gone of [[PATH], [CHANGES(1)], [PATH, CHANGES(1)]]) {
    const kept = await begun()
    for (const path of gone) kept.disk.remove(path)
    await put(kept, 'after')
    assert.match(stateOn(kept.disk), /^after=after,kept=kept at/)
    await put(kept, 'again')
    await kept.keeper.close()
    assert.match(stateOn(kept.disk), /^after=after,again=again,kept=kept at/)
    assert.deepEqual(kept.disk.files, ['cloud.json'])
  }
})

test('Changes that somebody cut off are written anew with the next change', async () => {
  const kept = await begun()
  kept.disk.edit(CHANGES(1), (text) => text.slice(0, 20))
  await put(kept, 'after')
  assert.match(stateOn(kept.disk), /^after=after,kept=kept at/)
})

test('Without their folder changes are refused, and kept again when it is back', async () => {
  const kept = await begun()
  kept.disk.isGone = true
  assert.match(await refusalOf(put(kept, 'lost')), /the folder is not there \(ENOENT\)/)
  kept.disk.isGone = false
  await put(kept, 'after')
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
  assert.match(stateOf(kept.world), /^after=after,kept=kept at/)
})

const replacements: [what: string, path: string, replace: (disk: FakeDisk) => void][] = [
  ['Another file', PATH, (disk) => disk.put(PATH, '{"theirs": true}')],
  ['A snapshot that was edited', PATH, (disk) => disk.edit(PATH, (text) => text.replace('Demo', 'Memo'))],
  ['Another file of changes', CHANGES(1), (disk) => disk.put(CHANGES(1), disk.text(CHANGES(1)))],
  ['A change by another program', CHANGES(1), (disk) => disk.edit(CHANGES(1), (text) => `${text}theirs\n`)],
]

for (const [what, path, replace] of replacements) {
  test(`${what} is not written over`, async () => {
    const kept = await begun()
    const before = stateOf(kept.world)
    replace(kept.disk)
    const theirs = kept.disk.text(path)
    const message = await refusalOf(put(kept, 'lost'))
    assert.match(
      message,
      new RegExp(`somebody else wrote to ${path}\\. .*move that file away; .* start the server again\\.$`),
    )
    assert.equal(stateOf(kept.world), before)
    await refusalOf(put(kept, 'lost'))
    assert.equal(kept.disk.text(path), theirs)
    if (path === PATH) {
      await refusalOf(kept.keeper.replace(worldOf()))
      await refusalOf(kept.keeper.delete())
      assert.equal(kept.disk.text(path), theirs)
    }
    kept.disk.remove(path)
    await put(kept, 'after')
    assert.match(stateOn(kept.disk), /^after=after,kept=kept at/)
  })
}

test('At the end, a file of somebody else stays', async () => {
  const kept = await begun()
  kept.disk.put(PATH, 'theirs')
  await kept.keeper.close()
  assert.equal(kept.disk.text(PATH), 'theirs')
  assert.match(kept.warnings[0] ?? '', /somebody else wrote to .* All changes are in files of their own beside it\./)
})

test('A file where the first change would go is not written over, unless it is empty', async () => {
  const kept = await keep()
  kept.disk.put(CHANGES(1), 'theirs')
  await refusalOf(put(kept, 'lost'))
  assert.equal(kept.disk.text(CHANGES(1)), 'theirs')
  kept.disk.put(CHANGES(1), '')
  await put(kept, 'a')
  assert.equal(stateOn(kept.disk), stateOf(kept.world))
})
