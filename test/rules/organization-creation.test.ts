/** Who may make organizations and who sees them, where credentials must exist. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { accounts } from '../../schemas/accounts.ts'
import { users } from '../../schemas/users.ts'
import { addMember } from '../../server/rules/organization-members.ts'
import type { World } from '../../server/state/world.ts'
import { as } from '../acting.ts'
import { EMAIL, failureOf, simulator } from '../simulator.ts'

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const PARENT = '4536bcfad5faccb111b47003c79917fa'
const GROUP = '019c4f65e7607d8c9f6f6b58aa3aff50'
/** Enterprise, outside any organization; Edward Langley is its Super Administrator, the others are Administrators. */
const ENTERPRISE = '4bb334f7c94c4a29a045f03944f072e5'
const EDWARD = 'edward.langley@example.net'

const enforcing = (t: TestContext) => simulator(t, { auth: 'enforce' })

function userBy(email: string, world: World) {
  const [user] = world.store.table(users).where({ email }).all()
  assert.ok(user)
  return user
}

const join = (email: string, organization: string) => (world: World) =>
  void addMember(organization, { user: { email }, status: 'active' }, world)

const PLAN = [403, 10000, 'Organization management is only available on the Enterprise plan at this time.']
const ROLE = [403, 10000, 'You need a super admin role on an enterprise account to create an Organization.']
const TAKEN = [400, 1001, 'One or more of your enterprise accounts is already part of an Organization.']
const MAXIMUM = [400, 1001, 'You have reached the maximum number of organizations.']
const COMPANY = [
  400,
  1001,
  'An Organization has already been created for accounts associated with your company. Please contact your company administrator.',
]
const NOT_ELIGIBLE = [
  400,
  1001,
  'You are not eligible to create an Organization because two-factor authentication is not enabled.',
]
const NOBODY = [403, 10000, 'Authentication error']

const ROWS: [
  title: string,
  email: string,
  parent: string | undefined,
  expected: unknown,
  before?: (world: World) => void,
][] = [
  ['a Super Administrator of an enterprise account', EDWARD, undefined, 'made'],
  ['nobody of an enterprise account', 'lucia.romano@example.org', undefined, PLAN],
  ['an Administrator of one', 'simone.keller@example.net', undefined, ROLE],
  ['the documented user, who is no Super Administrator of one', EMAIL, undefined, ROLE],
  [
    'somebody without a second factor',
    EDWARD,
    undefined,
    NOT_ELIGIBLE,
    (world) => {
      const user = userBy(EDWARD, world)
      world.store.table(users).put({ ...user, two_factor_authentication_enabled: false })
    },
  ],
  [
    'an account that is in an organization',
    EDWARD,
    undefined,
    TAKEN,
    (world) => {
      const account = world.store.table(accounts).get(ENTERPRISE)
      assert.ok(account)
      world.store.table(accounts).put({ ...account, parent_org_id: PARENT })
    },
  ],
  ['somebody who has one', EDWARD, undefined, MAXIMUM, join(EDWARD, GROUP)],
  ['somebody who is in one below another', EDWARD, undefined, 'made', join(EDWARD, PARENT)],
  ['below an organization of theirs', EMAIL, ROOT, 'made'],
  ['below one that is below theirs', EMAIL, PARENT, 'made'],
  ['below one of others', EMAIL, GROUP, NOBODY],
  ['below one that they were invited to', 'tomasz.wolski@example.com', ROOT, NOBODY],
]

test('makes organizations for whom they are meant', async (t) => {
  for (const [title, email, parent, expected, before] of ROWS) {
    await t.test(title, async (t) => {
      const { call, worlds } = await enforcing(t)
      before?.(worlds.next())
      const body = { name: 'New', ...(parent !== undefined && { parent: { id: parent } }) }
      const answer = await call('POST /organizations', { body, headers: as(email) })
      assert.deepEqual(answer.status === 200 ? 'made' : failureOf(answer), expected)
    })
  }
})

test('makes one organization for each company', async (t) => {
  const { call, worlds } = await enforcing(t)
  const colleague = 'simone.keller@example.net'
  const path = `/accounts/${ENTERPRISE}/members`
  const found = (await call(`GET ${path}`, { headers: as(EDWARD) })).body.result
  const { id } = found.find(({ email }: { email: string }) => email === colleague)
  const roles = [{ id: '33666b9c79b9a5273fc7344ff42f953d' }]
  assert.equal((await call(`PUT ${path}/${id}`, { body: { roles }, headers: as(EDWARD) })).status, 200)
  join(colleague, GROUP)(worlds.next())
  const answer = await call('POST /organizations', { body: { name: 'New' }, headers: as(EDWARD) })
  assert.deepEqual(failureOf(answer), COMPANY)
})

test('lists to everybody the organizations that they manage', async (t) => {
  const { call } = await enforcing(t)
  const listed = async (email: string) =>
    (await call('GET /organizations', { headers: as(email) })).body.result.map(({ name }: { name: string }) => name)
  const demo = ['Demo Root Organization', 'Demo Parent Organization', 'Demo Customers Organization']
  assert.deepEqual(await listed(EMAIL), demo)
  assert.deepEqual(await listed('ruth.campbell@example.com'), ['Demo Customers Organization'])
  assert.deepEqual(await listed('tomasz.wolski@example.com'), [])
  assert.deepEqual(await listed(EDWARD), [])
})
