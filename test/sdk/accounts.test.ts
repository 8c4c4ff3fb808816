/** The life of accounts, their profiles and their place among organizations, told with the SDK. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT } from '../simulator.ts'
import { clientOf, collect, listening, refused, sdk } from './clients.ts'

const { NotFoundError } = sdk

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const PARENT = '4536bcfad5faccb111b47003c79917fa'
const CUSTOMERS = '4d35cdf107a51ca115361e147c3c1569'
const STANDALONE = '4bb334f7c94c4a29a045f03944f072e5'

interface Envelope<Result> {
  success: boolean
  errors: unknown[]
  messages: unknown[]
  result: Result
}

test('an account is created, found, renamed and deleted', async (t) => {
  const { accounts } = clientOf(await listening(t))
  const made = await accounts.create({ name: 'Acme Rockets', type: 'enterprise', unit: { id: PARENT } })
  assert.match(made.id, /^[0-9a-f]{32}$/)
  assert.equal(made.type, 'enterprise')
  assert.equal(made.created_on, '2026-11-21T10:00:00.000Z')
  assert.equal(made.managed_by?.parent_org_id, PARENT)
  assert.deepEqual(made.settings, { enforce_twofactor: false })
  assert.deepEqual(await accounts.get({ account_id: made.id }), made)
  assert.deepEqual(await collect(accounts.list({ name: 'rockets' })), [made])

  const renamed = await accounts.update({
    account_id: made.id,
    id: made.id,
    name: 'Acme Airships',
    type: 'enterprise',
    managed_by: {},
    settings: { enforce_twofactor: true, abuse_contact_email: 'abuse@example.com' },
  })
  assert.deepEqual(renamed, {
    ...made,
    name: 'Acme Airships',
    settings: { enforce_twofactor: true, abuse_contact_email: 'abuse@example.com' },
  })
  assert.deepEqual(await accounts.get({ account_id: made.id }), renamed)
  assert.deepEqual(await collect(accounts.list({ name: 'rockets' })), [])

  assert.deepEqual(await accounts.delete({ account_id: made.id }), { id: made.id })
  const error = await refused(accounts.get({ account_id: made.id }))
  assert.ok(error instanceof NotFoundError)
  assert.deepEqual(error.errors, [{ code: 1003, message: 'Account not found' }])
  assert.deepEqual(await collect(accounts.list({ name: 'airships' })), [])
})

test('what belongs to an account goes with it', async (t) => {
  const { accounts } = clientOf(await listening(t))
  assert.notEqual((await collect(accounts.members.list({ account_id: ACCOUNT }))).length, 0)
  await accounts.delete({ account_id: ACCOUNT })
  const lists = [
    accounts.members.list({ account_id: ACCOUNT }),
    accounts.tokens.list({ account_id: ACCOUNT }),
    accounts.subscriptions.get({ account_id: ACCOUNT }),
    accounts.logs.audit.list({ account_id: ACCOUNT, since: '2026-01-01', before: '2027-01-01' }),
    accounts.delete({ account_id: ACCOUNT }),
  ]
  for (const list of lists) assert.ok((await refused(list)) instanceof NotFoundError)
})

test('an account moves within its hierarchy, and into one', async (t) => {
  const client = clientOf(await listening(t))
  const move = (id: string, destination_organization_id: string) =>
    client.post(`/accounts/${id}/move`, { body: { destination_organization_id } })
  const organizations = async (id: string) =>
    ((await client.get(`/accounts/${id}/organizations`)) as Envelope<{ id: string }[]>).result.map((row) => row.id)

  assert.deepEqual(await organizations(ACCOUNT), [ROOT, PARENT])
  const { result } = (await move(ACCOUNT, CUSTOMERS)) as Envelope<unknown>
  assert.deepEqual(result, {
    account_id: ACCOUNT,
    source_organization_id: PARENT,
    destination_organization_id: CUSTOMERS,
  })
  assert.deepEqual(await organizations(ACCOUNT), [ROOT, CUSTOMERS])
  const account = await client.accounts.get({ account_id: ACCOUNT })
  assert.deepEqual(account.managed_by, { parent_org_id: CUSTOMERS, parent_org_name: 'Demo Customers Organization' })

  assert.deepEqual(await organizations(STANDALONE), [])
  assert.deepEqual(((await move(STANDALONE, ROOT)) as Envelope<unknown>).result, {
    account_id: STANDALONE,
    source_organization_id: '',
    destination_organization_id: ROOT,
  })
  assert.deepEqual(await organizations(STANDALONE), [ROOT])
  const { status, errors } = await refused(move(ACCOUNT, '019c4f65e7607d8c9f6f6b58aa3aff50'))
  assert.deepEqual([status, errors[0]?.code], [400, 1001])
})

test('several accounts move at once', async (t) => {
  const client = clientOf(await listening(t))
  const move = async (account_ids: string[]) => {
    const body = { account_ids, destination_organization_id: ROOT }
    return ((await client.post('/accounts/move', { body })) as Envelope<{ statuses: unknown }>).result.statuses
  }
  assert.deepEqual(await move([ACCOUNT, STANDALONE]), {
    tag: STANDALONE,
    moved: true,
    message: '2 of 2 accounts moved',
  })
  for (const account_id of [ACCOUNT, STANDALONE]) {
    assert.equal((await client.accounts.get({ account_id })).managed_by?.parent_org_id, ROOT)
  }
  const gone = '0123456789abcdef0123456789abcdef'
  assert.deepEqual(await move([gone, ACCOUNT]), { tag: gone, moved: false, message: 'Account not found' })
})

test('a profile is written with a 204 and read back', async (t) => {
  const client = clientOf(await listening(t))
  const path = `/accounts/${STANDALONE}/profile`
  const profile = {
    business_name: 'Acme Inc',
    business_email: 'desk@example.com',
    business_phone: '+1 555 0199',
    business_address: '3 Example Way',
    external_metadata: '{"crm":7}',
  }
  const before = ((await client.get(path)) as Envelope<typeof profile>).result
  assert.deepEqual(Object.values(before), ['', '', '', '', ''])
  const answer = await client.put(path, { body: profile, headers: { Accept: '*/*' } }).asResponse()
  assert.equal(answer.status, 204)
  assert.equal(answer.headers.get('content-type'), null)
  assert.equal(await answer.text(), '')
  assert.deepEqual(((await client.get(path)) as Envelope<typeof profile>).result, profile)
  assert.equal(await client.put(path, { body: { business_name: 'Acme Ltd' } }), null)
  const after = ((await client.get(path)) as Envelope<typeof profile>).result
  assert.deepEqual(after, { ...profile, business_name: 'Acme Ltd' })
})

test('the accounts of an organization show what happened to them', async (t) => {
  const client = clientOf(await listening(t))
  const list = async (query = '') =>
    (
      (await client.get(`/organizations/${PARENT}/accounts?order_by=account_name${query}`)) as Envelope<
        { id: string; name: string; settings: Record<string, unknown> }[]
      >
    ).result
  assert.deepEqual(
    (await list()).map(({ name }) => name),
    ['Demo Account', 'Demo Sandbox', 'Demo Staging'],
  )
  await client.accounts.update({ account_id: ACCOUNT, id: ACCOUNT, name: 'Zeppelin', type: 'standard' })
  assert.deepEqual(
    (await list('&direction=desc')).map(({ name }) => name),
    ['Zeppelin', 'Demo Staging', 'Demo Sandbox'],
  )
  assert.deepEqual(Object.keys((await list('&name.contains=ZEPP'))[0]?.settings ?? {}).sort(), [
    'abuse_contact_email',
    'access_approval_expiry',
    'api_access_enabled',
    'default_nameservers',
    'enforce_twofactor',
    'use_account_custom_ns_by_default',
  ])
  await client.accounts.delete({ account_id: ACCOUNT })
  assert.deepEqual(
    (await list()).map(({ name }) => name),
    ['Demo Sandbox', 'Demo Staging'],
  )
})
