/** The life of invitations, told with the SDK from both sides. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiKey } from '../../fixtures/docs/hash.ts'
import { ACCOUNT } from '../simulator.ts'
import { clientOf, collect, listening, refused, sdk } from './clients.ts'

const account_id = ACCOUNT
const DNS = '069fe803647ed3609e93d041d5df6050'
const WENDELL = { apiToken: null, apiEmail: 'wendell.price@example.org', apiKey: apiKey('wendell.price@example.org') }

test('somebody is invited, accepts, works, and leaves', async (t) => {
  const cf = await listening(t)
  const [owner, guest] = [clientOf(cf), clientOf(cf, WENDELL)]
  const { id } = await owner.accounts.members.create({ account_id, email: WENDELL.apiEmail, roles: [DNS] })
  const [invite] = await collect(guest.user.invites.list())
  assert.deepEqual([invite?.id, invite?.organization_id, invite?.roles], [id, account_id, ['DNS']])
  assert.ok(id)

  const stranger = await refused(owner.user.invites.edit(id, { status: 'accepted' }))
  assert.ok(stranger instanceof sdk.NotFoundError)
  assert.equal((await guest.user.invites.edit(id, { status: 'accepted' })).status, 'accepted')
  assert.equal((await owner.accounts.members.get(id, { account_id })).status, 'accepted')
  const [membership] = await collect(guest.memberships.list({ account: { name: 'Demo Account' } }))
  assert.deepEqual(membership, await guest.memberships.get(id))

  // Before there were organizations, an account was one, and the answer had no envelope.
  assert.deepEqual((await guest.user.organizations.delete(account_id)).id, account_id)
  assert.ok((await refused(owner.accounts.members.get(id, { account_id }))) instanceof sdk.NotFoundError)
  assert.ok((await refused(guest.memberships.get(id))) instanceof sdk.NotFoundError)
})

test('an invitation that has lapsed is deleted and sent again', async (t) => {
  const cf = await listening(t)
  const [{ members }, guest] = [clientOf(cf).accounts, clientOf(cf, WENDELL)]
  const asked = { account_id, email: WENDELL.apiEmail, roles: [DNS] }
  const { id } = await members.create(asked)
  assert.ok(id)
  cf.clock.advance('P4D')
  assert.ok((await refused(guest.memberships.update(id, { status: 'accepted' }))) instanceof sdk.BadRequestError)
  assert.ok((await refused(members.create(asked))) instanceof sdk.BadRequestError)
  await members.delete(id, { account_id })
  const again = await members.create(asked)
  assert.ok(again.id)
  assert.equal((await guest.memberships.update(again.id, { status: 'accepted' })).status, 'accepted')
})
