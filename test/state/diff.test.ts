/** What happened since a checkpoint: added, removed and changed rows, without their secrets. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type AccountRow, accounts, deletedAccounts, zones } from '../../schemas/accounts.ts'
import { members } from '../../schemas/members.ts'
import { Diff } from '../../schemas/state.ts'
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import { type TokenRow, tokens } from '../../schemas/tokens.ts'
import { users } from '../../schemas/users.ts'
import { compile } from '../../server/ajv.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { closed } from '../../server/readings.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import { diffOf } from '../../server/state/diff.ts'
import { World } from '../../server/state/world.ts'

const docs = loadFixtures('docs')
const make = () => World.from(docs, { seed: 7, clock: '2026-11-21T10:00:00Z', stateless: false })

const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'
const TOKEN = 'ed17574386854bf78a67040be0a770b0'
const ZONE = { id: 'f'.repeat(32), name: 'new.example', account_id: ACCOUNT }

test('Nothing happened, nothing is told', () => {
  const world = make()
  const before = Checkpoint.of(world)
  world.ids.id()
  world.clock.advance('P1Y')
  world.store.table(zones).put(ZONE)
  world.store.table(zones).delete(ZONE.id)
  assert.deepEqual(diffOf(before, world), {})
})

test('Rows are added, removed and changed, each in its collection, only with the fields that differ', () => {
  const world = make()
  const before = Checkpoint.of(world)
  const account = world.store.table(accounts).get(ACCOUNT) as AccountRow
  const settings = { ...account.settings, enforce_twofactor: !account.settings.enforce_twofactor }
  const { public_name: _, ...rest } = account
  world.store.table(accounts).put({ ...rest, name: 'Renamed', settings, parent_org_id: 'unit' })
  world.store.table(zones).put(ZONE)
  const [member] = world.store.table(members, ACCOUNT).slice(0, 1)
  assert.ok(member)
  world.store.table(members).delete(member.id)
  world.store.table(deletedAccounts).put({ id: 'd'.repeat(32) })

  assert.deepEqual(diffOf(before, world), {
    accounts: {
      added: [],
      removed: [],
      changed: [
        {
          id: ACCOUNT,
          before: {
            name: account.name,
            settings: account.settings,
            ...(account.public_name !== undefined && { public_name: account.public_name }),
            ...(account.parent_org_id !== undefined && { parent_org_id: account.parent_org_id }),
          },
          after: { name: 'Renamed', settings, parent_org_id: 'unit' },
        },
      ],
    },
    deleted_accounts: { added: [{ id: 'd'.repeat(32) }], removed: [], changed: [] },
    zones: { added: [ZONE], removed: [], changed: [] },
    members: { added: [], removed: [member], changed: [] },
  })
})

test('A row that was replaced by one that says the same did not change', () => {
  const world = make()
  const before = Checkpoint.of(world)
  for (const row of world.store.table(members).all()) {
    world.store.table(members).put(Object.fromEntries(Object.entries(structuredClone(row)).reverse()) as typeof row)
  }
  assert.deepEqual(diffOf(before, world), {})
})

test('Secrets are in no part of it, but that one changed is seen', () => {
  const world = make()
  const before = Checkpoint.of(world)
  const table = world.store.table(tokens)
  const token = table.get(TOKEN) as TokenRow
  const other = table.all().find(({ id }) => id !== TOKEN) as TokenRow
  table.put({ ...token, value_sha256: 'a'.repeat(64) })
  table.delete(other.id)
  table.put({ ...other, id: 'e'.repeat(32) })
  const [user] = world.store.table(users).slice(0, 1)
  assert.ok(user?.api_key_sha256)
  world.store.table(users).delete(user.id)

  const diff = diffOf(before, world)
  const { value_sha256: _, ...shown } = other
  assert.deepEqual(diff.tokens, {
    added: [{ ...shown, id: 'e'.repeat(32) }],
    removed: [shown],
    changed: [{ id: TOKEN, before: {}, after: {} }],
  })
  assert.equal(diff.users?.removed[0]?.id, user.id)
  assert.doesNotMatch(JSON.stringify(diff), /sha256/)
})

test('It can be told against what was read from a document', () => {
  const world = make()
  const before = Checkpoint.read(JSON.parse(JSON.stringify(Checkpoint.of(world))), world)
  assert.deepEqual(diffOf(before, world), {})
  world.store.table(zones).put(ZONE)
  assert.deepEqual(Object.keys(diffOf(before, world)), ['zones'])
})

test('The order is that of the collections, and of the ids in them', () => {
  const world = make()
  const empty = Checkpoint.of(World.from(loadFixtures('empty'), { seed: 7, clock: 'real', stateless: false }))
  const diff = diffOf(empty, world)
  const names = [...CATALOGUE, ...TABLES].map(({ name }) => name)
  assert.deepEqual(
    Object.keys(diff),
    names.filter((name) => diff[name]),
  )
  for (const { added } of Object.values(diff)) {
    const ids = added.map(({ id }) => id)
    assert.deepEqual(ids, ids.toSorted())
  }
  assert.equal(diff.members?.added.length, docs.tables.members?.length)
})

test('It is the difference between two sets of rows, whatever they are, and fits its schema', () => {
  const isDiff = compile(closed(Diff))
  const zone = fc.record(
    { id: fc.constantFrom(...'abcdefgh'), name: fc.constantFrom('x', 'y'), account_id: fc.constant('z') },
    { noNullPrototype: true },
  )
  const rows = fc.uniqueArray(zone, { selector: ({ id }) => id })
  fc.assert(
    fc.property(rows, rows, (old, now) => {
      const options = { seed: 1, clock: 'real', stateless: false }
      const from = (zones: typeof rows extends fc.Arbitrary<infer R> ? R : never) =>
        World.from({ tables: { zones }, aliases: {} }, options)
      const diff = diffOf(Checkpoint.of(from(old)), from(now))
      assert.equal(isDiff(diff), undefined)
      const { added = [], removed = [], changed = [] } = diff.zones ?? {}
      const gone = new Set(removed.map(({ id }) => id))
      const news = new Map(changed.map(({ id, after }) => [id, after]))
      const rebuilt = [
        ...old.filter(({ id }) => !gone.has(id)).map((row) => ({ ...row, ...news.get(row.id) })),
        ...added,
      ]
      const sorted = (list: { id: string }[]) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1))
      assert.deepEqual(sorted(rebuilt), sorted(now))
      for (const { before, after } of changed) assert.notDeepEqual(before, after)
    }),
  )
})
