/** Calls of the operations that write. */
import {
  A,
  ACCOUNT_ID,
  type Driven,
  INVITED,
  MEMBER,
  NONE,
  OTHER,
  OTHER_ID,
  PARENT,
  ROLE,
  ROOT,
  SUBSCRIPTION,
  TOKEN,
  wrong,
  ZONE,
} from './driven.ts'

const groups = [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }, { id: '82e64a83756745bbbb1c9c2701bf816b' }]
export const grant = {
  access: 'allow',
  permission_groups: groups,
  resource_groups: [{ id: '6d7f2f5f5b1d4a0e9081fdc98d432fd1' }],
}
export const policy = {
  effect: 'allow',
  permission_groups: groups,
  resources: { 'com.cloudflare.api.account.zone.*': '*' },
}
const nested = { ...policy, resources: { [`com.cloudflare.api.account.${NONE}`]: { 'com.cloudflare.api.*': '*' } } }
export const condition = { request_ip: { in: ['123.123.123.0/24'], not_in: ['2606:4700:4700::/48'] } }
export const profile = {
  business_name: 'Demo Inc',
  business_email: 'ops@example.com',
  business_phone: '+1 555 0100',
  business_address: '1 Example Way, Springfield',
  external_metadata: '{"crm_id":"42"}',
}

export const writes: Driven[] = [
  {
    key: 'POST /accounts',
    succeed: [
      ['POST /accounts', { name: 'Customer', type: 'standard', unit: { id: 'f267e341f3dd4697bd3b9f71dd96247f' } }],
      ['POST /accounts', { name: 'x'.repeat(100), type: 'enterprise', settings: { enforce_twofactor: true } }],
    ],
    fail: [...wrong('POST /accounts'), ['POST /accounts', {}], ['POST /accounts', { name: 'x', type: 'free' }]],
  },
  {
    key: 'PUT /accounts/{account_id}',
    succeed: [
      [`PUT ${A}`, { id: ACCOUNT_ID, name: 'Renamed', type: 'standard', settings: { enforce_twofactor: true } }],
      [`PUT ${OTHER}`, { name: 'Renamed', managed_by: {}, settings: { abuse_contact_email: null } }],
    ],
    fail: [
      ...wrong(`PUT ${A}`),
      [`PUT ${A}`, { name: 'x', type: 'enterprise' }],
      [`PUT ${A}`, { name: 'x', id: OTHER_ID }],
      [`PUT ${A}`, { name: 'x', settings: { enforce_twofactor: 'yes' } }],
    ],
  },
  {
    key: 'POST /accounts/move',
    succeed: [
      ['POST /accounts/move', { account_ids: [ACCOUNT_ID], destination_organization_id: ROOT }],
      ['POST /accounts/move', { account_ids: [NONE, ACCOUNT_ID], destination_organization_id: ROOT }],
      ['POST /accounts/move', { account_ids: [], destination_organization_id: ROOT }],
    ],
    fail: [
      ...wrong('POST /accounts/move'),
      ['POST /accounts/move', { account_ids: [ACCOUNT_ID], destination_organization_id: NONE }],
    ],
  },
  {
    key: 'POST /accounts/{account_id}/move',
    succeed: [
      [`POST ${A}/move`, { destination_organization_id: ROOT }],
      [`POST ${OTHER}/move`, { destination_organization_id: PARENT }],
    ],
    fail: [
      ...wrong(`POST ${A}/move`),
      [`POST ${A}/move`, { destination_organization_id: NONE }],
      [`POST ${A}/move`, { destination_organization_id: '019c4f65e7607d8c9f6f6b58aa3aff50' }],
    ],
  },
  {
    key: 'PUT /accounts/{account_id}/profile',
    succeed: [
      [`PUT ${A}/profile`, profile],
      [`PUT ${OTHER}/profile`, { business_name: 'x' }],
    ],
    fail: [...wrong(`PUT ${A}/profile`), [`PUT ${A}/profile`, { ...profile, business_name: 1 }]],
  },
  {
    key: 'POST /accounts/{account_id}/members',
    succeed: [
      [`POST ${A}/members`, { email: 'new@example.com', roles: [ROLE], status: 'accepted' }],
      [`POST ${A}/members`, { email: 'new@example.com', policies: [grant, { ...grant, id: NONE }] }],
      [`POST ${A}/members`, { email: 'new@example.com', roles: [], policies: [grant] }],
    ],
    fail: [
      ...wrong(`POST ${A}/members`),
      [`POST ${A}/members`, { email: 'user@example.com', roles: [ROLE] }],
      [`POST ${A}/members`, { email: 'new@example.com' }],
      [`POST ${A}/members`, { email: 'new@example.com', roles: [{ id: ROLE }] }],
      [`POST ${A}/members`, { email: 'new@example.com', policies: [{ ...grant, permission_groups: [{ id: NONE }] }] }],
    ],
  },
  {
    key: 'PUT /accounts/{account_id}/members/{member_id}',
    succeed: [
      [`PUT ${MEMBER}`, { roles: [{ id: ROLE }] }],
      [`PUT ${INVITED}`, { policies: [grant] }],
      [`PUT ${INVITED}`, {}],
    ],
    fail: [...wrong(`PUT ${MEMBER}`), [`PUT ${MEMBER}`, { roles: [ROLE] }], [`PUT ${A}/members/${NONE}`, {}]],
  },
  {
    key: 'POST /{accounts_or_zones}/{account_or_zone_id}/subscriptions',
    succeed: [
      [`POST ${A}/subscriptions`, {}],
      [`POST ${ZONE}/subscriptions`, { frequency: 'weekly', rate_plan: { id: 'pro', sets: ['a'] } }],
    ],
    fail: [
      ...wrong(`POST ${A}/subscriptions`),
      [`POST ${A}/subscriptions`, { rate_plan: { id: 'none' } }],
      [`POST ${A}/subscriptions`, { frequency: 'daily' }],
      [`POST ${A}/subscriptions`, ''],
    ],
  },
  {
    key: 'PUT /accounts/{account_id}/subscriptions/{subscription_identifier}',
    succeed: [
      [`PUT ${SUBSCRIPTION}`, { frequency: 'yearly', rate_plan: { id: 'business' } }],
      [`PUT ${SUBSCRIPTION}`, {}],
    ],
    fail: [...wrong(`PUT ${SUBSCRIPTION}`), [`PUT ${A}/subscriptions/${NONE}`, {}]],
  },
  {
    key: 'POST /accounts/{account_id}/tokens',
    succeed: [
      [`POST ${A}/tokens`, { name: 'x', policies: [policy, nested], condition, not_before: '2018-07-01T05:20:00Z' }],
      [`POST ${A}/tokens`, { name: 'x', policies: [], condition: {}, expires_on: '2030-01-01T02:00:00+02:00' }],
    ],
    fail: [
      ...wrong(`POST ${A}/tokens`),
      [`POST ${A}/tokens`, { name: '', policies: [] }],
      [`POST ${A}/tokens`, { name: 'x', policies: [{ ...policy, permission_groups: [{}] }] }],
      [`POST ${A}/tokens`, { name: 'x', policies: [{ ...policy, id: NONE }] }],
      [`POST ${A}/tokens`, { name: 'x', policies: [], expires_on: 'soon' }],
    ],
  },
  {
    key: 'PUT /accounts/{account_id}/tokens/{token_id}',
    succeed: [
      [`PUT ${TOKEN}`, { name: 'x', status: 'disabled', policies: [nested], condition }],
      [`PUT ${TOKEN}`, { name: 'x', policies: [] }],
    ],
    fail: [...wrong(`PUT ${TOKEN}`), [`PUT ${TOKEN}`, { name: 'x' }], [`PUT ${A}/tokens/${NONE}`, { name: 'x' }]],
  },
  {
    key: 'PUT /accounts/{account_id}/tokens/{token_id}/value',
    succeed: [[`PUT ${TOKEN}/value`], [`PUT ${TOKEN}/value`, {}], [`PUT ${TOKEN}/value`, '']],
    fail: [[`PUT ${TOKEN}/value`, []], [`PUT ${A}/tokens/${NONE}/value`]],
  },
]
