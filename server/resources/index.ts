/** Every resource of the API. A new one is one line here. */
import type { Resource } from '../resource.ts'
import accounts from './accounts.ts'
import auditLogs from './audit-logs.ts'
import iamPermissionGroups from './iam-permission-groups.ts'
import invites from './invites.ts'
import members from './members.ts'
import memberships from './memberships.ts'
import organizationAuditLogs from './organization-audit-logs.ts'
import organizationMembers from './organization-members.ts'
import organizations from './organizations.ts'
import permissionGroups from './permission-groups.ts'
import resourceGroups from './resource-groups.ts'
import roles from './roles.ts'
import subscriptions from './subscriptions.ts'
import tenants from './tenants.ts'
import tokens from './tokens.ts'
import userAuditLogs from './user-audit-logs.ts'
import userGroupMembers from './user-group-members.ts'
import userGroups from './user-groups.ts'
import userOrganizations from './user-organizations.ts'
import userSubscriptions from './user-subscriptions.ts'
import userTokens from './user-tokens.ts'
import users from './users.ts'

export const resources: readonly Resource[] = [
  accounts,
  organizations,
  organizationMembers,
  tenants,
  members,
  roles,
  iamPermissionGroups,
  resourceGroups,
  userGroups,
  userGroupMembers,
  subscriptions,
  tokens,
  permissionGroups,
  auditLogs,
  organizationAuditLogs,
  users,
  userTokens,
  userSubscriptions,
  invites,
  memberships,
  userOrganizations,
  userAuditLogs,
]
