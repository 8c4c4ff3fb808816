/** Who gets at an account without being a member of it. */
import type { AccountRow } from '../../schemas/accounts.ts'
import type { UserRow } from '../../schemas/users.ts'
import { TENANT_ADMINISTRATORS_GET_IN } from '../assumed.ts'
import type { World } from '../state/world.ts'
import { managesOrganization } from './organization-members.ts'
import { administersTenantOf } from './tenancy.ts'

/**
 * Whether a user has the rights of a Super Administrator in an account by what the account stands in: as an active
 * member of an organization above it (the published guide to organizations calls it implicit access), or as an
 * administrator of its tenant, which is assumed.
 */
export function hasImplicitAccess(user: UserRow, account: AccountRow, world: World): boolean {
  const { parent_org_id } = account
  if (parent_org_id !== undefined && managesOrganization(user, parent_org_id, world)) return true
  return TENANT_ADMINISTRATORS_GET_IN && administersTenantOf(user, account, world)
}
