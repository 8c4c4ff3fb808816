/** Where accounts may move, and who moves them. CONTRACT.md §9.2, ERRORS.md §7.8. */
import { type AccountRow, accounts, operations } from '../../schemas/accounts.ts'
import { type OrganizationRow, organizations } from '../../schemas/organizations.ts'
import { tenantUnits } from '../../schemas/tenants.ts'
import type { UserRow } from '../../schemas/users.ts'
import { fail, NO_USER } from '../errors.ts'
import type { World } from '../state/world.ts'
import { hierarchy } from './hierarchy.ts'
import { managesOrganization } from './organization-members.ts'
import { userMay } from './user-rights.ts'

/** How many accounts there may be in a hierarchy of organizations. */
const MOST_ACCOUNTS = 500

/**
 * The organization that somebody named as a destination.
 * @throws ApiFailure when there is none
 */
export function destinationOf(sent: string, world: World): string {
  const id = world.resolve(organizations, sent)
  if (!world.store.table(organizations).get(id)) throw fail('DESTINATION_NOT_FOUND')
  return id
}

/**
 * Only those who manage an organization bring accounts into it. Where credentials need not exist, nobody is held to it.
 * @param mover who asks; undefined for the token of an account, which manages no organization
 * @throws ApiFailure 403, 10000
 */
export function checkDestination(mover: UserRow | undefined, destination: string, world: World): void {
  if (mover && managesOrganization(mover, destination, world)) return
  const reason = `${mover?.email} is no member of the destination or of an organization above it`
  throw fail('AUTHENTICATION', {}, { denied: mover ? { reason, permission_groups: [] } : NO_USER })
}

/** Whether an account is a user's to move: what is asked for each account of several is what is asked for one alone. */
export function mayMove(mover: UserRow, account_id: string, world: World): boolean {
  return userMay(mover, operations.move, { kind: 'account', account_id }, world).isAllowed
}

/**
 * Moves an account within its hierarchy, or into one when it stands in none.
 * @throws ApiFailure when the account stands in another hierarchy or in a tenant unit, or when the hierarchy is full
 */
export function moveAccount(row: AccountRow, destination: string, world: World): void {
  const { parent_org_id } = row
  const [from] = hierarchy(parent_org_id, world)
  const [into] = hierarchy(destination, world)
  if (from && from.id !== into?.id) throw fail('OTHER_HIERARCHY')
  if (!from) {
    // A unit that nothing here knows holds nobody back.
    if (parent_org_id !== undefined && world.store.table(tenantUnits).get(parent_org_id))
      throw fail('ACCOUNT_IN_TENANT')
    checkRoom(into, world)
  }
  world.store.table(accounts).put({ ...row, parent_org_id: destination })
}

/**
 * Whether one account more may come into a hierarchy.
 * @param root the organization at its top; undefined outside any hierarchy, where there is always room
 * @throws ApiFailure when it is full
 */
export function checkRoom(root: OrganizationRow | undefined, world: World): void {
  if (root && countAccounts(root, world) >= MOST_ACCOUNTS) throw fail('ORGANIZATION_FULL', { limit: MOST_ACCOUNTS })
}

/** The accounts in an organization at the root, and in all organizations below it. */
function countAccounts(root: OrganizationRow, world: World): number {
  const all = world.store.table(accounts)
  return world.store
    .table(organizations)
    .filter(({ id }) => hierarchy(id, world)[0]?.id === root.id)
    .all()
    .reduce((sum, { id }) => sum + all.where({ parent_org_id: id }).total(), 0)
}
