/** Who is in which user group. */
import { type MemberRow, members } from '../../schemas/members.ts'
import {
  operations,
  type UserGroupMember,
  type UserGroupMemberDetails,
  type UserGroupMemberRow,
  userGroupMembers,
} from '../../schemas/user-group-members.ts'
import type { UserGroupRow } from '../../schemas/user-groups.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { keepingSuperAdministrator } from '../rules/super-administrators.ts'
import { foundUserGroup } from '../rules/user-groups.ts'
import { derivedLists } from '../state/derived-lists.ts'
import { listed, mapped } from '../state/listed.ts'
import { inOrder } from '../state/order.ts'
import type { World } from '../state/world.ts'

/** What the paths of this resource name. */
interface Named {
  account_id: string
  user_group_id: string
}

export default resource(
  'Account User Group Members',
  operations,
  (world) => ({
    list({ params, query: { fuzzyEmail = '', direction } }) {
      const group = foundUserGroup(params.account_id, params.user_group_id, world)
      return mapped(listed(askedMembers(group, { part: fuzzyEmail.toLowerCase(), direction }, world)), present)
    },

    create({ params, body }) {
      const named = membersNamed(body, params.account_id, world)
      const before = new Set(memberships(params, world).map(({ member_id }) => member_id))
      // A group that denies takes rights away from whoever joins it.
      keepingSuperAdministrator(params.account_id, world, () => {
        for (const { id } of named) if (!before.has(id)) join(id, params, world)
      })
      return named.map(present)
    },

    update({ params, body }) {
      const named = membersNamed(body, params.account_id, world)
      const before = memberships(params, world)
      const staying = new Set(named.map(({ id }) => id))
      keepingSuperAdministrator(params.account_id, world, () => {
        for (const row of before) if (!staying.has(row.member_id)) leave(row, world)
        for (const { id } of named) if (!before.some(({ member_id }) => member_id === id)) join(id, params, world)
      })
      return named.map(present)
    },

    get({ params }) {
      const { membership, member } = found(params, params.member_id, world)
      return presentDetails(member, membership)
    },

    delete({ params }) {
      const { membership, member } = found(params, params.member_id, world)
      keepingSuperAdministrator(params.account_id, world, () => leave(membership, world))
      return present(member)
    },
  }),
  { '*': [['**', '*', 'MEMBER_INVALID']] },
)

interface Asked {
  /** What addresses must have in them, in lower case. */
  part: string
  direction: 'asc' | 'desc' | undefined
}

/** The members of a group that a query asks for. */
const askedMembers = derivedLists(
  [userGroupMembers, members],
  ({ id, account_id }: UserGroupRow, { part, direction }: Asked, world): MemberRow[] => {
    const everybody = world.store.table(members, account_id)
    const rows = rowsOf(id, account_id, world).flatMap(({ member_id }) => everybody.get(member_id) ?? [])
    const wanted = rows.filter(({ user }) => user.email.toLowerCase().includes(part))
    return inOrder(wanted, ({ user }) => user.email, direction)
  },
)

/** The rows of a group's members. */
function memberships({ account_id, user_group_id }: Named, world: World): UserGroupMemberRow[] {
  const { id } = foundUserGroup(account_id, user_group_id, world)
  return rowsOf(id, account_id, world)
}

function rowsOf(user_group_id: string, account_id: string, world: World): UserGroupMemberRow[] {
  return world.store.table(userGroupMembers, account_id).where({ user_group_id }).all()
}

function found(group: Named, member_id: string, world: World): { membership: UserGroupMemberRow; member: MemberRow } {
  const membership = memberships(group, world).find((row) => row.member_id === member_id)
  const member = world.store.table(members, group.account_id).get(member_id)
  if (!membership || !member) throw fail('USER_GROUP_MEMBER_NOT_FOUND')
  return { membership, member }
}

/** The members of the account that a body names, each once, in that order. One that is unknown spoils it all. */
function membersNamed(body: readonly { id: string }[], account_id: string, world: World): MemberRow[] {
  const ids = new Set(body.map(({ id }) => world.resolve(members, id)))
  return [...ids].map((id) => {
    const member = world.store.table(members, account_id).get(id)
    if (!member) throw fail('INVALID_GROUP_MEMBER', { id })
    return member
  })
}

function join(member_id: string, { account_id, user_group_id }: Named, world: World): void {
  const created_at = world.clock.seconds()
  world.store
    .table(userGroupMembers, account_id)
    .put({ id: world.ids.id(), account_id, user_group_id, member_id, created_at })
}

function leave({ id, account_id }: UserGroupMemberRow, world: World): void {
  world.store.table(userGroupMembers, account_id).delete(id)
}

function present({ id, user, status }: MemberRow): UserGroupMember {
  return { id, email: user.email, status }
}

function presentDetails(member: MemberRow, { created_at }: UserGroupMemberRow): UserGroupMemberDetails {
  const { id, email, first_name, last_name } = member.user
  return {
    ...present(member),
    created_at,
    user: {
      ...(id !== undefined && { id }),
      email,
      ...(first_name != null && { first_name }),
      ...(last_name != null && { last_name }),
    },
  }
}
