/** Who manages an organization: its active members, and those of the organizations above it. */
import {
  type NewMember,
  type OrganizationMember,
  type OrganizationMemberRow,
  organizationMembers,
} from '../../schemas/organization-members.ts'
import { organizations } from '../../schemas/organizations.ts'
import { type UserRow, users } from '../../schemas/users.ts'
import { EMAIL } from '../assumed.ts'
import { Capped } from '../capped.ts'
import { fail } from '../errors.ts'
import { derived } from '../state/derived.ts'
import { rememberedWith } from '../state/remembered.ts'
import type { World } from '../state/world.ts'
import { hierarchy } from './hierarchy.ts'
import { userWith } from './identity.ts'
import { orderedId } from './ordered-id.ts'

/** Somebody who was invited, or is a member. Whoever has refused, or was sent away, is neither. */
const PRESENT: readonly OrganizationMemberRow['status'][] = ['active', 'pending']

/** Those who are members of an organization or invited to it, those of other organizations left aside. */
export function presentMembers(organization_id: string, world: World): OrganizationMemberRow[] {
  return world.store
    .table(organizationMembers, organization_id)
    .filter(({ status }) => PRESENT.includes(status))
    .all()
}

/** The ids of the organizations that a user is an active member of. */
export function organizationsOf(user_id: string, world: World): string[] {
  return world.store
    .table(organizationMembers)
    .where({ 'user.id': user_id, status: 'active' })
    .all()
    .map(({ organization_id }) => organization_id)
}

/** How many organizations of a user are remembered. */
const MOST = 1000

const managed = derived([organizations, organizationMembers], (user: UserRow, world) => ({
  own: new Set(organizationsOf(user.id, world)),
  known: new Capped<string, boolean>(MOST),
}))

/** Whether a user is an active member of an organization, or of one above it. */
export function managesOrganization(user: UserRow, organization_id: string, world: World): boolean {
  const { own, known } = managed(user, world)
  let found = known.get(organization_id)
  if (found === undefined) {
    found = hierarchy(organization_id, world).some(({ id }) => own.has(id))
    known.set(organization_id, found)
  }
  return found
}

/**
 * Adds somebody to an organization. An entry of theirs that was refused or ended gives way.
 * @throws ApiFailure when the address cannot be one, or belongs to somebody who is a member already, or invited
 */
export function addMember(
  organization_id: string,
  { user: { email }, status = 'pending' }: Omit<NewMember, 'status'> & { status?: OrganizationMemberRow['status'] },
  world: World,
): OrganizationMemberRow {
  // An example server takes the `email` of the Go SDK's own suite for an address; see the option `stateless`.
  if (!EMAIL.test(email) && !world.stateless) throw fail('INVALID_EMAIL')
  const caseless = email.toLowerCase()
  const table = world.store.table(organizationMembers, organization_id)
  for (const before of table.where({ 'user.email:lower': caseless }).all()) {
    // And it lets somebody be added again.
    if (PRESENT.includes(before.status) && !world.stateless) throw fail('ORGANIZATION_MEMBER_EXISTS')
    table.delete(before.id)
  }
  const known = userWith(email, world)
  const now = world.clock.iso()
  return table.put({
    id: orderedId(world),
    organization_id,
    status,
    user: { id: known?.id ?? world.ids.id(), email: known?.email ?? email },
    create_time: now,
    update_time: now,
  })
}

/** What a member looks like from outside. */
export const presentOrganizationMember = rememberedWith(
  [users],
  (row: OrganizationMemberRow, world): OrganizationMember => {
    const { id, status, user, create_time, update_time } = row
    const known = world.store.table(users).get(user.id)
    return {
      id,
      status,
      user: {
        ...user,
        name: nameOf(known),
        two_factor_authentication_enabled: known?.two_factor_authentication_enabled ?? false,
      },
      meta: {},
      create_time,
      update_time,
    }
  },
)

/** First and last name, as far as somebody has said them. */
export function nameOf(user: UserRow | undefined): string {
  return [user?.first_name, user?.last_name].filter((name) => name).join(' ')
}
