/** User groups: members who share policies. EXTENDED.md §3 and §14 (X5). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UserGroup } from '../../schemas/user-groups.ts'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/iam/user_groups`
const WHOLE_ACCOUNT = '6d7f2f5f5b1d4a0e9081fdc98d432fd1'
const OTHERS_WHOLE_ACCOUNT = '19b749db31a939f8c92385263276e8a1'
const ZONE_READ = 'c8fed203ed3043cba015a93ad1616f1f'
const MONITORING = '82e64a83756745bbbb1c9c2701bf816b'
const POLICY = 'f267e341f3dd4697bd3b9f71dd96247f'
const NOW = '2026-11-21T10:00:00Z'

const policy = (groups: string[], resources = [WHOLE_ACCOUNT], access = 'allow') => ({
  access,
  permission_groups: groups.map((id) => ({ id })),
  resource_groups: resources.map((id) => ({ id })),
})

/** `access: groups on resources` of each policy. */
const told = ({ policies = [] }: UserGroup) =>
  policies.map(({ access, permission_groups = [], resource_groups = [] }) => {
    const ids = (list: { id: string }[]) => list.map(({ id }) => id).join('+')
    return `${access}: ${ids(permission_groups)} on ${ids(resource_groups)}`
  })
const idsOf = ({ policies = [] }: UserGroup) => policies.map(({ id }) => id)
const names = (result: UserGroup[]) => result.map(({ name }) => name)

test('lists the groups of the account by name, a hundred a page', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET ${PATH}`)
  assert.equal(status, 200)
  assert.deepEqual(names(body.result), ['Contractors', 'Domain operations', 'Finance'])
  assert.deepEqual(body.result_info, { page: 1, per_page: 100, total_pages: 1, count: 3, total_count: 3 })
})

test('filters, orders and cuts the list', async (t) => {
  const rows: [query: string, found: string[]][] = [
    ['direction=desc', ['Finance', 'Domain operations', 'Contractors']],
    ['per_page=1&page=2', ['Domain operations']],
    ['per_page=500', ['Contractors', 'Domain operations', 'Finance']],
    ['per_page=9999', ['Contractors', 'Domain operations', 'Finance']],
    ['name=Finance', ['Finance']],
    ['name=finance', []],
    ['name=Fin', []],
    ['fuzzyName=IN', ['Domain operations', 'Finance']],
    ['fuzzyName=nothing', []],
    ['fuzzyName=fin&direction=desc&name=Finance', ['Finance']],
    [`id=${ACCOUNT}`, ['Domain operations']],
    [`id=${UNKNOWN}`, []],
  ]
  const { call } = await simulator(t)
  for (const [query, found] of rows) {
    await t.test(query, async () => {
      const { status, body } = await call(`GET ${PATH}?${query}`)
      assert.deepEqual([status, names(body.result)], [200, found])
    })
  }
  assert.equal((await call(`GET ${PATH}?per_page=9999`)).body.result_info.per_page, 500)
})

test('a group is made with policies, shown in full, changed, and removed', async (t) => {
  const { call } = await simulator(t)
  const policies = [policy([ZONE_READ, MONITORING]), policy([MONITORING, ZONE_READ], [], 'deny')]
  const made = await call(`POST ${PATH}`, { body: { name: 'My New User Group', policies } })
  assert.equal(made.status, 200, made.text)
  const group = made.body.result
  assert.match(group.id, /^[0-9a-f]{32}$/)
  assert.deepEqual(
    { ...group, id: '', policies: told(group) },
    {
      id: '',
      name: 'My New User Group',
      created_on: NOW,
      modified_on: NOW,
      policies: [`allow: ${ZONE_READ}+${MONITORING} on ${WHOLE_ACCOUNT}`, `deny: ${MONITORING}+${ZONE_READ} on `],
    },
  )
  const [first] = group.policies
  assert.equal(first.permission_groups[0].name, 'Zone Read')
  assert.equal(first.permission_groups[0].meta.label, 'zone_read')
  assert.equal(first.resource_groups[0].scope.objects[0].key, '*')
  assert.equal('account_id' in first.resource_groups[0], false)
  assert.deepEqual((await call(`GET ${PATH}/${group.id}`)).body.result, group)

  const renamed = (await call(`PUT ${PATH}/${group.id}`, { body: { name: 'Renamed' } })).body.result
  assert.deepEqual(renamed, { ...group, name: 'Renamed' })
  assert.deepEqual((await call(`DELETE ${PATH}/${group.id}`)).body.result, { id: group.id })
  assert.deepEqual(failureOf(await call(`GET ${PATH}/${group.id}`)), [404, 1003, 'User group not found'])
})

test('without policies there is no field of them, which Terraform would take for a change', async (t) => {
  const { call } = await simulator(t)
  for (const policies of [undefined, [], null]) {
    const { status, body } = await call(`POST ${PATH}`, { body: { name: 'x', policies } })
    assert.equal(status, 200)
    assert.equal('policies' in body.result, false)
    assert.equal('policies' in (await call(`GET ${PATH}/${body.result.id}`)).body.result, false)
  }
})

test('an update replaces policies: a known id keeps its place, an unknown one is taken, none is given one', async (t) => {
  const { call } = await simulator(t)
  const made = await call(`POST ${PATH}`, {
    body: { name: 'x', policies: [policy([ZONE_READ]), policy([MONITORING])] },
  })
  const { id } = made.body.result
  const [zones, monitoring] = idsOf(made.body.result)
  const put = async (policies: unknown): Promise<UserGroup> => {
    const { status, text, body } = await call(`PUT ${PATH}/${id}`, { body: { policies } })
    assert.equal(status, 200, text)
    assert.deepEqual((await call(`GET ${PATH}/${id}`)).body.result, body.result)
    return body.result
  }

  const swapped = await put([
    { id: monitoring, ...policy([ZONE_READ]) },
    { id: POLICY, ...policy([MONITORING], [], 'deny') },
  ])
  assert.deepEqual(idsOf(swapped), [monitoring, POLICY])
  assert.deepEqual(told(swapped), [`allow: ${ZONE_READ} on ${WHOLE_ACCOUNT}`, `deny: ${MONITORING} on `])

  const odd = await put([
    policy([ZONE_READ]),
    { id: 'x', ...policy([ZONE_READ]) },
    { id: POLICY, ...policy([ZONE_READ]) },
    { id: POLICY, ...policy([MONITORING]) },
  ])
  assert.equal(idsOf(odd)[2], POLICY)
  assert.equal(new Set(idsOf(odd)).size, 4)
  for (const own of idsOf(odd)) assert.match(String(own), /^[0-9a-f]{32}$/)
  assert.ok(!idsOf(odd).includes(zones))

  // A name alone changes no policies; none, and null, which Terraform's provider sends, take them all away.
  const { body } = await call(`PUT ${PATH}/${id}`, { body: { name: 'y' } })
  assert.deepEqual(body.result, { ...odd, name: 'y' })
  assert.deepEqual(idsOf(await put([])), [])
  await put([policy([ZONE_READ])])
  assert.deepEqual(idsOf(await put(null)), [])
})

test('says when a group was last changed, and not when nothing was', async (t) => {
  const { call, worlds } = await simulator(t)
  const { id, ...before } = (await call(`POST ${PATH}`, { body: { name: 'x' } })).body.result
  worlds.next().clock.advance('PT1M')
  assert.deepEqual((await call(`PUT ${PATH}/${id}`, { body: {} })).body.result, { id, ...before })
  const { created_on, modified_on } = (await call(`PUT ${PATH}/${id}`, { body: { name: 'x' } })).body.result
  assert.deepEqual([created_on, modified_on], [NOW, '2026-11-21T10:01:00Z'])
})

const NAME = "Invalid request: Value required for parameter 'name'."
const refusals: [request: string, body: unknown, message: string][] = [
  [`POST ${PATH}`, {}, NAME],
  [`POST ${PATH}`, { name: '' }, NAME],
  [`PUT ${PATH}/${ACCOUNT}`, { name: ' ' }, NAME],
  [`POST ${PATH}`, { name: 1 }, 'Invalid request: /name must be string'],
  [`POST ${PATH}`, [], 'Invalid request: the body must be object'],
  [
    `POST ${PATH}`,
    { name: 'x', policies: [policy([UNKNOWN])] },
    `Invalid request: Invalid permission group '${UNKNOWN}'`,
  ],
  [
    `POST ${PATH}`,
    { name: 'x', policies: [policy([ZONE_READ], [OTHERS_WHOLE_ACCOUNT])] },
    `Invalid request: Invalid resource group '${OTHERS_WHOLE_ACCOUNT}'`,
  ],
  [
    `PUT ${PATH}/${ACCOUNT}`,
    { name: 'y', policies: [{ id: POLICY, ...policy(['x']) }] },
    "Invalid request: Invalid permission group 'x'",
  ],
  [
    `PUT ${PATH}/${ACCOUNT}`,
    { policies: [policy([ZONE_READ], [], 'maybe')] },
    'Invalid request: /policies/0/access must be equal to one of the allowed values',
  ],
  [
    `POST ${PATH}`,
    { name: 'x', policies: [{ access: 'allow' }] },
    'Invalid request: /policies/0/permission_groups is required',
  ],
]

test('refuses what cannot be, and changes nothing', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET ${PATH}`)).body.result
  for (const [request, body, message] of refusals) {
    await t.test(`${request} ${JSON.stringify(body)}`, async () => {
      assert.deepEqual(failureOf(await call(request, { body })), [400, 1001, message])
    })
  }
  for (const request of [`GET ${PATH}/${UNKNOWN}`, `PUT ${PATH}/${UNKNOWN}`, `DELETE ${PATH}/${UNKNOWN}`]) {
    await t.test(request, async () => {
      const body = request.startsWith('PUT') ? { name: 'x' } : undefined
      assert.deepEqual(failureOf(await call(request, { body })), [404, 1003, 'User group not found'])
    })
  }
  assert.equal((await call(`GET ${PATH}/x`)).status, 400)
  assert.equal((await call(`GET ${PATH}?per_page=0`)).status, 400)
  assert.deepEqual((await call(`GET ${PATH}`)).body.result, before)
})

test('a policy without an id is a breach of the contract only: `strict` refuses it', async (t) => {
  const { call } = await simulator(t, { requests: 'strict' })
  const bare = await call(`PUT ${PATH}/${ACCOUNT}`, { body: { policies: [policy([ZONE_READ])] } })
  assert.equal(bare.status, 400)
  const whole = await call(`PUT ${PATH}/${ACCOUNT}`, { body: { policies: [{ id: POLICY, ...policy([ZONE_READ]) }] } })
  assert.equal(whole.status, 200, whole.text)
})
