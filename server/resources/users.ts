/** The user who asks. */
import { members } from '../../schemas/members.ts'
import { operations, type User, type UserRow, users } from '../../schemas/users.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { actingUser } from '../rules/identity.ts'
import { membershipsNow } from '../rules/invitations.ts'
import { presentUserOrganization } from '../rules/user-organizations.ts'
import type { World } from '../state/world.ts'

export default resource('User', operations, (world) => ({
  get: ({ caller }) => presentUser(actingUser(caller, world), world),

  edit({ caller, body }) {
    const before = actingUser(caller, world)
    if (Object.keys(body).length === 0) throw fail('NOTHING_TO_UPDATE')
    const row = changed(before, body)
    world.store.table(users).put(row)
    rename(row, world)
    return presentUser(row, world)
  },
}))

/** A user with other details. Names may be null; of the rest, what is null is not kept. */
function changed(before: UserRow, asked: Partial<UserRow>): UserRow {
  const { country, telephone, zipcode, ...row } = { ...before, ...asked }
  return {
    ...row,
    ...(country != null && { country }),
    ...(telephone != null && { telephone }),
    ...(zipcode != null && { zipcode }),
  }
}

/** The members that a user is bear the name of the user. */
function rename({ id, first_name, last_name }: UserRow, world: World): void {
  const table = world.store.table(members)
  for (const row of table.where({ 'user.id': id }).all()) {
    table.put({ ...row, user: { ...row.user, first_name, last_name } })
  }
}

/** A user as the API shows it: without a trace of the key, with everything that is not set spelled out. */
function presentUser({ api_key_sha256: _key, ...row }: UserRow, world: World): User {
  const { id, email, first_name, last_name, country = null, telephone = null, zipcode = null, ...told } = row
  return {
    id,
    email,
    first_name,
    last_name,
    country,
    telephone,
    zipcode,
    two_factor_authentication_locked: false,
    suspended: false,
    has_pro_zones: false,
    has_business_zones: false,
    has_enterprise_zones: false,
    betas: [],
    ...told,
    organizations: membershipsNow(row, world).map((membership) => presentUserOrganization(membership, world)),
  }
}
