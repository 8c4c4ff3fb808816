/** An organization from its first day to its last, told with the SDK, where credentials must exist. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cloudflare } from 'cloudflare'
import { EMAIL } from '../simulator.ts'
import { collect } from './clients.ts'
import { guarded, refusalOf, signedIn } from './people.ts'

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const EXAMPLE_ACCOUNT = '4bb334f7c94c4a29a045f03944f072e5'
const EXAMPLE_GROUP = '019c4f65e7607d8c9f6f6b58aa3aff50'
const NO_ACCESS = [403, 10000, 'Authentication error']

interface Envelope<Result> {
  result: Result
}

/** What the SDK of this version has no method for. */
const move = (client: Cloudflare, account_id: string, destination_organization_id: string) =>
  client.post<Envelope<{ source_organization_id: string }>>(`/accounts/${account_id}/move`, {
    body: { destination_organization_id },
  })
const accountsOf = async (client: Cloudflare, organization_id: string) =>
  (await client.get<Envelope<{ id: string }[]>>(`/organizations/${organization_id}/accounts`)).result.map(
    ({ id }) => id,
  )
const invite = (client: Cloudflare, organization_id: string, email: string, status?: 'active') =>
  client.post<Envelope<{ id: string; status: string }>>(`/organizations/${organization_id}/members`, {
    body: { member: { user: { email }, status } },
  })

test('an organization is built up, moved through, emptied and deleted', async (t) => {
  const cf = await guarded(t)
  const [john, alice] = [signedIn(cf, EMAIL), signedIn(cf, 'alice@example.com')]
  const elena = signedIn(cf, 'elena.popescu@example.com')
  const adele = signedIn(cf, 'adele.fontaine@example.org')

  // Built up, below the root that John manages.
  const top = await john.organizations.create({ name: 'Stores', parent: { id: ROOT } })
  const [north, south] = [
    await john.organizations.create({ name: 'North', parent: { id: top.id } }),
    await john.organizations.create({ name: 'South', parent: { id: top.id } }),
  ]
  assert.deepEqual(north.meta.hierarchy_tags, [ROOT, top.id, north.id])
  assert.deepEqual([north.parent?.name, north.meta.managed_by], ['Stores', top.id])
  await john.organizations.organizationProfile.update(north.id, {
    business_name: 'Stores of the north',
    business_address: '1 Harbour Way',
    business_email: 'north@example.com',
    business_phone: '+1 555 0100',
    external_metadata: '',
  })
  assert.equal((await john.organizations.get(north.id)).profile?.business_name, 'Stores of the north')
  assert.equal((await john.organizations.update(south.id, { name: 'The South' })).name, 'The South')
  const shop = await john.accounts.create({ name: 'Shop', type: 'standard', unit: { id: north.id } })
  assert.deepEqual(shop.managed_by, { parent_org_id: north.id, parent_org_name: 'North' })
  const below = await collect(john.organizations.list({ containing: { account: shop.id } }))
  assert.deepEqual(below.map(({ name }) => name).sort(), ['Demo Root Organization', 'North', 'Stores'])

  // Whoever manages what is above sees it, whoever manages what is beside does not.
  assert.equal((await alice.organizations.get(north.id)).name, 'North')
  for (const stranger of [elena, adele]) {
    assert.deepEqual(await refusalOf(stranger.organizations.get(north.id)), NO_ACCESS)
    assert.deepEqual(await refusalOf(stranger.organizations.delete(north.id)), NO_ACCESS)
    assert.deepEqual(await refusalOf(move(stranger, shop.id, south.id)), NO_ACCESS)
    assert.ok((await collect(stranger.organizations.list())).every(({ id }) => id !== north.id))
  }

  // Somebody is invited, and has no say before the invitation is answered.
  const { result: guest } = await invite(john, north.id, 'elena.popescu@example.com')
  assert.equal(guest.status, 'pending')
  assert.deepEqual(await refusalOf(elena.organizations.get(north.id)), NO_ACCESS)
  const twice = [400, 1001, 'Organization member already exists']
  assert.deepEqual(await refusalOf(invite(john, north.id, 'Elena.Popescu@example.com')), twice)

  // Moved.
  assert.equal((await move(john, shop.id, south.id)).result.source_organization_id, north.id)
  assert.deepEqual([await accountsOf(john, north.id), await accountsOf(john, south.id)], [[], [shop.id]])
  assert.equal((await john.accounts.get({ account_id: shop.id })).managed_by?.parent_org_id, south.id)
  assert.deepEqual(await refusalOf(move(john, shop.id, EXAMPLE_GROUP)), NO_ACCESS)

  // Emptied, from the leaves up: nothing is deleted with something in it.
  const full = (content: string) => [400, 1001, `Organization must be empty: it still has ${content}`]
  assert.deepEqual(await refusalOf(john.organizations.delete(top.id)), full('sub-organizations'))
  assert.deepEqual(await refusalOf(john.organizations.delete(south.id)), full('accounts'))
  assert.deepEqual(await refusalOf(john.organizations.delete(north.id)), full('other members'))
  await john.delete(`/organizations/${north.id}/members/${guest.id}`, { headers: { accept: '*/*' } })
  assert.deepEqual(await john.accounts.delete({ account_id: shop.id }), { id: shop.id })
  assert.deepEqual(await refusalOf(john.accounts.get({ account_id: shop.id })), [404, 1003, 'Account not found'])
  for (const { id } of [south, north, top]) assert.deepEqual(await john.organizations.delete(id), { id })
  const gone = [404, 1003, 'Organization not found']
  for (const { id } of [south, north, top]) assert.deepEqual(await refusalOf(john.organizations.get(id)), gone)
  const names = (await collect(john.organizations.list())).map(({ name }) => name)
  assert.ok(names.includes('Demo Root Organization') && !names.includes('Stores'))
})

test('a Super Administrator of an enterprise account makes an organization of its own, once', async (t) => {
  const cf = await guarded(t)
  const [edward, simone] = [signedIn(cf, 'edward.langley@example.net'), signedIn(cf, 'simone.keller@example.net')]
  const role = 'You need a super admin role on an enterprise account to create an Organization.'
  assert.deepEqual(await refusalOf(simone.organizations.create({ name: 'Langley' })), [403, 10000, role])
  const nora = signedIn(cf, 'nora.whitfield@example.net')
  const plan = 'Organization management is only available on the Enterprise plan at this time.'
  assert.deepEqual(await refusalOf(nora.organizations.create({ name: 'Whitfield' })), [403, 10000, plan])

  const root = await edward.organizations.create({ name: 'Langley' })
  assert.equal(root.parent, undefined)
  const most = 'You have reached the maximum number of organizations.'
  assert.deepEqual(await refusalOf(edward.organizations.create({ name: 'Langley again' })), [400, 1001, most])

  // The account comes into it, and its members do not thereby manage the organization.
  assert.deepEqual(await refusalOf(move(simone, EXAMPLE_ACCOUNT, root.id)), NO_ACCESS)
  assert.equal((await move(edward, EXAMPLE_ACCOUNT, root.id)).result.source_organization_id, '')
  assert.deepEqual(await accountsOf(edward, root.id), [EXAMPLE_ACCOUNT])
  assert.deepEqual(await refusalOf(simone.organizations.get(root.id)), NO_ACCESS)
  await invite(edward, root.id, 'simone.keller@example.net', 'active')
  assert.equal((await simone.organizations.get(root.id)).name, 'Langley')
  // Now she has the rights of a Super Administrator in every account below it.
  const guest = { account_id: EXAMPLE_ACCOUNT, email: 'guest@example.org', roles: ['f2b20eaa1a5d4af42b53ac16238c99c7'] }
  assert.equal((await simone.accounts.members.create(guest)).status, 'pending')
})
