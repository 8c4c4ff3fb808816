/** Invitations of the user who asks. */
import { type AccountRow, accounts } from '../../schemas/accounts.ts'
import { type Invite, operations } from '../../schemas/invites.ts'
import type { MemberRow } from '../../schemas/members.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { rolesIn } from '../rules/grants.ts'
import { actingUser } from '../rules/identity.ts'
import { answer, isLapsed } from '../rules/invitations.ts'
import { membershipsOf, ownMembership } from '../rules/memberships.ts'
import { listed, mapped } from '../state/listed.ts'
import type { World } from '../state/world.ts'

const isInvitation = ({ status }: MemberRow) => status === 'pending'

export default resource("User's Invites", operations, (world) => ({
  list: ({ caller }) =>
    mapped(listed(membershipsOf(actingUser(caller, world), world).filter(isInvitation)), (row) => present(row, world)),

  get({ params, caller }) {
    const row = ownMembership(params.invite_id, actingUser(caller, world), world)
    if (!row || !isInvitation(row)) throw fail('INVITATION_NOT_FOUND')
    return present(row, world)
  },

  respond({ params, body, caller }) {
    const user = actingUser(caller, world)
    const row = ownMembership(params.invite_id, user, world)
    if (!row || !isInvitation(row)) throw fail('INVITATION_NOT_FOUND')
    const answered = answer(row, body.status, user, world)
    return { ...present({ ...row, user: answered.user }, world), status: body.status }
  },
}))

function present(row: MemberRow, world: World): Invite {
  const { id, account_id, user, invited_by, invited_on, expires_on } = row
  const account = world.store.table(accounts).get(account_id) as AccountRow
  return {
    id,
    invited_member_id: user.id ?? null,
    invited_member_email: user.email,
    organization_id: account_id,
    organization_name: account.name,
    organization_is_enforcing_twofactor: account.settings.enforce_twofactor,
    roles: rolesIn(row, world).map(({ name }) => name),
    ...(invited_by !== undefined && { invited_by }),
    ...(invited_on !== undefined && { invited_on }),
    ...(expires_on !== undefined && { expires_on }),
    status: isLapsed(row, world) ? 'expired' : 'pending',
  }
}
