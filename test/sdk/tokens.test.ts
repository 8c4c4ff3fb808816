/** The life of tokens, from creation over verification and rolling to the end, told with the SDK. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type Cloudflare from 'cloudflare'
import { ACCOUNT } from '../simulator.ts'
import { clientOf, collect, listening, refused, sdk } from './clients.ts'

const { AuthenticationError, BadRequestError, NotFoundError } = sdk

const account_id = ACCOUNT
const DNS_READ = '82e64a83756745bbbb1c9c2701bf816b'

const asked = {
  account_id,
  name: 'deploy',
  policies: [
    {
      effect: 'allow' as const,
      permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }, { id: DNS_READ }],
      resources: { 'com.cloudflare.api.account.zone.22b1de5f1c0e4b3ea97bb1e963b06a43': '*' },
    },
  ],
  condition: { request_ip: { in: ['123.123.123.0/24'], not_in: ['123.123.123.100/24'] } },
  not_before: '2026-01-01T00:00:00Z',
  expires_on: '2030-01-01T00:00:00Z',
}

/** What a client that signs in with this token is told about it. */
function verified(client: Cloudflare, apiToken: string | undefined) {
  return client.withOptions({ apiToken: apiToken as string }).accounts.tokens.verify({ account_id })
}

test('a token is made, shown without its value, replaced and deleted', async (t) => {
  const { tokens } = clientOf(await listening(t)).accounts
  const { value, ...made } = await tokens.create(asked)
  assert.match(value ?? '', /^[A-Za-z0-9_-]{40,80}$/)
  assert.equal(made.status, 'active')
  assert.deepEqual(made.condition, asked.condition)
  assert.deepEqual([made.not_before, made.expires_on], [asked.not_before, asked.expires_on])
  assert.deepEqual([made.issued_on, made.modified_on], ['2026-11-21T10:00:00Z', '2026-11-21T10:00:00Z'])
  assert.deepEqual(made.policies?.[0]?.resources, asked.policies[0]?.resources)
  assert.deepEqual(
    made.policies?.[0]?.permission_groups.map(({ id }) => id),
    asked.policies[0]?.permission_groups.map(({ id }) => id),
  )
  const id = made.id as string
  assert.deepEqual(await tokens.get(id, { account_id }), made)
  const listed = await collect(tokens.list({ account_id }))
  assert.deepEqual(
    listed.find((token) => token.id === id),
    made,
  )
  assert.ok(listed.every((token) => !('value' in token)))

  const nested = { [`com.cloudflare.api.account.${account_id}`]: { 'com.cloudflare.api.account.zone.*': '*' } }
  const replaced = await tokens.update(id, {
    account_id,
    name: 'deploy, off',
    status: 'disabled',
    policies: [{ effect: 'deny', permission_groups: [{ id: DNS_READ }], resources: nested }],
  })
  assert.deepEqual(Object.keys(replaced).sort(), ['id', 'issued_on', 'modified_on', 'name', 'policies', 'status'])
  assert.deepEqual(replaced.policies?.[0]?.resources, nested)
  assert.equal(replaced.status, 'disabled')

  assert.deepEqual(await tokens.delete(id, { account_id }), { id })
  const error = await refused(tokens.get(id, { account_id }))
  assert.ok(error instanceof NotFoundError)
  assert.deepEqual(error.errors, [{ code: 1003, message: 'Token not found' }])
})

test('a token verifies itself until it is rolled, disabled or deleted', async (t) => {
  const client = clientOf(await listening(t))
  const { tokens } = client.accounts
  const { id, value } = (await tokens.create(asked)) as { id: string; value: string }
  const { not_before, expires_on } = asked
  assert.deepEqual(await verified(client, value), { id, status: 'active', not_before, expires_on })

  const next = await tokens.value.update(id, { account_id })
  assert.match(next, /^[A-Za-z0-9_-]{40,80}$/)
  assert.notEqual(next, value)
  assert.deepEqual(await verified(client, next), { id, status: 'active', not_before, expires_on })
  const old = await refused(verified(client, value))
  assert.ok(old instanceof AuthenticationError)
  assert.deepEqual(old.errors, [{ code: 1000, message: 'Invalid API Token' }])

  await tokens.update(id, { ...asked, status: 'disabled' })
  assert.equal((await verified(client, next)).status, 'disabled')
  await tokens.delete(id, { account_id })
  assert.ok((await refused(verified(client, next))) instanceof AuthenticationError)
})

test('a token expires by the clock, and is then listed only on demand', async (t) => {
  const client = clientOf(await listening(t))
  const { tokens } = client.accounts
  const before = await collect(tokens.list({ account_id, include_expired: true }))
  const made = await tokens.create({ ...asked, expires_on: '2026-11-21T10:00:00Z' })
  assert.equal(made.status, 'expired')
  assert.equal((await verified(client, made.value)).status, 'expired')
  const isHere = (list: { id?: string }[]) => list.some(({ id }) => id === made.id)
  assert.equal(isHere(await collect(tokens.list({ account_id }))), false)
  const after = await collect(tokens.list({ account_id, include_expired: true }))
  assert.equal(isHere(after), true)
  assert.equal(after.length, before.length + 1)
})

test('every older body of a roll is taken: none, and an empty object', async (t) => {
  const client = clientOf(await listening(t))
  const { id } = await client.accounts.tokens.create(asked)
  const path = `/accounts/${account_id}/tokens/${id}/value`
  const values = new Set<string>()
  for (const options of [{}, { body: {} }, { headers: { 'content-type': 'application/json' } }]) {
    values.add(((await client.put(path, options)) as { result: string }).result)
  }
  assert.equal(values.size, 3)
})

test('permission groups are found by name and scope, encoded once or twice', async (t) => {
  const { permissionGroups } = clientOf(await listening(t)).accounts.tokens
  const all = await collect(permissionGroups.list({ account_id }))
  assert.deepEqual(await permissionGroups.get({ account_id }), all)
  const rows: [filter: { name?: string; scope?: string }, found: number][] = [
    [{ name: 'Account%20Settings%20Write' }, 1],
    [{ name: 'Account Settings Write' }, 1],
    [{ name: 'Account Settings Write', scope: 'com.cloudflare.api.account' }, 1],
    [{ name: 'Account Settings Write', scope: 'com.cloudflare.api.account.zone' }, 0],
    [{ name: 'Account Settings' }, 0],
    [{ name: '%' }, 0],
  ]
  for (const [filter, found] of rows) {
    const groups = await collect(permissionGroups.list({ account_id, ...filter }))
    assert.equal(groups.length, found, JSON.stringify(filter))
    assert.ok(groups.every((group) => group.name === 'Account Settings Write'))
  }
})

test('refuses a policy with a permission group that is not known', async (t) => {
  const { tokens } = clientOf(await listening(t)).accounts
  const before = await collect(tokens.list({ account_id }))
  const unknown = { effect: 'allow' as const, permission_groups: [{ id: 'nothing' }], resources: {} }
  const error = await refused(tokens.create({ ...asked, policies: [...asked.policies, unknown] }))
  assert.ok(error instanceof BadRequestError)
  assert.deepEqual(error.errors, [{ code: 1001, message: 'Invalid permission group id: nothing' }])
  assert.deepEqual(await collect(tokens.list({ account_id })), before)
})
