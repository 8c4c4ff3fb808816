/** Making, renaming and deleting organizations, and their profiles. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { organizations } from '../../schemas/organizations.ts'
import { ACCOUNT, EMAIL, failureOf, KEY, type Simulator, simulator, UNKNOWN } from '../simulator.ts'

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const PARENT = '4536bcfad5faccb111b47003c79917fa'
const ALICE = { 'x-auth-email': 'alice@example.com', 'x-auth-key': '0'.repeat(37) }
const PROFILE = {
  business_name: 'New Inc',
  business_email: 'new@example.com',
  business_phone: '+1 555 0199',
  business_address: '3 Example Way',
  external_metadata: '{"crm_id":7}',
}
const NO_PROFILE = {
  business_name: '',
  business_email: '',
  business_phone: '',
  business_address: '',
  external_metadata: '',
}

const create = async (call: Simulator['call'], body: object) =>
  (await call('POST /organizations', { body })).body.result

test('makes an organization at the root, whose maker is its only member', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call('POST /organizations', { body: { name: 'New' } })
  assert.equal(status, 200)
  const { id, ...rest } = body.result
  // A UUID of version 7, without its hyphens, for the moment of the clock.
  assert.match(id, /^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/)
  assert.equal(Number.parseInt(id.slice(0, 12), 16), Date.parse('2026-11-21T10:00:00Z'))
  assert.deepEqual(rest, {
    name: 'New',
    create_time: '2026-11-21T10:00:00.000Z',
    meta: { hierarchy_tags: [id] },
  })
  assert.deepEqual((await call(`GET /organizations/${id}`)).body.result, body.result)
  const { result } = (await call(`GET /organizations/${id}/members`)).body
  assert.equal(result.length, 1)
  assert.equal(result[0].status, 'active')
  assert.deepEqual(result[0].user, {
    id: '7c5dae5552338874e5053f2534d2767a',
    email: 'user@example.com',
    name: 'John Appleseed',
    two_factor_authentication_enabled: false,
  })
})

test('makes an organization below another, with a profile, for whoever asks', async (t) => {
  const { call } = await simulator(t)
  const body = { id: UNKNOWN, name: 'Below', parent: { id: PARENT, name: 'ignored' }, profile: PROFILE, meta: {} }
  const { result } = (await call('POST /organizations', { body, headers: ALICE })).body
  assert.notEqual(result.id, UNKNOWN)
  assert.deepEqual(result.parent, { id: PARENT, name: 'Demo Parent Organization' })
  assert.deepEqual(result.meta, { hierarchy_tags: [ROOT, PARENT, result.id], managed_by: PARENT })
  assert.deepEqual(result.profile, PROFILE)
  const members = (await call(`GET /organizations/${result.id}/members`)).body.result
  assert.deepEqual(
    members.map(({ user }: { user: { name: string } }) => user.name),
    ['Alice Moreau'],
  )
})

test('gives the same ids again in a world of the same seed', async (t) => {
  const made = await Promise.all([simulator(t), simulator(t)])
  const ids = await Promise.all(made.map(async ({ call }) => (await create(call, { name: 'Same' })).id))
  assert.equal(ids[0], ids[1])
})

test('refuses organizations that cannot be', async (t) => {
  const { call, worlds } = await simulator(t)
  const before = worlds.next().store.table(organizations).total()
  const rows: [title: string, body: unknown, expected: unknown[]][] = [
    ['without a name', {}, [400, 1001, 'Organization name is required']],
    ['with an empty name', { name: '' }, [400, 1001, 'Organization name is required']],
    ['with a name of nothing but spaces', { name: ' \t' }, [400, 1001, 'Organization name is required']],
    ['with a number for a name', { name: 1 }, [400, 1001, 'Invalid request body: /name must be string']],
    ['below nothing', { name: 'x', parent: { id: UNKNOWN } }, [404, 1003, 'Parent organization not found']],
    [
      'below what cannot be an id',
      { name: 'x', parent: { id: '__proto__' } },
      [404, 1003, 'Parent organization not found'],
    ],
    ['below nobody knows what', { name: 'x', parent: {} }, [400, 1001, 'Invalid request body: /parent/id is required']],
    ['not an object', [], [400, 1001, 'Invalid request body: the body must be object']],
    ['not JSON', '{', [400, 6007, 'Malformed JSON in request body']],
  ]
  for (const [title, body, expected] of rows) {
    await t.test(title, async () => {
      const answer = await call('POST /organizations', { body })
      assert.deepEqual(failureOf(answer), expected)
      assert.equal('result' in answer.body, false)
    })
  }
  assert.equal(worlds.next().store.table(organizations).total(), before)
})

test('renames an organization, and looks at nothing else', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET /organizations/${PARENT}`)).body.result
  const body = { id: ROOT, name: 'Renamed', parent: { id: '019c4f65e7607d8c9f6f6b58aa3aff50' }, profile: PROFILE }
  const { status, body: answer } = await call(`PUT /organizations/${PARENT}`, { body })
  assert.equal(status, 200)
  assert.deepEqual(answer.result, { ...before, name: 'Renamed' })
  assert.deepEqual((await call(`GET /organizations/${PARENT}`)).body.result, answer.result)
  const { managed_by } = (await call(`GET /accounts/${ACCOUNT}`)).body.result
  assert.deepEqual(managed_by, { parent_org_id: PARENT, parent_org_name: 'Renamed' })
  assert.deepEqual(failureOf(await call(`PUT /organizations/${PARENT}`, { body: {} })), [
    400,
    1001,
    'Organization name is required',
  ])
})

test('shows an empty profile until there is one, and changes it piece by piece', async (t) => {
  const { call } = await simulator(t)
  const { id } = await create(call, { name: 'New' })
  const path = `/organizations/${id}/profile`
  assert.deepEqual((await call(`GET ${path}`)).body.result, NO_PROFILE)
  assert.equal('profile' in (await call(`GET /organizations/${id}`)).body.result, false)
  const answer = await call(`PUT ${path}`, { body: PROFILE })
  assert.deepEqual([answer.status, answer.text], [204, ''])
  assert.deepEqual((await call(`GET ${path}`)).body.result, PROFILE)
  await call(`PUT ${path}`, { body: { business_name: 'Other', business_email: '' } })
  const changed = { ...PROFILE, business_name: 'Other' }
  assert.deepEqual((await call(`GET ${path}`)).body.result, changed)
  assert.deepEqual((await call(`GET /organizations/${id}`)).body.result.profile, changed)
  assert.deepEqual(failureOf(await call(`PUT ${path}`, { body: { business_name: 7 } })), [
    400,
    1001,
    'Invalid request body: /business_name must be string',
  ])
})

/** An organization with a sub-organization, an account and another member. */
async function full(t: TestContext) {
  const { call } = await simulator(t)
  const { id } = await create(call, { name: 'Full' })
  const below = (await create(call, { name: 'Below', parent: { id } })).id
  await call(`POST /accounts/4bb334f7c94c4a29a045f03944f072e5/move`, { body: { destination_organization_id: id } })
  const member = { user: { email: 'alice@example.com' } }
  const other = (await call(`POST /organizations/${id}/members`, { body: { member } })).body.result.id
  return { call, id, below, other }
}

test('deletes an organization only when nothing is left in it', async (t) => {
  const { call, id, below, other } = await full(t)
  const refused = async (content: string) =>
    assert.deepEqual(failureOf(await call(`DELETE /organizations/${id}`)), [
      400,
      1001,
      `Organization must be empty: it still has ${content}`,
    ])
  await refused('sub-organizations')
  await call(`DELETE /organizations/${below}`)
  await refused('accounts')
  await call('DELETE /accounts/4bb334f7c94c4a29a045f03944f072e5')
  await refused('other members')
  await call(`DELETE /organizations/${id}/members/${other}`)
  const { status, body } = await call(`DELETE /organizations/${id}`)
  assert.deepEqual([status, body.result], [200, { id }])
  // Terraform takes 404 for "gone"; for what never was, the live service answers 403.
  for (const request of ['GET', 'DELETE'].map((method) => `${method} /organizations/${id}`)) {
    assert.deepEqual(failureOf(await call(request)), [404, 1003, 'Organization not found'])
  }
  assert.equal((await call(`GET /organizations?id=${id}`)).body.result.length, 0)
})

test('counts nobody who refused or was sent away among the members', async (t) => {
  const { call } = await simulator(t)
  const { id } = await create(call, { name: 'New' })
  const member = { user: { email: 'alice@example.com' }, status: 'canceled' }
  await call(`POST /organizations/${id}/members`, { body: { member } })
  assert.equal((await call(`DELETE /organizations/${id}`)).status, 200)
})

test('does not let somebody delete who is no member while somebody is', async (t) => {
  const { call } = await simulator(t)
  const { id } = await create(call, { name: 'New' })
  assert.equal((await call(`DELETE /organizations/${id}`, { headers: ALICE })).status, 400)
  const headers = { 'x-auth-email': EMAIL, 'x-auth-key': KEY }
  assert.equal((await call(`DELETE /organizations/${id}`, { headers })).status, 200)
})

test('deletes the documented organization where nothing is kept', async (t) => {
  const { call } = await simulator(t, { stateless: true })
  assert.deepEqual((await call('DELETE /organizations/organization_id')).body.result, { id: ROOT })
  assert.equal((await call(`GET /organizations/${ROOT}`)).status, 200)
})

test('answers for organizations that are not there', async (t) => {
  const { call } = await simulator(t)
  const body = { name: 'x' }
  for (const [request, options] of [
    [`GET /organizations/${UNKNOWN}`, {}],
    [`PUT /organizations/${UNKNOWN}`, { body }],
    [`DELETE /organizations/${UNKNOWN}`, {}],
    [`GET /organizations/${UNKNOWN}/profile`, {}],
    [`PUT /organizations/${UNKNOWN}/profile`, { body: PROFILE }],
    [`GET /organizations/${UNKNOWN}/members`, {}],
  ] as const) {
    assert.deepEqual(failureOf(await call(request, options)), [403, 10000, 'Authentication error'], request)
  }
  const { status, body: malformed } = await call('GET /organizations/nothing')
  assert.deepEqual([status, malformed.errors[0].code], [400, 7003])
})

test('builds an organization up, moves an account through it, empties and deletes it', async (t) => {
  const { call } = await simulator(t)
  const { id: root } = await create(call, { name: 'Group' })
  const { id: north } = await create(call, { name: 'North', parent: { id: root } })
  const { id: south } = await create(call, { name: 'South', parent: { id: root } })
  const { id: account } = (await call('POST /accounts', { body: { name: 'Shop' } })).body.result
  const move = (destination_organization_id: string) =>
    call(`POST /accounts/${account}/move`, { body: { destination_organization_id } })
  const above = async () =>
    (await call(`GET /accounts/${account}/organizations`)).body.result.map(({ name }: { name: string }) => name)
  assert.equal((await move(north)).status, 200)
  assert.deepEqual(await above(), ['Group', 'North'])
  assert.equal((await move(south)).body.result.source_organization_id, north)
  assert.deepEqual(await above(), ['Group', 'South'])
  assert.equal((await call(`DELETE /organizations/${north}`)).status, 200)
  assert.equal((await call(`DELETE /organizations/${south}`)).status, 400)
  await call(`DELETE /accounts/${account}`)
  for (const id of [south, root]) assert.equal((await call(`DELETE /organizations/${id}`)).status, 200)
})
