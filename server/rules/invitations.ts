/**
 * Invitations. One is a member that is pending: the invited person, known by e-mail address, accepts or rejects it, as
 * an invite or as a membership, until it lapses. ERRORS.md §7.2, EXTENDED.md §8.
 */
import { type MemberRow, members } from '../../schemas/members.ts'
import type { Caller } from '../../schemas/operation.ts'
import type { UserRow } from '../../schemas/users.ts'
import { INVITATION_DAYS } from '../assumed.ts'
import { fail } from '../errors.ts'
import type { World } from '../state/world.ts'
import { DAY, inWholeSeconds } from '../state/written-time.ts'
import { userBehind, userWith } from './identity.ts'
import { removeMember } from './leaving.ts'
import { membershipsOf } from './memberships.ts'
import { hasExpired } from './validity.ts'

/** What an invited person says. */
export type Response = 'accepted' | 'rejected'

type Invitation = Pick<MemberRow, 'status' | 'user' | 'invited_on' | 'expires_on' | 'invited_by'>

/**
 * What makes a new member of an account.
 * @param asked `pending` for an invitation, `accepted` for somebody who need not answer one
 * @param isDirectAllowed whether the account may add people who were not asked
 * @throws ApiFailure for `accepted` where that is not allowed
 * @example invite({ email: 'a@example.com', status: 'pending' }, caller, world) // { status, user, invited_on, … }
 */
export function invite(
  asked: { email: string; status: MemberRow['status'] },
  caller: Caller,
  world: World,
  isDirectAllowed = true,
): Invitation {
  const { email, status } = asked
  const known = userWith(email, world)
  const user = known ? asMember(known, email) : stranger(email)
  if (status === 'accepted') {
    if (!isDirectAllowed) throw fail('NO_DIRECT_MEMBERS')
    // Whoever is a member at once must be somebody; an invitation may go to nobody yet.
    return { status, user: { id: user.id ?? world.ids.id(), ...user } }
  }
  const { clock } = world
  const invited_by = userBehind(caller, world)?.email
  return {
    status,
    user,
    invited_on: clock.seconds(),
    expires_on: inWholeSeconds(clock.now() + INVITATION_DAYS * DAY),
    // A snapshot may know users with addresses that are too long to be shown.
    ...(invited_by !== undefined && invited_by.length <= 90 && { invited_by }),
  }
}

/** Whether an invitation can be answered no more. One that says no end does not lapse. */
export function isLapsed(row: MemberRow, world: World): boolean {
  return row.status === 'pending' && hasExpired(row, world)
}

/** What a user is a member of, or may still say yes to. An invitation that has lapsed is shown no more (ERRORS.md §7.2). */
export function membershipsNow(user: UserRow, world: World): MemberRow[] {
  return membershipsOf(user, world).filter((row) => !isLapsed(row, world))
}

/**
 * Answers an invitation: a yes makes the user a member, a no removes what was to become one. A second yes changes
 * nothing.
 * @param user who answers; that the invitation is theirs is found out before
 * @returns the member; after a no, the one that was removed
 * @throws ApiFailure when it has lapsed, and for a no of somebody who is a member by now
 */
export function answer(invitation: MemberRow, response: Response, user: UserRow, world: World): MemberRow {
  if (invitation.status === 'accepted') {
    if (response === 'rejected') throw fail('MEMBERSHIP_ACCEPTED')
    return invitation
  }
  if (isLapsed(invitation, world)) throw fail('INVITATION_EXPIRED')
  if (response === 'rejected') {
    removeMember(invitation, world)
    return invitation
  }
  const { invited_on: _, expires_on: __, invited_by: ___, ...member } = invitation
  return world.store.table(members).put({ ...member, status: 'accepted', user: asMember(user, invitation.user.email) })
}

/** A user as a member of an account. The address stays as it was invited: Terraform compares it. */
function asMember(user: UserRow, email: string): MemberRow['user'] {
  const { id, first_name, last_name, two_factor_authentication_enabled } = user
  return { id, email, first_name, last_name, two_factor_authentication_enabled }
}

/** Somebody who has never signed in. */
function stranger(email: string): MemberRow['user'] {
  return { email, first_name: null, last_name: null, two_factor_authentication_enabled: false }
}
