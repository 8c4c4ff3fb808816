/** Worlds: made from a snapshot, forked at no cost, and sharing nothing from then on. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts, deletedAccounts, zones } from '../../schemas/accounts.ts'
import { members } from '../../schemas/members.ts'
import type { Snapshot } from '../../server/state/snapshot.ts'
import { World } from '../../server/state/world.ts'
import { Worlds } from '../../server/worlds.ts'

const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'
const ZONE = { id: 'a'.repeat(32), name: 'example.com', account_id: ACCOUNT }
const OTHER = { ...ZONE, id: 'b'.repeat(32) }

const snapshot: Snapshot = {
  tables: { zones: [ZONE] },
  aliases: { accounts: { account_id: ACCOUNT, toString: ACCOUNT }, zones: { account_id: ZONE.id } },
}
const options = { seed: 7, clock: '2026-11-21T10:00:00Z', stateless: false }
const make = (changed: Partial<typeof options> = {}) => World.from(snapshot, { ...options, ...changed })

/** What a world draws next, of every kind. */
const draw = (world: World) => [world.ids.id(), world.secrets.text(40), world.headers.hex(16)]

test('A world begins with the rows of its snapshot, at its time', () => {
  const world = make()
  assert.deepEqual(world.store.table(zones).all(), [ZONE])
  assert.equal(world.clock.seconds(), '2026-11-21T10:00:00Z')
  assert.equal(world.stateless, false)
  assert.equal(make({ stateless: true }).stateless, true)
})

test('Worlds of the same seed draw the same, worlds of another seed do not', () => {
  assert.deepEqual(draw(make()), draw(make()))
  assert.notDeepEqual(draw(make()), draw(make({ seed: 8 })))
})

test('Two worlds of one snapshot share nothing', () => {
  const [one, two] = [make(), make()]
  one.store.table(zones).put(OTHER)
  draw(one)
  assert.deepEqual(two.store.table(zones).all(), [ZONE])
  assert.deepEqual(draw(two), draw(make()))
})

test('A fork begins as its source is now, and neither changes the other', () => {
  const source = make()
  draw(source)
  source.store.table(zones).put(OTHER)
  const fork = source.fork()
  assert.deepEqual(fork.store.table(zones).all(), [ZONE, OTHER])

  fork.store.table(zones).delete(ZONE.id)
  source.store.table(zones).delete(OTHER.id)
  assert.deepEqual(fork.store.table(zones).all(), [OTHER])
  assert.deepEqual(source.store.table(zones).all(), [ZONE])

  const drawn = draw(source)
  assert.deepEqual(draw(fork), drawn)
  assert.notDeepEqual(draw(fork), drawn)
  assert.equal(fork.clock.now(), source.clock.now())
  assert.equal(make({ stateless: true }).fork().stateless, true)
})

const words: [key: { name: string }, word: string, id: string][] = [
  [accounts, 'account_id', ACCOUNT],
  [zones, 'account_id', ZONE.id],
  [members, 'account_id', 'account_id'],
  [accounts, 'member_id', 'member_id'],
  [accounts, ACCOUNT, ACCOUNT],
  [accounts, '', ''],
  [accounts, 'toString', ACCOUNT],
  [zones, 'toString', 'toString'],
  [zones, '__proto__', '__proto__'],
  [deletedAccounts, 'constructor', 'constructor'],
]

test('A placeholder stands for an id in its own collection, everything else for itself', () => {
  for (const world of [make(), make().fork()]) {
    for (const [key, word, id] of words) {
      assert.equal(world.resolve(key as typeof zones, word), id, `${word} among ${key.name}`)
    }
  }
})

test('The server’s worlds go back to how they began: rows, ids and randomness', () => {
  const worlds = new Worlds(snapshot, options)
  const world = worlds.next()
  assert.equal(worlds.next(), world)
  const drawn = draw(world)
  world.store.table(zones).delete(ZONE.id)
  for (const _ of ['once', 'and again']) {
    worlds.reset()
    assert.deepEqual(worlds.next().store.table(zones).all(), [ZONE])
    assert.deepEqual(draw(worlds.next()), drawn)
    worlds.next().store.table(zones).put(OTHER)
  }
})

test('Stateless, every request gets a world of its own that begins like all others', () => {
  const worlds = new Worlds(snapshot, { ...options, stateless: true })
  const drawn = draw(worlds.next())
  worlds.next().store.table(zones).delete(ZONE.id)
  assert.notEqual(worlds.next(), worlds.next())
  assert.deepEqual(worlds.next().store.table(zones).all(), [ZONE])
  assert.deepEqual(draw(worlds.next()), drawn)
})
