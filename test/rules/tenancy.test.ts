/** Who may make and delete accounts, where credentials must exist; and who gets at one without being a member. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { accounts } from '../../schemas/accounts.ts'
import { users } from '../../schemas/users.ts'
import { hasImplicitAccess } from '../../server/rules/implicit-access.ts'
import { AUTOMATION_TOKEN, as } from '../acting.ts'
import { ACCOUNT, EMAIL, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const UNIT = 'f267e341f3dd4697bd3b9f71dd96247f'
const PARENT = '4536bcfad5faccb111b47003c79917fa'
const GROUP = '019c4f65e7607d8c9f6f6b58aa3aff50'
const CUSTOMER = '01a7362d577a6c3019a474fd6f485823'
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'

const NO_CREATION = [403, 1002, 'Forbidden. Account creation is not allowed']
const NO_DELETION = [403, 1002, 'Forbidden. Account deletion is not allowed']

const enforcing = (t: TestContext) => simulator(t, { auth: 'enforce' })

test('administrators of a tenant make accounts, nobody else', async (t) => {
  const { call } = await enforcing(t)
  const rows: [title: string, headers: Record<string, string>, unit: string | undefined, isAllowed: boolean][] = [
    ['an administrator', as(EMAIL), undefined, true],
    ['an administrator, for a unit', as(EMAIL), UNIT, true],
    ['another one', as('ruth.campbell@example.com'), UNIT, true],
    ['an administrator, for an organization below one of his', as(EMAIL), PARENT, true],
    ['an administrator, for the organization of others', as(EMAIL), GROUP, false],
    ['an administrator, for nobody knows what', as(EMAIL), UNKNOWN, false],
    ['somebody else', as('edward.langley@example.net'), undefined, false],
    ['somebody else, for a unit', as('edward.langley@example.net'), UNIT, false],
    ['the token of an account', AUTOMATION_TOKEN, undefined, false],
  ]
  for (const [title, headers, unit, isAllowed] of rows) {
    await t.test(title, async () => {
      const body = { name: 'New', ...(unit !== undefined && { unit: { id: unit } }) }
      const answer = await call('POST /accounts', { body, headers })
      assert.deepEqual(answer.status === 200 ? 'made' : failureOf(answer), isAllowed ? 'made' : NO_CREATION)
    })
  }
})

test('administrators of its tenant delete an account, nobody else', async (t) => {
  const { call } = await enforcing(t)
  for (const account of [ACCOUNT, MEDIA]) {
    const headers = as(account === ACCOUNT ? EMAIL : 'adele.fontaine@example.org')
    assert.deepEqual(failureOf(await call(`DELETE /accounts/${account}`, { headers })), NO_DELETION)
  }
  const leader = as('wendell.price@example.org')
  assert.deepEqual(failureOf(await call(`DELETE /accounts/${CUSTOMER}`, { headers: leader })), NO_DELETION)
  assert.equal((await call(`DELETE /accounts/${CUSTOMER}`, { headers: as(EMAIL) })).status, 200)
})

test('whoever makes an account manages it from above, in its tenant or its organization', async (t) => {
  const { call } = await enforcing(t)
  for (const [unit, name] of [
    [UNIT, 'Demo Reseller Unit'],
    [PARENT, 'Demo Parent Organization'],
  ] as const) {
    const headers = as(EMAIL)
    const made = await call('POST /accounts', { body: { name: 'New', unit: { id: unit } }, headers })
    const { id, managed_by } = made.body.result
    assert.deepEqual(managed_by, { parent_org_id: unit, parent_org_name: name })
    const stranger = as('edward.langley@example.net')
    const invalid = [403, 9109, 'Invalid account identifier']
    assert.deepEqual((await call(`GET /accounts/${id}`, { headers })).body.result, made.body.result)
    assert.deepEqual(failureOf(await call(`GET /accounts/${id}`, { headers: stranger })), invalid)
    const listed = async (of: Record<string, string>) =>
      (await call('GET /accounts?per_page=50', { headers: of })).body.result.map((row: { id: string }) => row.id)
    assert.ok((await listed(headers)).includes(id))
    assert.equal((await listed(stranger)).includes(id), false)
    const [first] = (await call(`GET /accounts/${id}/members`, { headers })).body.result
    assert.equal(first, undefined)
    assert.deepEqual((await call(`DELETE /accounts/${id}`, { headers })).body.result, { id })
    assert.deepEqual(failureOf(await call(`GET /accounts/${id}`, { headers })), [404, 1003, 'Account not found'])
  }
})

test('refuses nobody where credentials need not exist', async (t) => {
  const { call } = await simulator(t)
  const headers = as('edward.langley@example.net')
  assert.equal((await call('POST /accounts', { body: { name: 'New', unit: { id: UNKNOWN } }, headers })).status, 200)
  assert.equal((await call(`DELETE /accounts/${ACCOUNT}`, { headers })).status, 200)
})

test('shows a tenant to its administrators only', async (t) => {
  const { call } = await enforcing(t)
  for (const below of ['', '/accounts', '/account_types', '/entitlements', '/memberships']) {
    const request = `GET /tenants/tenant_id${below}`
    assert.equal((await call(request, { headers: as(EMAIL) })).status, 200)
    const answer = await call(request, { headers: as('edward.langley@example.net') })
    assert.deepEqual(failureOf(answer), [403, 10000, 'Authentication error'])
  }
})

test('gets at accounts without being a member of them: by their organizations, by their tenant', async (t) => {
  const world = (await simulator(t)).worlds.next()
  const rows: [email: string, account: string, expected: boolean][] = [
    [EMAIL, ACCOUNT, true],
    ['elena.popescu@example.com', ACCOUNT, true],
    ['ruth.campbell@example.com', ACCOUNT, false],
    ['tomasz.wolski@example.com', ACCOUNT, false],
    ['helena.fischer@example.com', ACCOUNT, false],
    ['ivan.horvat@example.org', MEDIA, true],
    [EMAIL, MEDIA, false],
    ['ruth.campbell@example.com', CUSTOMER, true],
    ['wendell.price@example.org', CUSTOMER, false],
    ['edward.langley@example.net', '4bb334f7c94c4a29a045f03944f072e5', false],
  ]
  for (const [email, id, expected] of rows) {
    const [user] = world.store.table(users).where({ email }).all()
    const account = world.store.table(accounts).get(id)
    assert.ok(user && account)
    assert.equal(hasImplicitAccess(user, account, world), expected, `${email} ${id}`)
  }
})
