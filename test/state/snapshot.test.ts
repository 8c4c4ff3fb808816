/** Snapshots: good ones are taken as they are, bad ones refused with the place of the fault. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import { loadFixtures, SETS } from '../../server/fixtures/load.ts'
import { readSnapshot, SnapshotError } from '../../server/state/snapshot.ts'

const ID = 'a'.repeat(32)
const ACCOUNT = {
  id: 'b'.repeat(32),
  name: 'An account',
  type: 'standard',
  created_on: '2026-11-21T10:00:00Z',
  settings: {
    abuse_contact_email: null,
    access_approval_expiry: null,
    api_access_enabled: null,
    default_nameservers: null,
    enforce_twofactor: false,
    use_account_custom_ns_by_default: null,
  },
}
const ZONE = { id: ID, name: 'example.com', account_id: ACCOUNT.id }
const OTHER = { ...ZONE, id: 'c'.repeat(32) }
const ENTRY = {
  id: ID,
  account: { id: ACCOUNT.id, name: 'An account' },
  action: { result: 'success', type: 'create', time: '2026-11-21T10:00:00Z' },
}

test('Rows are taken as they stand, and a collection that is left out is empty', () => {
  const zones = [ZONE, OTHER]
  const aliases = { zones: { zone_id: ID } }
  const snapshot = readSnapshot({ tables: { accounts: [ACCOUNT], zones }, aliases })
  assert.deepEqual(snapshot.tables.zones, zones)
  assert.deepEqual(snapshot.aliases, aliases)
  assert.deepEqual(
    Object.keys(snapshot.tables),
    [...CATALOGUE, ...TABLES].map(({ name }) => name),
  )
  const others = Object.entries(snapshot.tables).filter(([name]) => !['accounts', 'zones'].includes(name))
  assert.ok(others.every(([, rows]) => rows.length === 0))
  assert.deepEqual(readSnapshot({ tables: {} }).aliases, {})
})

test('Collections have names of their own', () => {
  const names = [...CATALOGUE, ...TABLES].map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
})

for (const name of SETS) {
  test(`A snapshot can be read again from what it holds: ${name}`, () => {
    const { catalogue, ...snapshot } = loadFixtures(name)
    assert.deepEqual(readSnapshot(JSON.parse(JSON.stringify(snapshot))), snapshot)
    assert.deepEqual(Object.keys(catalogue ?? {}).sort(), CATALOGUE.map((key) => key.name).sort())
  })
}

const bad: [what: string, tables: Record<string, unknown>, pointer: string, problem: RegExp][] = [
  ['an unknown collection', { acounts: [] }, '/acounts', /is not a collection\. Did you mean "accounts"\?/],
  ['a collection with a slash and a tilde', { 'a/b~c': [] }, '/a~1b~0c', /is not a collection/],
  ['a collection that is an object', { zones: {} }, '/zones', /is not an array of rows/],
  ['a collection that is a text', { zones: 'none' }, '/zones', /is not an array of rows/],
  ['a row that is null', { zones: [null] }, '/zones/0', /must be object/],
  ['a row that is an array', { zones: [ZONE, []] }, '/zones/1', /must be object/],
  ['a field that is missing', { zones: [{ ...ZONE, name: undefined }] }, '/zones/0/name', /is required/],
  ['an id that is missing', { zones: [{ name: 'x', account_id: 'y' }] }, '/zones/0/id', /is required/],
  ['a field too many', { zones: [ZONE, { ...OTHER, colour: 'red' }] }, '/zones/1/colour', /is not allowed here/],
  ['a field with a slash', { zones: [{ ...ZONE, 'a/b~c': 1 }] }, '/zones/0/a~1b~0c', /is not allowed here/],
  ['a value of another type', { zones: [{ ...ZONE, name: 7 }] }, '/zones/0/name', /must be string/],
  ['a value that is null', { zones: [{ ...ZONE, name: null }] }, '/zones/0/name', /must be string/],
  ['an id that is too short', { zones: [{ ...ZONE, id: 'abc' }] }, '/zones/0/id', /must NOT have fewer than 32/],
  ['an id that occurs twice', { zones: [ZONE, OTHER, ZONE] }, '/zones/2/id', new RegExp(`repeats the id "${ID}"`)],
  [
    'a time that is none, further down',
    { audit_logs: [{ ...ENTRY, action: { ...ENTRY.action, time: 'noon' } }] },
    '/audit_logs/0/action/time',
    /must match format "date-time"/,
  ],
  [
    'a field too many, further down',
    { audit_logs: [{ ...ENTRY, account: { ...ENTRY.account, size: 1 } }] },
    '/audit_logs/0/account/size',
    /is not allowed here/,
  ],
  [
    'a leap second, which names no moment',
    { audit_logs: [{ ...ENTRY, action: { ...ENTRY.action, time: '2016-12-31T23:59:60Z' } }] },
    '/audit_logs/0/action/time',
    /names no moment/,
  ],
  ['a bad row of the catalogue', { roles: [{ id: ID }] }, '/roles/0/name', /is required/],
]

for (const [what, tables, pointer, problem] of bad) {
  test(`Refuses ${what}`, () => {
    assert.throws(
      () => readSnapshot({ tables }),
      (error) => {
        assert.ok(error instanceof SnapshotError)
        assert.equal(error.pointer, pointer)
        assert.match(error.message, problem)
        assert.ok(error.message.startsWith(`Failed to read the snapshot: ${pointer} `), error.message)
        assert.match(error.message, /[.?] Correct it and try again\.$/)
        return true
      },
    )
  })
}

const badAliases: [what: string, aliases: unknown, pointer: string, problem: RegExp][] = [
  ['aliases that are a list', [], '/aliases', /is not an object/],
  ['aliases that are a text', 'none', '/aliases', /is not an object/],
  ['words that are a list', { accounts: [] }, '/aliases/accounts', /is not an object/],
  ['words that are null', { accounts: null }, '/aliases/accounts', /is not an object/],
  ['a word for a number', { accounts: { account_id: 7 } }, '/aliases/accounts/account_id', /is not a string/],
  ['aliases of an unknown collection', { acounts: {} }, '/aliases/acounts', /is not a collection/],
]

for (const [what, aliases, pointer, problem] of badAliases) {
  test(`Refuses ${what}`, () => {
    assert.throws(() => readSnapshot({ tables: {}, aliases }), { name: 'SnapshotError', pointer, message: problem })
  })
}

test('Of several faults the first is told, in the order of the collections', () => {
  const tables = { zones: [{ ...ZONE, name: 7, account_id: 7 }], roles: [{}] }
  assert.throws(() => readSnapshot({ tables }), { name: 'SnapshotError', message: /\/roles\/0\// })
})

test('A bad snapshot leaves what it was read from alone', () => {
  const tables = { zones: [{ ...ZONE, name: 7 }] }
  assert.throws(() => readSnapshot({ tables }), SnapshotError)
  assert.deepEqual(tables, { zones: [{ ...ZONE, name: 7 }] })
})
