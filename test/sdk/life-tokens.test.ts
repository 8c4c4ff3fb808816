/** The lives of two tokens, told with the SDK, where credentials must exist: one expires, the other is rolled. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, EMAIL } from '../simulator.ts'
import { collect, refused } from './clients.ts'
import {
  bearing,
  explained,
  guarded,
  INVALID_TOKEN,
  refusalOf,
  rename,
  signedIn,
  UNAUTHORIZED,
  UNVERIFIED,
} from './people.ts'

const account_id = ACCOUNT
const OTHER_ACCOUNT = 'a67e14daa5f8dceeb91fe5449ba496ef'
const JOHN = '7c5dae5552338874e5053f2534d2767a'
const SETTINGS_READ = 'c1fde68c7bcc44588cbb6ddbc16d6480'
const USER_DETAILS_READ = '8acbe5bb0d54464ab867149d7f7cf8ac'
const API_TOKENS_WRITE = '686d18d5ac6c441c867cbf6771e58a0a'

const allow = (resource: string, ...ids: string[]) => ({
  effect: 'allow' as const,
  permission_groups: ids.map((id) => ({ id })),
  resources: { [resource]: '*' },
})

test('a token is made, comes into force, does what it may and no more, and expires', async (t) => {
  const cf = await guarded(t)
  const { tokens, members } = signedIn(cf, EMAIL).accounts
  const asked = {
    account_id,
    name: 'reporting',
    policies: [allow(`com.cloudflare.api.account.${ACCOUNT}`, SETTINGS_READ)],
    not_before: '2026-11-21T10:30:00Z',
    expires_on: '2026-11-21T12:00:00Z',
  }
  const { id = '', value, status } = await tokens.create(asked)
  assert.equal(status, 'active')
  const client = bearing(cf, value)
  const bearer = client.accounts

  // Its time has not come.
  assert.deepEqual(await refusalOf(bearer.tokens.verify({ account_id })), UNVERIFIED)
  assert.deepEqual(await refusalOf(bearer.get({ account_id })), INVALID_TOKEN)

  const lastUse = async () => (await tokens.get(id, { account_id })).last_used_on
  assert.equal(await lastUse(), undefined)

  cf.clock.advance('PT30M')
  const { not_before, expires_on } = asked
  assert.deepEqual(await bearer.tokens.verify({ account_id }), { id, status: 'active', not_before, expires_on })
  assert.equal((await bearer.get({ account_id })).id, ACCOUNT)
  const [somebody] = await collect(bearer.members.list({ account_id, per_page: 50 }))
  assert.ok(somebody?.id)
  assert.deepEqual(
    (await collect(bearer.list())).map((account) => account.id),
    [ACCOUNT],
  )

  // It reads, and reads this account.
  const change = await refused(bearer.members.delete(somebody.id, { account_id }))
  assert.deepEqual([change.status, change.errors[0]?.code, change.errors[0]?.message], UNAUTHORIZED)
  assert.deepEqual(explained(change).permission_groups.sort(), ['Account Settings Write', 'SCIM Provisioning'])
  assert.deepEqual(await refusalOf(rename(client, 'Mine')), UNAUTHORIZED)
  assert.deepEqual(await refusalOf(bearer.members.list({ account_id: OTHER_ACCOUNT })), UNAUTHORIZED)
  assert.equal((await members.get(somebody.id, { account_id })).id, somebody.id)

  assert.equal(await lastUse(), '2026-11-21T10:30:00Z')

  cf.clock.advance('PT89M59S')
  assert.equal((await bearer.get({ account_id })).id, ACCOUNT)
  cf.clock.advance('PT1S')
  assert.deepEqual(await refusalOf(bearer.get({ account_id })), INVALID_TOKEN)
  assert.equal((await bearer.tokens.verify({ account_id })).status, 'expired')
  assert.equal((await tokens.get(id, { account_id })).status, 'expired')
  const isListed = async (include_expired: boolean) =>
    (await collect(tokens.list({ account_id, include_expired, per_page: 50 }))).some((token) => token.id === id)
  assert.deepEqual([await isListed(false), await isListed(true)], [false, true])

  // More time brings it back to life, with the same value; switched off, it is of no use.
  await tokens.update(id, { ...asked, expires_on: '2026-11-22T12:00:00Z' })
  assert.equal((await bearer.get({ account_id })).id, ACCOUNT)
  await tokens.update(id, { ...asked, expires_on: '2026-11-22T12:00:00Z', status: 'disabled' })
  assert.deepEqual(await refusalOf(bearer.get({ account_id })), INVALID_TOKEN)
  assert.equal((await bearer.tokens.verify({ account_id })).status, 'disabled')

  await tokens.delete(id, { account_id })
  assert.deepEqual(await refusalOf(bearer.get({ account_id })), INVALID_TOKEN)
  assert.deepEqual(await refusalOf(bearer.tokens.verify({ account_id })), UNVERIFIED)
})

test('a token that is rolled lives on under another value, and the old one is dead at once', async (t) => {
  const cf = await guarded(t)
  const john = signedIn(cf, EMAIL)
  const policies = [allow(`com.cloudflare.api.user.${JOHN}`, USER_DETAILS_READ, API_TOKENS_WRITE)]
  // Tokens of a user are made with a token.
  const maker = bearing(cf, 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY').user.tokens
  const { id = '', value: first } = await maker.create({ name: 'laptop', policies })
  const before = await maker.get(id)
  const old = bearing(cf, first).user
  assert.equal((await old.get()).id, JOHN)
  assert.deepEqual(await refusalOf(old.edit({ country: 'DE' })), UNAUTHORIZED)

  // It may roll itself: the answer is the last thing that the old value is good for.
  const second = await old.tokens.value.update(id, { body: {} })
  assert.notEqual(second, first)
  assert.deepEqual(await refusalOf(old.get()), INVALID_TOKEN)
  assert.deepEqual(await refusalOf(old.tokens.verify()), UNVERIFIED)
  assert.deepEqual(await refusalOf(old.tokens.value.update(id, { body: {} })), INVALID_TOKEN)

  const rolled = bearing(cf, second).user
  assert.equal((await rolled.get()).id, JOHN)
  assert.deepEqual(await rolled.tokens.verify(), { id, status: 'active' })
  const after = await maker.get(id)
  assert.deepEqual([after.id, after.name, after.policies], [id, 'laptop', before.policies])
  assert.ok(!('value' in after))

  // Whoever may not have it, does not get at it with another's credentials.
  const alice = signedIn(cf, 'alice@example.com').user.tokens
  assert.deepEqual(await refusalOf(alice.value.update(id, { body: {} })), [404, 1003, 'Token not found'])
  assert.equal((await rolled.get()).id, JOHN)
  assert.equal((await john.user.get()).id, JOHN)
})

test('the value of an account token is rolled the same way', async (t) => {
  const cf = await guarded(t)
  const { tokens } = signedIn(cf, EMAIL).accounts
  const policies = [allow(`com.cloudflare.api.account.${ACCOUNT}`, SETTINGS_READ)]
  const { id = '', value: first } = await tokens.create({ account_id, name: 'pipeline', policies })
  const second = await tokens.value.update(id, { account_id })
  assert.match(second, /^cfat_[A-Za-z0-9_-]{40}/)
  assert.deepEqual(await refusalOf(bearing(cf, first).accounts.get({ account_id })), INVALID_TOKEN)
  assert.deepEqual(await refusalOf(bearing(cf, first).accounts.tokens.verify({ account_id })), UNVERIFIED)
  assert.equal((await bearing(cf, second).accounts.get({ account_id })).id, ACCOUNT)
})
