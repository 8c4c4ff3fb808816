/** Organizations: what accounts stand in, from the root down. CONTRACT.md §8.2 to §8.4 and §9.2, EXTENDED.md §4. */
import { type Static, Type } from 'typebox'
import { DateTime, Direction, nullable, oneOf, pageTokenQuery, readOnly } from './fields.ts'
import { operation } from './operation.ts'
import { ACCOUNT_READERS, USER_DETAILS_READ, USER_DETAILS_WRITE } from './permissions.ts'
import { Profile } from './profile.ts'
import { table } from './table.ts'

/** Organization ids need not be hexadecimal (CONTRACT.md, trap 25). */
export const OrganizationId = Type.String({
  description: 'Organization identifier.',
  example: 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8',
})

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

/** The ids of organizations that were there and are gone. */
export const deletedOrganizations = table('deleted_organizations', Type.Object({ id: Type.String() }))

const text = (description?: string) => Type.Optional(Type.String(description === undefined ? {} : { description }))
const oldText = () => Type.Optional(Type.String({ deprecated: true }))

const params = Type.Object({ organization_id: OrganizationId })

/** What all operations on organizations themselves have in common. */
const ORGANIZATIONS = { neighbour: true, family: 'organizations', security: ['api_key'] } as const

export const operations = {
  list: operation({
    ...ORGANIZATIONS,
    id: 'Organization_listOrganizations',
    method: 'GET',
    path: '/organizations',
    summary: 'List organizations the user has access to',
    description:
      'Lists organizations, the oldest first. All filters must hold. `name` looks at case, its other forms do not. What stands in a sub-organization is contained in all organizations above it too.',
    permissions: USER_DETAILS_READ,
    security: ['api_token', 'api_key'],
    query: Type.Object({
      id: Type.Optional(
        Type.Array(OrganizationId, { description: 'Only these: repeated, or with commas between them.' }),
      ),
      name: text('The whole name, in this case.'),
      'name.startsWith': text(),
      'name.endsWith': text(),
      'name.contains': text(),
      'containing.account': text('Only those that hold this account.'),
      'containing.user': text('Only those that this user is an active member of, and those above them.'),
      'containing.organization': text('Only those above this one.'),
      'parent.id': Type.Optional(
        Type.Union([OrganizationId, oneOf(['null'])], {
          description: 'Only those directly below this one; `null` for root organizations.',
        }),
      ),
      ...pageTokenQuery,
    }),
    result: Type.Array(Organization),
    paging: 'token',
  }),

  create: operation({
    ...ORGANIZATIONS,
    id: 'Organizations_createUserOrganization',
    method: 'POST',
    path: '/organizations',
    summary: 'Create organization',
    description: 'Makes an organization, at the root or below another. Whoever makes it becomes its first member.',
    permissions: USER_DETAILS_WRITE,
    body: Organization,
    result: Organization,
  }),

  get: operation({
    ...ORGANIZATIONS,
    id: 'Organizations_retrieve',
    method: 'GET',
    path: '/organizations/:organization_id',
    summary: 'Get organization',
    permissions: [],
    params,
    result: Organization,
  }),

  update: operation({
    ...ORGANIZATIONS,
    id: 'Organizations_modify',
    method: 'PUT',
    path: '/organizations/:organization_id',
    summary: 'Modify organization.',
    description: 'Renames an organization. Nothing but the name is looked at.',
    permissions: [],
    params,
    body: Organization,
    result: Organization,
  }),

  delete: operation({
    ...ORGANIZATIONS,
    id: 'Organizations_delete',
    method: 'DELETE',
    path: '/organizations/:organization_id',
    summary: 'Delete organization.',
    description:
      'Deletes an organization that has no sub-organizations, no accounts and no members but the one who deletes it.',
    permissions: [],
    params,
    result: Type.Object(
      { id: Type.String({ description: 'The id of what is gone.' }) },
      { title: 'DeletedOrganization' },
    ),
  }),

  getProfile: operation({
    ...ORGANIZATIONS,
    id: 'Organizations_getProfile',
    method: 'GET',
    path: '/organizations/:organization_id/profile',
    summary: 'Get organization profile',
    permissions: [],
    params,
    result: Profile,
  }),

  updateProfile: operation({
    ...ORGANIZATIONS,
    id: 'Organizations_modifyProfile',
    method: 'PUT',
    path: '/organizations/:organization_id/profile',
    summary: 'Modify organization profile.',
    description: 'Changes the profile; fields that are left out or empty stay as they are.',
    permissions: [],
    params,
    body: Profile,
    result: Type.Object({}),
    status: 204,
  }),

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
