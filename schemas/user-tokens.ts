/** API tokens of users. EXTENDED.md §7. */
import { Type } from 'typebox'
import { DeletedId } from './envelope.ts'
import { operation } from './operation.ts'
import { groupQuery, TokenPermissionGroup } from './permission-groups.ts'
import { USER_TOKENS_READ, USER_TOKENS_WRITE } from './permissions.ts'
import {
  Token,
  TokenCreation,
  TokenId,
  TokenUpdate,
  TokenValue,
  TokenVerification,
  TokenWithValue,
  tokenQuery,
} from './tokens.ts'

const tokenParams = Type.Object({ token_id: TokenId })
const security = ['api_token'] as const

export const operations = {
  list: operation({
    id: 'user-api-tokens-list-tokens',
    method: 'GET',
    path: '/user/tokens',
    summary: 'List Tokens',
    neighbour: true,
    family: 'iam',
    permissions: USER_TOKENS_READ,
    security,
    query: tokenQuery,
    result: Type.Array(Token),
    paging: 'page',
  }),

  create: operation({
    id: 'user-api-tokens-create-token',
    method: 'POST',
    path: '/user/tokens',
    summary: 'Create Token',
    description: 'Makes a token. Its value is in this answer and in no other.',
    neighbour: true,
    family: 'iam',
    permissions: USER_TOKENS_WRITE,
    security,
    body: TokenCreation,
    result: TokenWithValue,
  }),

  get: operation({
    id: 'user-api-tokens-token-details',
    method: 'GET',
    path: '/user/tokens/:token_id',
    summary: 'Token Details',
    neighbour: true,
    family: 'iam',
    permissions: USER_TOKENS_READ,
    security,
    params: tokenParams,
    result: Token,
  }),

  update: operation({
    id: 'user-api-tokens-update-token',
    method: 'PUT',
    path: '/user/tokens/:token_id',
    summary: 'Update Token',
    description: 'Replaces a token: what is left out is cleared, except the status.',
    neighbour: true,
    family: 'iam',
    permissions: USER_TOKENS_WRITE,
    security,
    params: tokenParams,
    body: TokenUpdate,
    result: Token,
  }),

  delete: operation({
    id: 'user-api-tokens-delete-token',
    method: 'DELETE',
    path: '/user/tokens/:token_id',
    summary: 'Delete Token',
    neighbour: true,
    family: 'iam',
    permissions: USER_TOKENS_WRITE,
    security,
    params: tokenParams,
    result: DeletedId,
  }),

  roll: operation({
    id: 'user-api-tokens-roll-token',
    method: 'PUT',
    path: '/user/tokens/:token_id/value',
    summary: 'Roll Token',
    description: 'Gives the token a new value; the old one is of no use from now on.',
    neighbour: true,
    family: 'iam',
    permissions: USER_TOKENS_WRITE,
    security,
    params: tokenParams,
    body: Type.Object({}),
    bodyOptional: true,
    result: TokenValue,
  }),

  listGroups: operation({
    id: 'permission-groups-list-permission-groups',
    method: 'GET',
    path: '/user/tokens/permission_groups',
    summary: 'List Token Permission Groups',
    description: 'All permission groups that a token of a user can have, on one page, ordered by name.',
    neighbour: true,
    family: 'iam',
    permissions: USER_TOKENS_READ,
    security,
    query: groupQuery,
    result: Type.Array(TokenPermissionGroup),
    paging: 'single',
  }),

  verify: operation({
    id: 'user-api-tokens-verify-token',
    method: 'GET',
    path: '/user/tokens/verify',
    summary: 'Verify Token',
    description: 'Tells whether the bearer token of this very request is good. It must be the token of a user.',
    neighbour: true,
    family: 'iam',
    permissions: [],
    security,
    result: TokenVerification,
  }),
}
