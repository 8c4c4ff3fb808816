/** How people come into an account and lose their rights there, told with the SDK, where credentials must exist. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, EMAIL } from '../simulator.ts'
import { clientOf, collect } from './clients.ts'
import { bearing, guarded, refusalOf, rename, signedIn, UNAUTHORIZED, UNKNOWN_ACCOUNT } from './people.ts'

const account_id = ACCOUNT
const WENDELL = 'wendell.price@example.org'
const PRIYA = { email: 'priya.raman@example.com', user: '51f39b153dc8a4c93f2ebba180929dae' }
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'
const READ_ONLY = 'f2b20eaa1a5d4af42b53ac16238c99c7'
const SUPER_ADMINISTRATOR = '33666b9c79b9a5273fc7344ff42f953d'
const SETTINGS_WRITE = '1af1fa2adc104452b74a9a3364202f20'
const NO_INVITATION = [404, 1003, 'Invitation not found']

test('an invitation is accepted by its owner, and by nobody else', async (t) => {
  const cf = await guarded(t)
  const [john, wendell] = [signedIn(cf, EMAIL), signedIn(cf, WENDELL)]
  const accountsOf = async () => (await collect(wendell.accounts.list({ per_page: 50 }))).map(({ id }) => id)
  const before = await accountsOf()
  assert.ok(!before.includes(ACCOUNT))

  const { id = '' } = await john.accounts.members.create({ account_id, email: WENDELL, roles: [READ_ONLY] })
  const [invite] = await collect(wendell.user.invites.list())
  assert.deepEqual([invite?.id, invite?.status, invite?.invited_by], [id, 'pending', EMAIL])
  // To be invited is no right yet.
  assert.deepEqual(await refusalOf(wendell.accounts.get({ account_id })), UNKNOWN_ACCOUNT)
  assert.deepEqual(await refusalOf(wendell.accounts.members.list({ account_id })), UNAUTHORIZED)

  // Not the one who sent it, not a colleague, and not with the token of the account.
  for (const other of [john, signedIn(cf, 'alice@example.com')]) {
    assert.deepEqual(await refusalOf(other.user.invites.edit(id, { status: 'accepted' })), NO_INVITATION)
    const membership = other.memberships.update(id, { status: 'accepted' })
    assert.deepEqual(await refusalOf(membership), [404, 1003, 'Membership not found'])
  }
  const machine = clientOf(cf, { apiToken: 'rcUI75i7n_ztWqU8fPhvD48v-uDzHJ2As0hKaD6Z' })
  const noUser = [403, 9109, 'Valid user-level authentication not found']
  assert.deepEqual(await refusalOf(machine.user.invites.edit(id, { status: 'accepted' })), noUser)
  assert.equal((await john.accounts.members.get(id, { account_id })).status, 'pending')

  assert.equal((await wendell.user.invites.edit(id, { status: 'accepted' })).status, 'accepted')
  const member = await john.accounts.members.get(id, { account_id })
  assert.deepEqual([member.status, member.user?.first_name], ['accepted', 'Wendell'])
  assert.equal((await wendell.accounts.get({ account_id })).id, ACCOUNT)
  assert.deepEqual((await accountsOf()).sort(), [...before, ACCOUNT].sort())
  assert.equal((await wendell.memberships.get(id)).account?.id, ACCOUNT)
  assert.deepEqual(await collect(wendell.user.invites.list()), [])
  // Reading is all that the role is good for.
  const guest = { account_id, email: 'guest@example.org', roles: [READ_ONLY] }
  assert.deepEqual(await refusalOf(wendell.accounts.members.create(guest)), UNAUTHORIZED)

  // The member leaves, and is a stranger again.
  await wendell.memberships.delete(id)
  assert.deepEqual(await refusalOf(wendell.accounts.get({ account_id })), UNKNOWN_ACCOUNT)
  assert.deepEqual(await accountsOf(), before)
})

test('an invitation that its owner declines is gone, and may be sent again', async (t) => {
  const cf = await guarded(t)
  const [{ members }, wendell] = [signedIn(cf, EMAIL).accounts, signedIn(cf, WENDELL)]
  const asked = { account_id, email: WENDELL, roles: [READ_ONLY] }
  const { id = '' } = await members.create(asked)
  assert.deepEqual(await refusalOf(members.create(asked)), [400, 1001, 'Invalid request: Member already exists'])
  assert.equal((await wendell.memberships.update(id, { status: 'rejected' })).status, 'rejected')
  assert.deepEqual(await refusalOf(members.get(id, { account_id })), [404, 1003, 'Member not found for account'])
  assert.deepEqual(await refusalOf(wendell.user.invites.get(id)), NO_INVITATION)
  const { id: next = '' } = await members.create(asked)
  assert.equal((await wendell.memberships.update(next, { status: 'accepted' })).status, 'accepted')
})

test('an administrator is demoted, and refused on the next call', async (t) => {
  const cf = await guarded(t)
  const [john, priya] = [signedIn(cf, EMAIL), signedIn(cf, PRIYA.email)]
  const [row] = (await collect(john.accounts.members.list({ account_id, per_page: 50 }))).filter(
    (member) => member.user?.id === PRIYA.user,
  )
  const id = row?.id ?? ''
  const made = await priya.user.tokens.create({
    name: 'rename',
    policies: [
      {
        effect: 'allow',
        permission_groups: [{ id: SETTINGS_WRITE }],
        resources: { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' },
      },
    ],
  })
  const bearer = bearing(cf, made.value)
  assert.equal((await rename(priya, 'One')).name, 'One')
  assert.equal((await rename(bearer, 'Two')).name, 'Two')
  // An Administrator manages no members, least of all to become more than that.
  const more = { account_id, roles: [{ id: SUPER_ADMINISTRATOR }] } as Parameters<
    typeof john.accounts.members.update
  >[1]
  assert.deepEqual(await refusalOf(priya.accounts.members.update(id, more)), UNAUTHORIZED)

  await john.accounts.members.update(id, { ...more, roles: [{ id: READ_ONLY }] } as typeof more)
  assert.deepEqual(await refusalOf(rename(priya, 'Three')), UNAUTHORIZED)
  // A token is never worth more than its user.
  assert.deepEqual(await refusalOf(rename(bearer, 'Three')), UNAUTHORIZED)
  assert.equal((await priya.accounts.get({ account_id })).name, 'Two')

  await john.accounts.members.update(id, { ...more, roles: [{ id: ADMINISTRATOR }] } as typeof more)
  assert.equal((await rename(bearer, 'Three')).name, 'Three')

  // Removed, there is nothing left to see; the token itself is still good.
  await john.accounts.members.delete(id, { account_id })
  for (const client of [priya, bearer]) {
    assert.deepEqual(await refusalOf(client.accounts.get({ account_id })), UNKNOWN_ACCOUNT)
  }
  assert.deepEqual(await refusalOf(bearer.accounts.members.list({ account_id })), UNAUTHORIZED)
  assert.equal((await bearer.user.tokens.verify()).status, 'active')
})

test('a Super Administrator is made less by another, and the last one stays', async (t) => {
  const cf = await guarded(t)
  const account_id = 'eb78d65290b24279ba6f44721b3ea3c4'
  const [john, nora] = [signedIn(cf, EMAIL), signedIn(cf, 'nora.whitfield@example.net')]
  const everybody = await collect(john.accounts.members.list({ account_id }))
  const idOf = (email: string) => everybody.find((member) => member.user?.email === email)?.id ?? ''
  const roles = (id: string) => ({ account_id, roles: [{ id }] }) as Parameters<typeof john.accounts.members.update>[1]
  const guest = { account_id, email: 'guest@example.net', roles: [READ_ONLY] }

  await nora.accounts.members.update(idOf(EMAIL), roles(ADMINISTRATOR))
  assert.deepEqual(await refusalOf(john.accounts.members.create(guest)), UNAUTHORIZED)
  const last = [400, 1001, 'Invalid request: Cannot remove the last Super Administrator']
  const herself = idOf('nora.whitfield@example.net')
  assert.deepEqual(await refusalOf(nora.accounts.members.update(herself, roles(ADMINISTRATOR))), last)
  assert.deepEqual(await refusalOf(nora.accounts.members.delete(herself, { account_id })), last)
  assert.deepEqual(await refusalOf(nora.memberships.delete(herself)), last)
  assert.deepEqual(await refusalOf(nora.user.organizations.delete(account_id)), last)
  await nora.accounts.members.update(idOf(EMAIL), roles(SUPER_ADMINISTRATOR))
  assert.equal((await john.accounts.members.create(guest)).status, 'pending')
  assert.ok(await nora.memberships.delete(herself))
})
