/** Token permission groups: the catalogue of what an API token can be allowed to do. CONTRACT.md §8.9. */
import { type Static, Type } from 'typebox'
import { AccountId } from './accounts.ts'
import { oneOf } from './fields.ts'
import { operation } from './operation.ts'
import { TOKENS_READ } from './permissions.ts'
import { table } from './table.ts'

const Scopes = Type.Array(
  oneOf([
    'com.cloudflare.api.account',
    'com.cloudflare.api.account.zone',
    'com.cloudflare.api.user',
    'com.cloudflare.edge.r2.bucket',
  ]),
)

export const TokenPermissionGroup = Type.Object(
  {
    id: Type.Optional(Type.String({ example: '7cf72faf220841aabcfdfab81c43c4f6' })),
    name: Type.Optional(Type.String({ example: 'Billing Read' })),
    description: Type.Optional(Type.String({ description: 'Sent by the live service, outside the published schema.' })),
    scopes: Type.Optional(Scopes),
    category: Type.Optional(
      oneOf([
        'developer_platform',
        'ai_and_machine_learning',
        'dns_and_zones',
        'app_security',
        'rules_and_configuration',
        'cloudflare_one_and_zero_trust',
        'analytics_and_logs',
        'network_services',
        'media',
        'email_and_messaging',
        'cache_and_performance',
        'account_and_billing',
        'other',
      ]),
    ),
  },
  { title: 'TokenPermissionGroup' },
)
export type TokenPermissionGroup = Static<typeof TokenPermissionGroup>

/** A catalogue row has everything but, sometimes, the category. */
export const permissionGroups = table(
  'permission_groups',
  Type.Object({
    ...TokenPermissionGroup.properties,
    id: Type.String(),
    name: Type.String(),
    scopes: Scopes,
  }),
)

/** What the catalogue may be asked for. */
export const groupQuery = Type.Object({
  name: Type.Optional(
    Type.String({
      description: 'The whole name, once more URL-encoded if you like.',
      example: 'Account%20Settings%20Write',
    }),
  ),
  scope: Type.Optional(Type.String({ description: 'The whole scope.', example: 'com.cloudflare.api.account.zone' })),
})

export const operations = {
  list: operation({
    id: 'account-api-tokens-list-permission-groups',
    method: 'GET',
    path: '/accounts/:account_id/tokens/permission_groups',
    summary: 'List Permission Groups',
    description: 'All permission groups that a token of this account can have, on one page, ordered by name.',
    family: 'iam',
    permissions: TOKENS_READ,
    security: ['api_token'],
    params: Type.Object({ account_id: AccountId }),
    query: groupQuery,
    result: Type.Array(TokenPermissionGroup),
    paging: 'single',
  }),
}
