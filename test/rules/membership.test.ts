/** Which membership of an account is a user's: remembered, and yet the one that is found anew. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MemberRow, members } from '../../schemas/members.ts'
import { type UserRow, users } from '../../schemas/users.ts'
import { membershipOf } from '../../server/rules/user-rights.ts'
import { Table } from '../../server/state/table.ts'
import { ACCOUNT, EMAIL, simulator } from '../simulator.ts'

const FIRST = '0'.repeat(32)

async function started(t: Parameters<typeof simulator>[0]) {
  const world = (await simulator(t)).worlds.of()
  const user = world.store.table(users).where({ email: EMAIL }).first() as UserRow
  const table = world.store.table(members)
  const found = () => membershipOf(user, ACCOUNT, world)
  return { world, user, table, found, own: found() as MemberRow }
}

test('a membership under another address counts where there is none under the own, and the first of several', async (t) => {
  const { table, found, own } = await started(t)
  const other = { ...own, user: { ...own.user, email: 'other@example.com' } }
  table.put(other)
  assert.equal(found(), other)
  const second = { ...own, id: FIRST, user: { ...own.user, email: 'second@example.com' } }
  table.put(second)
  assert.equal(found(), second)
  table.delete(second.id)
  assert.equal(found(), other)
  table.put({ ...second, user: own.user })
  assert.equal(found()?.id, FIRST)
})

test('an invitation is no membership, and neither is one that is gone', async (t) => {
  const { world, table, found, own } = await started(t)
  const back = world.store.checkpoint()
  table.put({ ...own, status: 'pending' })
  assert.equal(found(), undefined)
  table.put(own)
  assert.equal(found(), own)
  table.delete(own.id)
  assert.equal(found(), undefined)
  back()
  assert.equal(found()?.id, own.id)
})

test('a change to another member makes no search for a membership necessary', async (t) => {
  const { table, found, own } = await started(t)
  const searches = t.mock.method(Table.prototype, 'orderedBy')
  for (let n = 0; n < 10; n += 1) {
    table.put({ ...own, id: `${n}`.padStart(32, 'a'), user: { ...own.user, id: FIRST, email: `${n}@example.com` } })
    assert.equal(found(), own)
  }
  assert.equal(searches.mock.callCount(), 0)
})
