/** Every collection that a world remembers, in the order in which snapshots list them. */
import { accounts, deletedAccounts, zones } from './accounts.ts'
import { auditLogs, productCategories } from './audit-logs.ts'
import { memberPermissionGroups } from './iam-permission-groups.ts'
import { members } from './members.ts'
import { organizationAuditLogs } from './organization-audit-logs.ts'
import { organizationMembers } from './organization-members.ts'
import { deletedOrganizations, organizations } from './organizations.ts'
import { permissionGroups } from './permission-groups.ts'
import { resourceGroups } from './resource-groups.ts'
import { roles } from './roles.ts'
import { ratePlans, subscriptions } from './subscriptions.ts'
import type { TableKey } from './table.ts'
import { tenants, tenantUnits } from './tenants.ts'
import { tokens } from './tokens.ts'
import { userAuditLogs } from './user-audit-logs.ts'
import { userGroupMembers } from './user-group-members.ts'
import { userGroups } from './user-groups.ts'
import { userSubscriptions } from './user-subscriptions.ts'
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
  users,
  organizations,
  deletedOrganizations,
  organizationMembers,
  tenants,
  tenantUnits,
  accounts,
  deletedAccounts,
  zones,
  resourceGroups,
  members,
  userGroups,
  userGroupMembers,
  subscriptions,
  userSubscriptions,
  tokens,
  auditLogs,
  organizationAuditLogs,
  userAuditLogs,
]

/** Those of {@link TABLES} that came after the first release: documents of version 1 may lack them. */
export const LATER: readonly TableKey<{ id: string }>[] = [
  deletedOrganizations,
  organizationMembers,
  tenants,
  tenantUnits,
  userGroups,
  userGroupMembers,
  userSubscriptions,
  organizationAuditLogs,
  userAuditLogs,
]
