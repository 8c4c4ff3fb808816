/** Resource groups: the one that is the whole account, and those that people make. EXTENDED.md §2, clients.md §6. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, failureOf, type Simulator, simulator, UNKNOWN } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/iam/resource_groups`
const WHOLE = '6d7f2f5f5b1d4a0e9081fdc98d432fd1'
const ANOTHER_ACCOUNT = '4bb334f7c94c4a29a045f03944f072e5'
const KEY = `com.cloudflare.api.account.${ACCOUNT}`
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'

const scope = { key: KEY, objects: [{ key: 'com.cloudflare.api.account.zone.22b1de5f1c0e4b3ea97bb1e963b06a43' }] }
const whole = (account: string, id: string) => {
  const key = `com.cloudflare.api.account.${account}`
  return { id, name: key, meta: { editable: 'false' }, scope: { key, objects: [{ key: '*' }] } }
}

async function create({ call }: Simulator, name: string): Promise<string> {
  const { status, text, body } = await call(`POST ${PATH}`, { body: { name, scope } })
  assert.equal(status, 200, text)
  return body.result.id
}

test('lists all groups on one page, the whole account first', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET ${PATH}`)
  assert.equal(status, 200)
  assert.equal('result_info' in body, false)
  assert.deepEqual(body.result[0], whole(ACCOUNT, WHOLE))
  const names = body.result.slice(1).map(({ name }: { name: string }) => name)
  assert.deepEqual(names.toSorted(), ['Shops', 'Websites'])
})

test('every account has exactly one group of its name, also one that is made through the API', async (t) => {
  const { call } = await simulator(t)
  const made = await call('POST /accounts', { body: { name: 'New' } })
  assert.equal(made.status, 200, made.text)
  for (const account of [ACCOUNT, ANOTHER_ACCOUNT, made.body.result.id]) {
    const name = `com.cloudflare.api.account.${account}`
    const { body } = await call(`GET /accounts/${account}/iam/resource_groups?name=${name}`)
    assert.equal(body.result.length, 1)
    assert.deepEqual(body.result, [whole(account, body.result[0].id)])
    assert.match(body.result[0].id, /^[0-9a-f]{32}$/)
  }
})

test('finds groups by id and by the whole name', async (t) => {
  const rows: [query: string, found: string[]][] = [
    [`id=${WHOLE}`, [KEY]],
    [`id=${UNKNOWN}`, []],
    ['name=Shops', ['Shops']],
    ['name=shops', []],
    ['name=Shop', []],
    [`id=${WHOLE}&name=Shops`, []],
    [`name=com.cloudflare.api.account.${ANOTHER_ACCOUNT}`, []],
  ]
  const { call } = await simulator(t)
  for (const [query, found] of rows) {
    await t.test(query, async () => {
      const { body } = await call(`GET ${PATH}?${query}`)
      assert.deepEqual(
        body.result.map(({ name }: { name: string }) => name),
        found,
      )
    })
  }
})

test('a group is made, changed in part, and removed', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`POST ${PATH}`, { body: { name: 'Mine', scope, meta: { editable: 'false' } } })
  const { id, ...made } = body.result
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.deepEqual(made, { name: 'Mine', meta: { editable: 'true' }, scope })
  assert.deepEqual((await call(`GET ${PATH}/${id}`)).body.result, { id, ...made })

  const renamed = (await call(`PUT ${PATH}/${id}`, { body: { name: 'Ours' } })).body.result
  assert.deepEqual(renamed, { id, ...made, name: 'Ours' })
  // The documentation's own example: another account, and a zone that is nowhere.
  const wide = { key: `com.cloudflare.api.account.${UNKNOWN}`, objects: [{ key: '*' }, { key: 'anything' }] }
  const moved = (await call(`PUT ${PATH}/${id}`, { body: { scope: wide } })).body.result
  assert.deepEqual(moved, { ...renamed, scope: wide })
  assert.deepEqual((await call(`PUT ${PATH}/${id}`, { body: {} })).body.result, moved)
  assert.deepEqual((await call(`GET ${PATH}/${id}`)).body.result, moved)

  assert.deepEqual((await call(`DELETE ${PATH}/${id}`)).body.result, { id })
  assert.deepEqual(failureOf(await call(`GET ${PATH}/${id}`)), [404, 1003, 'Resource group not found'])
  assert.equal((await call(`DELETE ${PATH}/${id}`)).status, 404)
})

test('two groups may have one name', async (t) => {
  const world = await simulator(t)
  assert.notEqual(await create(world, 'Same'), await create(world, 'Same'))
  assert.equal((await world.call(`GET ${PATH}?name=Same`)).body.result.length, 2)
})

test('the documented example ids stand for groups that can be changed', async (t) => {
  const { call } = await simulator(t)
  assert.equal((await call(`GET ${PATH}/resource_group_id`)).body.result.id, WHOLE)
  assert.equal((await call(`PUT ${PATH}/${ACCOUNT}`, { body: { name: 'UpdatedResourceGroup' } })).status, 200)
  assert.equal((await call(`DELETE ${PATH}/${ACCOUNT}`)).status, 200)
})

const FIXED = 'Invalid request: The resource group is not editable'
const refusals: [request: string, body: unknown, failure: ReturnType<typeof failureOf>][] = [
  [`PUT ${PATH}/${WHOLE}`, { name: 'x' }, [400, 1001, FIXED]],
  [`PUT ${PATH}/${WHOLE}`, {}, [400, 1001, FIXED]],
  [`DELETE ${PATH}/${WHOLE}`, undefined, [400, 1001, FIXED]],
  [`POST ${PATH}`, { name: KEY, scope }, [400, 1001, `Invalid request: The name '${KEY}' is reserved`]],
  [`PUT ${PATH}/${ACCOUNT}`, { name: KEY }, [400, 1001, `Invalid request: The name '${KEY}' is reserved`]],
  [`POST ${PATH}`, { scope }, [400, 1001, "Invalid request: Value required for parameter 'name'."]],
  [`POST ${PATH}`, { name: ' ', scope }, [400, 1001, "Invalid request: Value required for parameter 'name'."]],
  [`PUT ${PATH}/${ACCOUNT}`, { name: '' }, [400, 1001, "Invalid request: Value required for parameter 'name'."]],
  [`POST ${PATH}`, { name: 'x' }, [400, 1001, "Invalid request: Value required for parameter 'scope'."]],
  [
    `POST ${PATH}`,
    { name: 'x', scope: { key: KEY, objects: [] } },
    [400, 1001, "Invalid request: Value required for parameter 'scope.objects'."],
  ],
  [
    `PUT ${PATH}/${ACCOUNT}`,
    { scope: { key: KEY, objects: [] } },
    [400, 1001, "Invalid request: Value required for parameter 'scope.objects'."],
  ],
  [`POST ${PATH}`, { name: 'x', scope: [scope] }, [400, 1001, 'Invalid request: /scope must be object']],
  [`POST ${PATH}`, { name: 5, scope }, [400, 1001, 'Invalid request: /name must be string']],
  [`GET ${PATH}/${UNKNOWN}`, undefined, [404, 1003, 'Resource group not found']],
  [`PUT ${PATH}/${UNKNOWN}`, { name: 'x' }, [404, 1003, 'Resource group not found']],
  [`DELETE ${PATH}/${UNKNOWN}`, undefined, [404, 1003, 'Resource group not found']],
  // One of another account is not there either.
  [`GET /accounts/${ANOTHER_ACCOUNT}/iam/resource_groups/${WHOLE}`, undefined, [404, 1003, 'Resource group not found']],
]

test('refuses what cannot be, and changes nothing', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET ${PATH}`)).body.result
  for (const [request, body, failure] of refusals) {
    await t.test(`${request} ${JSON.stringify(body)}`, async () => {
      assert.deepEqual(failureOf(await call(request, { body })), failure)
    })
  }
  assert.deepEqual((await call(`GET ${PATH}`)).body.result, before)
})

test('a group stays as long as a policy of a member or of a user group points to it', async (t) => {
  const world = await simulator(t)
  const { call } = world
  const id = await create(world, 'Used')
  const policies = [{ access: 'allow', permission_groups: [{ id: ADMINISTRATOR }], resource_groups: [{ id }] }]
  const users: [path: string, body: object][] = [
    [`/accounts/${ACCOUNT}/members`, { email: 'new@example.com', policies }],
    [`/accounts/${ACCOUNT}/iam/user_groups`, { name: 'Users of it', policies }],
  ]
  for (const [path, body] of users) {
    const made = await call(`POST ${path}`, { body })
    assert.equal(made.status, 200, made.text)
    const refused = failureOf(await call(`DELETE ${PATH}/${id}`))
    assert.deepEqual(refused, [400, 1001, 'Invalid request: The resource group is used by a policy'])
    assert.equal((await call(`GET ${PATH}/${id}`)).status, 200)
    assert.equal((await call(`DELETE ${path}/${made.body.result.id}`)).status, 200)
  }
  assert.equal((await call(`DELETE ${PATH}/${id}`)).status, 200)
})

test('what a group is changed to shows in the policies that point to it', async (t) => {
  const world = await simulator(t)
  const { call } = world
  const id = await create(world, 'Before')
  const policies = [{ access: 'allow', permission_groups: [{ id: ADMINISTRATOR }], resource_groups: [{ id }] }]
  const made = (await call(`POST /accounts/${ACCOUNT}/iam/user_groups`, { body: { name: 'x', policies } })).body.result
  const after = (await call(`PUT ${PATH}/${id}`, { body: { name: 'After' } })).body.result
  const shown = (await call(`GET /accounts/${ACCOUNT}/iam/user_groups/${made.id}`)).body.result
  assert.deepEqual(shown.policies[0].resource_groups, [after])
})
