/** API tokens, and those of accounts; those of users are in user-tokens.ts. CONTRACT.md §8.8 and §9.6. */
import { type Static, Type } from 'typebox'
import { AccountId } from './accounts.ts'
import { Digest } from './digest.ts'
import { DeletedId } from './envelope.ts'
import { clearable, DateTime, Direction, Id, mapOf, oneOf, pageQuery, readOnly, ShortId, secret } from './fields.ts'
import { PolicyPermissionGroup } from './iam-permission-groups.ts'
import { operation } from './operation.ts'
import { TOKENS_READ, TOKENS_WRITE } from './permissions.ts'
import { table } from './table.ts'

export const TokenId = ShortId({ description: 'Token identifier.', example: 'ed17574386854bf78a67040be0a770b0' })
const Cidrs = Type.Array(Type.String({ description: 'IPv4 or IPv6 CIDR.', example: '199.27.128.0/21' }))

/**
 * Which resources a policy covers: `{ "<resource>": "*" }`, or one level deeper, as in
 * `{ "com.cloudflare.api.account.<id>": { "com.cloudflare.api.account.zone.*": "*" } }`.
 */
export const Resources = Type.Union(
  [mapOf(Type.String(), { title: 'FlatResources' }), mapOf(mapOf(Type.String()), { title: 'NestedResources' })],
  { title: 'Resources' },
)

const Effect = oneOf(['allow', 'deny'], { description: 'Whether the policy grants or refuses.' })

export const TokenPolicy = Type.Object(
  {
    id: Type.String({ description: 'Policy identifier.', readOnly: true, example: 'f267e341f3dd4697bd3b9f71dd96247f' }),
    effect: Effect,
    resources: Resources,
    permission_groups: Type.Array(PolicyPermissionGroup),
  },
  { title: 'TokenPolicy' },
)
export type TokenPolicy = Static<typeof TokenPolicy>

const RequestIp = Type.Object({ in: Type.Optional(Cidrs), not_in: Type.Optional(Cidrs) }, { title: 'RequestIp' })
const Condition = Type.Object({ request_ip: Type.Optional(RequestIp) }, { title: 'TokenCondition' })

const name = Type.String({ description: 'Token name.', maxLength: 120, example: 'readonly token' })

const STATUSES = ['active', 'disabled', 'expired'] as const
const Status = oneOf(STATUSES)

/** What a client may set, and what the times of a token look like. */
const written = {
  name: Type.Optional(name),
  status: Type.Optional(Status),
  not_before: Type.Optional(DateTime({ description: 'The token is of no use before this time.' })),
  expires_on: Type.Optional(DateTime({ description: 'The token is of no use from this time on.' })),
  condition: Type.Optional(Condition),
  policies: Type.Optional(Type.Array(TokenPolicy, { description: 'What the token may do.' })),
}

export const Token = Type.Object(
  {
    id: Type.Optional(readOnly(TokenId)),
    ...written,
    issued_on: Type.Optional(DateTime({ readOnly: true })),
    modified_on: Type.Optional(DateTime({ readOnly: true })),
    last_used_on: Type.Optional(DateTime({ readOnly: true })),
  },
  { title: 'Token' },
)
export type Token = Static<typeof Token>

export const TokenValue = secret(
  Type.String({
    description: 'The secret. Shown by create and by roll, never again.',
    minLength: 40,
    maxLength: 80,
    readOnly: true,
    example: '8M7wS6hCpXVc-DoRnPPY_UCWPgy8aea4Wy6kCe5T',
  }),
)

/** What a list of tokens may be asked for. */
export const tokenQuery = Type.Object({
  ...pageQuery,
  direction: Direction(),
  include_expired: Type.Optional(Type.Boolean({ description: 'List expired tokens too.', default: false })),
})

export const TokenCreation = Type.Object(
  {
    name,
    not_before: written.not_before,
    expires_on: written.expires_on,
    condition: written.condition,
    policies: Type.Array(TokenPolicy),
  },
  { title: 'TokenCreation' },
)
export type TokenCreation = Static<typeof TokenCreation>

/** What create answers, and nothing else ever does. */
export const TokenWithValue = Type.Object(
  { ...Token.properties, value: Type.Optional(TokenValue) },
  { title: 'TokenWithValue' },
)

const AskedRequestIp = Type.Object({ in: clearable(Cidrs), not_in: clearable(Cidrs) })

export const TokenUpdate = Type.Object(
  {
    ...Token.properties,
    name,
    status: clearable(Status, Type.Unsafe({ ...Status, enum: [...STATUSES, null] })),
    not_before: clearable(written.not_before),
    expires_on: clearable(written.expires_on),
    condition: clearable(Condition, Type.Object({ request_ip: clearable(RequestIp, AskedRequestIp) })),
    policies: Type.Array(TokenPolicy),
  },
  { title: 'TokenUpdate' },
)
export type TokenUpdate = Static<typeof TokenUpdate>

export const TokenVerification = Type.Object(
  {
    id: TokenId,
    status: oneOf(['active', 'disabled', 'expired']),
    not_before: written.not_before,
    expires_on: written.expires_on,
  },
  { title: 'TokenVerification' },
)
export type TokenVerification = Static<typeof TokenVerification>

/** A token as it is kept: no secret, only what recognises it. `expired` is never kept: the clock decides. */
export const TokenRow = Type.Object({
  ...Token.properties,
  id: Id(),
  owner_id: Type.String({ description: 'The account that owns it, or the user.' }),
  name,
  status: oneOf(['active', 'disabled']),
  issued_on: DateTime(),
  modified_on: DateTime(),
  policies: Type.Array(
    Type.Object({
      ...TokenPolicy.properties,
      permission_groups: Type.Array(Type.Object({ id: Type.String(), meta: PolicyPermissionGroup.properties.meta })),
    }),
  ),
  /** Absent where rows came without secrets: no value opens the token then, until it is rolled. */
  value_sha256: Type.Optional(Digest),
})
export type TokenRow = Static<typeof TokenRow>

export const tokens = table('tokens', TokenRow, { owner: 'owner_id' })

const params = Type.Object({ account_id: AccountId })
const tokenParams = Type.Object({ account_id: AccountId, token_id: TokenId })
const security = ['api_token'] as const

export const operations = {
  list: operation({
    id: 'account-api-tokens-list-tokens',
    method: 'GET',
    path: '/accounts/:account_id/tokens',
    summary: 'List Tokens',
    family: 'iam',
    permissions: TOKENS_READ,
    security,
    params,
    query: tokenQuery,
    result: Type.Array(Token),
    paging: 'page',
  }),

  create: operation({
    id: 'account-api-tokens-create-token',
    method: 'POST',
    path: '/accounts/:account_id/tokens',
    summary: 'Create Token',
    description: 'Makes a token. Its value is in this answer and in no other.',
    family: 'iam',
    permissions: TOKENS_WRITE,
    security,
    params,
    body: TokenCreation,
    result: TokenWithValue,
  }),

  get: operation({
    id: 'account-api-tokens-token-details',
    method: 'GET',
    path: '/accounts/:account_id/tokens/:token_id',
    summary: 'Token Details',
    family: 'iam',
    permissions: TOKENS_READ,
    security,
    params: tokenParams,
    result: Token,
  }),

  update: operation({
    id: 'account-api-tokens-update-token',
    method: 'PUT',
    path: '/accounts/:account_id/tokens/:token_id',
    summary: 'Update Token',
    description: 'Replaces a token: what is left out is cleared, except the status.',
    family: 'iam',
    permissions: TOKENS_WRITE,
    security,
    params: tokenParams,
    body: TokenUpdate,
    result: Token,
  }),

  delete: operation({
    id: 'account-api-tokens-delete-token',
    method: 'DELETE',
    path: '/accounts/:account_id/tokens/:token_id',
    summary: 'Delete Token',
    family: 'iam',
    permissions: TOKENS_WRITE,
    security,
    params: tokenParams,
    result: DeletedId,
  }),

  verify: operation({
    id: 'account-api-tokens-verify-token',
    method: 'GET',
    path: '/accounts/:account_id/tokens/verify',
    summary: 'Verify Token',
    description: 'Tells whether the bearer token of this very request is good.',
    family: 'iam',
    permissions: [],
    security,
    params,
    result: TokenVerification,
  }),

  roll: operation({
    id: 'account-api-tokens-roll-token',
    method: 'PUT',
    path: '/accounts/:account_id/tokens/:token_id/value',
    summary: 'Roll Token',
    description: 'Gives the token a new value; the old one is of no use from now on.',
    family: 'iam',
    permissions: TOKENS_WRITE,
    security,
    params: tokenParams,
    body: Type.Object({}),
    bodyOptional: true,
    result: TokenValue,
  }),
}
