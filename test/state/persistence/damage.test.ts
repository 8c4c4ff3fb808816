/** Damaged files: what was never finished is dropped, anything else is refused with advice and left as it is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Document } from '../../../schemas/state.ts'
import { Keeper } from '../../../server/state/persistence/keeper.ts'
import { lineOf } from '../../../server/state/persistence/line.ts'
import { FakeDisk } from './fake-disk.ts'
import { CHANGES, idOf, keep, PATH, put, stateOf, stateOn } from './kept-world.ts'

/** A snapshot with three changes beside it. */
async function begun(): Promise<FakeDisk> {
  const kept = await keep()
  for (const name of ['a', 'b', 'c']) await put(kept, name)
  return kept.disk
}

const open = (disk: FakeDisk) => Keeper.open(PATH, { catalogue: {}, disk })

/** What a disk is refused with; nothing on it is changed by that. */
function refusal(disk: FakeDisk): string {
  const before = disk.files.map((file) => disk.text(`/data/${file}`))
  try {
    open(disk)
  } catch (error) {
    assert.equal((error as Error).name, 'DataError', String(error))
    assert.deepEqual(
      disk.files.map((file) => disk.text(`/data/${file}`)),
      before,
    )
    assert.deepEqual(disk.acts, [])
    return (error as Error).message
  }
  throw new Error('It was not refused.')
}

/** A disk with these files. */
function diskWith(files: Record<string, string>): FakeDisk {
  const disk = new FakeDisk()
  for (const [path, text] of Object.entries(files)) disk.put(path, text)
  return disk
}

test('The last change may be cut at every byte: it is dropped, and the next one comes in its place', async () => {
  const whole = await begun()
  const [snapshot, changes] = [whole.text(PATH), whole.text(CHANGES(1))]
  const from = changes.slice(0, -1).lastIndexOf('\n') + 1
  const before = stateOn(diskWith({ [PATH]: snapshot, [CHANGES(1)]: changes.slice(0, from) }))
  assert.match(before, /^a=a,b=b at/)
  for (let length = from; length < changes.length; length += 1) {
    const disk = diskWith({ [PATH]: snapshot, [CHANGES(1)]: changes.slice(0, length) })
    assert.equal(stateOn(disk), before, String(length))
    if (length % 40 > 0) continue
    const kept = await keep(disk)
    await put(kept, 'd')
    assert.match(stateOn(disk), /^a=a,b=b,d=d at/)
    assert.equal(disk.text(CHANGES(1)).slice(0, from), changes.slice(0, from))
  }
})

test('A file of changes may be cut at every byte of its beginning', async () => {
  const whole = await begun()
  const changes = whole.text(CHANGES(1))
  const end = changes.indexOf('\n', changes.indexOf('\n') + 1)
  for (let length = 0; length <= end; length += 13) {
    const disk = diskWith({ [PATH]: whole.text(PATH), [CHANGES(1)]: changes.slice(0, length) })
    const kept = await keep(disk)
    assert.match(stateOf(kept.world), /^ at/)
    await put(kept, 'd')
    assert.match(stateOn(disk), /^d=d at/)
  }
})

test('Parts of the last change that never came to the disk, and are zeros there, are dropped with it', async () => {
  const disk = await begun()
  const changes = disk.text(CHANGES(1))
  const cut = diskWith({ [PATH]: disk.text(PATH), [CHANGES(1)]: `${changes.slice(0, -40)}${'\0'.repeat(39)}\n` })
  assert.match(stateOn(cut), /^a=a,b=b at/)
})

test('A change that was damaged later is refused, wherever it stands', async () => {
  const disk = await begun()
  for (const [line, name] of ['a', 'b', 'c'].entries()) {
    const damaged = disk.text(CHANGES(1)).replace(`"name":"${name}"`, `"name":"x"`)
    const message = refusal(diskWith({ [PATH]: disk.text(PATH), [CHANGES(1)]: damaged }))
    assert.match(
      message,
      new RegExp(`${CHANGES(1)}: it is not as it was written in line ${line + 2}\\. It is left as it is\\.`),
    )
    assert.match(message, /Put back a copy of it, or move it away .*`fauxflare check \/data\/cloud\.json` says more\.$/)
  }
})

test('A bad row of a change is told with the change that brought it', async () => {
  const disk = await begun()
  const zone = { id: idOf('z'), name: 'z', account_id: idOf('nobody') }
  disk.edit(
    CHANGES(1),
    (text) => text + lineOf({ put: { zones: [zone] } }) + lineOf({ delete: { zones: [idOf('a')] } }),
  )
  assert.match(refusal(disk.copy()), /changes-1, line 5: \/tables\/zones\/2\/account_id names "nobody-+", which is not/)
  const row = await begun()
  row.edit(CHANGES(1), (text) => text + lineOf({ put: { zones: [{ ...zone, account_id: 5 }] } }))
  assert.match(refusal(row.copy()), /changes-1, line 5: \/tables\/zones\/3\/account_id must be string/)
})

const damages: [what: string, line: object, told: RegExp][] = [
  ['a change of another form', { put: [] }, /changes-1, line 5: it is no change/],
  ['rows that are none', { put: { zones: ['a'] } }, /changes-1, line 5: it is no change/],
  ['ids that are none', { delete: { zones: [5] } }, /changes-1, line 5: it is no change/],
  ['a collection that nobody knows', { put: { zonez: [{ id: 'a' }] } }, /zonez is not a collection/],
  ['randomness that is none', { random: { ids: 'x' } }, /\/random/],
  ['a clock that is none', { clock: { mode: 'sundial', now: 'noon' } }, /\/clock/],
]

for (const [what, line, told] of damages) {
  test(`Refused: ${what}`, async () => {
    const disk = await begun()
    disk.edit(CHANGES(1), (text) => text + lineOf(line))
    assert.match(refusal(disk.copy()), told)
  })
}

test('A file of changes of another world is refused', async () => {
  const disk = await begun()
  const other = await keep()
  other.world.ids.id()
  await other.keeper.replace(other.world)
  await put(other, 'theirs')
  const message = refusal(diskWith({ [PATH]: disk.text(PATH), [CHANGES(1)]: other.disk.text(CHANGES(2)) }))
  assert.match(message, /changes-1, line 1: it does not go on from what is before it/)
})

/** A disk with a snapshot and two files of changes. */
async function twice(): Promise<FakeDisk> {
  const kept = await keep(new FakeDisk(), { foldFrom: 500 })
  kept.disk.fail = (act, path) => (act === 'write' && path.endsWith('.tmp') ? { code: 'EIO' } : undefined)
  for (let index = 0; !kept.disk.files.includes('cloud.json.changes-2'); index += 1) await put(kept, `z${index}`)
  await kept.keeper.flush()
  return kept.disk.copy()
}

test('A file of changes that is missing or was cut is refused when there is a later one', async () => {
  const disk = await twice()
  const missing = disk.copy()
  missing.remove(CHANGES(1))
  assert.match(refusal(missing), /changes-1: it is missing, and later ones are there/)
  const lines = disk.text(CHANGES(1)).split('\n').slice(0, -1)
  const cut = disk.copy()
  cut.put(CHANGES(1), `${lines.join('\n')}`)
  assert.match(refusal(cut.copy()), new RegExp(`changes-1: it was cut in line ${lines.length}`))
  assert.match(stateOn(disk), /^z0=z0,.*z3=z3 at/)
})

test('Changes without the file that they go on from are refused, and so is a plain document in its place', async () => {
  const disk = await begun()
  const plain = JSON.parse(disk.text(PATH)) as Document
  delete plain.data
  for (const text of [undefined, JSON.stringify(plain)]) {
    const alone = diskWith({ [CHANGES(1)]: disk.text(CHANGES(1)), ...(text && { [PATH]: text }) })
    const message = refusal(alone)
    assert.match(
      message,
      /changes of another file beside it, \/data\/cloud\.json\.changes-1\. They are left as they are\./,
    )
    assert.match(message, /Put back the file that they belong to, or move them away to go on without them\.$/)
  }
})

test('A document of the control API is a data file, and so is one of an earlier version', async () => {
  const disk = await begun()
  const { data: _, ...plain } = JSON.parse(disk.text(PATH)) as Document
  const { seeds: __, ...first } = plain
  for (const document of [plain, { ...first, version: 1 }]) {
    const kept = await keep(diskWith({ [PATH]: JSON.stringify(document) }))
    const { version, data: numbered } = JSON.parse(kept.disk.text(PATH)) as Document
    assert.equal(version, 2)
    assert.ok(numbered?.changes)
    await put(kept, 'a')
    assert.match(stateOn(kept.disk), /^a=a at/)
  }
})

const snapshots: [what: string, text: string, told: RegExp][] = [
  ['is empty', '', /is not JSON: Unexpected end of JSON input/],
  ['is no JSON', '{\n"version": 2,\n', /is not JSON/],
  ['is no document', '[]', /the document is not an object/],
  ['is of a version to come', '{"version": 99}', /\/version is 99; this release reads 1 to 2/],
]

for (const [what, text, told] of snapshots) {
  test(`A file that ${what} is refused`, () => {
    const message = refusal(diskWith({ [PATH]: text }))
    assert.match(message, /^Failed to read the data file \/data\/cloud\.json: /)
    assert.match(message, told)
  })
}

test('Fixtures in the place of a data file are refused with where they belong', () => {
  const message = refusal(diskWith({ [PATH]: '{ "accounts": [{ "name": "Acme" }] }' }))
  assert.match(message, /has no version, .* fauxflare --fixtures \/data\/cloud\.json --data <another file>\.$/)
})

test('What a crash left behind is removed, and nothing else', async () => {
  const disk = await begun()
  const last = await keep(disk.copy())
  await last.keeper.close()
  const left = { '.tmp': 'half', '.changes-1': 'folded', '.deleted': '{}', '.changes-x': 'theirs', '.bak': 'theirs' }
  for (const [ending, text] of Object.entries(left)) last.disk.put(PATH + ending, text)
  const { world } = await keep(last.disk)
  assert.match(stateOf(world), /^a=a,b=b,c=c at/)
  assert.deepEqual(last.disk.files, ['cloud.json', 'cloud.json.bak', 'cloud.json.changes-x'])
})
