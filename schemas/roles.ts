/** Roles: a fixed catalogue, the same in every account. Deprecated upstream. CONTRACT.md §8.6 and §9.4. */
import { type Static, Type } from 'typebox'
import { AccountId } from './accounts.ts'
import { pageQuery, readOnly, ShortId } from './fields.ts'
import { operation } from './operation.ts'
import { MEMBERS_READ } from './permissions.ts'
import { table } from './table.ts'

export const RoleId = ShortId({ description: 'Role identifier.', example: '3536bcfad5faccb999b47003c79917fb' })

const Grants = Type.Optional(
  Type.Object({ read: Type.Optional(Type.Boolean()), write: Type.Optional(Type.Boolean()) }, { title: 'Grants' }),
)

/** What a role may read and write, area by area. */
export const Permissions = Type.Object(
  {
    analytics: Grants,
    billing: Grants,
    cache_purge: Grants,
    dns: Grants,
    dns_records: Grants,
    lb: Grants,
    logs: Grants,
    organization: Grants,
    ssl: Grants,
    waf: Grants,
    zone_settings: Grants,
    zones: Grants,
  },
  { title: 'Permissions' },
)

export const Role = Type.Object(
  {
    id: RoleId,
    name: readOnly(Type.String({ maxLength: 120 })),
    description: readOnly(Type.String()),
    permissions: readOnly(Permissions),
  },
  { title: 'Role' },
)
export type Role = Static<typeof Role>

export const roles = table('roles', Role)

export const operations = {
  list: operation({
    id: 'account-roles-list-roles',
    method: 'GET',
    path: '/accounts/:account_id/roles',
    summary: 'List Roles',
    description: 'All roles that members of the account can have.',
    deprecated: true,
    family: 'iam',
    permissions: MEMBERS_READ,
    security: ['api_key'],
    params: Type.Object({ account_id: AccountId }),
    query: Type.Object({ ...pageQuery }),
    result: Type.Array(Role),
    paging: 'page',
  }),

  get: operation({
    id: 'account-roles-role-details',
    method: 'GET',
    path: '/accounts/:account_id/roles/:role_id',
    summary: 'Role Details',
    deprecated: true,
    family: 'iam',
    permissions: MEMBERS_READ,
    security: ['api_key'],
    params: Type.Object({ role_id: RoleId, account_id: AccountId }),
    result: Role,
  }),
}
