/** Calls of the operations that read or delete. */
import {
  A,
  type Driven,
  INVITED,
  MEMBER,
  NONE,
  OTHER,
  PARENT,
  ROLE,
  ROOT,
  SUBSCRIPTION,
  TOKEN,
  ZONE,
} from './driven.ts'

const RANGE = 'since=2024-10-30&before=2026-12-31'

export const reads: Driven[] = [
  {
    key: 'GET /accounts',
    succeed: [['GET /accounts'], ['GET /accounts?name=demo&direction=desc&per_page=5'], ['GET /accounts?page=9']],
    fail: [['GET /accounts?per_page=x'], ['GET /accounts?page=0'], ['GET /accounts?direction=up']],
  },
  {
    key: 'GET /accounts/{account_id}',
    succeed: [[`GET ${A}`], [`GET ${OTHER}`]],
    fail: [['GET /accounts/short'], ['GET /accounts/move']],
  },
  { key: 'DELETE /accounts/{account_id}', succeed: [[`DELETE ${A}`], [`DELETE ${OTHER}`, '[]']], fail: [] },
  {
    key: 'GET /accounts/{account_id}/organizations',
    succeed: [[`GET ${A}/organizations`], [`GET ${OTHER}/organizations`]],
    fail: [],
  },
  {
    key: 'GET /accounts/{account_id}/profile',
    succeed: [[`GET ${A}/profile`], [`GET ${OTHER}/profile`]],
    fail: [],
  },
  {
    key: 'GET /accounts/{account_id}/members',
    succeed: [
      [`GET ${A}/members?order=status&direction=desc&status=pending&page=1&per_page=5`],
      [`GET ${A}/members?status=rejected`],
    ],
    fail: [[`GET ${A}/members?status=x`], [`GET ${A}/members?order=id`], [`GET ${A}/members?per_page=-1`]],
  },
  {
    key: 'GET /accounts/{account_id}/members/{member_id}',
    succeed: [[`GET ${MEMBER}`], [`GET ${INVITED}`]],
    fail: [[`GET ${A}/members/${NONE}`], [`GET ${A}/members/${'z'.repeat(32)}`], [`GET ${A}/members/x`]],
  },
  {
    key: 'DELETE /accounts/{account_id}/members/{member_id}',
    succeed: [[`DELETE ${INVITED}`]],
    fail: [[`DELETE ${A}/members/${NONE}`], [`DELETE ${A}/members/${'z'.repeat(32)}`]],
  },
  {
    key: 'GET /accounts/{account_id}/roles',
    succeed: [[`GET ${A}/roles?page=1&per_page=20`], [`GET ${A}/roles?page=99`]],
    fail: [[`GET ${A}/roles?page=x`]],
  },
  {
    key: 'GET /accounts/{account_id}/roles/{role_id}',
    succeed: [[`GET ${A}/roles/${ROLE}`]],
    fail: [[`GET ${A}/roles/${NONE}`], [`GET ${A}/roles/x`]],
  },
  {
    key: 'GET /{accounts_or_zones}/{account_or_zone_id}/subscriptions',
    succeed: [[`GET ${A}/subscriptions`], [`GET ${OTHER}/subscriptions`], [`GET ${ZONE}/subscriptions`]],
    fail: [[`GET /zones/${NONE}/subscriptions`], ['GET /zones/x/subscriptions']],
  },
  {
    key: 'DELETE /accounts/{account_id}/subscriptions/{subscription_identifier}',
    succeed: [[`DELETE ${SUBSCRIPTION}`]],
    fail: [[`DELETE ${A}/subscriptions/${NONE}`], [`DELETE ${A}/subscriptions/x`]],
  },
  {
    key: 'GET /accounts/{account_id}/tokens',
    succeed: [[`GET ${A}/tokens?page=1&per_page=20&direction=desc&include_expired=true`], [`GET ${OTHER}/tokens`]],
    fail: [[`GET ${A}/tokens?include_expired=maybe`]],
  },
  {
    key: 'GET /accounts/{account_id}/tokens/{token_id}',
    succeed: [[`GET ${TOKEN}`]],
    fail: [[`GET ${A}/tokens/${NONE}`], [`GET ${A}/tokens/x`]],
  },
  {
    key: 'DELETE /accounts/{account_id}/tokens/{token_id}',
    succeed: [[`DELETE ${TOKEN}`]],
    fail: [[`DELETE ${A}/tokens/${NONE}`]],
  },
  {
    key: 'GET /accounts/{account_id}/tokens/permission_groups',
    succeed: [[`GET ${A}/tokens/permission_groups`], [`GET ${A}/tokens/permission_groups?scope=x&name=%25`]],
    fail: [[`GET ${A}/tokens/permission_groups?name=a&name=b`]],
  },
  // Its success needs a token of the account: see the test.
  { key: 'GET /accounts/{account_id}/tokens/verify', succeed: [], fail: [[`GET ${A}/tokens/verify`]] },
  {
    key: 'GET /accounts/{account_id}/logs/audit',
    succeed: [
      [`GET ${A}/logs/audit?${RANGE}&action_result=success&action_type.not=view&resource_scope=accounts&limit=2`],
      [`GET /accounts/a67e14daa5f8dceeb91fe5449ba496ef/logs/audit?since=2024-10-30&before=2024-10-31&direction=asc`],
      [`GET ${A}/logs/audit?${RANGE}&cursor=none`],
    ],
    fail: [
      [`GET ${A}/logs/audit`],
      [`GET ${A}/logs/audit?${RANGE}&limit=0`],
      [`GET ${A}/logs/audit?${RANGE}&product_category=none`],
    ],
  },
  {
    key: 'GET /organizations/{organization_id}/accounts',
    succeed: [
      [`GET /organizations/${PARENT}/accounts?name.contains=demo&order_by=account_name&direction=asc&page_size=2`],
      [`GET /organizations/${ROOT}/accounts?page_size=0`],
    ],
    fail: [[`GET /organizations/${NONE}/accounts`], [`GET /organizations/${ROOT}/accounts?page_size=1001`]],
  },
]
