/** What an operation is about: there its permissions are looked up. */
import { type AccountRow, accounts, zones } from '../../schemas/accounts.ts'
import type { Operation } from '../../schemas/operation.ts'
import { organizations } from '../../schemas/organizations.ts'
import { tenants } from '../../schemas/tenants.ts'
import { remembered } from '../state/remembered.ts'
import type { World } from '../state/world.ts'

/** `none` is what every caller has: a list that shows each caller their own, a first account. */
export type Target =
  | { kind: 'account'; account_id: string }
  | { kind: 'zone'; account_id: string; zone_id: string }
  | { kind: 'organization'; organization_id: string }
  | { kind: 'tenant'; tenant_id: string }
  | { kind: 'user' }
  | { kind: 'none' }

type Params = Readonly<Record<string, string>>

/** What belongs to the user who asks. Organizations are listed and made with what opens the user's details. */
const OF_THE_USER = /^\/(?:user(?:\/|$)|memberships(?:\/|$)|organizations$)/

/**
 * What a request is about.
 * @param params those of the path, placeholders resolved
 * @returns undefined when the path names something that there is not; for what there is the same object each time, so
 * that what follows from it can be remembered
 * @example targetOf(operations.get, { account_id }, world) // { kind: 'account', account_id }
 */
export function targetOf({ path }: Operation, params: Params, world: World): Target | undefined {
  const { account_id, organization_id, tenant_id, account_or_zone_id, accounts_or_zones } = params
  if (account_id !== undefined) return account(account_id, world)
  if (accounts_or_zones === 'zones') return zone(account_or_zone_id, world)
  if (account_or_zone_id !== undefined) return account(account_or_zone_id, world)
  // An organization of the user's own, in the old sense of the word, is looked for among theirs.
  if (OF_THE_USER.test(path)) return USER
  if (tenant_id !== undefined) return world.store.table(tenants).get(tenant_id) && { kind: 'tenant', tenant_id }
  if (organization_id === undefined) return NONE
  return world.store.table(organizations).get(organization_id) && { kind: 'organization', organization_id }
}

const USER: Target = { kind: 'user' }
const NONE: Target = { kind: 'none' }

const ofAccount = remembered(({ id }: AccountRow): Target => ({ kind: 'account', account_id: id }))
const ofZone = remembered(
  ({ id, account_id }: { id: string; account_id: string }): Target => ({ kind: 'zone', account_id, zone_id: id }),
)

function account(id: string, world: World): Target | undefined {
  const row = world.store.table(accounts).get(id)
  return row && ofAccount(row)
}

function zone(id = '', world: World): Target | undefined {
  const row = world.store.table(zones).get(id)
  return row && ofZone(row)
}
