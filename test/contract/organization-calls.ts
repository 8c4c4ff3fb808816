/** Calls of the operations on organizations and tenants that are neighbours of the documented ones (EXTENDED.md). */
import { ACCOUNT_ID, type Driven, NONE, O, ORGANIZATION_MEMBER, PARENT, ROOT, TENANT, wrong } from './driven.ts'
import { profile } from './writes.ts'

const RANGE = 'since=2024-10-30&before=2026-12-31'
/** An entry of the log, as its path names it, and when it was written. */
const ENTRY = 'e40ad10d-a0e7-78f9-efdb-6258fd6e2a9a'
const WHEN = 'action_time=2026-02-11T09:05:40Z'
const organization = { name: 'Demo Subsidiary', parent: { id: ROOT }, profile }
const newMember = { user: { email: 'new@example.com' }, status: 'active' }

const tenants: Driven[] = ['', '/accounts', '/account_types', '/entitlements', '/memberships'].map((below) => ({
  key: `GET /tenants/{tenant_id}${below}`,
  succeed: [[`GET ${TENANT}${below}`], [`GET /tenants/tenant_id${below}`]],
  fail: [[`GET /tenants/${NONE}${below}`], [`GET /tenants/x${below}`]],
}))

export const organizationReads: Driven[] = [
  {
    key: 'GET /organizations',
    succeed: [
      ['GET /organizations?page_size=2'],
      [`GET /organizations?id=${ROOT}&id=${PARENT}&name.contains=demo&containing.account=${ACCOUNT_ID}&parent.id=null`],
      [`GET /organizations?id=${ROOT},${PARENT}&containing.organization=${PARENT}`],
      ['GET /organizations?name=none'],
    ],
    fail: [['GET /organizations?page_size=1001'], ['GET /organizations?page_size=x']],
  },
  {
    key: 'GET /organizations/{organization_id}',
    succeed: [[`GET ${O}`], [`GET /organizations/${PARENT}`]],
    fail: [[`GET /organizations/${NONE}`], ['GET /organizations/x']],
  },
  // Its success needs an organization that is empty: see the test.
  {
    key: 'DELETE /organizations/{organization_id}',
    succeed: [],
    fail: [[`DELETE ${O}`], [`DELETE /organizations/${PARENT}`]],
  },
  {
    key: 'GET /organizations/{organization_id}/profile',
    succeed: [[`GET ${O}/profile`], [`GET /organizations/${PARENT}/profile`]],
    fail: [[`GET /organizations/${NONE}/profile`]],
  },
  {
    key: 'GET /organizations/{organization_id}/logs/audit',
    succeed: [
      [`GET ${O}/logs/audit?${RANGE}&action_result=success&actor_type=user&limit=2`],
      [`GET ${O}/logs/audit?${RANGE}&cursor=none`],
      [`GET /organizations/${PARENT}/logs/audit?${RANGE}`],
    ],
    fail: [[`GET ${O}/logs/audit`], [`GET ${O}/logs/audit?${RANGE}&limit=0`]],
  },
  {
    key: 'GET /organizations/{organization_id}/logs/audit/{id}/history',
    succeed: [[`GET ${O}/logs/audit/${ENTRY}/history?${WHEN}&${RANGE}&limit=1`]],
    fail: [
      [`GET ${O}/logs/audit/${ENTRY}/history`],
      [`GET ${O}/logs/audit/${NONE}/history?${WHEN}&${RANGE}`],
      [`GET /organizations/${PARENT}/logs/audit/${ENTRY}/history?${WHEN}&${RANGE}`],
    ],
  },
  {
    key: 'GET /organizations/{organization_id}/members',
    succeed: [
      [`GET ${O}/members?page_size=2&status=active&user.email.contains=example`],
      [`GET /organizations/${PARENT}/members`],
    ],
    fail: [[`GET ${O}/members?page_size=1001`], [`GET ${O}/members?status=x`]],
  },
  {
    key: 'GET /organizations/{organization_id}/members/{member_id}',
    succeed: [[`GET ${ORGANIZATION_MEMBER}`], [`GET ${O}/members/member_id`]],
    fail: [[`GET ${O}/members/${NONE}`], [`GET /organizations/${PARENT}/members/${ROOT}`]],
  },
  {
    key: 'DELETE /organizations/{organization_id}/members/{member_id}',
    succeed: [[`DELETE ${ORGANIZATION_MEMBER}`]],
    fail: [[`DELETE ${O}/members/${NONE}`]],
  },
  ...tenants,
]

export const organizationWrites: Driven[] = [
  {
    key: 'POST /organizations',
    succeed: [
      ['POST /organizations', organization],
      ['POST /organizations', { name: 'x' }],
    ],
    fail: [
      ...wrong('POST /organizations'),
      ['POST /organizations', {}],
      ['POST /organizations', { name: '' }],
      ['POST /organizations', { name: 'x', parent: { id: NONE } }],
    ],
  },
  {
    key: 'PUT /organizations/{organization_id}',
    succeed: [
      [`PUT ${O}`, { name: 'Renamed' }],
      [`PUT /organizations/${PARENT}`, organization],
    ],
    fail: [...wrong(`PUT ${O}`), [`PUT ${O}`, { name: '' }], [`PUT /organizations/${NONE}`, { name: 'x' }]],
  },
  {
    key: 'PUT /organizations/{organization_id}/profile',
    succeed: [
      [`PUT ${O}/profile`, profile],
      [`PUT ${O}/profile`, { business_name: 'x' }],
    ],
    fail: [...wrong(`PUT ${O}/profile`), [`PUT ${O}/profile`, { ...profile, business_name: 1 }]],
  },
  {
    key: 'POST /organizations/{organization_id}/members',
    succeed: [
      [`POST ${O}/members`, { member: newMember }],
      [`POST ${O}/members`, { member: { user: { email: 'new@example.com' } } }],
    ],
    fail: [
      ...wrong(`POST ${O}/members`),
      [`POST ${O}/members`, { member: {} }],
      [`POST ${O}/members`, { member: { ...newMember, status: 'rejected' } }],
    ],
  },
  {
    key: 'POST /organizations/{organization_id}/members:batchCreate',
    succeed: [
      [`POST ${O}/members:batchCreate`, { members: [newMember, { user: { email: 'newer@example.com' } }] }],
      [`POST ${O}/members:batchCreate`, { members: [] }],
    ],
    fail: [
      ...wrong(`POST ${O}/members:batchCreate`),
      [`POST ${O}/members:batchCreate`, { members: [{}] }],
      [`POST ${O}/members:batchCreate`, { members: Array.from({ length: 11 }, () => newMember) }],
    ],
  },
]
