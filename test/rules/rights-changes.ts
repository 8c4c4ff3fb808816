/** Everything that rights are made from, and what may happen to it: at random, to rows that decide something. */
import fc from 'fast-check'
import { accounts } from '../../schemas/accounts.ts'
import { memberPermissionGroups } from '../../schemas/iam-permission-groups.ts'
import { members } from '../../schemas/members.ts'
import type { Caller } from '../../schemas/operation.ts'
import { organizationMembers } from '../../schemas/organization-members.ts'
import { organizations } from '../../schemas/organizations.ts'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import { resourceGroups } from '../../schemas/resource-groups.ts'
import type { TableKey } from '../../schemas/table.ts'
import { tenants } from '../../schemas/tenants.ts'
import { tokens } from '../../schemas/tokens.ts'
import { userGroupMembers } from '../../schemas/user-group-members.ts'
import { userGroups } from '../../schemas/user-groups.ts'
import { users } from '../../schemas/users.ts'
import { digest } from '../../server/rules/identity.ts'
import { accountResource } from '../../server/rules/resource-names.ts'
import type { World } from '../../server/state/world.ts'
import { ACCOUNT_TOKEN, AUTOMATION_TOKEN, as } from '../acting.ts'
import { ACCOUNT, EMAIL, TOKEN } from '../simulator.ts'

/** Where the documented user is a member, too. */
export const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'

/** Somebody who may do everything; one who is in a user group; two who are in organizations. */
const PEOPLE = [EMAIL, 'liam.keane@example.com', 'grace.lindqvist@example.com', 'elena.popescu@example.com']

const bearerOf = ({ authorization }: { authorization: string }): Caller => ({
  scheme: 'api_token',
  token: authorization.slice('Bearer '.length),
})

/** Those people, and tokens of both kinds, in the form in which requests bring them: the same objects again and again. */
export const CALLERS: readonly Caller[] = [
  { scheme: 'api_token', token: TOKEN },
  bearerOf(ACCOUNT_TOKEN),
  bearerOf(AUTOMATION_TOKEN),
  ...PEOPLE.map((email): Caller => ({ scheme: 'api_key', email, key: as(email)['x-auth-key'] as string })),
]

/** A change, as numbers that stand for a place in a list. */
interface Choice {
  table: number
  how: number
  /** Which row, and which other one a change takes something from. */
  row: number
  other: number
}

type Sparse = { id: string } & Record<string, unknown>
type Change = (row: Sparse, other: Sparse, world: World) => Sparse | undefined

const gone: Change = () => undefined
/** Has a row take what another row of its collection has. */
const taking =
  (...names: string[]): Change =>
  (row, other) => ({ ...row, ...Object.fromEntries(names.map((name) => [name, other[name]])) })
const setting =
  (more: object): Change =>
  (row) => ({ ...row, ...more })
const flipping =
  (name: string, one: string, two: string): Change =>
  (row) => ({ ...row, [name]: row[name] === one ? two : one })
const inside =
  (name: string, change: (value: Sparse) => object): Change =>
  (row) => ({ ...row, [name]: (row[name] as Sparse[]).map((one) => ({ ...one, ...change(one) })) })
const turned = (one: string, two: string, name: string) => (value: Sparse) => ({
  [name]: value[name] === one ? two : one,
})

/** The same person under another address: it stays what it was when somebody was invited. */
const calledBy =
  (email: string) =>
  (row: Sparse, _other: Sparse): Sparse => ({ ...row, user: { ...(row.user as object), email } })

/** A second membership of somebody, before every other. */
const SECOND = '0'.repeat(32)
/** A user group for billing, and a member who has no other right to that. */
const FINANCE = 'f4fc18b897de104af5685ed81cdb179f'
const LIAM = '0a905e140c42d3ede12e9803427791e0'
/** Super Administrator of the whole account. */
const EVERYTHING = [
  {
    id: SECOND,
    access: 'allow',
    permission_groups: ['8e23b19e4e0d44c29d239c5688ba8cbb'],
    resource_groups: ['6d7f2f5f5b1d4a0e9081fdc98d432fd1'],
  },
]

/** Everything that rights are made from, and what may happen to it. */
const CHANGES: readonly [key: TableKey<{ id: string }>, changes: readonly Change[]][] = [
  [
    users,
    [gone, taking('api_key_sha256'), setting({ api_key_sha256: digest(CALLERS.at(-1)?.key ?? '') }), taking('email')],
  ],
  [
    tokens,
    [
      gone,
      taking('policies'),
      taking('owner_id'),
      taking('value_sha256'),
      flipping('status', 'active', 'disabled'),
      setting({ expires_on: '2026-11-22T10:00:00Z' }),
      setting({ last_used_on: '2026-11-21T10:00:00Z' }),
      inside('policies', turned('allow', 'deny', 'effect')),
    ],
  ],
  [
    members,
    [
      gone,
      taking('policies'),
      calledBy('other@example.com'),
      (row) => ({ ...calledBy('second@example.com')(row, row), id: SECOND }),
      flipping('status', 'accepted', 'pending'),
      inside('policies', turned('allow', 'deny', 'access')),
    ],
  ],
  [
    userGroups,
    [
      gone,
      taking('policies'),
      setting({ policies: EVERYTHING }),
      setting({ policies: [] }),
      inside('policies', turned('allow', 'deny', 'access')),
    ],
  ],
  [userGroupMembers, [gone, taking('member_id'), setting({ member_id: LIAM })]],
  [resourceGroups, [gone, taking('scope')]],
  [memberPermissionGroups, [gone, taking('name')]],
  [permissionGroups, [gone, taking('name'), setting({ scopes: ['com.cloudflare.api.account'] })]],
  [
    accounts,
    [
      gone,
      taking('parent_org_id'),
      taking('tenant_id'),
      (row, _, world) => ({ ...row, parent_org_id: world.store.table(organizations).orderBy('name').first()?.id }),
    ],
  ],
  [organizations, [gone, taking('parent_id')]],
  [organizationMembers, [gone, taking('user'), taking('organization_id'), flipping('status', 'active', 'pending')]],
  [tenants, [gone, taking('administrators'), setting({ administrators: [] })]],
]

const choice = { row: fc.nat(), other: fc.nat() }
/** What may happen next. */
export const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('change' as const), table: fc.nat(), how: fc.nat(), ...choice }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('save' as const, 'undo' as const, 'fork' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
)

const at = <Item>(items: readonly Item[], place: number): Item | undefined => items[place % Math.max(1, items.length)]

/** Which rows decide anything here. */
const DECISIVE: Readonly<Record<string, (row: Sparse) => boolean>> = {
  [users.name]: ({ email }) => PEOPLE.includes(email as string),
  [tokens.name]: ({ value_sha256 }) => CALLERS.some(({ token = '' }) => digest(token) === value_sha256),
  [members.name]: ({ user }) =>
    [...PEOPLE, 'other@example.com', 'second@example.com'].includes((user as { email: string }).email),
  [userGroups.name]: ({ id }) => id === FINANCE,
  [userGroupMembers.name]: ({ user_group_id }) => user_group_id === FINANCE,
  [accounts.name]: ({ id }) => id === ACCOUNT || id === MEDIA,
  [resourceGroups.name]: ({ name }) => name === accountResource(ACCOUNT) || name === accountResource(MEDIA),
  [memberPermissionGroups.name]: ({ name }) => /^(Super|Admin|Bill|DNS)/.test(name as string),
  [permissionGroups.name]: ({ name }) => /^(Account Settings|Billing|User Details|API Tokens)/.test(name as string),
}

/** Does what was chosen to a world. */
export function change({ table, how, row, other }: Choice, world: World): void {
  const [key, changes] = at(CHANGES, table) as (typeof CHANGES)[number]
  const rows = (world.store.table(key).all() as Sparse[]).filter(DECISIVE[key.name] ?? (() => true))
  const [before, from] = [at(rows, row), at(rows, other)]
  if (!before || !from) return
  const after = at(changes, how)?.(before, from, world)
  if (after) world.store.table(key).put(after)
  else world.store.table(key).delete(before.id)
}

/** Puts somebody into the user group, so that what becomes of the group is of interest. */
export function joinFinance(world: World): void {
  const table = world.store.table(userGroupMembers)
  const [before] = table.where({ user_group_id: FINANCE }).slice(0, 1)
  if (before) table.put({ ...before, member_id: LIAM })
}
