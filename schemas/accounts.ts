/** Accounts: the tenants of the simulated cloud. CONTRACT.md §8.1 and §9.1. */
import { type Static, Type } from 'typebox'
import { DeletedId } from './envelope.ts'
import { DateTime, Direction, Id, nullable, omittable, oneOf, pageQuery, readOnly, tolerated } from './fields.ts'
import { operation } from './operation.ts'
import { OrganizationId } from './organizations.ts'
import { ACCOUNT_READERS, ACCOUNT_SETTINGS_WRITE } from './permissions.ts'
import { Profile } from './profile.ts'
import { table } from './table.ts'

export const AccountId = Id({ description: 'Account identifier.', example: '023e105f4ecef8ad9ca31a8372d0c353' })

/** The account id of operations whose schema does not limit its length. */
export const AnyAccountId = Type.String({
  description: 'Account identifier.',
  example: '023e105f4ecef8ad9ca31a8372d0c353',
})

export const AccountType = oneOf(['standard', 'enterprise'])

/** An account as the accounts API shows it. */
export const Account = Type.Object(
  {
    id: omittable(tolerated(AccountId, Type.String())),
    name: Type.String({ description: 'Account name.', minLength: 0, maxLength: 100, example: 'Demo Account' }),
    type: omittable(AccountType),
    created_on: Type.Optional(
      DateTime({ description: 'When the account was made.', readOnly: true, example: '2014-03-01T12:21:02.0000Z' }),
    ),
    managed_by: Type.Optional(
      Type.Object(
        {
          parent_org_id: Type.Optional(readOnly(Type.String({ maxLength: 32 }))),
          parent_org_name: Type.Optional(readOnly(Type.String())),
        },
        { description: 'The organization or tenant unit that holds the account.' },
      ),
    ),
    settings: Type.Optional(
      Type.Object(
        {
          abuse_contact_email: Type.Optional(
            tolerated(Type.String({ description: 'Where abuse reports go.' }), nullable(Type.String())),
          ),
          enforce_twofactor: Type.Optional(
            Type.Boolean({ description: 'Whether members must have a second factor.', default: false }),
          ),
        },
        { description: 'Account settings.' },
      ),
    ),
  },
  { title: 'Account' },
)
export type Account = Static<typeof Account>

/** An account as it is kept: with the settings that only the organizations API shows. */
export const AccountRow = Type.Object({
  id: Id(),
  name: Type.String({ maxLength: 100 }),
  type: AccountType,
  created_on: DateTime(),
  parent_org_id: Type.Optional(
    Type.String({ maxLength: 32, description: 'The organization or tenant unit that holds it.' }),
  ),
  tenant_id: Type.Optional(Type.String({ description: 'The tenant that it was made in.' })),
  public_name: Type.Optional(Type.String({ description: 'What `account_pubname` filters by, when not the name.' })),
  settings: Type.Object({
    abuse_contact_email: nullable(Type.String()),
    access_approval_expiry: nullable(DateTime()),
    api_access_enabled: nullable(Type.Boolean()),
    default_nameservers: nullable(Type.String()),
    enforce_twofactor: Type.Boolean(),
    use_account_custom_ns_by_default: nullable(Type.Boolean()),
  }),
  profile: Type.Optional(Profile),
})
export type AccountRow = Static<typeof AccountRow>

export const accounts = table('accounts', AccountRow)

/** The ids of accounts that were there and are gone. */
export const deletedAccounts = table('deleted_accounts', Type.Object({ id: Id() }))

/** A zone, known only by name: tokens, audit entries and zone subscriptions refer to it. */
export const zones = table('zones', Type.Object({ id: Id(), name: Type.String(), account_id: Type.String() }), {
  owner: 'account_id',
})

const KEY = ['api_key'] as const

export const operations = {
  list: operation({
    id: 'accounts-list-accounts',
    method: 'GET',
    path: '/accounts',
    summary: 'List Accounts',
    description: 'Lists the accounts that the caller may see.',
    family: 'iam',
    permissions: [],
    security: KEY,
    query: Type.Object({
      name: Type.Optional(Type.String({ description: 'Part of the name, in any case.', example: 'example.com' })),
      ...pageQuery,
      direction: Direction(),
    }),
    result: Type.Array(Account),
    paging: 'page',
  }),

  create: operation({
    id: 'account-creation',
    method: 'POST',
    path: '/accounts',
    summary: 'Create an account',
    description: 'Makes an account. Upstream, only tenant admins may.',
    family: 'iam',
    permissions: [],
    security: KEY,
    body: Type.Object(
      {
        name: Type.String({ description: 'Account name, at most 100 characters.' }),
        type: Type.Optional(AccountType),
        unit: Type.Optional(
          Type.Object(
            { id: Type.Optional(Type.String({ example: 'f267e341f3dd4697bd3b9f71dd96247f' })) },
            { description: 'The tenant unit that the account is made for.' },
          ),
        ),
      },
      { title: 'AccountCreation' },
    ),
    result: Account,
  }),

  get: operation({
    id: 'accounts-account-details',
    method: 'GET',
    path: '/accounts/:account_id',
    summary: 'Account Details',
    family: 'iam',
    permissions: ACCOUNT_READERS,
    security: KEY,
    params: Type.Object({ account_id: AccountId }),
    result: Account,
  }),

  update: operation({
    id: 'accounts-update-account',
    method: 'PUT',
    path: '/accounts/:account_id',
    summary: 'Update Account',
    description: 'Renames an account and changes its settings; what is left out stays as it is.',
    family: 'iam',
    permissions: ACCOUNT_SETTINGS_WRITE,
    security: KEY,
    params: Type.Object({ account_id: AccountId }),
    body: Account,
    result: Account,
  }),

  delete: operation({
    id: 'account-deletion',
    method: 'DELETE',
    path: '/accounts/:account_id',
    summary: 'Delete a specific account',
    description: 'Deletes an account and everything it owns, for good. Upstream, only tenant admins may.',
    family: 'iam',
    permissions: ACCOUNT_SETTINGS_WRITE,
    security: KEY,
    params: Type.Object({ account_id: AnyAccountId }),
    result: DeletedId,
  }),

  batchMove: operation({
    id: 'Accounts_batchMoveAccounts',
    method: 'POST',
    path: '/accounts/move',
    summary: 'Batch move accounts',
    description: 'Moves several accounts into an organization. Upstream says that it is not implemented.',
    family: 'organizations',
    permissions: [],
    security: KEY,
    body: Type.Object(
      {
        account_ids: Type.Array(Type.String(), { description: 'The accounts to move.' }),
        destination_organization_id: OrganizationId,
      },
      { title: 'BatchMove' },
    ),
    result: Type.Object(
      {
        statuses: Type.Object({
          tag: Type.String({ description: 'The first account that was not moved, else the last one.' }),
          moved: Type.Boolean(),
          message: Type.Optional(Type.String()),
        }),
      },
      { title: 'BatchMoveResult' },
    ),
  }),

  move: operation({
    id: 'Accounts_moveAccounts',
    method: 'POST',
    path: '/accounts/:account_id/move',
    summary: 'Move account',
    description: 'Moves an account within its hierarchy of organizations, or into one.',
    family: 'organizations',
    permissions: [],
    security: KEY,
    params: Type.Object({ account_id: AnyAccountId }),
    body: Type.Object({ destination_organization_id: OrganizationId }, { title: 'Move' }),
    result: Type.Object(
      {
        account_id: Type.String(),
        source_organization_id: Type.String({ description: 'Empty for an account outside any organization.' }),
        destination_organization_id: Type.String(),
      },
      { title: 'MoveResult' },
    ),
  }),

  getProfile: operation({
    id: 'Accounts_getAccountProfile',
    method: 'GET',
    path: '/accounts/:account_id/profile',
    summary: 'Get account profile',
    family: 'organizations',
    permissions: ACCOUNT_READERS,
    security: KEY,
    params: Type.Object({ account_id: AnyAccountId }),
    result: Profile,
  }),

  updateProfile: operation({
    id: 'Accounts_modifyAccountProfile',
    method: 'PUT',
    path: '/accounts/:account_id/profile',
    summary: 'Modify account profile',
    description: 'Changes the profile; fields that are left out or empty stay as they are.',
    family: 'organizations',
    permissions: ACCOUNT_SETTINGS_WRITE,
    security: KEY,
    params: Type.Object({ account_id: AnyAccountId }),
    body: Profile,
    result: Type.Object({}),
    status: 204,
  }),
}
