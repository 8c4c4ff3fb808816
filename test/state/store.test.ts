/** Collections, the parts of them that belong to somebody, and what goes when an owner goes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { accounts, zones } from '../../schemas/accounts.ts'
import { type AuditLogRow, auditLogs } from '../../schemas/audit-logs.ts'
import { users } from '../../schemas/users.ts'
import { Store } from '../../server/state/store.ts'

const ADA = 'a'.repeat(32)
const BOB = 'b'.repeat(32)
const zone = (id: string, account_id: string) => ({ id, name: `${id}.example.com`, account_id })

const entry = (id: string, account: string): AuditLogRow => ({
  id,
  account: { id: account, name: 'An account' },
  action: { result: 'success', type: 'create', time: '2026-11-21T10:00:00Z' },
})

const user = (id: string) => ({
  id,
  email: `${id}@example.com`,
  first_name: null,
  last_name: null,
  two_factor_authentication_enabled: false,
})

function filled(): Store {
  const store = new Store()
  store.load('zones', [zone('z1', ADA), zone('z2', BOB), zone('z3', ADA)])
  store.load('audit_logs', [entry('l1', ADA), entry('l2', BOB)])
  store.load('users', [user(ADA), user(BOB)])
  return store
}

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

test('Whoever asks for a collection without saying whose rows are, does not widen what others read', () => {
  const store = filled()
  const { owner: _, ...anybody } = zones
  assert.deepEqual(ids(store.table(anybody, ADA).all()), ['z1', 'z2', 'z3'])
  assert.deepEqual(ids(store.table(zones, ADA).all()), ['z1', 'z3'])
})

test('A collection that was never filled is empty and can be written to', () => {
  const store = new Store()
  assert.equal(store.table(zones).total(), 0)
  assert.equal(store.table(zones).get('z1'), undefined)
  store.table(zones).put(zone('z1', ADA))
  assert.deepEqual(ids(store.table(zones).all()), ['z1'])
})

test('The part of an owner lists and finds only what is theirs', () => {
  const store = filled()
  assert.deepEqual(ids(store.table(zones, ADA).all()), ['z1', 'z3'])
  assert.equal(store.table(zones, ADA).get('z1')?.id, 'z1')
  assert.equal(store.table(zones, ADA).get('z2'), undefined)
  assert.deepEqual(ids(store.table(auditLogs, BOB).all()), ['l2'])
  assert.equal(store.table(auditLogs, BOB).get('l1'), undefined)
  assert.equal(store.table(zones, 'c'.repeat(32)).total(), 0)
})

test('The whole collection finds what is anybody’s', () => {
  const store = filled()
  assert.deepEqual(ids(store.table(zones).all()), ['z1', 'z2', 'z3'])
  assert.equal(store.table(zones).get('z2')?.id, 'z2')
})

test('A collection that belongs to nobody is the same for everybody', () => {
  assert.equal(filled().table(users, ADA).total(), 2)
  assert.equal(filled().table(users, ADA).get(BOB)?.id, BOB)
})

test('The part of an owner deletes only what is theirs', () => {
  const store = filled()
  assert.equal(store.table(zones, ADA).delete('z2'), false)
  assert.equal(store.table(zones).get('z2')?.id, 'z2')
  assert.equal(store.table(zones, ADA).delete('z1'), true)
  assert.deepEqual(ids(store.table(zones).all()), ['z2', 'z3'])
})

test('The part of an owner cannot be asked for what is somebody else’s', () => {
  assert.deepEqual(filled().table(zones, ADA).where({ account_id: BOB }).all(), [])
})

test('A row that is put is handed back, and shows in every part that it belongs to', () => {
  const store = filled()
  const part = store.table(zones, BOB)
  const row = zone('z0', BOB)
  assert.equal(part.put(row), row)
  assert.deepEqual(ids(part.all()), ['z0', 'z2'])
  assert.deepEqual(ids(store.table(zones, BOB).all()), ['z0', 'z2'])
  // A row that changes hands leaves the old part.
  store.table(zones).put(zone('z0', ADA))
  assert.deepEqual(ids(part.all()), ['z2'])
  assert.equal(part.get('z0'), undefined)
})

test('With an owner goes everything that they own, nested columns too, and nothing else', () => {
  const store = filled()
  store.deleteOwnedBy(ADA)
  assert.deepEqual(ids(store.table(zones).all()), ['z2'])
  assert.deepEqual(ids(store.table(auditLogs).all()), ['l2'])
  assert.deepEqual(ids(store.table(users).all()), [ADA, BOB])
  store.deleteOwnedBy('nobody')
  assert.deepEqual(ids(store.table(zones).all()), ['z2'])
})

test('A fork and its source do not see each other’s changes, in collections that are new as well', () => {
  const store = filled()
  store.table(zones, ADA).all()
  const fork = store.fork()
  fork.deleteOwnedBy(ADA)
  store.table(zones).delete('z2')
  store.table(users).delete(ADA)
  fork.table(users).put(user('c'.repeat(32)))
  assert.deepEqual(ids(store.table(zones).all()), ['z1', 'z3'])
  assert.deepEqual(ids(fork.table(zones).all()), ['z2'])
  assert.deepEqual(ids(store.table(users).all()), [BOB])
  assert.equal(fork.table(users).total(), 3)
  const empty = new Store()
  const copy = empty.fork()
  copy.table(zones).put(zone('z1', ADA))
  assert.equal(empty.table(zones).total(), 0)
})

test('A checkpoint brings back what was there: rows, orders, collections that were new', () => {
  const store = filled()
  store.table(zones, ADA).orderBy('name').all()
  const undo = store.checkpoint()
  store.deleteOwnedBy(ADA)
  store.table(zones).put(zone('z9', BOB))
  store.table(accounts).put({ id: ADA } as never)
  undo()
  assert.deepEqual(ids(store.table(zones).all()), ['z1', 'z2', 'z3'])
  assert.deepEqual(ids(store.table(zones, ADA).orderBy('name', 'desc').all()), ['z3', 'z1'])
  assert.deepEqual(ids(store.table(auditLogs).all()), ['l1', 'l2'])
  assert.equal(store.table(accounts).total(), 0)
  store.table(zones).put(zone('z9', BOB))
  assert.deepEqual(ids(store.table(zones, BOB).orderBy('name').all()), ['z2', 'z9'])
})

test('A checkpoint that is not used changes nothing, and leaves forks alone', () => {
  const store = filled()
  const fork = store.fork()
  store.checkpoint()
  store.table(zones).delete('z1')
  const undo = store.checkpoint()
  store.table(zones).delete('z2')
  undo()
  assert.deepEqual(ids(store.table(zones).all()), ['z2', 'z3'])
  assert.deepEqual(ids(fork.table(zones).all()), ['z1', 'z2', 'z3'])
})

test('What was undone is let go of, however often that happens', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const store = filled()
  const undone = Array.from({ length: 5 }, () => {
    const undo = store.checkpoint()
    const row = zone('z9', ADA)
    store.table(zones).put(row)
    undo()
    return new WeakRef(row)
  })
  // The last one may be kept until the next change.
  store.checkpoint()
  await new Promise(setImmediate)
  collect()
  const kept = undone.slice(0, -1).filter((row) => row.deref() !== undefined)
  assert.equal(kept.length, 0, `${kept.length} of ${undone.length} rows are kept`)
})
