/** Calls of the operations on a user that are neighbours of the documented ones (EXTENDED.md). */
import {
  ACCOUNT_ID,
  type Driven,
  MEMBERSHIP,
  NONE,
  OTHER_ID,
  OTHER_MEMBERSHIP,
  PENDING,
  USER_SUBSCRIPTION,
  USER_TOKEN,
  wrong,
} from './driven.ts'
import { condition, policy } from './writes.ts'

export const userReads: Driven[] = [
  { key: 'GET /user', succeed: [['GET /user'], ['GET /user?x=1']], fail: [] },
  { key: 'GET /user/tenants', succeed: [['GET /user/tenants']], fail: [] },
  { key: 'GET /user/invites', succeed: [['GET /user/invites']], fail: [] },
  {
    key: 'GET /user/invites/{invite_id}',
    succeed: [[`GET /user/invites/${PENDING}`]],
    fail: [[`GET /user/invites/${NONE}`], ['GET /user/invites/x']],
  },
  {
    key: 'GET /user/organizations',
    succeed: [
      ['GET /user/organizations?page=1&per_page=5&order=status&direction=desc&match=any&status=member&name=none'],
      ['GET /user/organizations?status=invited'],
    ],
    fail: [['GET /user/organizations?order=age'], ['GET /user/organizations?per_page=-1']],
  },
  {
    key: 'GET /user/organizations/{organization_id}',
    succeed: [[`GET /user/organizations/${ACCOUNT_ID}`], [`GET /user/organizations/${OTHER_ID}`]],
    fail: [[`GET /user/organizations/${NONE}`], ['GET /user/organizations/x']],
  },
  {
    key: 'DELETE /user/organizations/{organization_id}',
    succeed: [['DELETE /user/organizations/eb78d65290b24279ba6f44721b3ea3c4']],
    fail: [[`DELETE /user/organizations/${NONE}`], ['DELETE /user/organizations/x']],
  },
  { key: 'GET /user/subscriptions', succeed: [['GET /user/subscriptions']], fail: [] },
  {
    key: 'DELETE /user/subscriptions/{identifier}',
    succeed: [[`DELETE ${USER_SUBSCRIPTION}`]],
    fail: [[`DELETE /user/subscriptions/${NONE}`], ['DELETE /user/subscriptions/x']],
  },
  {
    key: 'GET /user/tokens',
    succeed: [['GET /user/tokens?page=1&per_page=20&direction=desc&include_expired=true'], ['GET /user/tokens']],
    fail: [['GET /user/tokens?include_expired=maybe'], ['GET /user/tokens?per_page=-1']],
  },
  {
    key: 'GET /user/tokens/{token_id}',
    succeed: [[`GET ${USER_TOKEN}`]],
    fail: [[`GET /user/tokens/${NONE}`], ['GET /user/tokens/x']],
  },
  {
    key: 'DELETE /user/tokens/{token_id}',
    succeed: [[`DELETE ${USER_TOKEN}`]],
    fail: [[`DELETE /user/tokens/${NONE}`]],
  },
  {
    key: 'GET /user/tokens/permission_groups',
    succeed: [['GET /user/tokens/permission_groups'], ['GET /user/tokens/permission_groups?scope=x&name=%25']],
    fail: [['GET /user/tokens/permission_groups?name=a&name=b']],
  },
  { key: 'GET /user/tokens/verify', succeed: [['GET /user/tokens/verify']], fail: [] },
  {
    key: 'GET /user/audit_logs',
    succeed: [
      ['GET /user/audit_logs?page=1&per_page=2&direction=asc&since=2026-01-01&before=2026-12-31T00:00:00Z'],
      ['GET /user/audit_logs?actor.ip=198.51.100.0/24&hide_user_logs=false&action.type=login'],
    ],
    fail: [['GET /user/audit_logs?page=0'], ['GET /user/audit_logs?since=never']],
  },
  {
    key: 'GET /memberships',
    succeed: [
      [
        'GET /memberships?page=1&per_page=5&order=account.name&direction=desc&status=accepted&account.name=Demo%20Account',
      ],
      ['GET /memberships?status=rejected'],
    ],
    fail: [['GET /memberships?order=age'], ['GET /memberships?status=invited']],
  },
  {
    key: 'GET /memberships/{membership_id}',
    succeed: [[`GET ${MEMBERSHIP}`], [`GET /memberships/${PENDING}`]],
    fail: [[`GET /memberships/${NONE}`], ['GET /memberships/x']],
  },
  {
    key: 'DELETE /memberships/{membership_id}',
    succeed: [[`DELETE ${OTHER_MEMBERSHIP}`]],
    fail: [[`DELETE /memberships/${NONE}`], ['DELETE /memberships/x']],
  },
]

export const userWrites: Driven[] = [
  {
    key: 'PATCH /user',
    succeed: [
      ['PATCH /user', { first_name: 'John', last_name: 'Appleseed', country: 'US', telephone: null, zipcode: '12345' }],
      ['PATCH /user', { zipcode: null }],
    ],
    fail: [
      ...wrong('PATCH /user'),
      ['PATCH /user', {}],
      ['PATCH /user', { country: 'x'.repeat(31) }],
      ['PATCH /user', { first_name: 'x'.repeat(61) }],
    ],
  },
  {
    key: 'POST /user/tokens',
    succeed: [
      ['POST /user/tokens', { name: 'x', policies: [policy], condition, not_before: '2018-07-01T05:20:00Z' }],
      ['POST /user/tokens', { name: 'x', policies: [], condition: {}, expires_on: '2030-01-01T02:00:00+02:00' }],
    ],
    fail: [
      ...wrong('POST /user/tokens'),
      ['POST /user/tokens', { name: '', policies: [] }],
      ['POST /user/tokens', { name: 'x', policies: [{ ...policy, permission_groups: [{}] }] }],
      ['POST /user/tokens', { name: 'x', policies: [], expires_on: 'soon' }],
    ],
  },
  {
    key: 'PUT /user/tokens/{token_id}',
    succeed: [
      [`PUT ${USER_TOKEN}`, { name: 'x', status: 'disabled', policies: [policy], condition }],
      [`PUT ${USER_TOKEN}`, { name: 'x', policies: [] }],
    ],
    fail: [...wrong(`PUT ${USER_TOKEN}`), [`PUT ${USER_TOKEN}`, { name: 'x' }], [`PUT /user/tokens/${NONE}`, {}]],
  },
  {
    key: 'PUT /user/tokens/{token_id}/value',
    succeed: [[`PUT ${USER_TOKEN}/value`], [`PUT ${USER_TOKEN}/value`, {}], [`PUT ${USER_TOKEN}/value`, '']],
    fail: [[`PUT ${USER_TOKEN}/value`, []], [`PUT /user/tokens/${NONE}/value`]],
  },
  {
    key: 'PATCH /user/invites/{invite_id}',
    succeed: [
      [`PATCH /user/invites/${PENDING}`, { status: 'accepted' }],
      [`PATCH /user/invites/${PENDING}`, { status: 'rejected' }],
    ],
    fail: [
      ...wrong(`PATCH /user/invites/${PENDING}`),
      [`PATCH /user/invites/${PENDING}`, {}],
      [`PATCH /user/invites/${PENDING}`, { status: 'pending' }],
      [`PATCH /user/invites/${NONE}`, { status: 'accepted' }],
    ],
  },
  {
    key: 'PUT /memberships/{membership_id}',
    succeed: [
      [`PUT /memberships/${PENDING}`, { status: 'accepted' }],
      [`PUT /memberships/${PENDING}`, { status: 'rejected' }],
    ],
    fail: [
      ...wrong(`PUT /memberships/${PENDING}`),
      [`PUT ${MEMBERSHIP}`, { status: 'pending' }],
      [`PUT /memberships/${NONE}`, { status: 'accepted' }],
    ],
  },
  {
    key: 'POST /user/subscriptions',
    succeed: [
      ['POST /user/subscriptions', {}],
      ['POST /user/subscriptions', { frequency: 'weekly', rate_plan: { id: 'pro', sets: ['a'] } }],
    ],
    fail: [
      ...wrong('POST /user/subscriptions'),
      ['POST /user/subscriptions', { rate_plan: { id: 'none' } }],
      ['POST /user/subscriptions', { frequency: 'daily' }],
    ],
  },
  {
    key: 'PUT /user/subscriptions/{identifier}',
    succeed: [
      [`PUT ${USER_SUBSCRIPTION}`, { frequency: 'yearly', rate_plan: { id: 'business' } }],
      [`PUT ${USER_SUBSCRIPTION}`, {}],
    ],
    fail: [...wrong(`PUT ${USER_SUBSCRIPTION}`), [`PUT /user/subscriptions/${NONE}`, {}]],
  },
]
