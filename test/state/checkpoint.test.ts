/** Checkpoints: cheap to take, independent, and restored as often and wherever one likes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zones } from '../../schemas/accounts.ts'
import { roles } from '../../schemas/roles.ts'
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import { tokens } from '../../schemas/tokens.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import { World } from '../../server/state/world.ts'
import { Worlds } from '../../server/worlds.ts'
import { ACCOUNT } from '../simulator.ts'

const docs = loadFixtures('docs')
const options = { seed: 7, clock: '2026-11-21T10:00:00Z', stateless: false }
const make = (given: Partial<typeof options> = {}) => World.from(docs, { ...options, ...given })
const json = (world: World) => JSON.stringify(Checkpoint.of(world))
/** What would come of sending the document over the wire. */
const sent = (checkpoint: Checkpoint): unknown => JSON.parse(JSON.stringify(checkpoint))

const ZONE = { id: 'f'.repeat(32), name: 'new.example', account_id: ACCOUNT }

/** Changes everything that a checkpoint remembers. */
function stir(world: World): void {
  world.store.table(zones).put(ZONE)
  world.store.table(tokens, ACCOUNT).delete('ed17574386854bf78a67040be0a770b0')
  world.clock.advance('P1D')
  draw(world)
}

const draw = ({ ids, secrets, headers, chance }: World) => [ids.id(), secrets.text(40), headers.hex(16), chance.hex(8)]

test('A document has its keys, collections and rows in a fixed order, and no catalogue', () => {
  const document = Checkpoint.of(make()).toJSON()
  assert.deepEqual(Object.keys(document), ['version', 'clock', 'random', 'seeds', 'aliases', 'tables'])
  assert.equal(document.version, 2)
  assert.deepEqual(document.clock, { mode: 'frozen', now: '2026-11-21T10:00:00.000Z' })
  assert.deepEqual(Object.keys(document.random), ['ids', 'secrets', 'headers', 'chance'])
  assert.deepEqual(
    Object.keys(document.tables),
    TABLES.map(({ name }) => name),
  )
  for (const rows of Object.values(document.tables)) {
    const ids = rows.map(({ id }) => id)
    assert.deepEqual(ids, ids.toSorted())
  }
  assert.deepEqual(document.aliases, docs.aliases)
  for (const words of Object.values(document.aliases)) {
    assert.deepEqual(Object.keys(words), Object.keys(words).toSorted())
  }
  const rows = docs.tables as Record<string, { id: string }[]>
  assert.deepEqual(
    document.tables.members,
    rows.members?.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
})

test('Worlds that were made alike have the same document, byte for byte, and others another', () => {
  assert.equal(json(make()), json(make()))
  const shuffled = { ...docs, tables: { ...docs.tables, members: docs.tables.members?.toReversed() ?? [] } }
  assert.equal(json(World.from(shuffled, options)), json(make()))
  assert.notEqual(json(make({ seed: 8 })), json(make()))
  assert.notEqual(json(make({ clock: '2026-11-21T10:00:01Z' })), json(make()))
})

test('A checkpoint stays as it is when its world goes on, and the world when the checkpoint is restored', () => {
  const world = make()
  const checkpoint = Checkpoint.of(world)
  const before = JSON.stringify(checkpoint)
  stir(world)
  const after = json(world)
  assert.notEqual(after, before)
  assert.equal(JSON.stringify(checkpoint), before)
  stir(checkpoint.restore(world))
  assert.equal(JSON.stringify(checkpoint), before)
  assert.equal(json(world), after)
})

test('A document is copied, but for one that is handed over', () => {
  const document = structuredClone(Checkpoint.of(make()).document({ secrets: true }))
  const first = document.tables.tokens?.[0]
  assert.deepEqual(Checkpoint.read(document, make()).rowsOf(tokens)[0], first)
  assert.notEqual(Checkpoint.read(document, make()).rowsOf(tokens)[0], first)
  assert.equal(Checkpoint.take(document, make()).rowsOf(tokens)[0], first)
})

for (const [how, carry] of [
  ['as it is', (checkpoint: Checkpoint) => checkpoint],
  ['as a document', (checkpoint: Checkpoint) => Checkpoint.read(sent(checkpoint), make())],
  ['as an object', (checkpoint: Checkpoint) => Checkpoint.read(checkpoint, make())],
] as const) {
  test(`A checkpoint is restored ${how}, twice, and what is drawn next is the same again`, () => {
    const world = make()
    stir(world)
    const checkpoint = carry(Checkpoint.of(world))
    const before = json(world)
    const drawn = draw(world)
    for (const _ of ['once', 'and again']) {
      const restored = checkpoint.restore(world)
      assert.equal(json(restored), before)
      assert.deepEqual(draw(restored), drawn)
      assert.deepEqual(restored.store.table(zones).get(ZONE.id), ZONE)
      stir(restored)
    }
    assert.equal(JSON.stringify(checkpoint), before)
  })
}

test('A checkpoint knows when it was taken and how many rows it has, also after it was read', () => {
  const world = make()
  const checkpoint = Checkpoint.of(world)
  world.clock.advance('P1Y')
  for (const one of [checkpoint, Checkpoint.read(sent(checkpoint), world)]) {
    assert.equal(one.time, '2026-11-21T10:00:00.000Z')
    assert.equal(
      one.rows,
      TABLES.reduce((sum, { name }) => sum + (docs.tables[name]?.length ?? 0), 0),
    )
    assert.equal(one.rows, world.rows)
  }
})

test('A clock with an offset keeps it: restored an hour later, it is an hour later', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-21T10:00:00Z') })
  const world = make({ clock: 'real' })
  world.clock.advance('P31D')
  const checkpoint = Checkpoint.of(world)
  assert.deepEqual(checkpoint.toJSON().clock, {
    mode: 'offset',
    now: '2026-12-22T10:00:00.000Z',
    offset_ms: 31 * 86_400_000,
  })
  t.mock.timers.setTime(Date.parse('2026-11-21T11:00:00Z'))
  world.clock.freeze()
  const read = Checkpoint.read(sent(checkpoint), world)
  assert.deepEqual(read.toJSON(), checkpoint.toJSON(), 'What it said when it was taken stands.')
  for (const one of [checkpoint, read]) {
    const { clock } = one.restore(world)
    assert.deepEqual(clock.setting(), { mode: 'offset', now: '2026-12-22T11:00:00.000Z' })
  }
})

test('The document of a real clock is restored to a real clock', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-21T10:00:00Z') })
  const document = sent(Checkpoint.of(make({ clock: 'real' })))
  t.mock.timers.setTime(Date.parse('2027-11-21T10:00:00Z'))
  const { clock } = Checkpoint.read(document, make()).restore(make())
  assert.deepEqual(clock.setting(), { mode: 'real', now: '2027-11-21T10:00:00.000Z' })
})

test('A document that was read may be changed afterwards, and so may what it was made of', () => {
  const world = make()
  const document = sent(Checkpoint.of(world)) as { tables: { zones: { name: string }[] }; aliases: { zones: object } }
  const checkpoint = Checkpoint.read(document, world)
  const before = JSON.stringify(checkpoint)
  for (const zone of document.tables.zones) zone.name = 'changed.example'
  document.tables.zones.pop()
  Object.assign(document.aliases.zones, { zone_id: 'x' })
  assert.equal(JSON.stringify(checkpoint), before)
})

test('A catalogue of one’s own is in the document and comes back; the standard one is neither', () => {
  const world = make()
  const own = { id: 'r'.repeat(32), name: 'Stage Hand', description: '', permissions: {} }
  const rows = { ...docs.tables, roles: [...(docs.tables.roles ?? []), own] }
  const other = World.from({ ...docs, tables: rows }, options)
  const document = Checkpoint.of(other).toJSON()
  assert.deepEqual(Object.keys(document.tables), ['roles', ...TABLES.map(({ name }) => name)])

  const restored = Checkpoint.read(document, world).restore(world)
  assert.deepEqual(restored.store.table(roles).get(own.id), own)
  assert.equal(json(restored), json(other))
  // Left out, the collections of the catalogue are those of the release, whatever the world had before.
  const back = Checkpoint.read(sent(Checkpoint.of(world)), restored).restore(restored)
  assert.equal(back.store.table(roles).get(own.id), undefined)
  for (const key of CATALOGUE) {
    assert.deepEqual(back.store.table(key).all(), world.store.table(key).all(), key.name)
  }
  assert.equal(json(back), json(world))
})

test('Words of the documentation go with the rows, and come back with a reset', () => {
  const worlds = new Worlds(docs, options)
  const empty = World.from(loadFixtures('empty'), options)
  worlds.restore('default', Checkpoint.read(sent(Checkpoint.of(empty)), worlds.of()))
  assert.equal(worlds.of().resolve(zones, 'zone_id'), 'zone_id')
  worlds.reset()
  assert.notEqual(worlds.of().resolve(zones, 'zone_id'), 'zone_id')
})

test('A checkpoint is restored into another sandbox, and only there', () => {
  const worlds = new Worlds(docs, options)
  stir(worlds.of('one'))
  const checkpoint = Checkpoint.of(worlds.of('one'))
  const before = [json(worlds.of()), json(worlds.of('one'))]
  worlds.restore('two', checkpoint)
  assert.equal(worlds.of('two').name, 'two')
  assert.equal(json(worlds.of('two')), before[1])
  stir(worlds.of('two'))
  assert.deepEqual([json(worlds.of()), json(worlds.of('one'))], before)
  worlds.reset('two')
  assert.equal(json(worlds.of('two')), before[0])
})

test('Named checkpoints outlive a reset and a restore, and belong to one world', () => {
  const worlds = new Worlds(docs, options)
  worlds.of('one').checkpoints.set('start', Checkpoint.of(worlds.of('one')))
  stir(worlds.of('one'))
  worlds.of('one').checkpoints.set('later', Checkpoint.of(worlds.of('one')))
  for (const _ of ['once', 'and again']) {
    worlds.restore('one', worlds.of('one').checkpoints.get('start') as Checkpoint)
    worlds.reset('one')
    assert.deepEqual([...worlds.of('one').checkpoints.keys()], ['start', 'later'])
  }
  assert.equal(worlds.of().checkpoints.size, 0)
  assert.equal(worlds.of('two').checkpoints.size, 0)
})

test('A stateless world is restored too: each request then begins from there', () => {
  const worlds = new Worlds(docs, { ...options, stateless: true })
  const other = make()
  other.store.table(zones).put(ZONE)
  worlds.restore('default', Checkpoint.of(other))
  for (const _ of ['once', 'and again']) {
    assert.ok(worlds.next().store.table(zones).delete(ZONE.id))
  }
})
