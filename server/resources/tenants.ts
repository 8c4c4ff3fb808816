/** Tenants, their units and accounts, and the organizations that a user has in their place. */
import { accounts } from '../../schemas/accounts.ts'
import { organizations } from '../../schemas/organizations.ts'
import { operations, type Tenant, type TenantRow, tenants, tenantUnits } from '../../schemas/tenants.ts'
import { users } from '../../schemas/users.ts'
import { resource } from '../resource.ts'
import { actingUser } from '../rules/identity.ts'
import { nameOf, organizationsOf } from '../rules/organization-members.ts'
import { presentOrganization, presentOrganizationAccount } from '../rules/organizations.ts'
import { listed } from '../state/listed.ts'
import type { World } from '../state/world.ts'

export default resource('Tenants', operations, (world) => {
  // That it is the caller's is a matter of the stage `permission`.
  const found = ({ params }: { params: { tenant_id: string } }) =>
    world.store.table(tenants).get(params.tenant_id) as TenantRow

  return {
    get: (request) => presentTenant(found(request), world),

    listAccounts: (request) =>
      world.store
        .table(accounts)
        .where({ tenant_id: found(request).id })
        .map(presentOrganizationAccount),

    listAccountTypes: (request) => listed(found(request).account_types),

    getEntitlements: (request) => found(request).entitlements,

    listMemberships: (request) =>
      listed(
        found(request).administrators.flatMap((id) => {
          const user = world.store.table(users).get(id)
          return user ? [{ user_tag: id, user_email: user.email, user_name: nameOf(user) }] : []
        }),
      ),

    listOfUser({ caller }) {
      const own = organizationsOf(actingUser(caller, world).id, world)
      return world.store
        .table(organizations)
        .where({ parent_id: null })
        .filter(({ id }) => own.includes(id))
        .map((row) => presentOrganization(row, world))
    },
  }
})

function presentTenant(row: TenantRow, world: World): Tenant {
  const units = world.store.table(tenantUnits, row.id).all()
  return {
    tenant_tag: row.id,
    tenant_name: row.name,
    tenant_type: row.type,
    tenant_status: row.status,
    tenant_labels: row.labels,
    tenant_contacts: row.contacts,
    tenant_metadata: row.metadata,
    tenant_network: row.network,
    tenant_units: units.map(({ id, name, status, metadata, memberships }) => ({
      unit_tag: id,
      unit_name: name,
      unit_status: status,
      unit_metadata: metadata,
      unit_memberships: memberships,
    })),
    cdate: row.cdate,
    edate: row.edate,
    ...(row.customer_id !== undefined && { customer_id: row.customer_id }),
  }
}
