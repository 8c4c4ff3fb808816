/** Accounts: listing, reading, making and changing them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts } from '../../schemas/accounts.ts'
import { ACCOUNT, failureOf, simulator } from '../simulator.ts'

const PARENT = '4536bcfad5faccb111b47003c79917fa'
const UNIT = 'f267e341f3dd4697bd3b9f71dd96247f'
const DEMO = {
  id: ACCOUNT,
  name: 'Demo Account',
  type: 'standard',
  settings: { enforce_twofactor: false, abuse_contact_email: 'abuse@example.com' },
  managed_by: { parent_org_id: PARENT, parent_org_name: 'Demo Parent Organization' },
  created_on: '2014-03-01T12:21:02.0000Z',
}

type Named = { id: string; name: string }
const byName = (a: Named, b: Named) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1)
const names = (list: Named[]) => list.map(({ name }) => name)

test('shows the documented account', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET /accounts/${ACCOUNT}`)
  assert.equal(status, 200)
  assert.deepEqual(body.result, DEMO)
})

test('leaves out what an account does not have', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call('GET /accounts/4bb334f7c94c4a29a045f03944f072e5')
  assert.deepEqual(Object.keys(body.result), ['id', 'name', 'type', 'settings', 'created_on'])
  assert.deepEqual(body.result.settings, { enforce_twofactor: true })
})

test('lists by name, the documented account as it is shown alone', async (t) => {
  const { call, worlds } = await simulator(t)
  const { status, body } = await call('GET /accounts?per_page=50')
  assert.equal(status, 200)
  assert.deepEqual(names(body.result), names(worlds.next().store.table(accounts).all().sort(byName)))
  assert.deepEqual(
    body.result.find(({ id }: Named) => id === ACCOUNT),
    DEMO,
  )
})

test('lists the accounts that a query asks for', async (t) => {
  const { call, worlds } = await simulator(t)
  const all = worlds.next().store.table(accounts).all().sort(byName)
  const has = (part: string) => all.filter(({ name }) => name.toLowerCase().includes(part))
  const rows: [title: string, query: string, expected: Named[]][] = [
    ['part of a name', 'name=emo%20Acc', has('emo acc')],
    ['a name in any case', 'name=dEMO', has('demo')],
    ['a whole name', 'name=Customer:+ACME+Inc', has('customer: acme inc')],
    ['a name that nobody has', 'name=nobody', []],
    ['an empty name means all', 'name=', all],
    ['ascending', 'direction=asc', all],
    ['descending', 'direction=desc', [...all].reverse()],
    [
      'part of a name, descending, the second page',
      'name=example&direction=desc&per_page=2&page=2',
      [...has('example').reverse().slice(2, 4)],
    ],
  ]
  for (const [title, query, expected] of rows) {
    await t.test(title, async () => {
      const { body } = await call(`GET /accounts?${query}`)
      assert.deepEqual(names(body.result), names(expected))
    })
  }
})

test('shows twenty accounts at a time unless told otherwise, and never more than fifty', async (t) => {
  const { call } = await simulator(t)
  for (let turn = 12; turn < 60; turn += 1) await call('POST /accounts', { body: { name: `Account ${turn}` } })
  for (const [query, count] of [
    ['', 20],
    ['?per_page=50', 50],
    ['?per_page=1000', 50],
  ] as const) {
    const { result, result_info } = (await call(`GET /accounts${query}`)).body
    assert.equal(result.length, count)
    const total_pages = Math.ceil(60 / count)
    assert.deepEqual(result_info, { page: 1, per_page: count, total_pages, count, total_count: 60 })
  }
})

test('orders accounts of one name by id, so that pages neither overlap nor leave anything out', async (t) => {
  const { call } = await simulator(t)
  for (let i = 0; i < 12; i += 1) await call('POST /accounts', { body: { name: 'Twin' } })
  const found: string[] = []
  for (const page of [1, 2, 3]) {
    const { body } = await call(`GET /accounts?name=twin&per_page=5&page=${page}`)
    found.push(...body.result.map(({ id }: Named) => id))
  }
  assert.equal(found.length, 12)
  assert.deepEqual(found, [...new Set(found)].sort())
})

test('makes an account for a tenant unit, which shows as what manages it', async (t) => {
  const { call } = await simulator(t)
  const body = { name: 'Customer: New Inc', type: 'standard', unit: { id: UNIT } }
  const made = await call('POST /accounts', { body })
  assert.equal(made.status, 200)
  const { id, ...rest } = made.body.result
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.deepEqual(rest, {
    name: 'Customer: New Inc',
    type: 'standard',
    settings: { enforce_twofactor: false },
    managed_by: { parent_org_id: UNIT, parent_org_name: 'Demo Reseller Unit' },
    created_on: '2026-11-21T10:00:00.000Z',
  })
  assert.deepEqual((await call(`GET /accounts/${id}`)).body.result, made.body.result)
  assert.deepEqual((await call('GET /accounts?name=new+inc')).body.result, [made.body.result])
})

test('makes accounts as the request says', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, body: object, expected: object][] = [
    ['standard unless told otherwise', { name: 'a' }, { type: 'standard' }],
    ['enterprise when asked for', { name: 'a', type: 'enterprise' }, { type: 'enterprise' }],
    ['settings are not taken', { name: 'a', settings: { enforce_twofactor: true } }, { enforce_twofactor: false }],
    ['a unit without an id is none', { name: 'a', unit: {} }, { managed_by: undefined }],
    ['an organization as unit shows its name', { name: 'a', unit: { id: PARENT } }, { managed_by: DEMO.managed_by }],
    ['a name of a hundred characters', { name: 'é'.repeat(100) }, { name: 'é'.repeat(100) }],
    ['fields that nobody knows are passed over', { name: 'a', standalone: true, color: 'red' }, { name: 'a' }],
  ]
  for (const [title, body, expected] of rows) {
    await t.test(title, async () => {
      const made = await call('POST /accounts', { body })
      assert.equal(made.status, 200, made.text)
      const { settings, ...rest } = made.body.result
      for (const [name, value] of Object.entries(expected)) {
        assert.deepEqual({ ...rest, ...settings }[name], value)
      }
    })
  }
})

test('a new account is empty but can have members from the start', async (t) => {
  const { call } = await simulator(t)
  const { id } = (await call('POST /accounts', { body: { name: 'Fresh' } })).body.result
  for (const part of ['members', 'tokens', 'subscriptions', 'organizations']) {
    assert.deepEqual((await call(`GET /accounts/${id}/${part}`)).body.result, [], part)
  }
  const body = { email: 'first@example.com', roles: ['05784afa30c1afe1440e79d9351c7430'] }
  const [policy] = (await call(`POST /accounts/${id}/members`, { body })).body.result.policies
  assert.equal(policy.resource_groups[0].name, `com.cloudflare.api.account.${id}`)
})

test('renames an account and changes its settings', async (t) => {
  const { call } = await simulator(t)
  const settings = { abuse_contact_email: 'security@example.com', enforce_twofactor: true }
  const body = { id: ACCOUNT, name: 'Demo Account (renamed)', type: 'standard', settings }
  const changed = await call(`PUT /accounts/${ACCOUNT}`, { body })
  assert.equal(changed.status, 200)
  assert.deepEqual(changed.body.result, { ...DEMO, name: 'Demo Account (renamed)', settings })
  assert.deepEqual((await call(`GET /accounts/${ACCOUNT}`)).body.result, changed.body.result)
})

test('an update changes what it names', async (t) => {
  const { settings } = DEMO
  const rows: [title: string, body: object, expected: object][] = [
    ['the name alone, without id and type', { name: 'n' }, { ...DEMO, name: 'n' }],
    ['no setting', { name: 'n', settings: {} }, { ...DEMO, name: 'n' }],
    [
      'one setting, the other stays',
      { name: 'n', settings: { enforce_twofactor: true } },
      { ...DEMO, name: 'n', settings: { ...settings, enforce_twofactor: true } },
    ],
    [
      'a contact of null takes it away',
      { name: 'n', settings: { abuse_contact_email: null } },
      { ...DEMO, name: 'n', settings: { enforce_twofactor: false } },
    ],
    [
      'nothing that only the server sets',
      { name: 'n', created_on: '2000-01-01T00:00:00Z', managed_by: { parent_org_id: UNIT } },
      { ...DEMO, name: 'n' },
    ],
    ['the account whose placeholder is in the body', { id: 'account_id', name: 'n' }, { ...DEMO, name: 'n' }],
  ]
  for (const [title, body, expected] of rows) {
    await t.test(title, async (t) => {
      const { call } = await simulator(t)
      const { status, body: answer } = await call(`PUT /accounts/${ACCOUNT}`, { body })
      assert.equal(status, 200)
      assert.deepEqual(answer.result, expected)
      assert.deepEqual((await call(`GET /accounts/${ACCOUNT}`)).body.result, expected)
    })
  }
})

const REQUIRED = 'Account name is required'
const CHARACTER = 'Account name contains an invalid character'
const LONG = 'Account name is too long'
const TYPE = 'account type is not supported'

test('refuses bodies that do not fit', async (t) => {
  const { call } = await simulator(t)
  const invalid = (problem: string) => `Invalid request body: ${problem}`
  const rows: [title: string, method: 'POST' | 'PUT' | 'both', body: unknown, message: string][] = [
    ['no name', 'both', {}, REQUIRED],
    ['an empty name', 'both', { name: '' }, REQUIRED],
    ['a name of spaces', 'both', { name: '  ' }, REQUIRED],
    ['a script as name', 'both', { name: '<script>' }, CHARACTER],
    ['a line break in the name', 'both', { name: 'a\nb' }, CHARACTER],
    ['a name of 101 characters', 'both', { name: 'a'.repeat(101) }, LONG],
    ['a name that is no text', 'both', { name: 5 }, invalid('/name must be string')],
    ['a name of null', 'both', { name: null }, invalid('/name must be string')],
    ['a body that is no object', 'both', [], invalid('the body must be object')],
    ['a body that is nothing', 'both', 'null', invalid('the body must be object')],
    ['a type that there is not', 'PUT', { name: 'a', type: 'huge' }, TYPE],
    ['another type', 'PUT', { name: 'a', type: 'enterprise' }, TYPE],
    ['another id', 'PUT', { id: UNIT, name: 'a' }, 'The id in the body is not the id in the path'],
    [
      'a second factor that is no yes or no',
      'PUT',
      { name: 'a', settings: { enforce_twofactor: 'yes' } },
      invalid('/settings/enforce_twofactor must be boolean'),
    ],
    [
      'a type that there is not',
      'POST',
      { name: 'a', type: 'huge' },
      invalid('/type must be equal to one of the allowed values'),
    ],
    ['a unit that is no object', 'POST', { name: 'a', unit: UNIT }, invalid('/unit must be object')],
  ]
  for (const [title, methods, body, message] of rows) {
    for (const method of methods === 'both' ? ['POST', 'PUT'] : [methods]) {
      await t.test(`${method}: ${title}`, async () => {
        const path = method === 'POST' ? '/accounts' : `/accounts/${ACCOUNT}`
        assert.deepEqual(failureOf(await call(`${method} ${path}`, { body })), [400, 1001, message])
      })
    }
  }
  assert.deepEqual((await call(`GET /accounts/${ACCOUNT}`)).body.result, DEMO)
  assert.equal((await call('GET /accounts')).body.result_info.total_count, 12)
})

test('refuses a unit whose id is too long to be shown', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call('POST /accounts', { body: { name: 'a', unit: { id: 'f'.repeat(33) } } })
  assert.deepEqual([status, body.errors[0]?.code], [400, 1001])
})
