/** Who moves accounts, and what follows from it, where credentials must exist. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { members } from '../../schemas/members.ts'
import { addMember } from '../../server/rules/organization-members.ts'
import { AUTOMATION_TOKEN, as } from '../acting.ts'
import { ACCOUNT, EMAIL, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const PARENT = '4536bcfad5faccb111b47003c79917fa'
const CUSTOMERS = '4d35cdf107a51ca115361e147c3c1569'
const STANDALONE = '4bb334f7c94c4a29a045f03944f072e5'
const STAGING = '82c363794a63d910418f16f1537a004b'
/** Super Administrator of the standalone account, and of no organization. */
const EDWARD = 'edward.langley@example.net'
/** Manages the customers' organization, and nothing above it. */
const RUTH = 'ruth.campbell@example.com'

const enforce = { auth: 'enforce' } as const
const NOBODY = [403, 10000, 'Authentication error']
const into = (destination_organization_id: string) => ({ destination_organization_id })
const names = (result: { name: string }[]) => result.map(({ name }) => name)

test('whoever manages an account and where it goes moves it, nobody else', async (t) => {
  const rows: [title: string, headers: Record<string, string>, account: string, to: string, expected: unknown][] = [
    ['a member of the root', as(EMAIL), ACCOUNT, CUSTOMERS, 'moved'],
    ['the same, of an account of others', as(EMAIL), STANDALONE, ROOT, NOBODY],
    ['a member of the destination alone', as(RUTH), ACCOUNT, CUSTOMERS, NOBODY],
    ['a Super Administrator of the account alone', as(EDWARD), STANDALONE, PARENT, NOBODY],
    ['the token of an account', AUTOMATION_TOKEN, ACCOUNT, ROOT, NOBODY],
    ['anybody, of an account that there is not', as(EMAIL), UNKNOWN, ROOT, NOBODY],
  ]
  for (const [title, headers, account, to, expected] of rows) {
    await t.test(title, async (t) => {
      const { call } = await simulator(t, enforce)
      const answer = await call(`POST /accounts/${account}/move`, { body: into(to), headers })
      assert.deepEqual(answer.status === 200 ? 'moved' : failureOf(answer), expected)
    })
  }
})

test('a Super Administrator brings an account into an organization that they manage', async (t) => {
  const { call, worlds } = await simulator(t, enforce)
  addMember(PARENT, { user: { email: EDWARD }, status: 'active' }, worlds.next())
  const headers = as(EDWARD)
  const answer = await call(`POST /accounts/${STANDALONE}/move`, { body: into(PARENT), headers })
  assert.equal(answer.status, 200, answer.text)
  const above = (await call(`GET /accounts/${STANDALONE}/organizations`, { headers })).body.result
  assert.deepEqual(names(above), ['Demo Root Organization', 'Demo Parent Organization'])
})

test('a batch takes the accounts along that are the mover’s, and passes over the others', async (t) => {
  const { call } = await simulator(t, enforce)
  const headers = as(EMAIL)
  const account_ids = [ACCOUNT, STANDALONE, STAGING]
  const { status, body } = await call('POST /accounts/move', { body: { account_ids, ...into(ROOT) }, headers })
  assert.equal(status, 200)
  assert.deepEqual(body.result, { statuses: { tag: STANDALONE, moved: false, message: 'Account not found' } })
  const held = (await call(`GET /organizations/${ROOT}/accounts`, { headers })).body.result
  const ids = held.map(({ id }: { id: string }) => id)
  assert.deepEqual(
    account_ids.map((id) => ids.includes(id)),
    [true, false, true],
  )
  for (const other of [as(EDWARD), as(RUTH), AUTOMATION_TOKEN]) {
    const refused = await call('POST /accounts/move', {
      body: { account_ids: [ACCOUNT], ...into(PARENT) },
      headers: other,
    })
    assert.deepEqual(failureOf(refused), NOBODY)
  }
})

test('what somebody is denied in an account counts, whether it moves alone or with others', async (t) => {
  const { call, worlds } = await simulator(t, enforce)
  const { store } = worlds.next()
  const table = store.table(members, ACCOUNT)
  const [own] = table.where({ 'user.email': EMAIL }).all()
  assert.ok(own)
  table.put({ ...own, policies: own.policies.map((policy) => ({ ...policy, access: 'deny' as const })) })
  const headers = as(EMAIL)
  const alone = await call(`POST /accounts/${ACCOUNT}/move`, { body: into(ROOT), headers })
  assert.equal(alone.status, 403, alone.text)
  const { body } = await call('POST /accounts/move', { body: { account_ids: [ACCOUNT], ...into(ROOT) }, headers })
  assert.deepEqual(body.result, { statuses: { tag: ACCOUNT, moved: false, message: 'Account not found' } })
})

test('with an account its managers change: who is below sees it only once it is there', async (t) => {
  const { call, worlds } = await simulator(t, enforce)
  addMember(CUSTOMERS, { user: { email: EDWARD }, status: 'active' }, worlds.next())
  const headers = as(EDWARD)
  const sees = async () => {
    const account = await call(`GET /accounts/${ACCOUNT}/organizations`, { headers })
    const held = await call(`GET /organizations/${CUSTOMERS}/accounts`, { headers })
    const containing = await call(`GET /organizations?containing.account=${ACCOUNT}`, { headers })
    return [account.status, names(held.body.result).includes('Demo Account'), names(containing.body.result)]
  }
  assert.deepEqual(await sees(), [403, false, []])
  await call(`POST /accounts/${ACCOUNT}/move`, { body: into(CUSTOMERS), headers: as(EMAIL) })
  assert.deepEqual(await sees(), [200, true, ['Demo Customers Organization']])
  const above = (await call(`GET /organizations?containing.account=${ACCOUNT}`, { headers: as(EMAIL) })).body.result
  assert.deepEqual(names(above), ['Demo Root Organization', 'Demo Customers Organization'])
  // The log of the account has it, and so has that of where it came to.
  for (const owner of [`/accounts/${ACCOUNT}`, `/organizations/${CUSTOMERS}`]) {
    const { body } = await call(`GET ${owner}/logs/audit?since=2026-11-21&before=2026-11-22`, { headers })
    assert.deepEqual(
      body.result.map(({ action, actor }: { action: { description: string }; actor: { email: string } }) => [
        action.description,
        actor.email,
      ]),
      [['Move Account', EMAIL]],
      owner,
    )
  }
})
