/** Which requests leave an entry in an audit log, and in which: changes one each, gone when the change is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts } from '../../schemas/accounts.ts'
import type { AuditLogRow } from '../../schemas/audit-logs.ts'
import { tokens } from '../../schemas/tokens.ts'
import { resources } from '../../server/resources/index.ts'
import { actionOf, kindOf, phraseOf } from '../../server/rules/audited.ts'
import { reads, writes } from '../contract/calls.ts'
import { ACCOUNT, TOKEN, UNKNOWN } from '../simulator.ts'
import { counting } from './audit-counting.ts'

const A = `/accounts/${ACCOUNT}`
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'
const invitation = { email: 'new@example.com', roles: [ADMINISTRATOR] }

const changing = resources.flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))

test('every operation that changes something is known to the trail', () => {
  for (const operation of changing.filter(({ method }) => method !== 'GET')) {
    assert.ok(kindOf(operation), operation.path)
    assert.match(actionOf(operation), /^(?:create|update|delete)$/, operation.id)
    assert.match(phraseOf(operation), /^[A-Z]\w+(?: (?:to|[A-Z]\w+))+$/, operation.id)
  }
})

test('operations are told by the kind of thing that they change, and by a phrase', () => {
  const rows: [id: string, product: string, type: string, action: string, phrase: string][] = [
    ['account-members-add-member', 'members', 'member', 'create', 'Add Member'],
    ['account-api-tokens-roll-token', 'tokens', 'token', 'update', 'Roll Token'],
    ['user-api-tokens-delete-token', 'tokens', 'token', 'delete', 'Delete Token'],
    ['account-deletion', 'accounts', 'account', 'delete', 'Delete Account'],
    ['Accounts_moveAccounts', 'accounts', 'account', 'update', 'Move Account'],
    ['Organizations_modify', 'organizations', 'organization', 'update', 'Modify Organization'],
    ['Members_batchCreate', 'members', 'member', 'create', 'Batch Create Organization Members'],
    ['user-edit-user', 'user', 'user', 'update', 'Edit User'],
  ]
  for (const [id, ...expected] of rows) {
    const operation = changing.find((one) => one.id === id)
    assert.ok(operation, id)
    const kind = kindOf(operation)
    assert.deepEqual([kind?.product, kind?.type, actionOf(operation), phraseOf(operation)], expected, id)
  }
})

/** What is moved says so itself, and so does the organization that it comes to. Who changes nothing leaves nothing. */
function expectedOf(request: string, body: unknown): number[] {
  const { account_ids } = (body ?? {}) as { account_ids?: string[] }
  if (account_ids) return account_ids.includes(ACCOUNT) ? [1, 1, 0] : [0, 0, 0]
  if (request.includes(' /organizations')) return [0, 1, 0]
  // Whoever answers an invitation or leaves changes who is in an account.
  if (/ \/user(?!\/(?:invites|organizations))/.test(request)) return [0, 0, 1]
  return request.endsWith('/move') ? [1, 1, 0] : [1, 0, 0]
}

test('every change leaves one entry when it succeeds, and none when it fails', async (t) => {
  const { left, worlds } = await counting(t)
  const changes = [...writes, ...reads].filter(({ key }) => !key.startsWith('GET'))
  assert.equal(changes.length, changing.filter(({ method }) => method !== 'GET').length)
  for (const { key, succeed, fail } of changes) {
    await t.test(key, async () => {
      for (const [request, body] of succeed) {
        worlds.reset()
        const { reply, left: found } = await left(request, { body })
        assert.ok(reply.status < 300, `${request}: ${reply.text}`)
        // With an account its entries go.
        if (/^DELETE \/accounts\/\w+$/.test(request)) assert.ok((found[0] ?? 0) < 0, request)
        else assert.deepEqual(found, expectedOf(request, body), request)
      }
      worlds.reset()
      for (const [request, body] of fail) {
        const { reply, left: none } = await left(request, { body })
        assert.ok(reply.status >= 400)
        assert.deepEqual(none, [0, 0, 0], request)
      }
    })
  }
})

test('a change that is taken back takes its entry along', async (t) => {
  const { call, worlds, left } = await counting(t)
  const table = () => worlds.of().store.table(accounts)
  const row = table().get(ACCOUNT)
  assert.ok(row)
  // Our own answer will break the contract, which is found out after the entry was written.
  table().put({ ...row, created_on: 'noon' })
  const { reply, left: none } = await left(`PUT ${A}`, { body: { name: 'Other' } })
  assert.equal(reply.status, 500)
  assert.deepEqual(none, [0, 0, 0])
  table().put(row)
  assert.equal((await call(`GET ${A}`)).body.result.name, 'Demo Account')
})

test('reads and what is refused before it runs leave nothing', async (t) => {
  const { left } = await counting(t)
  const rows: [request: string, headers?: Record<string, string>][] = [
    [`GET ${A}/members`],
    [`GET ${A}/tokens/verify`],
    [`GET ${A}/logs/audit?since=2026-01-01&before=2026-02-01`],
    [`DELETE ${A}/members/${UNKNOWN}`],
    [`DELETE ${A}/members/4536bcfad5faccb111b47003c79917fa`, {}],
    [`DELETE ${A}/nothing`],
    [`DELETE ${A}/members/962e59e12a20904e5cae232c24f06a9b`, { authorization: `Bearer ${TOKEN}`, prefer: 'code=429' }],
  ]
  for (const [request, headers] of rows) {
    const { left: none } = await left(request, headers ? { headers } : {})
    assert.deepEqual(none, [0, 0, 0], request)
  }
})

const IN_ACCOUNT = [1, 0, 0]
const IN_ORGANIZATION = [0, 1, 0]
const OF_USER = [0, 0, 1]
const NOWHERE = [0, 0, 0]

test('a sensitive read leaves a view, which belongs to the history of what was looked at', async (t) => {
  const { call, left, today } = await counting(t)
  const id = 'ed17574386854bf78a67040be0a770b0'
  const { reply, left: found } = await left(`GET ${A}/tokens/${id}`)
  assert.deepEqual(found, IN_ACCOUNT)
  const [entry] = await today()
  assert.ok(entry)
  assert.equal(entry.id, String(reply.headers['cf-auditlog-id']).replaceAll('-', ''))
  assert.deepEqual(
    [entry.action.type, entry.action.result, entry.raw?.method, entry.resource?.id, entry.resource?.type],
    ['view', 'success', 'GET', id, 'token'],
  )
  await call(`PUT ${A}/tokens/${id}/value`)
  const query = 'action_time=2026-11-21T10:00:00Z&since=2026-11-21&before=2026-11-22'
  const history = await call(`GET ${A}/logs/audit/${entry.id}/history?${query}`)
  assert.deepEqual(
    history.body.result.map(({ action }: AuditLogRow) => action.type),
    ['update', 'view'],
  )
  const views = await call(`GET ${A}/logs/audit?since=2026-11-21&before=2026-11-22&action_type=view`)
  assert.deepEqual(views.body.result, [entry])
  assert.deepEqual((await left('GET /user/tokens/33c8036de087a7eda087866ee4eee295')).left, OF_USER)
  await t.test('but none when there is nothing to see, or what is seen is out of date', async () => {
    assert.deepEqual((await left(`GET ${A}/tokens/${UNKNOWN}`)).left, NOWHERE)
    const headers = { authorization: `Bearer ${TOKEN}`, 'fauxflare-fault': '{"stale":{"ms":60000}}' }
    const { reply, left: none } = await left(`GET ${A}/tokens/${id}`, { headers })
    assert.equal(reply.status, 200)
    assert.deepEqual(none, NOWHERE)
  })
})

test('a view is taken back with an answer that could not be given', async (t) => {
  const { worlds, left } = await counting(t)
  const table = worlds.of().store.table(tokens)
  const row = table.get('ed17574386854bf78a67040be0a770b0')
  assert.ok(row)
  table.put({ ...row, issued_on: 'noon' })
  const { reply, left: none } = await left(`GET ${A}/tokens/${row.id}`)
  assert.equal(reply.status, 500)
  assert.deepEqual(none, NOWHERE)
})

test('a change that the service failed to make is told as a failure, one that was refused is not', async (t) => {
  const { left, today, worlds } = await counting(t)
  const rows: [request: string, status: number, expected: number[]][] = [
    [`POST ${A}/members`, 500, IN_ACCOUNT],
    [`POST ${A}/members`, 503, IN_ACCOUNT],
    [`POST ${A}/members`, 429, NOWHERE],
    [`POST ${A}/members`, 403, NOWHERE],
    [`GET ${A}/members`, 500, NOWHERE],
    [`POST ${A}/move`, 500, IN_ACCOUNT],
    [`DELETE ${A}`, 500, IN_ACCOUNT],
    ['POST /accounts', 500, OF_USER],
    ['POST /zones/22b1de5f1c0e4b3ea97bb1e963b06a43/subscriptions', 500, IN_ACCOUNT],
    ['DELETE /organizations/a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8', 500, IN_ORGANIZATION],
    ['POST /organizations', 500, OF_USER],
    ['PUT /memberships/4536bcfad5faccb111b47003c79917fa', 500, IN_ACCOUNT],
    ['PATCH /user', 500, OF_USER],
    [`PUT /accounts/${UNKNOWN}`, 500, NOWHERE],
  ]
  for (const [request, status, expected] of rows) {
    await t.test(`${request}: ${status}`, async () => {
      worlds.reset()
      const headers = { authorization: `Bearer ${TOKEN}`, prefer: `code=${status}` }
      const { reply, left: found } = await left(request, { headers, body: invitation })
      assert.equal(reply.status, status)
      assert.deepEqual(found, expected)
      const [entry] = await today()
      if (!entry || !request.endsWith('/members')) return
      assert.deepEqual(
        [entry.id, entry.action.result, entry.action.type, entry.raw?.status_code, entry.resource?.product],
        [String(reply.headers['cf-auditlog-id']).replaceAll('-', ''), 'failure', 'create', status, 'members'],
      )
    })
  }
})

test('a stateless world forgets the entry with the change', async (t) => {
  const { left } = await counting(t, { stateless: true })
  const { reply, left: none } = await left(`POST ${A}/members`, { body: invitation })
  assert.equal(reply.status, 200)
  assert.deepEqual(none, [0, 0, 0])
})
