/** The permission groups that tokens of an account can have. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import { ACCOUNT, simulator } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/tokens/permission_groups`
const USER = 'com.cloudflare.api.user'

type Group = { id: string; name: string; scopes: string[] }
const names = (groups: Group[]) => groups.map(({ name }) => name)

test('lists all groups of accounts, zones and buckets on one page, by name in byte order', async (t) => {
  const { call, worlds } = await simulator(t)
  const { status, body } = await call(`GET ${PATH}`)
  assert.equal(status, 200)
  assert.equal('result_info' in body, false)
  const all = worlds.next().store.table(permissionGroups).all()
  const expected = all
    .filter(({ scopes }) => !(scopes ?? []).includes(USER))
    .sort((a, b) => (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1))
  assert.ok(expected.length < all.length)
  assert.deepEqual(body.result, expected)
  assert.ok(body.result.every((group: Group) => group.id && group.name && Array.isArray(group.scopes)))
})

test('shows the documented group', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`GET ${PATH}?scope=com.cloudflare.api.account`)
  const found = body.result.find(({ id }: Group) => id === '7cf72faf220841aabcfdfab81c43c4f6')
  assert.equal(found.name, 'Billing Read')
  assert.equal(found.category, 'account_and_billing')
  assert.deepEqual(found.scopes, ['com.cloudflare.api.account'])
})

test('finds groups by their whole name', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, query: string, expected: string[]][] = [
    ['the name', 'name=DNS+Read', ['DNS Read']],
    ['encoded once', 'name=Account%20Settings%20Write', ['Account Settings Write']],
    ['encoded twice, as the SDK samples do', 'name=Account%2520Settings%2520Write', ['Account Settings Write']],
    [
      'with a colon',
      'name=Load%20Balancing:%20Monitors%20and%20Pools%20Read',
      ['Load Balancing: Monitors and Pools Read'],
    ],
    ['two groups of one name', 'name=Logs%20Read', ['Logs Read', 'Logs Read']],
    ['a part of a name finds nothing', 'name=Zone', []],
    ['other capitals find nothing', 'name=dns%20read', []],
    ['a name that nothing has', 'name=nothing', []],
    ['a lone percent sign stands for itself', 'name=100%25', []],
    ['what cannot be decoded stands for itself', 'name=%25ff', []],
    ['a group of users is not for accounts', 'name=User%20Details%20Read', []],
  ]
  for (const [title, query, expected] of rows) {
    await t.test(title, async () => {
      const { status, body } = await call(`GET ${PATH}?${query}`)
      assert.equal(status, 200)
      assert.deepEqual(names(body.result), expected)
    })
  }
})

test('finds groups by their whole scope, and by both', async (t) => {
  const { call } = await simulator(t)
  const { body: all } = await call(`GET ${PATH}`)
  for (const scope of [
    'com.cloudflare.api.account',
    'com.cloudflare.api.account.zone',
    'com.cloudflare.edge.r2.bucket',
  ]) {
    await t.test(scope, async () => {
      const { body } = await call(`GET ${PATH}?scope=${scope}`)
      assert.ok(body.result.length > 0)
      assert.deepEqual(
        body.result,
        all.result.filter(({ scopes }: Group) => scopes.includes(scope)),
      )
    })
  }
  for (const scope of [USER, 'com.cloudflare.api', 'nothing']) {
    await t.test(`${scope} finds nothing`, async () => {
      assert.deepEqual((await call(`GET ${PATH}?scope=${scope}`)).body.result, [])
    })
  }
  await t.test('one of two groups of the same name', async () => {
    const { body } = await call(`GET ${PATH}?name=Logs%2520Read&scope=com.cloudflare.api.account.zone`)
    assert.equal(body.result.length, 1)
    assert.deepEqual(body.result[0].scopes, ['com.cloudflare.api.account.zone'])
  })
  await t.test('a name and a scope that do not belong together', async () => {
    const { body } = await call(`GET ${PATH}?name=DNS%20Read&scope=com.cloudflare.api.account`)
    assert.deepEqual(body.result, [])
  })
})

test('does not page, whatever is asked', async (t) => {
  const { call } = await simulator(t)
  const { body: all } = await call(`GET ${PATH}`)
  const { status, body } = await call(`GET ${PATH}?page=2&per_page=5`)
  assert.equal(status, 200)
  assert.deepEqual(body, all)
})
