/** The accounts of the user who asks, in the form that came before organizations. */
import type { Static } from 'typebox'
import { accounts } from '../../schemas/accounts.ts'
import { type MemberRow, members } from '../../schemas/members.ts'
import type { Caller } from '../../schemas/operation.ts'
import { operations } from '../../schemas/user-organizations.ts'
import type { UserRow } from '../../schemas/users.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { actingUser } from '../rules/identity.ts'
import { isLapsed, membershipsNow } from '../rules/invitations.ts'
import { removeMember } from '../rules/leaving.ts'
import { membershipsOf } from '../rules/memberships.ts'
import { presentUserOrganization, summaryOf } from '../rules/user-organizations.ts'
import { derivedLists } from '../state/derived-lists.ts'
import { listed, mapped } from '../state/listed.ts'
import { inOrder } from '../state/order.ts'

type Asked = Omit<Static<typeof operations.list.query>, 'page' | 'per_page'>

/** The memberships of a user whose accounts a query asks for, those that have lapsed among them. */
const askedOrganizations = derivedLists([members, accounts], (user: UserRow, asked: Asked, world): MemberRow[] => {
  const { name, status, match, order = 'name', direction } = asked
  const part = name?.toLowerCase()
  const rows = membershipsOf(user, world).map((row) => ({ row, ...summaryOf(row, world) }))
  const wanted = rows.filter((summary) => {
    const holds = [
      ...(part === undefined ? [] : [summary.name.toLowerCase().includes(part)]),
      ...(status === undefined ? [] : [summary.status === status]),
    ]
    if (holds.length === 0) return true
    return match === 'any' ? holds.includes(true) : !holds.includes(false)
  })
  return inOrder(wanted, (summary) => summary[order], direction).map(({ row }) => row)
})

const invitationsOf = derivedLists([members], (user: UserRow, _asked: object, world): MemberRow[] =>
  membershipsOf(user, world).filter(({ status }) => status === 'pending'),
)

export default resource("User's Organizations", operations, (world) => {
  const membershipsOfCaller = (caller: Caller) => membershipsNow(actingUser(caller, world), world)

  function found(account_id: string, caller: Caller): MemberRow {
    const row = membershipsOfCaller(caller).find((membership) => membership.account_id === account_id)
    if (!row) throw fail('USER_ORGANIZATION_NOT_FOUND')
    return row
  }

  return {
    list({ query, caller }) {
      const { page: _page, per_page: _size, ...asked } = query
      const user = actingUser(caller, world)
      const rows = askedOrganizations(user, asked, world)
      // Which have lapsed is for the clock to say.
      const lapsed = new Set(invitationsOf(user, {}, world).filter((row) => isLapsed(row, world)))
      const now = lapsed.size === 0 ? rows : rows.filter((row) => !lapsed.has(row))
      return mapped(listed(now), (row) => presentUserOrganization(row, world))
    },

    get: ({ params, caller }) => presentUserOrganization(found(params.organization_id, caller), world),

    leave({ params, caller }) {
      const row = found(params.organization_id, caller)
      removeMember(row, world)
      return { id: row.account_id }
    },
  }
})
