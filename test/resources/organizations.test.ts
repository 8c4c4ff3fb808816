/** The organizations above an account, and the accounts below an organization. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccountRow, accounts } from '../../schemas/accounts.ts'
import { ACCOUNT, type Simulator, simulator } from '../simulator.ts'

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const PARENT = '4536bcfad5faccb111b47003c79917fa'
const CUSTOMERS = '4d35cdf107a51ca115361e147c3c1569'
const DEMO_ROOT = {
  id: ROOT,
  name: 'Demo Root Organization',
  create_time: '2020-01-01T00:00:00Z',
  meta: { hierarchy_tags: [ROOT] },
  profile: {
    business_name: 'Demo Inc',
    business_email: 'ops@example.com',
    business_phone: '+1 555 0100',
    business_address: '1 Example Way',
    external_metadata: '',
  },
}

test('shows the organizations of an account, the root first', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET /accounts/${ACCOUNT}/organizations`)
  assert.equal(status, 200)
  assert.equal('result_info' in body, false)
  assert.deepEqual(body.result, [
    DEMO_ROOT,
    {
      id: PARENT,
      name: 'Demo Parent Organization',
      create_time: '2021-01-01T00:00:00Z',
      meta: {
        hierarchy_tags: [ROOT, PARENT],
        managed_by: ROOT,
        tenant_flags: {
          account_creation: 'enabled',
          account_deletion: 'enabled',
          account_migration: 'disabled',
          account_mobility: 'enabled',
          enterprise_capability: 'disabled',
          member_management: 'enabled',
          sub_org_creation: 'enabled',
        },
      },
      parent: { id: ROOT, name: 'Demo Root Organization' },
    },
  ])
})

test('shows as many organizations as there are above an account', async (t) => {
  const { call } = await simulator(t)
  const unit = { id: '0123456789abcdef0123456789abcdef' }
  const tenant = (await call('POST /accounts', { body: { name: 'Tenant', unit } })).body.result.id
  const rows: [title: string, account: string, expected: string[]][] = [
    ['the root alone', 'e70435110fbf12af3b6ea784250cb8cf', ['Demo Root Organization']],
    [
      'another hierarchy',
      'a67e14daa5f8dceeb91fe5449ba496ef',
      ['Example Group Organization', 'Example Publishing Organization'],
    ],
    ['none', '4bb334f7c94c4a29a045f03944f072e5', []],
    ['a tenant unit is no organization', tenant, []],
  ]
  for (const [title, account, expected] of rows) {
    await t.test(title, async () => {
      const { body } = await call(`GET /accounts/${account}/organizations`)
      assert.deepEqual(
        body.result.map(({ name }: { name: string }) => name),
        expected,
      )
    })
  }
})

test('shows the accounts of an organization with all six settings', async (t) => {
  const { call } = await simulator(t)
  const query = 'name.contains=demo&order_by=account_name&direction=asc&page_size=2'
  const { status, body } = await call(`GET /organizations/${PARENT}/accounts?${query}`)
  assert.equal(status, 200)
  assert.equal(body.result_info.total_size, 3)
  assert.deepEqual(body.errors, [])
  assert.deepEqual(body.result[0], {
    id: ACCOUNT,
    name: 'Demo Account',
    type: 'standard',
    created_on: '2014-03-01T12:21:02.0000Z',
    settings: {
      abuse_contact_email: 'abuse@example.com',
      access_approval_expiry: null,
      api_access_enabled: null,
      default_nameservers: 'cloudflare.standard',
      enforce_twofactor: false,
      use_account_custom_ns_by_default: false,
    },
  })
  const { body: rest } = await call(
    `GET /organizations/${PARENT}/accounts?${query}&page_token=${body.result_info.next_page_token}`,
  )
  assert.equal(rest.result[0].name, 'Demo Staging')
  assert.deepEqual(rest.result[0].settings, {
    abuse_contact_email: null,
    access_approval_expiry: '2027-01-01T00:00:00Z',
    api_access_enabled: true,
    default_nameservers: null,
    enforce_twofactor: true,
    use_account_custom_ns_by_default: null,
  })
  assert.deepEqual(rest.result_info, { total_size: 3 })
})

test('shows an account that was just made, with every setting', async (t) => {
  const { call } = await simulator(t)
  const { id } = (await call('POST /accounts', { body: { name: 'New', unit: { id: CUSTOMERS } } })).body.result
  const { body } = await call(`GET /organizations/${CUSTOMERS}/accounts?name=new`)
  assert.deepEqual(body.result, [
    {
      id,
      name: 'New',
      type: 'standard',
      created_on: '2026-11-21T10:00:00.000Z',
      settings: {
        abuse_contact_email: null,
        access_approval_expiry: null,
        api_access_enabled: null,
        default_nameservers: 'cloudflare.standard',
        enforce_twofactor: false,
        use_account_custom_ns_by_default: false,
      },
    },
  ])
})

const NAMES = ['Alpha One', 'alpha two', 'ALPHA', 'Beta One', 'beta', 'Gamma', 'Gamma', 'Gamma One', 'one', 'Ωmega']

/** A simulator whose customers' organization holds a dozen accounts, two of them with a public name. */
async function crowded(t: Parameters<typeof simulator>[0]): Promise<Simulator & { rows: AccountRow[] }> {
  const made = await simulator(t)
  for (const name of NAMES) await made.call('POST /accounts', { body: { name, unit: { id: CUSTOMERS } } })
  const all = made.worlds.next().store.table(accounts).all()
  return { ...made, rows: all.filter(({ parent_org_id }) => parent_org_id === CUSTOMERS) }
}

const publicName = (row: AccountRow) => row.public_name ?? row.name
const FILTERS: [name: string, holds: (row: AccountRow, wanted: string) => boolean][] = [
  ['name', ({ name }, wanted) => name.toLowerCase() === wanted],
  ['name.startsWith', ({ name }, wanted) => name.toLowerCase().startsWith(wanted)],
  ['name.endsWith', ({ name }, wanted) => name.toLowerCase().endsWith(wanted)],
  ['name.contains', ({ name }, wanted) => name.toLowerCase().includes(wanted)],
  ['account_pubname', (row, wanted) => publicName(row).toLowerCase() === wanted],
  ['account_pubname.startsWith', (row, wanted) => publicName(row).toLowerCase().startsWith(wanted)],
  ['account_pubname.endsWith', (row, wanted) => publicName(row).toLowerCase().endsWith(wanted)],
  ['account_pubname.contains', (row, wanted) => publicName(row).toLowerCase().includes(wanted)],
]

test('filters accounts by name', async (t) => {
  const { call, rows } = await crowded(t)
  for (const [filter, holds] of FILTERS) {
    await t.test(filter, async () => {
      for (const sent of ['Alpha', 'gamma', 'ONE', 'Bluewater', 'bluewater logistics', 'a', 'ωM', 'nothing']) {
        const expected = rows.filter((row) => holds(row, sent.toLowerCase()))
        const query = `page_size=50&${filter}=${encodeURIComponent(sent)}`
        const { body } = await call(`GET /organizations/${CUSTOMERS}/accounts?${query}`)
        assert.deepEqual(
          body.result.map(({ id }: AccountRow) => id),
          expected.map(({ id }) => id).sort(),
          sent,
        )
        assert.equal(body.result_info.total_size, expected.length)
      }
    })
  }
})

test('joins filters, all of which must hold', async (t) => {
  const { call } = await crowded(t)
  const path = `GET /organizations/${CUSTOMERS}/accounts?order_by=account_name`
  const rows: [query: string, expected: string[]][] = [
    ['name.startsWith=alpha&name.endsWith=two', ['alpha two']],
    ['name.contains=a&account_pubname.contains=one', ['Alpha One', 'Beta One', 'Gamma One']],
    ['name=Bluewater+Logistics&account_pubname=bluewater', ['Bluewater Logistics']],
    ['name[startsWith]=gamma&name.endsWith=one', ['Gamma One']],
    ['name.startsWith=alpha&name.startsWith.not=alpha', ['ALPHA', 'Alpha One', 'alpha two']],
  ]
  for (const [query, expected] of rows) {
    await t.test(query, async () => {
      const { body } = await call(`${path}&${query}`)
      assert.deepEqual(
        body.result.map(({ name }: AccountRow) => name),
        expected,
      )
    })
  }
})

test('holds only accounts that stand directly in the organization', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`GET /organizations/${ROOT}/accounts`)
  assert.deepEqual(
    body.result.map(({ name }: AccountRow) => name),
    ['Demo Holdings'],
  )
  const { body: none } = await call('GET /organizations/019c4f65e7607d8c9f6f6b58aa3aff50/accounts')
  assert.deepEqual([none.result, none.result_info], [[], { total_size: 0 }])
})
