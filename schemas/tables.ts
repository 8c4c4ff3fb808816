/** Every collection that a world remembers, in the order in which snapshots list them. */
import { accounts, deletedAccounts, zones } from './accounts.ts'
import { auditLogs, productCategories } from './audit-logs.ts'
import { memberPermissionGroups, members, resourceGroups } from './members.ts'
import { organizations } from './organizations.ts'
import { permissionGroups } from './permission-groups.ts'
import { roles } from './roles.ts'
import { ratePlans, subscriptions } from './subscriptions.ts'
import type { TableKey } from './table.ts'
import { tokens } from './tokens.ts'
import { users } from './users.ts'

/** What belongs to the service itself and is the same in every world. */
export const CATALOGUE: readonly TableKey<{ id: string }>[] = [
  roles,
  memberPermissionGroups,
  permissionGroups,
  ratePlans,
  productCategories,
]

/** What people make. */
export const TABLES: readonly TableKey<{ id: string }>[] = [
  organizations,
  accounts,
  deletedAccounts,
  zones,
  users,
  resourceGroups,
  members,
  subscriptions,
  tokens,
  auditLogs,
]
