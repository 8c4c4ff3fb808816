/** Members of accounts. */
import { type MemberRow, members, operations } from '../../schemas/members.ts'
import { users } from '../../schemas/users.ts'
import { EMAIL } from '../assumed.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { byPolicies, byRoles, isSuperAdministrator, presentMember } from '../rules/grants.ts'
import type { World } from '../state/world.ts'

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

      create({ params: { account_id }, body }) {
        const { email, status = 'pending' } = body
        if (!EMAIL.test(email)) throw fail('INVALID_EMAIL')
        const table = world.store.table(members, account_id)
        const [before] = table.where({ 'user.email:lower': email.toLowerCase() }).slice(0, 1)
        if (before) {
          // An example server lets the documented person be added again; see the option `stateless`.
          if (!world.stateless) throw fail('MEMBER_EXISTS')
          table.delete(before.id)
        }
        // Where both are sent, policies win.
        const grants =
          'policies' in body && body.policies
            ? byPolicies(body.policies, [], account_id, world)
            : byRoles('roles' in body ? body.roles : [], account_id, world, 'INVALID_ROLES')
        return present(
          table.put({ id: world.ids.id(), account_id, status, user: person(email, status, world), ...grants }),
        )
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
        const changed: MemberRow = { ...row, ...grants }
        if (!isSuperAdministrator(changed)) keepOneSuperAdministrator(row, world)
        return present(world.store.table(members, account_id).put(changed))
      },

      delete({ params: { account_id, member_id } }) {
        const row = found(account_id, member_id)
        keepOneSuperAdministrator(row, world)
        world.store.table(members, account_id).delete(row.id)
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

/** The person behind an e-mail address: a user that is known, or one who has never signed in. */
function person(email: string, status: MemberRow['status'], world: World): MemberRow['user'] {
  const [user] = world.store.table(users).where({ 'email:lower': email.toLowerCase() }).slice(0, 1)
  if (user) {
    const { id, first_name, last_name, two_factor_authentication_enabled } = user
    return { id, email, first_name, last_name, two_factor_authentication_enabled }
  }
  return {
    // Whoever is a member at once must be somebody; an invitation may go to nobody yet.
    ...(status === 'accepted' && { id: world.ids.id() }),
    email,
    first_name: null,
    last_name: null,
    two_factor_authentication_enabled: false,
  }
}

/** An account is never left without somebody who can manage it. */
function keepOneSuperAdministrator(leaving: MemberRow, world: World): void {
  if (leaving.status !== 'accepted' || !isSuperAdministrator(leaving)) return
  const [other] = world.store
    .table(members, leaving.account_id)
    .where({ status: 'accepted' })
    .filter((row) => row.id !== leaving.id && isSuperAdministrator(row))
    .slice(0, 1)
  if (!other) throw fail('LAST_SUPER_ADMINISTRATOR')
}
