/** Members of accounts. */
import { type MemberRow, members, operations } from '../../schemas/members.ts'
import { EMAIL } from '../assumed.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { byPolicies, byRoles, memberShown, presentMember } from '../rules/grants.ts'
import { invite } from '../rules/invitations.ts'
import { removeMember } from '../rules/leaving.ts'
import { keepingSuperAdministrator } from '../rules/super-administrators.ts'
import { leaveUserGroups } from '../rules/user-groups.ts'

export default resource(
  'Account Members',
  operations,
  (world) => {
    const present = (row: MemberRow) => presentMember(row, world)

    function found(account_id: string, id: string): MemberRow {
      const row = world.store.table(members, account_id).get(id)
      if (!row) throw fail('MEMBER_NOT_FOUND')
      return row
    }

    return {
      list: ({ params, query }) =>
        world.store
          .table(members, params.account_id)
          .where({ status: query.status })
          .orderBy(query.order ?? 'user.email', query.direction)
          .map(present),

      create({ params: { account_id }, body, caller }) {
        const { email, status = 'pending' } = body
        if (!EMAIL.test(email)) throw fail('INVALID_EMAIL')
        const table = world.store.table(members, account_id)
        const before = table.where({ 'user.email:lower': email.toLowerCase() }).first()
        if (before) {
          // Also when the invitation has lapsed: it must be deleted first (ERRORS.md §4). An example server lets the
          // documented person be added again; see the option `stateless`.
          if (!world.stateless) throw fail('MEMBER_EXISTS')
          leaveUserGroups(before, world)
          table.delete(before.id)
        }
        // Where both are sent, policies win.
        const grants =
          'policies' in body && body.policies
            ? byPolicies(body.policies, [], account_id, world)
            : byRoles('roles' in body ? body.roles : [], account_id, world, 'INVALID_ROLES')
        const isDirectAllowed = !world.quirks.includes('members-no-direct')
        const invitation = invite({ email, status }, caller, world, isDirectAllowed)
        // Most that are made are not read: to remember how each looks would keep the garbage collector busy.
        return memberShown(table.put({ id: world.ids.id(), account_id, ...invitation, ...grants }), world)
      },

      get: ({ params }) => present(found(params.account_id, params.member_id)),

      update({ params: { account_id, member_id }, body }) {
        const row = found(account_id, member_id)
        let grants = {}
        if ('policies' in body && body.policies) {
          grants = byPolicies(body.policies, row.policies, account_id, world)
        } else if ('roles' in body && body.roles) {
          const ids = body.roles.map(({ id }) => id)
          grants = byRoles(ids, account_id, world, 'INVALID_ROLES_UPDATE')
        }
        const everybody = world.store.table(members, account_id)
        return present(keepingSuperAdministrator(account_id, world, () => everybody.put({ ...row, ...grants })))
      },

      delete({ params: { account_id, member_id } }) {
        const row = found(account_id, member_id)
        removeMember(row, world)
        return { id: row.id }
      },
    }
  },
  {
    create: [
      ['/email', 'required', 'VALUE_REQUIRED', { name: 'email' }],
      ['/roles', 'required', 'VALUE_REQUIRED', { name: 'roles' }],
      ['/email', '*', 'INVALID_EMAIL'],
    ],
    update: [
      ['', '*', 'MEMBER_BAD_REQUEST'],
      ['/roles/*', 'type', 'MEMBER_BAD_REQUEST'],
    ],
    '*': [['**', '*', 'MEMBER_INVALID']],
  },
)
