/** Memberships of the user who asks. */
import type { Static } from 'typebox'
import { type AccountRow, accounts } from '../../schemas/accounts.ts'
import { type MemberRow, members } from '../../schemas/members.ts'
import { type Membership, operations } from '../../schemas/memberships.ts'
import type { Caller } from '../../schemas/operation.ts'
import type { Role } from '../../schemas/roles.ts'
import type { UserRow } from '../../schemas/users.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { rolesIn } from '../rules/grants.ts'
import { actingUser } from '../rules/identity.ts'
import { answer } from '../rules/invitations.ts'
import { removeMember } from '../rules/leaving.ts'
import { membershipsOf, ownMembership } from '../rules/memberships.ts'
import { presentPolicies } from '../rules/policies.ts'
import { presentAccount } from '../rules/present-account.ts'
import { nameHas } from '../rules/text-filters.ts'
import { derivedLists } from '../state/derived-lists.ts'
import { listed, mapped } from '../state/listed.ts'
import { inOrder } from '../state/order.ts'
import type { World } from '../state/world.ts'

/** What memberships can be ordered by. */
const ORDERS = {
  id: ({ id }: MemberRow) => id,
  'account.name': (row: MemberRow, world: World) => accountOf(row, world).name,
  status: ({ status }: MemberRow) => status,
}

export default resource("User's Account Memberships", operations, (world) => {
  // wrangler goes on without memberships after this answer, and after no other (ERRORS.md §2.3).
  const userOf = (caller: Caller) => actingUser(caller, world, 'AUTHENTICATION_FAILED')
  const present = (row: MemberRow) => presentMembership(row, world)

  function found(id: string, user: UserRow): MemberRow {
    const row = ownMembership(id, user, world)
    if (!row) throw fail('MEMBERSHIP_NOT_FOUND')
    return row
  }

  return {
    list({ query: { page: _page, per_page: _size, ...asked }, caller }) {
      return mapped(listed(askedMemberships(userOf(caller), asked, world)), present)
    },

    get: ({ params, caller }) => present(found(params.membership_id, userOf(caller))),

    update({ params, body, caller }) {
      const user = userOf(caller)
      const row = answer(found(params.membership_id, user), body.status, user, world)
      return { ...present(row), status: body.status }
    },

    delete({ params, caller }) {
      const row = found(params.membership_id, userOf(caller))
      removeMember(row, world)
      return { id: row.id }
    },
  }
})

type Asked = Omit<Static<typeof operations.list.query>, 'page' | 'per_page'>

/** The memberships of a user that a query asks for. */
const askedMemberships = derivedLists([members, accounts], (user: UserRow, query: Asked, world): MemberRow[] => {
  const tests = [nameHas(query['account.name']), nameHas(query.name)]
  const rows = membershipsOf(user, world).filter((row) => {
    if (query.status !== undefined && row.status !== query.status) return false
    return tests.every((test) => test?.holds(accountOf(row, world)) ?? true)
  })
  const read = ORDERS[query.order ?? 'account.name']
  return inOrder(rows, (row) => read(row, world), query.direction)
})

const accountOf = ({ account_id }: MemberRow, world: World): AccountRow =>
  world.store.table(accounts).get(account_id) as AccountRow

function presentMembership(row: MemberRow, world: World): Membership {
  const roles = rolesIn(row, world)
  return {
    id: row.id,
    account: presentAccount(accountOf(row, world), world),
    status: row.status,
    api_access_enabled: null,
    permissions: united(roles),
    policies: presentPolicies(row, world),
    roles: roles.map(({ name }) => name),
  }
}

/** What several roles allow together. */
function united(roles: readonly Role[]): Role['permissions'] {
  const all: Record<string, { read: boolean; write: boolean }> = {}
  for (const [area, grants] of roles.flatMap(({ permissions }) => Object.entries(permissions))) {
    const { read = false, write = false } = all[area] ?? {}
    all[area] = { read: read || grants?.read === true, write: write || grants?.write === true }
  }
  return all
}
