/** What a member may do, told as roles and as policies: whichever was sent, both are shown. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Member } from '../../schemas/members.ts'
import { ACCOUNT, simulator } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/members`
const MEMBER = '4536bcfad5faccb111b47003c79917fa'
const INVITEE = '962e59e12a20904e5cae232c24f06a9b'
const WHOLE_ACCOUNT = '6d7f2f5f5b1d4a0e9081fdc98d432fd1'

const ACCOUNT_ADMINISTRATOR = '3536bcfad5faccb999b47003c79917fb'
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'
const DNS = '069fe803647ed3609e93d041d5df6050'
/** Roles and the groups of the same name whose ids differ. */
const SUPER = { role: '33666b9c79b9a5273fc7344ff42f953d', group: '8e23b19e4e0d44c29d239c5688ba8cbb' }
const LOAD_BALANCER = { role: 'c61d4237ab1c08a3d11feb6bd5e91c5a', group: '6d7f2f5f5b1d4a0e9081fdc98d432fd1' }
/** Groups without a role of their own. */
const ZONE_READ = 'c8fed203ed3043cba015a93ad1616f1f'
const MONITORING = '82e64a83756745bbbb1c9c2701bf816b'

const policy = (groups: string[], access = 'allow', resources = [WHOLE_ACCOUNT]) => ({
  access,
  permission_groups: groups.map((id) => ({ id })),
  resource_groups: resources.map((id) => ({ id })),
})

/** Both views of a member: role ids, and `access: groups on resources` of each policy. */
function grantsOf({ roles = [], policies = [] }: Member) {
  const ids = (list: { id: string }[] = []) => list.map(({ id }) => id).join('+')
  return {
    roles: roles.map(({ id }) => id),
    policies: policies.map((p) => `${p.access}: ${ids(p.permission_groups)} on ${ids(p.resource_groups)}`),
  }
}
const allow = (...groups: string[]) => `allow: ${groups.join('+')} on ${WHOLE_ACCOUNT}`

type Asked = { roles?: string[]; policies?: object[] }
const rows: [title: string, asked: Asked, expected: ReturnType<typeof grantsOf>][] = [
  [
    'a role is a policy over the whole account',
    { roles: [ADMINISTRATOR] },
    { roles: [ADMINISTRATOR], policies: [allow(ADMINISTRATOR)] },
  ],
  [
    'a role whose group has an id of its own',
    { roles: [SUPER.role] },
    { roles: [SUPER.role], policies: [allow(SUPER.group)] },
  ],
  [
    'two roles are two policies, in order',
    { roles: [LOAD_BALANCER.role, DNS] },
    { roles: [LOAD_BALANCER.role, DNS], policies: [allow(LOAD_BALANCER.group), allow(DNS)] },
  ],
  ['no roles are no policies', { roles: [] }, { roles: [], policies: [] }],
  [
    'a group without a role is taken as one',
    { roles: [MONITORING] },
    { roles: [MONITORING], policies: [allow(MONITORING)] },
  ],
  ['a role that is named twice is held once', { roles: [DNS, DNS] }, { roles: [DNS], policies: [allow(DNS)] }],
  [
    'a policy over the whole account is a role',
    { policies: [policy([SUPER.group])] },
    { roles: [SUPER.role], policies: [allow(SUPER.group)] },
  ],
  [
    'one policy with two groups is two roles',
    { policies: [policy([ADMINISTRATOR, DNS])] },
    { roles: [ADMINISTRATOR, DNS], policies: [allow(ADMINISTRATOR, DNS)] },
  ],
  [
    'one group in two policies is one role',
    { policies: [policy([DNS]), policy([DNS, ADMINISTRATOR])] },
    { roles: [DNS, ADMINISTRATOR], policies: [allow(DNS), allow(DNS, ADMINISTRATOR)] },
  ],
  [
    'a group without a role appears as a role with its id',
    { policies: [policy([ZONE_READ])] },
    { roles: [ZONE_READ], policies: [allow(ZONE_READ)] },
  ],
  [
    'what is denied is no role',
    { policies: [policy([DNS], 'deny')] },
    { roles: [], policies: [`deny: ${DNS} on ${WHOLE_ACCOUNT}`] },
  ],
  [
    'what is denied is no role, although it is allowed',
    { policies: [policy([DNS, ADMINISTRATOR]), policy([DNS], 'deny')] },
    { roles: [ADMINISTRATOR], policies: [allow(DNS, ADMINISTRATOR), `deny: ${DNS} on ${WHOLE_ACCOUNT}`] },
  ],
  [
    'a policy over no resources is no role',
    { policies: [policy([DNS], 'allow', [])] },
    { roles: [], policies: [`allow: ${DNS} on `] },
  ],
  [
    'a policy of no groups is no role',
    { policies: [policy([])] },
    { roles: [], policies: [`allow:  on ${WHOLE_ACCOUNT}`] },
  ],
  ['no policies are no roles', { policies: [] }, { roles: [], policies: [] }],
  [
    'where both are sent, policies win',
    { roles: [ADMINISTRATOR], policies: [policy([DNS])] },
    { roles: [DNS], policies: [allow(DNS)] },
  ],
]

test('invited or changed, both views are kept', async (t) => {
  const { call } = await simulator(t)
  for (const [at, [title, asked, expected]] of rows.entries()) {
    await t.test(title, async () => {
      const made = await call(`POST ${PATH}`, { body: { email: `new${at}@example.com`, ...asked } })
      assert.equal(made.status, 200, made.text)
      assert.deepEqual(grantsOf(made.body.result), expected)
      assert.deepEqual((await call(`GET ${PATH}/${made.body.result.id}`)).body.result, made.body.result)

      const body = { ...asked, ...(asked.roles && { roles: asked.roles.map((id) => ({ id })) }) }
      const changed = await call(`PUT ${PATH}/${INVITEE}`, { body })
      assert.equal(changed.status, 200, changed.text)
      assert.deepEqual(grantsOf(changed.body.result), expected)
      assert.deepEqual((await call(`GET ${PATH}/${INVITEE}`)).body.result, changed.body.result)
    })
  }
})

test('shows roles and groups in full', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`POST ${PATH}`, { body: { email: 'new@example.com', roles: [ADMINISTRATOR] } })
  const { roles, policies } = body.result
  assert.deepEqual(roles, [(await call(`GET /accounts/${ACCOUNT}/roles/${ADMINISTRATOR}`)).body.result])
  const [{ permission_groups, resource_groups }] = policies
  assert.equal(permission_groups[0].name, 'Administrator')
  assert.equal(permission_groups[0].meta.label, 'admin')
  assert.deepEqual(resource_groups[0].scope, {
    key: `com.cloudflare.api.account.${ACCOUNT}`,
    objects: [{ key: '*' }],
  })
})

test('every policy has an id, which a change keeps for a policy that is sent with it', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET ${PATH}/${INVITEE}`)).body.result.policies[0].id
  const body = { policies: [policy([DNS]), { id: before, ...policy([ZONE_READ]) }, { id: 'x', ...policy([DNS]) }] }
  const { policies } = (await call(`PUT ${PATH}/${INVITEE}`, { body })).body.result
  const ids = policies.map(({ id }: { id: string }) => id)
  assert.equal(ids[1], before)
  assert.equal(new Set(ids).size, 3)
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/)
})

test('an update changes grants and nothing else', async (t) => {
  const rows: [title: string, body: object][] = [
    ['nothing', {}],
    ['what a member shows as', { id: 'x', status: 'pending', user: { email: 'x' }, email: 'x@y.z' }],
    ['what Terraform sends along', { account_id: ACCOUNT, email: 'user@example.com', status: 'accepted' }],
  ]
  const { call } = await simulator(t)
  for (const [title, body] of rows) {
    await t.test(title, async () => {
      const before = await call(`GET ${PATH}/${MEMBER}`)
      const { status, body: answer } = await call(`PUT ${PATH}/${MEMBER}`, { body })
      assert.equal(status, 200)
      assert.deepEqual(answer.result, before.body.result)
    })
  }
})

test('replaces the roles of the documented member', async (t) => {
  const { call } = await simulator(t)
  const body = { roles: [{ id: SUPER.role, name: 'something', permissions: {} }] }
  const { status, body: answer } = await call(`PUT ${PATH}/${MEMBER}`, { body })
  assert.equal(status, 200)
  assert.deepEqual(grantsOf(answer.result), { roles: [SUPER.role], policies: [allow(SUPER.group)] })
  assert.equal(answer.result.roles[0].name, 'Super Administrator - All Privileges')
  assert.equal(answer.result.status, 'accepted')
})

test('takes the placeholder of a role', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`POST ${PATH}`, { body: { email: 'new@example.com', roles: ['role_id'] } })
  assert.deepEqual(grantsOf(body.result).roles, [ACCOUNT_ADMINISTRATOR])
})

test('takes the placeholders of groups', async (t) => {
  const { call } = await simulator(t)
  const policies = [policy(['permission_group_id'], 'allow', ['resource_group_id'])]
  const { body } = await call(`POST ${PATH}`, { body: { email: 'new@example.com', policies } })
  assert.deepEqual(body.errors, [])
  assert.deepEqual(grantsOf(body.result).policies, [allow(LOAD_BALANCER.group)])
})

test('a group that has a role of its own comes to that role', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`POST ${PATH}`, { body: { email: 'new@example.com', policies: [policy([SUPER.group])] } })
  const asRole = await call(`POST ${PATH}`, { body: { email: 'b@example.com', roles: [SUPER.group] } })
  // Whether it is taken as the role or refused as none, it must not become a second, weaker kind of it.
  if (asRole.status === 200) assert.deepEqual(grantsOf(asRole.body.result), grantsOf(body.result))
  else assert.equal(asRole.status, 400)
})

test('every role of the catalogue comes to one group, every group to one role, and back', async (t) => {
  const { call } = await simulator(t)
  const changed = async (body: object): Promise<Member> => {
    const answer = await call(`PUT ${PATH}/${INVITEE}`, { body })
    assert.equal(answer.status, 200, answer.text)
    return answer.body.result
  }
  const everything = async (path: string): Promise<{ id: string; name: string }[]> =>
    (await Promise.all([1, 2].map((page) => call(`GET ${path}?per_page=50&page=${page}`)))).flatMap(
      ({ body }) => body.result,
    )
  const [roles, groups] = [
    await everything(`/accounts/${ACCOUNT}/roles`),
    await everything(`/accounts/${ACCOUNT}/iam/permission_groups`),
  ]
  assert.ok(roles.length > 40 && groups.length > roles.length)
  for (const { id, name } of roles) {
    const { policies = [] } = await changed({ roles: [{ id }] })
    const named = policies.flatMap(({ permission_groups = [] }) => permission_groups)
    assert.deepEqual([policies.length, named.map((group) => group.name)], [1, [name]])
    assert.deepEqual(
      (await changed({ policies })).roles?.map((role) => role.id),
      [id],
    )
  }
  for (const { id, name } of groups) {
    const { roles = [] } = await changed({ policies: [policy([id])] })
    assert.deepEqual(
      roles.map((role) => role.name),
      [name],
    )
    assert.deepEqual(grantsOf(await changed({ roles })).policies, [allow(id)])
  }
})
