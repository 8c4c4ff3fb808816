/** Tenants, what is in them, and the organizations that a user has in their place. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tenants } from '../../schemas/tenants.ts'
import { EMAIL, failureOf, KEY, simulator, UNKNOWN } from '../simulator.ts'

const UNIT = 'f267e341f3dd4697bd3b9f71dd96247f'
const CUSTOMER = '01a7362d577a6c3019a474fd6f485823'
const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'

test('shows the documented tenant with its units', async (t) => {
  const { call, worlds } = await simulator(t)
  const { status, body } = await call('GET /tenants/tenant_id')
  assert.equal(status, 200)
  const { tenant_units, tenant_tag, ...rest } = body.result
  assert.equal(tenant_tag, worlds.next().resolve(tenants, 'tenant_id'))
  assert.deepEqual(rest, {
    tenant_name: 'Demo Partner Tenant',
    tenant_type: 'partner',
    tenant_status: 'active',
    tenant_labels: ['demo', 'reseller'],
    tenant_contacts: { email: 'partners@example.com', website: 'https://partners.example.com' },
    tenant_metadata: { dns: { ns_pool: { primary: 'ns1.example.com', secondary: 'ns2.example.com' } } },
    tenant_network: {},
    cdate: '2020-01-02T09:00:00Z',
    edate: '2026-03-12T14:25:00Z',
    customer_id: '1001',
  })
  assert.equal(tenant_units.length, 2)
  const unit = tenant_units.find(({ unit_tag }: { unit_tag: string }) => unit_tag === UNIT)
  assert.deepEqual([unit.unit_name, unit.unit_status, unit.unit_metadata], ['Demo Reseller Unit', 'active', {}])
  assert.equal(unit.unit_memberships[0].user_email, 'user@example.com')
  assert.deepEqual((await call(`GET /tenants/${tenant_tag}`)).body.result, body.result)
})

test('lists the accounts of a tenant, one that was just made for a unit among them', async (t) => {
  const { call } = await simulator(t)
  const { id } = (await call('POST /accounts', { body: { name: 'Shop', unit: { id: UNIT } } })).body.result
  const { managed_by } = (await call(`GET /accounts/${id}`)).body.result
  assert.deepEqual(managed_by, { parent_org_id: UNIT, parent_org_name: 'Demo Reseller Unit' })
  const { body } = await call('GET /tenants/tenant_id/accounts')
  assert.equal('result_info' in body, false)
  assert.deepEqual(body.result.map((account: { id: string }) => account.id).sort(), [CUSTOMER, id].sort())
  const customer = body.result.find((account: { id: string }) => account.id === CUSTOMER)
  assert.deepEqual(customer, {
    id: CUSTOMER,
    name: 'Customer: ACME Inc',
    type: 'standard',
    created_on: '2025-03-18T10:12:44.000Z',
    settings: {
      abuse_contact_email: null,
      access_approval_expiry: null,
      api_access_enabled: null,
      default_nameservers: 'cloudflare.standard',
      enforce_twofactor: false,
      use_account_custom_ns_by_default: false,
    },
  })
  await call(`DELETE /accounts/${id}`)
  assert.equal((await call('GET /tenants/tenant_id/accounts')).body.result.length, 1)
})

test('counts an account to the tenant of whoever made it, without showing it', async (t) => {
  const { call } = await simulator(t)
  const count = async () => (await call('GET /tenants/tenant_id/accounts')).body.result.length
  const nobody = { 'x-auth-email': 'nobody@example.com', 'x-auth-key': KEY }
  await call('POST /accounts', { body: { name: 'Elsewhere' }, headers: nobody })
  assert.equal(await count(), 1)
  const headers = { 'x-auth-email': EMAIL, 'x-auth-key': KEY }
  const { result } = (await call('POST /accounts', { body: { name: 'Mine' }, headers })).body
  assert.equal('managed_by' in result, false)
  assert.equal(await count(), 2)
})

test('counts an account to the tenant of the unit that it is made for, whoever makes it', async (t) => {
  const { call } = await simulator(t)
  const nobody = { 'x-auth-email': 'nobody@example.com', 'x-auth-key': KEY }
  const body = { name: 'Shop', unit: { id: UNIT } }
  const { id } = (await call('POST /accounts', { body, headers: nobody })).body.result
  const { result } = (await call('GET /tenants/tenant_id/accounts')).body
  assert.ok(result.some((account: { id: string }) => account.id === id))
})

test('tells what a tenant may do', async (t) => {
  const { call } = await simulator(t)
  const types = (await call('GET /tenants/tenant_id/account_types')).body
  assert.deepEqual([types.result, 'result_info' in types], [['standard', 'enterprise'], false])
  const { result } = (await call('GET /tenants/tenant_id/entitlements')).body
  const { custom_entitlements, ...innate } = result
  assert.deepEqual(innate, {
    allow_add_subdomain: { type: 'bool', value: true },
    allow_auto_accept_invites: { type: 'bool', value: false },
    cname_setup_allowed: { type: 'bool', value: true },
    partial_setup_allowed: { type: 'bool', value: true },
    mhs_certificate_count: { type: 'max_count', value: 10 },
  })
  // One of each kind of allocation.
  assert.deepEqual(
    custom_entitlements.map(({ allocation }: { allocation: { type: string } }) => allocation.type),
    ['max_count', 'bool', ''],
  )
})

test('lists the people who administer a tenant', async (t) => {
  const { call } = await simulator(t)
  const { result } = (await call('GET /tenants/tenant_id/memberships')).body
  assert.deepEqual(result[0], {
    user_tag: '7c5dae5552338874e5053f2534d2767a',
    user_email: 'user@example.com',
    user_name: 'John Appleseed',
  })
  assert.equal(result.length, 3)
})

test('answers for tenants that are not there', async (t) => {
  const { call } = await simulator(t)
  for (const below of ['', '/accounts', '/account_types', '/entitlements', '/memberships']) {
    const answer = await call(`GET /tenants/${UNKNOWN}${below}`)
    assert.deepEqual(failureOf(answer), [403, 10000, 'Authentication error'])
    assert.equal('result' in answer.body, false)
    const { status, body } = await call(`GET /tenants/nothing${below}`)
    assert.deepEqual([status, body.errors[0].code], [400, 7003])
  }
})

test('lists the root organizations of a user', async (t) => {
  const { call } = await simulator(t)
  const of = async (email: string) => {
    const headers = { 'x-auth-email': email, 'x-auth-key': KEY }
    const { body } = await call('GET /user/tenants', { headers })
    assert.equal('result_info' in body, false)
    return body.result.map(({ name }: { name: string }) => name)
  }
  assert.deepEqual(await of(EMAIL), ['Demo Root Organization'])
  assert.deepEqual(await of('adele.fontaine@example.org'), ['Example Group Organization'])
  assert.deepEqual(await of('ruth.campbell@example.com'), [], 'a sub-organization is none at the root')
  assert.deepEqual(await of('tomasz.wolski@example.com'), [], 'an invitation is no membership')
  const { result } = (await call('GET /user/tenants')).body
  assert.deepEqual(result, [(await call(`GET /organizations/${ROOT}`)).body.result])
})
