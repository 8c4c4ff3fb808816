/** The life of members, and the roles that they can have, told with the SDK. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT } from '../simulator.ts'
import { clientOf, collect, listening, refused, sdk } from './clients.ts'

const { BadRequestError, NotFoundError } = sdk

const account_id = ACCOUNT
const JOHN = '4536bcfad5faccb111b47003c79917fa'
const ADMINISTRATOR = '3536bcfad5faccb999b47003c79917fb'
const GROUPS = ['c8fed203ed3043cba015a93ad1616f1f', '82e64a83756745bbbb1c9c2701bf816b']
const WHOLE_ACCOUNT = '6d7f2f5f5b1d4a0e9081fdc98d432fd1'

test('somebody is invited with a role, changed, and removed', async (t) => {
  const { members, roles } = clientOf(await listening(t)).accounts
  const role = await roles.get(ADMINISTRATOR, { account_id })
  const made = await members.create({ account_id, email: 'new.person@example.com', roles: [ADMINISTRATOR] })
  assert.match(made.id ?? '', /^[0-9a-f]{32}$/)
  assert.equal(made.status, 'pending')
  assert.equal(made.email, 'new.person@example.com')
  assert.deepEqual(made.roles, [role])
  assert.equal(made.policies?.length, 1)
  assert.equal(made.policies?.[0]?.resource_groups?.[0]?.id, WHOLE_ACCOUNT)
  const id = made.id as string
  assert.deepEqual(await members.get(id, { account_id }), made)
  const pending = await collect(members.list({ account_id, status: 'pending' }))
  assert.deepEqual(
    pending.find((member) => member.id === id),
    made,
  )

  const [other] = (await collect(roles.list({ account_id }))).filter((candidate) => candidate.id !== ADMINISTRATOR)
  assert.ok(other)
  const changed = await members.update(id, { account_id, roles: [other] })
  assert.deepEqual(changed.roles, [other])
  assert.equal(changed.email, made.email)
  assert.deepEqual(await members.update(id, { account_id }), changed)

  assert.deepEqual(await members.delete(id, { account_id }), { id })
  const error = await refused(members.get(id, { account_id }))
  assert.ok(error instanceof NotFoundError)
  assert.deepEqual(error.errors, [{ code: 1003, message: 'Member not found for account' }])
  assert.ok((await refused(members.delete(id, { account_id }))) instanceof NotFoundError)
})

test('somebody is invited with policies, which keep their ids when they are sent again', async (t) => {
  const { members } = clientOf(await listening(t)).accounts
  const policy = {
    access: 'allow' as const,
    permission_groups: GROUPS.map((id) => ({ id })),
    resource_groups: [{ id: WHOLE_ACCOUNT }],
  }
  const made = await members.create({ account_id, email: 'policy@example.com', policies: [policy], status: 'accepted' })
  assert.equal(made.status, 'accepted')
  const [kept] = made.policies ?? []
  assert.match(kept?.id ?? '', /^[0-9a-f]{32}$/)
  assert.deepEqual(
    kept?.permission_groups?.map(({ id, name }) => [id, typeof name]),
    GROUPS.map((id) => [id, 'string']),
  )
  assert.equal(kept?.resource_groups?.[0]?.scope.key, `com.cloudflare.api.account.${account_id}`)
  const sent = { ...policy, id: kept?.id, access: 'deny' as const }
  const changed = await members.update(made.id as string, { account_id, policies: [sent, policy] })
  assert.deepEqual(
    changed.policies?.map(({ access }) => access),
    ['deny', 'allow'],
  )
  assert.equal(changed.policies?.[0]?.id, kept?.id)
  assert.notEqual(changed.policies?.[1]?.id, kept?.id)
})

test('refuses to invite anybody twice, without a trace', async (t) => {
  const { members } = clientOf(await listening(t)).accounts
  const before = await collect(members.list({ account_id }))
  const error = await refused(members.create({ account_id, email: 'USER@example.com', roles: [ADMINISTRATOR] }))
  assert.ok(error instanceof BadRequestError)
  assert.deepEqual(error.errors, [{ code: 1001, message: 'Invalid request: Member already exists' }])
  assert.deepEqual(await collect(members.list({ account_id })), before)
})

test('lists members by every column, in both directions, each exactly once', async (t) => {
  const { members } = clientOf(await listening(t)).accounts
  const all = (await collect(members.list({ account_id }))).map(({ id }) => id).sort()
  for (const order of ['user.first_name', 'user.last_name', 'user.email', 'status'] as const) {
    const up = await collect(members.list({ account_id, order, direction: 'asc', per_page: 7 }))
    const down = await collect(members.list({ account_id, order, direction: 'desc', per_page: 50 }))
    assert.deepEqual(up.map(({ id }) => id).sort(), all, order)
    assert.deepEqual([...up].reverse(), down, order)
    const column = up.map((member) => {
      const [, name] = order.split('.') as ['user', 'email'] | ['status']
      return (name ? member.user?.[name] : member.status) ?? ''
    })
    assert.deepEqual(column, [...column].sort(compare), order)
  }
})

test('filters members by status', async (t) => {
  const { members } = clientOf(await listening(t)).accounts
  const count = async (status: 'accepted' | 'pending' | 'rejected') => {
    const found = await collect(members.list({ account_id, status, per_page: 6 }))
    assert.ok(found.every((member) => member.status === status))
    return found.length
  }
  assert.deepEqual([await count('accepted'), await count('pending'), await count('rejected')], [50, 15, 0])
})

test('the documented member signs in with a key and reads itself', async (t) => {
  const client = clientOf(await listening(t), {
    apiToken: null,
    apiEmail: 'user@example.com',
    apiKey: '144c9defac04969c7bfad8efaa8ea194',
  })
  const john = await client.accounts.members.get(JOHN, { account_id })
  assert.equal(john.user?.email, 'user@example.com')
  assert.equal(john.user?.first_name, 'John')
})

/** By code unit, as the simulator orders. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
