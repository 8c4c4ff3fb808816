/** Who may be added without being asked. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { users } from '../../schemas/users.ts'
import { invite } from '../../server/rules/invitations.ts'
import { as } from '../acting.ts'
import { ACCOUNT, EMAIL, simulator } from '../simulator.ts'

test('where direct adding is not allowed, people can be invited, but not made members', async (t) => {
  const { worlds } = await simulator(t)
  const world = worlds.next()
  const caller = { scheme: 'none' } as const
  const direct = { email: 'a@example.com', status: 'accepted' } as const
  assert.throws(() => invite(direct, caller, world, false), {
    status: 400,
    message: 'Invalid request: automatic verification of new members is not allowed',
  })
  assert.equal(invite({ ...direct, status: 'pending' }, caller, world, false).status, 'pending')
  const { user, ...rest } = invite(direct, caller, world)
  assert.match(user.id ?? '', /^[0-9a-f]{32}$/)
  // There is no invitation that could lapse.
  assert.deepEqual(rest, { status: 'accepted' })
})

test('whoever invites is named, unless by an address that no answer may show', async (t) => {
  const { call, worlds } = await simulator(t)
  const world = worlds.of()
  const invitedBy = async (at: string) => {
    const made = await call(`POST /accounts/${ACCOUNT}/members`, { body: { email: at, roles: [] } })
    assert.equal(made.status, 200, made.text)
    const headers = { ...as(EMAIL), 'x-auth-email': at }
    const invites: { id: string; invited_by?: string }[] = (await call('GET /user/invites', { headers })).body.result
    return invites.find(({ id }) => id === made.body.result.id)?.invited_by
  }
  const [wendell, mina] = ['wendell.price@example.org', 'mina.sato@example.net']
  assert.equal(await invitedBy(wendell), EMAIL)
  const john = world.store.table(users).where({ email: EMAIL }).first()
  assert.ok(john)
  world.store.table(users).put({ ...john, email: `${'a'.repeat(90)}@example.com` })
  assert.equal(await invitedBy(mina), undefined)
})
