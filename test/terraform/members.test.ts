/** What keeps the plan of `cloudflare_account_member` empty. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT } from '../simulator.ts'
import { destroy, type Provider, terraform } from './provider.ts'

const PATH = `/accounts/${ACCOUNT}/members`
/** A permission group without a role of its own. */
const ZONE_READ = 'c8fed203ed3043cba015a93ad1616f1f'

type Named = { id: string; name: string }
const ids = (list: Named[]) => list.map(({ id }) => id)

/** What a configuration looks up before it names anybody. */
async function lookUp({ apply }: Provider) {
  const roles: Named[] = (await apply(`GET /accounts/${ACCOUNT}/roles?per_page=100`)).result
  const role = (name: string) => {
    const found = roles.find((one) => one.name === name)
    assert.ok(found, name)
    return found.id
  }
  const labelled = async (label: string) => {
    const groups: Named[] = (await apply(`GET /accounts/${ACCOUNT}/iam/permission_groups?label=${label}`)).result
    assert.equal(groups.length, 1, label)
    return ids(groups)[0] as string
  }
  const name = `com.cloudflare.api.account.${ACCOUNT}`
  const whole: Named[] = (await apply(`GET /accounts/${ACCOUNT}/iam/resource_groups?name=${name}`)).result
  assert.deepEqual(
    whole.map((group) => group.name),
    [name],
  )
  return {
    administrator: { role: role('Administrator'), group: await labelled('admin') },
    superAdministrator: { role: role('Super Administrator - All Privileges'), group: await labelled('all_privileges') },
    whole: ids(whole)[0] as string,
  }
}

const policies = (groups: string[], resources: string[]) => [
  {
    access: 'allow',
    permission_groups: groups.map((id) => ({ id })),
    resource_groups: resources.map((id) => ({ id })),
  },
]

/** Both views of a member, by id: of sets, the order does not matter. */
function views({ roles, policies }: { roles: Named[]; policies: Record<string, unknown>[] }) {
  return {
    roles: ids(roles).sort(),
    policies: policies.map((policy) => [
      policy.access,
      ids(policy.permission_groups as Named[]).sort(),
      ids(policy.resource_groups as Named[]),
    ]),
  }
}

test('whichever is sent, roles or policies, a member shows both', async (t) => {
  const provider = await terraform(t)
  const { apply } = provider
  const { administrator, superAdministrator, whole } = await lookUp(provider)
  for (const [title, { role, group }] of Object.entries({ administrator, superAdministrator })) {
    const expected = { roles: [role], policies: [['allow', [group], [whole]]] }
    for (const [view, grants] of Object.entries({
      roles: { roles: [role] },
      policies: { policies: policies([group], [whole]) },
    })) {
      await t.test(`${title} by ${view}`, async () => {
        const made = await apply(`POST ${PATH}`, { email: `${view}-of-${title}@example.com`, ...grants })
        assert.deepEqual(views(made.result), expected)
        assert.deepEqual((await apply(`GET ${PATH}/${made.result.id}`)).result, made.result)
        await destroy(provider, `${PATH}/${made.result.id}`)
      })
    }
  }
})

test('after an update the other view is the new one', async (t) => {
  const provider = await terraform(t)
  const { apply } = provider
  const { administrator, superAdministrator, whole } = await lookUp(provider)
  const email = 'changed@example.com'
  const { result: made } = await apply(`POST ${PATH}`, { email, roles: [administrator.role] })
  const path = `${PATH}/${made.id}`
  // What the provider sends along each time.
  const along = { account_id: ACCOUNT, email, status: 'pending' }
  const { role, group } = superAdministrator
  const rows: [title: string, body: object, expected: ReturnType<typeof views>][] = [
    ['other roles', { roles: [{ id: role }] }, { roles: [role], policies: [['allow', [group], [whole]]] }],
    [
      'two roles, of which sets forget the order',
      { roles: [{ id: role }, { id: administrator.role }] },
      {
        roles: [role, administrator.role].sort(),
        policies: [
          ['allow', [group], [whole]],
          ['allow', [administrator.group], [whole]],
        ],
      },
    ],
    [
      'policies, of a group without a role',
      { policies: policies([ZONE_READ], [whole]) },
      { roles: [ZONE_READ], policies: [['allow', [ZONE_READ], [whole]]] },
    ],
    [
      'policies of two groups',
      { policies: policies([administrator.group, ZONE_READ], [whole]) },
      {
        roles: [administrator.role, ZONE_READ].sort(),
        policies: [['allow', [administrator.group, ZONE_READ].sort(), [whole]]],
      },
    ],
    [
      'roles again',
      { roles: [{ id: administrator.role }] },
      { roles: [administrator.role], policies: [['allow', [administrator.group], [whole]]] },
    ],
  ]
  for (const [title, body, expected] of rows) {
    await t.test(title, async () => {
      const changed = await apply(`PUT ${path}`, { ...along, ...body })
      assert.deepEqual(views(changed.result), expected)
      assert.deepEqual([changed.result.id, changed.result.email, changed.result.status], [made.id, email, 'pending'])
      assert.deepEqual((await apply(`GET ${path}`)).result, changed.result)
    })
  }
})

test('a member has its address at the top, as it was written, and is pending unless told otherwise', async (t) => {
  const { apply } = await terraform(t)
  const email = 'Mixed.Case@Example.com'
  const { result } = await apply(`POST ${PATH}`, { email, roles: [ZONE_READ] })
  assert.deepEqual([result.email, result.user.email, result.status], [email, email, 'pending'])
  assert.equal(result.user.two_factor_authentication_enabled, false)
  const added = await apply(`POST ${PATH}`, { email: 'direct@example.com', roles: [ZONE_READ], status: 'accepted' })
  assert.equal(added.result.status, 'accepted')
  for (const policy of [...result.policies, ...added.result.policies]) assert.match(policy.id, /^[0-9a-f]{32}$/)
})

test('the data sources of roles and of both kinds of groups find everything by id', async (t) => {
  const provider = await terraform(t)
  const { administrator, whole } = await lookUp(provider)
  for (const path of [
    `roles/${administrator.role}`,
    `iam/permission_groups/${administrator.group}`,
    `iam/resource_groups/${whole}`,
  ]) {
    const { result } = await provider.apply(`GET /accounts/${ACCOUNT}/${path}`)
    assert.equal(result.id, path.split('/').at(-1))
  }
})
