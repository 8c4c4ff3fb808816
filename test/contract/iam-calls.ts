/** Calls of neighbours of the documented operations (EXTENDED.md): access management and audit logs of accounts. */
import {
  A,
  ACCOUNT_ID,
  type Call,
  type Driven,
  EMPTY_USER_GROUP,
  GROUPED,
  NONE,
  OTHER,
  PARENT,
  RESOURCE_GROUP,
  USER_GROUP,
  WHOLE_ACCOUNT,
  wrong,
} from './driven.ts'
import { grant } from './writes.ts'

const RANGE = 'since=2024-10-30&before=2026-12-31'
/** An entry of the log, as its path names it, and when it was written. */
const ENTRY = '5fd39492-5d03-37cc-f1cc-a78eb5c17ab7'
const WHEN = 'action_time=2025-11-01T17:38:07Z'
const scope = { key: `com.cloudflare.api.account.${ACCOUNT_ID}`, objects: [{ key: '*' }] }
const MEMBERS = [{ id: '962e59e12a20904e5cae232c24f06a9b' }, { id: 'df41b7b2c254affa4e23fcc33c5320d7' }]
/** Bodies that no operation takes that wants a list. */
const wrongList = (request: string): Call[] => ['{"name":', {}, null, 'text', [7]].map((body) => [request, body])

export const iamReads: Driven[] = [
  {
    key: 'GET /accounts/{account_id}/logs/audit/{id}/history',
    succeed: [
      [`GET ${A}/logs/audit/${ENTRY}/history?${WHEN}&${RANGE}&direction=asc&limit=1`],
      [`GET ${A}/logs/audit/5fd394925d0337ccf1cca78eb5c17ab7/history?${WHEN}&${RANGE}`],
    ],
    fail: [
      [`GET ${A}/logs/audit/${ENTRY}/history`],
      [`GET ${A}/logs/audit/${ENTRY}/history?${RANGE}`],
      [`GET ${A}/logs/audit/${ENTRY}/history?action_time=2020-01-01T00:00:00Z&${RANGE}`],
      [`GET ${A}/logs/audit/${NONE}/history?${WHEN}&${RANGE}`],
      [`GET ${A}/logs/audit/x/history?${WHEN}&${RANGE}`],
    ],
  },
  {
    key: 'GET /accounts/{account_id}/logs/audit/product_categories',
    succeed: [[`GET ${A}/logs/audit/product_categories`], [`GET ${OTHER}/logs/audit/product_categories`]],
    fail: [[`GET /accounts/${NONE}/logs/audit/product_categories`]],
  },
  {
    key: 'GET /accounts/{account_id}/iam/permission_groups',
    succeed: [
      [`GET ${A}/iam/permission_groups`],
      [`GET ${A}/iam/permission_groups?page=2&per_page=5&label=x&name=y`],
      [`GET ${OTHER}/iam/permission_groups?per_page=50`],
    ],
    fail: [[`GET ${A}/iam/permission_groups?page=x`], [`GET ${A}/iam/permission_groups?per_page=-1`]],
  },
  {
    key: 'GET /accounts/{account_id}/iam/permission_groups/{permission_group_id}',
    succeed: [[`GET ${A}/iam/permission_groups/c8fed203ed3043cba015a93ad1616f1f`]],
    fail: [[`GET ${A}/iam/permission_groups/${NONE}`], [`GET ${A}/iam/permission_groups/x`]],
  },
  {
    key: 'GET /accounts/{account_id}/iam/resource_groups',
    succeed: [[`GET ${A}/iam/resource_groups?page=1&per_page=5&name=Shops`], [`GET ${OTHER}/iam/resource_groups`]],
    fail: [[`GET /accounts/${NONE}/iam/resource_groups`], ['GET /accounts/x/iam/resource_groups']],
  },
  {
    key: 'GET /accounts/{account_id}/iam/resource_groups/{resource_group_id}',
    succeed: [[`GET ${WHOLE_ACCOUNT}`], [`GET ${RESOURCE_GROUP}`]],
    fail: [[`GET ${A}/iam/resource_groups/${NONE}`], [`GET ${A}/iam/resource_groups/x`]],
  },
  {
    key: 'DELETE /accounts/{account_id}/iam/resource_groups/{resource_group_id}',
    succeed: [[`DELETE ${RESOURCE_GROUP}`]],
    fail: [[`DELETE ${WHOLE_ACCOUNT}`], [`DELETE ${A}/iam/resource_groups/${NONE}`]],
  },
  {
    key: 'GET /accounts/{account_id}/iam/user_groups',
    succeed: [
      [`GET ${A}/iam/user_groups?page=1&per_page=2&direction=desc&fuzzyName=o`],
      [`GET ${A}/iam/user_groups?name=none`],
      [`GET ${OTHER}/iam/user_groups`],
    ],
    fail: [[`GET ${A}/iam/user_groups?direction=up`], [`GET ${A}/iam/user_groups?page=0`]],
  },
  {
    key: 'GET /accounts/{account_id}/iam/user_groups/{user_group_id}',
    succeed: [[`GET ${USER_GROUP}`], [`GET ${EMPTY_USER_GROUP}`]],
    fail: [[`GET ${A}/iam/user_groups/${NONE}`], [`GET ${A}/iam/user_groups/x`]],
  },
  {
    key: 'DELETE /accounts/{account_id}/iam/user_groups/{user_group_id}',
    succeed: [[`DELETE ${USER_GROUP}`], [`DELETE ${EMPTY_USER_GROUP}`]],
    fail: [[`DELETE ${A}/iam/user_groups/${NONE}`]],
  },
  {
    key: 'GET /accounts/{account_id}/iam/user_groups/{user_group_id}/members',
    succeed: [
      [`GET ${USER_GROUP}/members?page=1&per_page=2&direction=desc&fuzzyEmail=example`],
      [`GET ${EMPTY_USER_GROUP}/members`],
    ],
    fail: [[`GET ${USER_GROUP}/members?direction=up`], [`GET ${A}/iam/user_groups/${NONE}/members`]],
  },
  {
    key: 'GET /accounts/{account_id}/iam/user_groups/{user_group_id}/members/{member_id}',
    succeed: [[`GET ${GROUPED}`]],
    fail: [[`GET ${USER_GROUP}/members/${NONE}`], [`GET ${EMPTY_USER_GROUP}/members/${PARENT}`]],
  },
  {
    key: 'DELETE /accounts/{account_id}/iam/user_groups/{user_group_id}/members/{member_id}',
    succeed: [[`DELETE ${GROUPED}`]],
    fail: [[`DELETE ${USER_GROUP}/members/${NONE}`], [`DELETE ${EMPTY_USER_GROUP}/members/${PARENT}`]],
  },
]

export const iamWrites: Driven[] = [
  {
    key: 'POST /accounts/{account_id}/iam/resource_groups',
    succeed: [
      [`POST ${A}/iam/resource_groups`, { name: 'NewResourceGroup', scope }],
      [`POST ${A}/iam/resource_groups`, { name: 'x', scope: { ...scope, objects: [{ key: '*' }, { key: '*' }] } }],
    ],
    fail: [
      ...wrong(`POST ${A}/iam/resource_groups`),
      [`POST ${A}/iam/resource_groups`, { name: 'x' }],
      [`POST ${A}/iam/resource_groups`, { name: '', scope }],
      [`POST ${A}/iam/resource_groups`, { name: 'x', scope: { ...scope, objects: [] } }],
    ],
  },
  {
    key: 'PUT /accounts/{account_id}/iam/resource_groups/{resource_group_id}',
    succeed: [
      [`PUT ${RESOURCE_GROUP}`, { name: 'UpdatedResourceGroup', scope }],
      [`PUT ${RESOURCE_GROUP}`, {}],
    ],
    fail: [
      ...wrong(`PUT ${RESOURCE_GROUP}`),
      [`PUT ${WHOLE_ACCOUNT}`, { name: 'x' }],
      [`PUT ${A}/iam/resource_groups/${NONE}`, { name: 'x' }],
    ],
  },
  {
    key: 'POST /accounts/{account_id}/iam/user_groups',
    succeed: [
      [`POST ${A}/iam/user_groups`, { name: 'My New User Group', policies: [grant] }],
      [`POST ${A}/iam/user_groups`, { name: 'x', policies: [] }],
    ],
    fail: [
      ...wrong(`POST ${A}/iam/user_groups`),
      [`POST ${A}/iam/user_groups`, { policies: [grant] }],
      [`POST ${A}/iam/user_groups`, { name: 'x', policies: [{ ...grant, access: 'maybe' }] }],
      [`POST ${A}/iam/user_groups`, { name: 'x', policies: [{ ...grant, permission_groups: [{ id: NONE }] }] }],
    ],
  },
  {
    key: 'PUT /accounts/{account_id}/iam/user_groups/{user_group_id}',
    succeed: [
      [`PUT ${USER_GROUP}`, { name: 'x', policies: [{ ...grant, id: 'f267e341f3dd4697bd3b9f71dd96247f' }] }],
      [`PUT ${USER_GROUP}`, { name: 'x', policies: [{ ...grant, id: NONE }] }],
      [`PUT ${EMPTY_USER_GROUP}`, {}],
    ],
    fail: [
      ...wrong(`PUT ${USER_GROUP}`),
      [`PUT ${USER_GROUP}`, { name: ' ' }],
      [`PUT ${A}/iam/user_groups/${NONE}`, { name: 'x' }],
    ],
  },
  {
    key: 'POST /accounts/{account_id}/iam/user_groups/{user_group_id}/members',
    succeed: [
      [`POST ${EMPTY_USER_GROUP}/members`, MEMBERS],
      [`POST ${USER_GROUP}/members`, [{ id: PARENT }]],
    ],
    fail: [...wrongList(`POST ${USER_GROUP}/members`), [`POST ${USER_GROUP}/members`, [{ id: NONE }]]],
  },
  {
    key: 'PUT /accounts/{account_id}/iam/user_groups/{user_group_id}/members',
    succeed: [
      [`PUT ${USER_GROUP}/members`, MEMBERS],
      [`PUT ${USER_GROUP}/members`, []],
    ],
    fail: [...wrongList(`PUT ${USER_GROUP}/members`), [`PUT ${USER_GROUP}/members`, [{ id: NONE }]]],
  },
]
