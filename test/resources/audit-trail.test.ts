/** Which log the changes of users leave their entries in, and that the world stays whole by it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditLogRow } from '../../schemas/audit-logs.ts'
import { members } from '../../schemas/members.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import { ACCOUNT, simulator } from '../simulator.ts'

const JOHN = '7c5dae5552338874e5053f2534d2767a'
const TODAY = 'since=2026-11-21&before=2026-11-22'
/** Example Account, to which the documented user is invited. */
const INVITING = '4bb334f7c94c4a29a045f03944f072e5'

test('answers to an invitation are in the log of the account, with the scope of memberships', async (t) => {
  const calls: [title: string, request: (id: string) => string, body: unknown, type: string][] = [
    ['a membership that is accepted', (id) => `PUT /memberships/${id}`, { status: 'accepted' }, 'update'],
    ['an invitation that is accepted', (id) => `PATCH /user/invites/${id}`, { status: 'accepted' }, 'update'],
    ['an invitation that is rejected', (id) => `PATCH /user/invites/${id}`, { status: 'rejected' }, 'update'],
    ['a membership that is given up', (id) => `DELETE /memberships/${id}`, undefined, 'delete'],
  ]
  for (const [title, request, body, type] of calls) {
    await t.test(title, async (t) => {
      const { call, worlds } = await simulator(t)
      worlds.of().clock.set({ now: '2026-10-30T22:00:00Z' })
      const table = worlds.of().store.table(members, INVITING)
      const row = table.all().find(({ user }) => user.email === 'user@example.com')
      assert.ok(row)
      // An invitation that has not lapsed.
      const { expires_on: _, ...pending } = row
      table.put(pending)
      const reply = await call(request(row.id), { body })
      assert.equal(reply.status, 200, reply.text)
      const log = await call(`GET /accounts/${INVITING}/logs/audit?since=2026-10-30T22:00:00Z&before=2026-10-31`)
      assert.deepEqual(
        log.body.result.map(({ action, resource }: AuditLogRow) => [action.type, resource?.id, resource?.scope]),
        [[type, row.id, { type: 'memberships', id: row.id }]],
      )
    })
  }
})

test('who leaves an account is told in its log', async (t) => {
  const { call, worlds } = await simulator(t)
  const mine = worlds.of().store.table(members).where({ 'user.id': JOHN, status: 'accepted' }).all()
  const row = mine.find(({ account_id }) => account_id !== ACCOUNT)
  assert.ok(row)
  const reply = await call(`DELETE /user/organizations/${row.account_id}`)
  assert.equal(reply.status, 200, reply.text)
  const [entry] = (await call(`GET /accounts/${row.account_id}/logs/audit?${TODAY}`)).body.result
  assert.deepEqual([entry.action.description, entry.resource.id], ['Leave Organization', row.id])
})

test('tokens of users are told in the log of the user, without their values', async (t) => {
  const { call } = await simulator(t)
  const made = await call('POST /user/tokens', {
    body: {
      name: 'mine',
      policies: [
        {
          effect: 'allow',
          permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }],
          resources: { 'com.cloudflare.api.account.zone.*': '*' },
        },
      ],
    },
  })
  assert.equal(made.status, 200, made.text)
  const { id, value } = made.body.result
  await call(`PUT /user/tokens/${id}/value`)
  await call(`DELETE /user/tokens/${id}`)
  const { body, text } = await call('GET /user/audit_logs?since=2026-11-21')
  assert.deepEqual(
    body.result.map(({ action, resource, owner }: Record<string, Record<string, unknown>>) => [
      action?.type,
      resource?.id,
      owner?.id,
    ]),
    ['delete', 'update', 'add'].map((type) => [type, id, JOHN]),
  )
  assert.equal(text.includes(value), false)
})

test('a world whose accounts and organizations are gone can be carried elsewhere', async (t) => {
  const { call, worlds } = await simulator(t)
  const made = await call('POST /organizations', { body: { name: 'Child' } })
  assert.equal(made.status, 200, made.text)
  const deletions = [`/organizations/${made.body.result.id}`, `/accounts/${ACCOUNT}`, `/accounts/${INVITING}`]
  for (const path of deletions) assert.equal((await call(`DELETE ${path}`)).status, 200, path)
  const world = worlds.of()
  const document = Checkpoint.of(world).toJSON()
  assert.deepEqual(Checkpoint.read(document, world).toJSON(), document)
  assert.equal(
    document.tables.user_audit_logs?.length,
    world.store.table({ name: 'user_audit_logs', row: members.row }).total(),
  )
})
