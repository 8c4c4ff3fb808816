/** Moving accounts between organizations, one by one and in batches. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts } from '../../schemas/accounts.ts'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const PARENT = '4536bcfad5faccb111b47003c79917fa'
const CUSTOMERS = '4d35cdf107a51ca115361e147c3c1569'
/** In the other hierarchy. */
const PUBLISHING = '6a5d30fdd4625fe200212120078aada3'
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
const STANDALONE = '4bb334f7c94c4a29a045f03944f072e5'
const STAGING = '82c363794a63d910418f16f1537a004b'

const OTHER = 'The destination organization is not in the hierarchy of the account'
const move = (destination_organization_id: unknown) => ({ body: { destination_organization_id } })

test('moves an account within its hierarchy', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`POST /accounts/${ACCOUNT}/move`, move(ROOT))
  assert.equal(status, 200)
  assert.deepEqual(body.result, {
    account_id: ACCOUNT,
    source_organization_id: PARENT,
    destination_organization_id: ROOT,
  })
  const { managed_by } = (await call(`GET /accounts/${ACCOUNT}`)).body.result
  assert.deepEqual(managed_by, { parent_org_id: ROOT, parent_org_name: 'Demo Root Organization' })
  const chain = (await call(`GET /accounts/${ACCOUNT}/organizations`)).body.result
  assert.deepEqual(
    chain.map(({ id }: { id: string }) => id),
    [ROOT],
  )
})

test('moves accounts wherever they may go', async (t) => {
  const rows: [title: string, account: string, source: string, destination: string, expected: string][] = [
    ['up', ACCOUNT, PARENT, ROOT, ROOT],
    ['sideways', ACCOUNT, PARENT, CUSTOMERS, CUSTOMERS],
    ['to where it is', ACCOUNT, PARENT, PARENT, PARENT],
    ['from no organization into one', STANDALONE, '', PARENT, PARENT],
    ['from no organization into the other hierarchy', STANDALONE, '', PUBLISHING, PUBLISHING],
    ['by placeholders', 'account_id', PARENT, 'destination_organization_id', ROOT],
  ]
  for (const [title, account, source_organization_id, destination, expected] of rows) {
    await t.test(title, async (t) => {
      const { call } = await simulator(t)
      const { status, body } = await call(`POST /accounts/${account}/move`, move(destination))
      assert.equal(status, 200)
      const account_id = account === 'account_id' ? ACCOUNT : account
      assert.deepEqual(body.result, { account_id, source_organization_id, destination_organization_id: expected })
      const { parent_org_id } = (await call(`GET /accounts/${account_id}`)).body.result.managed_by
      assert.equal(parent_org_id, expected)
    })
  }
})

test('moves an account of a tenant unit into any organization', async (t) => {
  const { call } = await simulator(t)
  const unit = { id: UNKNOWN }
  const { id } = (await call('POST /accounts', { body: { name: 'Tenant', unit } })).body.result
  const { body } = await call(`POST /accounts/${id}/move`, move(PUBLISHING))
  assert.deepEqual(body.result, {
    account_id: id,
    source_organization_id: UNKNOWN,
    destination_organization_id: PUBLISHING,
  })
})

test('moves no account of a tenant that is known into an organization', async (t) => {
  const { call } = await simulator(t)
  const expected = 'The account is managed by a tenant and cannot be moved into an organization'
  const CUSTOMER = '01a7362d577a6c3019a474fd6f485823'
  assert.deepEqual(failureOf(await call(`POST /accounts/${CUSTOMER}/move`, move(ROOT))), [400, 1001, expected])
  const { managed_by } = (await call(`GET /accounts/${CUSTOMER}`)).body.result
  assert.deepEqual(managed_by, {
    parent_org_id: 'f267e341f3dd4697bd3b9f71dd96247f',
    parent_org_name: 'Demo Reseller Unit',
  })
})

test('moves no account into a hierarchy that holds 500, but moves within it', async (t) => {
  const { call, worlds } = await simulator(t)
  const table = worlds.next().store.table(accounts)
  const row = table.get(ACCOUNT)
  assert.ok(row)
  const held = table.filter(({ parent_org_id }) => [ROOT, PARENT, CUSTOMERS].includes(parent_org_id ?? '')).total()
  for (let at = held; at < 499; at += 1) table.put({ ...row, id: at.toString(16).padStart(32, '0') })
  assert.equal((await call(`POST /accounts/${STANDALONE}/move`, move(ROOT))).status, 200)
  const another = (await call('POST /accounts', { body: { name: 'One too many' } })).body.result.id
  const full = [400, 1001, 'An organization cannot hold more than 500 accounts']
  assert.deepEqual(failureOf(await call(`POST /accounts/${another}/move`, move(CUSTOMERS))), full)
  const made = await call('POST /accounts', { body: { name: 'Made there', unit: { id: CUSTOMERS } } })
  assert.deepEqual(failureOf(made), full)
  assert.equal((await call(`POST /accounts/${ACCOUNT}/move`, move(CUSTOMERS))).status, 200)
  assert.equal((await call(`POST /accounts/${another}/move`, move(PUBLISHING))).status, 200)
})

test('refuses moves that cannot be', async (t) => {
  const { call } = await simulator(t)
  const NOT_FOUND = [404, 1003, 'Destination organization not found']
  const invalid = (problem: string) => [400, 1001, `Invalid request body: ${problem}`]
  const rows: [title: string, request: string, body: unknown, expected: unknown[]][] = [
    ['into another hierarchy', `${ACCOUNT}/move`, move(PUBLISHING).body, [400, 1001, OTHER]],
    ['out of another hierarchy', `${MEDIA}/move`, move(ROOT).body, [400, 1001, OTHER]],
    ['into nothing', `${ACCOUNT}/move`, move(UNKNOWN).body, NOT_FOUND],
    ['into what cannot be an id', `${ACCOUNT}/move`, move('nowhere').body, NOT_FOUND],
    ['nowhere', `${ACCOUNT}/move`, {}, invalid('/destination_organization_id is required')],
    ['into a number', `${ACCOUNT}/move`, move(5).body, invalid('/destination_organization_id must be string')],
    ['without a body', `${ACCOUNT}/move`, undefined, invalid('the body must be object')],
    ['an unknown account', `${UNKNOWN}/move`, move(ROOT).body, [403, 10000, 'Authentication error']],
    ['a batch into nothing', 'move', { account_ids: [ACCOUNT], ...move(UNKNOWN).body }, NOT_FOUND],
    ['a batch of nobody knows whom', 'move', move(ROOT).body, invalid('/account_ids is required')],
    [
      'a batch of one text',
      'move',
      { account_ids: ACCOUNT, ...move(ROOT).body },
      invalid('/account_ids must be array'),
    ],
    ['a batch of numbers', 'move', { account_ids: [1], ...move(ROOT).body }, invalid('/account_ids/0 must be string')],
    ['a batch to nowhere', 'move', { account_ids: [ACCOUNT] }, invalid('/destination_organization_id is required')],
  ]
  for (const [title, path, body, expected] of rows) {
    await t.test(title, async () => {
      const answer = await call(`POST /accounts/${path}`, { body })
      assert.deepEqual(failureOf(answer), expected)
      assert.equal('result' in answer.body, false)
    })
  }
  assert.equal((await call(`GET /accounts/${ACCOUNT}`)).body.result.managed_by.parent_org_id, PARENT)
})

test('moves a batch and tells about the last account, or the first that could not be moved', async (t) => {
  const rows: [title: string, ids: string[], statuses: object, moved: string[]][] = [
    [
      'all of them',
      [ACCOUNT, STANDALONE],
      { tag: STANDALONE, moved: true, message: '2 of 2 accounts moved' },
      [ACCOUNT, STANDALONE],
    ],
    ['one', [STAGING], { tag: STAGING, moved: true, message: '1 of 1 accounts moved' }, [STAGING]],
    [
      'one, named twice',
      [STAGING, STAGING],
      { tag: STAGING, moved: true, message: '1 of 1 accounts moved' },
      [STAGING],
    ],
    [
      'one cannot, the others move all the same',
      [ACCOUNT, MEDIA, STANDALONE],
      { tag: MEDIA, moved: false, message: OTHER },
      [ACCOUNT, STANDALONE],
    ],
    [
      'two cannot, the first is told of',
      [UNKNOWN, MEDIA, STAGING],
      { tag: UNKNOWN, moved: false, message: 'Account not found' },
      [STAGING],
    ],
    ['nobody', [], { tag: '', moved: false, message: '0 of 0 accounts moved' }, []],
    ['none can', ['nobody'], { tag: 'nobody', moved: false, message: 'Account not found' }, []],
  ]
  for (const [title, account_ids, statuses, moved] of rows) {
    await t.test(title, async (t) => {
      const { call } = await simulator(t)
      const body = { account_ids, destination_organization_id: ROOT }
      const answer = await call('POST /accounts/move', { body })
      assert.equal(answer.status, 200)
      assert.deepEqual(answer.body.result, { statuses })
      for (const id of [ACCOUNT, STANDALONE, STAGING, MEDIA]) {
        const { managed_by } = (await call(`GET /accounts/${id}`)).body.result
        assert.equal(managed_by?.parent_org_id === ROOT, moved.includes(id), id)
      }
    })
  }
})

test('an account may be called move only as what it is: no account', async (t) => {
  const { call } = await simulator(t)
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const message = 'Could not route to /client/v4/accounts/move, perhaps your object identifier is invalid?'
    assert.deepEqual(failureOf(await call(`${method} /accounts/move`)), [400, 7003, message])
  }
})
