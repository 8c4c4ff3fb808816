/** Which accounts a tenant has, and who may make and delete them. ERRORS.md §2.3 and §7.1. */
import { type AccountRow, accounts } from '../../schemas/accounts.ts'
import { type TenantRow, tenants, tenantUnits } from '../../schemas/tenants.ts'
import type { UserRow } from '../../schemas/users.ts'
import { type FailureName, fail, NO_USER } from '../errors.ts'
import { derived } from '../state/derived.ts'
import type { World } from '../state/world.ts'
import { managesOrganization } from './organization-members.ts'

/** The tenants that a user administers, ordered by id. */
export const tenantsOf = derived([tenants], (user: UserRow, world): readonly TenantRow[] =>
  world.store
    .table(tenants)
    .filter(({ administrators }) => administrators.includes(user.id))
    .all(),
)

/** The tenant that an account is made in: that of the unit it is made for, else the first one of whoever makes it. */
export function tenantFor(unit_id: string | undefined, maker: UserRow | undefined, world: World): string | undefined {
  const unit = unit_id === undefined ? undefined : world.store.table(tenantUnits).get(unit_id)
  return unit?.tenant_id ?? (maker && tenantsOf(maker, world)[0]?.id)
}

/** Whether a user administers the tenant that an account was made in. */
export function administersTenantOf(user: UserRow, { tenant_id }: AccountRow, world: World): boolean {
  return tenant_id !== undefined && tenantsOf(user, world).some(({ id }) => id === tenant_id)
}

/**
 * Only administrators of a tenant make accounts, and only for units of theirs or for organizations that they manage.
 * Where credentials need not exist, nobody is held to it.
 * @param user who asks; undefined when the credential belongs to no user
 * @param unit_id what was sent as `unit.id`
 * @throws ApiFailure 403, 1002
 */
export function checkAccountCreation(user: UserRow | undefined, unit_id: string | undefined, world: World): void {
  const name = 'ACCOUNT_CREATION_FORBIDDEN'
  if (!user) throw fail(name, {}, { denied: NO_USER })
  const own = tenantsOf(user, world)
  if (own.length === 0) throw notTheirs(name, `${user.email} administers no tenant`)
  if (!unit_id) return
  const unit = world.store.table(tenantUnits).get(unit_id)
  const isOwn = unit ? own.some(({ id }) => id === unit.tenant_id) : managesOrganization(user, unit_id, world)
  if (!isOwn) throw notTheirs(name, `${user.email} neither administers the tenant of the unit nor manages it`)
}

/**
 * Only administrators of its tenant delete an account; one outside any tenant is there to stay. Where credentials need
 * not exist, nobody is held to it.
 * @throws ApiFailure 403, 1002
 */
export function checkAccountDeletion(user: UserRow | undefined, account_id: string, world: World): void {
  const row = world.store.table(accounts).get(account_id)
  const name = 'ACCOUNT_DELETION_FORBIDDEN'
  if (!user) throw fail(name, {}, { denied: NO_USER })
  if (!row || !administersTenantOf(user, row, world)) {
    throw notTheirs(name, `${user.email} administers no tenant that the account is in`)
  }
}

const notTheirs = (name: FailureName, reason: string) => fail(name, {}, { denied: { reason, permission_groups: [] } })
