/**
 * IAM permission groups: what policies of members and of user groups can allow. Another catalogue, with other ids, than
 * that of tokens. EXTENDED.md §1, CONTRACT.md §8.5.
 */
import { Type } from 'typebox'
import { AccountId } from './accounts.ts'
import { Id, pageQuery, readOnly } from './fields.ts'
import { operation } from './operation.ts'
import { ACCOUNT_READERS } from './permissions.ts'
import { table } from './table.ts'

/**
 * A permission group inside a policy. The published schema names `key` and `value`; every recorded answer has
 * `label`, `scopes` and more (CONTRACT.md, D18).
 */
export const PolicyPermissionGroup = Type.Object(
  {
    id: Type.String({ example: '6d7f2f5f5b1d4a0e9081fdc98d432fd1' }),
    name: Type.Optional(readOnly(Type.String())),
    meta: Type.Optional(
      Type.Object(
        {
          key: Type.Optional(Type.String()),
          value: Type.Optional(Type.String()),
          description: Type.Optional(Type.String()),
          label: Type.Optional(Type.String()),
          scopes: Type.Optional(Type.String()),
        },
        { additionalProperties: true, description: 'What the service says about the group, or what a client sent.' },
      ),
    ),
  },
  { title: 'PermissionGroup' },
)

/** The catalogue, the same in every world. */
export const memberPermissionGroups = table(
  'member_permission_groups',
  Type.Object({ ...PolicyPermissionGroup.properties, name: Type.String() }),
)

export const PermissionGroupId = Id({
  description: 'Permission group identifier.',
  example: '6d7f2f5f5b1d4a0e9081fdc98d432fd1',
})

export const operations = {
  list: operation({
    id: 'account-permission-group-list',
    method: 'GET',
    path: '/accounts/:account_id/iam/permission_groups',
    summary: 'List Account Permission Groups',
    description: 'All permission groups that policies of this account can name, ordered by name.',
    neighbour: true,
    family: 'iam',
    permissions: ACCOUNT_READERS,
    security: ['api_token', 'api_key'],
    params: Type.Object({ account_id: AccountId }),
    query: Type.Object({
      id: Type.Optional(PermissionGroupId),
      name: Type.Optional(Type.String({ description: 'The whole name.', example: 'Load Balancer' })),
      label: Type.Optional(Type.String({ description: 'The whole `meta.label`.', example: 'admin' })),
      ...pageQuery,
    }),
    result: Type.Array(PolicyPermissionGroup),
    paging: 'page',
  }),

  get: operation({
    id: 'account-permission-group-details',
    method: 'GET',
    path: '/accounts/:account_id/iam/permission_groups/:permission_group_id',
    summary: 'Permission Group Details',
    neighbour: true,
    family: 'iam',
    permissions: ACCOUNT_READERS,
    security: ['api_token', 'api_key'],
    params: Type.Object({ account_id: AccountId, permission_group_id: PermissionGroupId }),
    result: PolicyPermissionGroup,
  }),
}
