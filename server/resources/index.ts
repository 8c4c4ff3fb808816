/** Every resource of the API. A new one is one line here. */
import type { Resource } from '../resource.ts'
import accounts from './accounts.ts'
import auditLogs from './audit-logs.ts'
import members from './members.ts'
import organizations from './organizations.ts'
import permissionGroups from './permission-groups.ts'
import roles from './roles.ts'
import subscriptions from './subscriptions.ts'
import tokens from './tokens.ts'

export const resources: readonly Resource[] = [
  accounts,
  organizations,
  members,
  roles,
  subscriptions,
  tokens,
  permissionGroups,
  auditLogs,
]
