/** Deleting an account: what goes with it, what stays, and what is answered afterwards. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { TABLES } from '../../schemas/tables.ts'
import { column } from '../../server/state/order.ts'
import { ACCOUNT, failureOf, simulator } from '../simulator.ts'

const CUSTOMER = '01a7362d577a6c3019a474fd6f485823'
const DOCUMENTED_TOKEN = 'ed17574386854bf78a67040be0a770b0'

/** Deletes an account; the ids that are gone, by table, with those of owners that should not be touched. */
async function deleteAccount(t: TestContext, id: string) {
  const { call, worlds } = await simulator(t)
  const { store } = worlds.next()
  const before = TABLES.map((table) => ({ table, rows: store.table(table).all() }))
  const { status, body } = await call(`DELETE /accounts/${id}`)
  assert.equal(status, 200)
  assert.deepEqual(body.result, { id })
  return before.map(({ table, rows }) => {
    const owner = table.owner === undefined ? () => null : column(table.owner)
    const isGone = (row: { id: string }) => store.table(table).get(row.id) === undefined
    const isOwn = (row: { id: string }) => owner(row) === id
    return {
      name: table.name,
      kept: rows.filter((row) => isOwn(row) && !isGone(row)).map((row) => row.id),
      others: rows.filter((row) => !isOwn(row) && isGone(row)).map((row) => row.id),
      gone: rows.filter(isGone).length,
    }
  })
}

test('takes members, tokens, subscriptions, zones and audit logs with it', async (t) => {
  const tables = await deleteAccount(t, CUSTOMER)
  assert.deepEqual(
    tables.flatMap(({ kept }) => kept),
    [],
  )
  const gone = Object.fromEntries(tables.map(({ name, gone }) => [name, gone]))
  assert.equal(gone.accounts, 1)
  assert.equal(gone.members, 3)
  assert.equal(gone.zones, 1)
  assert.equal(gone.resource_groups, 1)
  assert.equal(gone.audit_logs, 4)
  assert.equal(gone.users, 0)
})

for (const [title, id] of [
  ['a customer', CUSTOMER],
  ['the documented account, one of whose zones has the id of another account', ACCOUNT],
] as const) {
  test(`leaves everything of other accounts alone: ${title}`, async (t) => {
    const touched = (await deleteAccount(t, id)).filter(({ name }) => name !== 'accounts')
    for (const { name, others } of touched) assert.deepEqual(others, [], name)
  })
}

test('takes the subscriptions of its zones with it', async (t) => {
  const { call, worlds } = await simulator(t)
  const zone = '22b1de5f1c0e4b3ea97bb1e963b06a43'
  const { id } = (await call(`POST /zones/${zone}/subscriptions`, { body: {} })).body.result
  await call(`DELETE /accounts/${ACCOUNT}`)
  const { store } = worlds.next()
  assert.deepEqual(
    TABLES.filter((table) => table.name === 'subscriptions').map((table) => store.table(table).get(id)),
    [undefined],
  )
  assert.deepEqual(failureOf(await call(`GET /zones/${zone}/subscriptions`)), [
    403,
    9109,
    'Unauthorized to access requested resource',
  ])
})

test('is no longer listed, neither among accounts nor in its organization', async (t) => {
  const { call } = await simulator(t)
  await call(`DELETE /accounts/${ACCOUNT}`)
  for (const list of ['/accounts?per_page=50', '/organizations/4536bcfad5faccb111b47003c79917fa/accounts']) {
    const { body } = await call(`GET ${list}`)
    assert.ok(body.result.length > 0)
    assert.ok(body.result.every(({ id }: { id: string }) => id !== ACCOUNT))
  }
})

test('answers 404 from then on, so that clients take the account for gone', async (t) => {
  const { call } = await simulator(t)
  await call(`DELETE /accounts/${ACCOUNT}`)
  const token = `/tokens/${DOCUMENTED_TOKEN}`
  const rows: [request: string, body?: object][] = [
    [`GET /accounts/${ACCOUNT}`],
    ['GET /accounts/account_id'],
    [`PUT /accounts/${ACCOUNT}`, { name: 'a' }],
    [`DELETE /accounts/${ACCOUNT}`],
    [`POST /accounts/${ACCOUNT}/move`, { destination_organization_id: 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8' }],
    [`GET /accounts/${ACCOUNT}/organizations`],
    [`GET /accounts/${ACCOUNT}/profile`],
    [`PUT /accounts/${ACCOUNT}/profile`, {}],
    [`GET /accounts/${ACCOUNT}/members`],
    [`GET /accounts/${ACCOUNT}/members/4536bcfad5faccb111b47003c79917fa`],
    [`GET /accounts/${ACCOUNT}/roles`],
    [`GET /accounts/${ACCOUNT}/subscriptions`],
    [`GET /accounts/${ACCOUNT}/tokens`],
    [`GET /accounts/${ACCOUNT}/tokens/verify`],
    [`GET /accounts/${ACCOUNT}/tokens/permission_groups`],
    [`PUT /accounts/${ACCOUNT}${token}/value`],
    [`GET /accounts/${ACCOUNT}/logs/audit?since=2024-01-01&before=2027-01-01`],
  ]
  for (const [request, body] of rows) {
    await t.test(request, async () => {
      assert.deepEqual(failureOf(await call(request, { body })), [404, 1003, 'Account not found'])
    })
  }
})

test('deletes an account by its placeholder, as the SDK suites do', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call('DELETE /accounts/account_id')
  assert.equal(status, 200)
  assert.deepEqual(body.result, { id: ACCOUNT })
})
