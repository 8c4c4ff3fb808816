/** Accounts in the form in which the accounts API and memberships show them. */
import type { Account, AccountRow } from '../../schemas/accounts.ts'
import { organizations } from '../../schemas/organizations.ts'
import { tenantUnits } from '../../schemas/tenants.ts'
import { rememberedWith } from '../state/remembered.ts'
import type { World } from '../state/world.ts'

/** What an account looks like from outside. Fields that are not set are left out, since none may be null. */
export const presentAccount = rememberedWith([organizations, tenantUnits], (row: AccountRow, world): Account => {
  const { abuse_contact_email, enforce_twofactor } = row.settings
  const { parent_org_id } = row
  const parent = parent_org_id === undefined ? undefined : holder(parent_org_id, world)
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    settings: { enforce_twofactor, ...(abuse_contact_email !== null && { abuse_contact_email }) },
    ...(parent_org_id !== undefined && {
      managed_by: { parent_org_id, ...(parent && { parent_org_name: parent.name }) },
    }),
    created_on: row.created_on,
  }
})

/** The organization or tenant unit of an id. An account may be made for a unit that nothing here knows. */
function holder(id: string, world: World): { name: string } | undefined {
  return world.store.table(organizations).get(id) ?? world.store.table(tenantUnits).get(id)
}
