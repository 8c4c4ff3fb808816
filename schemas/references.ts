/** Which columns of rows name other rows. What a behaviour relies on, a snapshot must hold. */
import { accounts, zones } from './accounts.ts'
import { auditLogs } from './audit-logs.ts'
import { memberPermissionGroups } from './iam-permission-groups.ts'
import { members } from './members.ts'
import { organizationAuditLogs } from './organization-audit-logs.ts'
import { organizationMembers } from './organization-members.ts'
import { organizations } from './organizations.ts'
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

type Key = TableKey<{ id: string }>

/** An id in a row that names another row. */
export interface Reference {
  from: Key
  /** The column, `*` for each item of a list: `policies.*.resource_groups.*`. Where there is nothing, it names nothing. */
  at: string
  /** The collections, one of which must have it. */
  to: readonly Key[]
  /** Whether what it names must have the same owner. */
  isOwn?: true
  /** Whether it may also be written in upper or in lower case. */
  isCaseless?: true
}

/**
 * Every reference that holds at any time, whatever clients do. These are none: `parent_org_id` of accounts may be a
 * tenant unit that nothing here knows; `user.id` of members may be somebody who was never seen before; what audit
 * entries and placeholders name may have been deleted.
 */
export const REFERENCES: readonly Reference[] = [
  { from: organizations, at: 'parent_id', to: [organizations] },
  { from: organizationMembers, at: 'organization_id', to: [organizations] },
  { from: tenants, at: 'administrators.*', to: [users] },
  { from: tenantUnits, at: 'tenant_id', to: [tenants] },
  { from: accounts, at: 'tenant_id', to: [tenants] },
  { from: zones, at: 'account_id', to: [accounts] },
  { from: resourceGroups, at: 'account_id', to: [accounts] },
  { from: members, at: 'account_id', to: [accounts] },
  // A group without a role of its own counts as one, and a role without a group likewise.
  { from: members, at: 'roles.*', to: [roles, memberPermissionGroups] },
  { from: members, at: 'policies.*.permission_groups.*', to: [memberPermissionGroups, roles] },
  { from: members, at: 'policies.*.resource_groups.*', to: [resourceGroups], isOwn: true },
  { from: userGroups, at: 'account_id', to: [accounts] },
  { from: userGroups, at: 'policies.*.permission_groups.*', to: [memberPermissionGroups] },
  { from: userGroups, at: 'policies.*.resource_groups.*', to: [resourceGroups], isOwn: true },
  { from: userGroupMembers, at: 'account_id', to: [accounts] },
  { from: userGroupMembers, at: 'user_group_id', to: [userGroups], isOwn: true },
  { from: userGroupMembers, at: 'member_id', to: [members], isOwn: true },
  { from: subscriptions, at: 'account_id', to: [accounts] },
  { from: subscriptions, at: 'zone_id', to: [zones], isOwn: true },
  { from: subscriptions, at: 'rate_plan.id', to: [ratePlans], isCaseless: true },
  { from: userSubscriptions, at: 'user_id', to: [users] },
  { from: userSubscriptions, at: 'rate_plan.id', to: [ratePlans], isCaseless: true },
  { from: tokens, at: 'owner_id', to: [accounts, users] },
  { from: tokens, at: 'policies.*.permission_groups.*.id', to: [permissionGroups] },
  { from: auditLogs, at: 'account.id', to: [accounts] },
  { from: organizationAuditLogs, at: 'organization.id', to: [organizations] },
  { from: userAuditLogs, at: 'user.id', to: [users] },
]
