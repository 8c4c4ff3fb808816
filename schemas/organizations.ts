/** Organizations: what accounts stand in, from the root down. CONTRACT.md §8.2 to §8.4 and §9.2. */
import { type Static, Type } from 'typebox'
import { DateTime, Direction, nullable, omittable, oneOf, pageTokenQuery, readOnly } from './fields.ts'
import { operation } from './operation.ts'
import { ACCOUNT_READERS } from './permissions.ts'
import { table } from './table.ts'

/** Organization ids need not be hexadecimal (CONTRACT.md, trap 25). */
export const OrganizationId = Type.String({
  description: 'Organization identifier.',
  example: 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8',
})

/** The business profile of an account or organization. The live service takes a part of it (CONTRACT.md §9.2). */
export const Profile = Type.Object(
  {
    business_name: omittable(Type.String()),
    business_email: omittable(Type.String()),
    business_phone: omittable(Type.String()),
    business_address: omittable(Type.String()),
    external_metadata: omittable(Type.String({ description: 'An opaque string of the owner’s own.' })),
  },
  { title: 'Profile' },
)
export type Profile = Static<typeof Profile>

const TenantFlags = Type.Object(
  {
    account_creation: Type.String(),
    account_deletion: Type.String(),
    account_migration: Type.String(),
    account_mobility: Type.String(),
    enterprise_capability: Type.String(),
    member_management: Type.String(),
    sub_org_creation: Type.String(),
  },
  { title: 'TenantFlags' },
)

export const Organization = Type.Object(
  {
    id: readOnly(OrganizationId),
    name: Type.String(),
    create_time: DateTime({ readOnly: true }),
    meta: readOnly(
      Type.Object(
        {
          hierarchy_tags: Type.Optional(
            Type.Array(Type.String(), { description: 'The ids from the root down to this one.' }),
          ),
          managed_by: Type.Optional(Type.String()),
          tenant_flags: Type.Optional(TenantFlags),
        },
        { additionalProperties: Type.Object({}) },
      ),
    ),
    parent: Type.Optional(Type.Object({ id: OrganizationId, name: readOnly(Type.String()) })),
    profile: Type.Optional(Profile),
  },
  { title: 'Organization' },
)
export type Organization = Static<typeof Organization>

/** An account as the organizations API shows it: all six settings, `null` where unset. */
export const OrganizationAccount = Type.Object(
  {
    id: Type.String(),
    name: nullable(Type.String()),
    type: oneOf(['standard', 'enterprise']),
    created_on: DateTime({ readOnly: true }),
    settings: Type.Object({
      abuse_contact_email: nullable(Type.String()),
      access_approval_expiry: nullable(DateTime()),
      api_access_enabled: nullable(Type.Boolean()),
      default_nameservers: nullable(Type.String({ deprecated: true })),
      enforce_twofactor: nullable(Type.Boolean()),
      use_account_custom_ns_by_default: nullable(Type.Boolean({ deprecated: true })),
    }),
  },
  { title: 'OrganizationAccount' },
)

export const OrganizationRow = Type.Object({
  // No longer than the accounts in it may say.
  id: Type.String({ maxLength: 32 }),
  name: Type.String(),
  create_time: DateTime(),
  parent_id: Type.Optional(Type.String()),
  managed_by: Type.Optional(Type.String()),
  tenant_flags: Type.Optional(TenantFlags),
  profile: Type.Optional(Profile),
})
export type OrganizationRow = Static<typeof OrganizationRow>

export const organizations = table('organizations', OrganizationRow)

const text = () => Type.Optional(Type.String())
const oldText = () => Type.Optional(Type.String({ deprecated: true }))

export const operations = {
  listOfAccount: operation({
    id: 'Accounts_listAccountOrganizations',
    method: 'GET',
    path: '/accounts/:account_id/organizations',
    summary: 'List account organizations',
    tag: 'Accounts',
    description: 'The organizations that hold an account: the root first, the one that directly holds it last.',
    family: 'organizations',
    permissions: ACCOUNT_READERS,
    security: ['api_key'],
    params: Type.Object({ account_id: Type.String({ description: 'Account identifier.' }) }),
    result: Type.Array(Organization),
    paging: 'single',
  }),

  listAccounts: operation({
    id: 'Organizations_getAccounts',
    method: 'GET',
    path: '/organizations/:organization_id/accounts',
    summary: 'Get organization accounts',
    description: 'The accounts that an organization directly holds. Text filters ignore case.',
    family: 'organizations',
    permissions: [],
    security: ['api_key'],
    params: Type.Object({ organization_id: OrganizationId }),
    query: Type.Object({
      account_pubname: oldText(),
      'account_pubname.startsWith': oldText(),
      'account_pubname.endsWith': oldText(),
      'account_pubname.contains': oldText(),
      name: text(),
      'name.startsWith': text(),
      'name.endsWith': text(),
      'name.contains': text(),
      order_by: Type.Optional(oneOf(['account_name'])),
      direction: Direction(),
      ...pageTokenQuery,
    }),
    result: Type.Array(OrganizationAccount),
    paging: 'token',
  }),
}
