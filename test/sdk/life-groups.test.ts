/** Rights that come and go with groups, told with the SDK, where credentials must exist. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, EMAIL } from '../simulator.ts'
import { collect, refused } from './clients.ts'
import { explained, guarded, refusalOf, rename, signedIn, UNAUTHORIZED } from './people.ts'

const account_id = ACCOUNT
/** Has the role DNS, and so sees the account. */
const NOAH = { email: 'noah.bergstrom@example.com', member: 'caebd4d767c9c23ad3a71ac61d0e6740' }
const [SHOP, WEBSITE] = ['6f1afc0fbabf4f8b87fd3f1f8a4024dc', '22b1de5f1c0e4b3ea97bb1e963b06a43']
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'
const BILLING = '298ce8e7a2ba08b9d18ce0a32bb458ee'
const WHOLE_ACCOUNT = '6d7f2f5f5b1d4a0e9081fdc98d432fd1'

const policy = (access: 'allow' | 'deny', group: string, resources: string) => ({
  access,
  permission_groups: [{ id: group }],
  resource_groups: [{ id: resources }],
})

test('somebody in a user group has its rights, until it says no, lets them go, or is no more', async (t) => {
  const cf = await guarded(t)
  const { iam, accounts } = signedIn(cf, EMAIL)
  const noah = signedIn(cf, NOAH.email)
  let renamed = 0
  const change = () => rename(noah, `Name ${++renamed}`)
  assert.deepEqual(await refusalOf(change()), UNAUTHORIZED)

  const group = await iam.userGroups.create({
    account_id,
    name: 'On call',
    policies: [policy('allow', ADMINISTRATOR, WHOLE_ACCOUNT)],
  })
  const inGroup = { account_id, user_group_id: group.id }
  assert.deepEqual(await refusalOf(change()), UNAUTHORIZED)
  const [joined] = await collect(
    iam.userGroups.members.create(group.id, { account_id, members: [{ id: NOAH.member }] }),
  )
  assert.deepEqual([joined?.id, joined?.email, joined?.status], [NOAH.member, NOAH.email, 'accepted'])
  assert.equal((await change()).id, ACCOUNT)
  // What comes from a group is no role of the member's own.
  const { roles = [] } = await accounts.members.get(NOAH.member, { account_id })
  assert.deepEqual(
    roles.map(({ name }) => name),
    ['DNS'],
  )

  const [kept] = group.policies ?? []
  assert.ok(kept?.id)
  const denying = { ...policy('deny', ADMINISTRATOR, WHOLE_ACCOUNT), id: 'f'.repeat(32) }
  const both = [{ ...policy('allow', ADMINISTRATOR, WHOLE_ACCOUNT), id: kept.id }, denying]
  await iam.userGroups.update(group.id, { account_id, policies: both })
  const denied = await refused(change())
  assert.equal(denied.status, 403)
  assert.equal(explained(denied).policy, denying.id)
  await iam.userGroups.update(group.id, { account_id, policies: both.slice(0, 1) })
  assert.equal((await change()).id, ACCOUNT)

  await iam.userGroups.members.delete(NOAH.member, inGroup)
  assert.deepEqual(await refusalOf(change()), UNAUTHORIZED)
  await collect(iam.userGroups.members.update(group.id, { account_id, members: [{ id: NOAH.member }] }))
  assert.equal((await change()).id, ACCOUNT)
  await iam.userGroups.delete(group.id, { account_id })
  assert.deepEqual(await refusalOf(change()), UNAUTHORIZED)
  assert.deepEqual(await refusalOf(iam.userGroups.get(group.id, { account_id })), [404, 1003, 'User group not found'])
})

test('a resource group draws the line around what a policy is about', async (t) => {
  const cf = await guarded(t)
  const { iam, accounts } = signedIn(cf, EMAIL)
  const noah = signedIn(cf, NOAH.email)
  const read = (zone_id: string) => noah.get(`/zones/${zone_id}/subscriptions`)
  assert.deepEqual(await refusalOf(read(SHOP)), UNAUTHORIZED)

  const scope = (id: string) => ({
    key: `com.cloudflare.api.account.${ACCOUNT}`,
    objects: [{ key: `com.cloudflare.api.account.zone.${id}` }],
  })
  const shops = await iam.resourceGroups.create({ account_id, name: 'Till', scope: scope(SHOP) })
  const { policies = [] } = await accounts.members.get(NOAH.member, { account_id })
  const own = policies.map(({ id, access, permission_groups = [], resource_groups = [] }) => ({
    ...(id !== undefined && { id }),
    access: access ?? 'allow',
    permission_groups: permission_groups.map((one) => ({ id: one.id })),
    resource_groups: resource_groups.map((one) => ({ id: one.id })),
  }))
  const changed = await accounts.members.update(NOAH.member, {
    account_id,
    policies: [...own, policy('allow', BILLING, shops.id)],
  })
  assert.deepEqual(
    changed.roles?.map(({ name }) => name),
    ['DNS'],
    'a part of the account is no role',
  )
  await read(SHOP)
  assert.deepEqual(await refusalOf(read(WEBSITE)), UNAUTHORIZED)
  assert.deepEqual(await refusalOf(noah.get(`/accounts/${ACCOUNT}/subscriptions`)), UNAUTHORIZED)

  await iam.resourceGroups.update(shops.id, { account_id, scope: scope(WEBSITE) })
  await read(WEBSITE)
  assert.deepEqual(await refusalOf(read(SHOP)), UNAUTHORIZED)

  const used = [400, 1001, 'Invalid request: The resource group is used by a policy']
  assert.deepEqual(await refusalOf(iam.resourceGroups.delete(shops.id, { account_id })), used)
  await accounts.members.update(NOAH.member, { account_id, policies: own })
  assert.deepEqual(await refusalOf(read(WEBSITE)), UNAUTHORIZED)
  await iam.resourceGroups.delete(shops.id, { account_id })
  assert.deepEqual(await refusalOf(iam.resourceGroups.get(shops.id, { account_id })), [
    404,
    1003,
    'Resource group not found',
  ])
})
