/** What organizations and the accounts in them look like from outside. CONTRACT.md §8.2 and §8.3. */
import type { Static } from 'typebox'
import type { AccountRow } from '../../schemas/accounts.ts'
import {
  type Organization,
  type OrganizationAccount,
  type OrganizationRow,
  organizations,
} from '../../schemas/organizations.ts'
import { remembered, rememberedWith } from '../state/remembered.ts'
import { hierarchy } from './hierarchy.ts'

/** An organization. Without a profile when it never had one, since Terraform would take an empty one for a change. */
export const presentOrganization = rememberedWith([organizations], (row: OrganizationRow, world): Organization => {
  const chain = hierarchy(row.id, world)
  const parent = chain.at(-2)
  return {
    id: row.id,
    name: row.name,
    create_time: row.create_time,
    meta: {
      hierarchy_tags: chain.map(({ id }) => id),
      ...(row.managed_by !== undefined && { managed_by: row.managed_by }),
      ...(row.tenant_flags && { tenant_flags: row.tenant_flags }),
    },
    ...(parent && { parent: { id: parent.id, name: parent.name } }),
    ...(row.profile && { profile: row.profile }),
  }
})

/** An account with all six settings, as organizations and tenants show theirs. */
export const presentOrganizationAccount = remembered(
  ({ id, name, type, settings, created_on }: AccountRow): Static<typeof OrganizationAccount> => ({
    id,
    name,
    type,
    settings,
    created_on,
  }),
)
