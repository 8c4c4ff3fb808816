/** Rows about paths and the ids in them (ERRORS.md §3), whichever credentials are taken. */
import assert from 'node:assert/strict'
import { PAIR } from '../pipeline/enforcing.ts'
import { ACCOUNT, UNKNOWN } from '../simulator.ts'
import { ask, each, type Rows } from './error-rows.ts'

const A = `/accounts/${ACCOUNT}`
const U = `/accounts/${UNKNOWN}`
/** A customer of the documented user's tenant. */
const CUSTOMER = '/accounts/01a7362d577a6c3019a474fd6f485823'
const LOGS = '/logs/audit?since=2026-11-01&before=2026-11-30'

const unroutable = (path: string) =>
  [400, 7003, `Could not route to /client/v4${path}, perhaps your object identifier is invalid?`] as const
const UNAUTHORIZED = [403, 9109, 'Unauthorized to access requested resource'] as const
const AUTHENTICATION = [403, 10000, 'Authentication error'] as const
const TOKEN_NOT_FOUND = [404, 1003, 'Token not found'] as const
const SUBSCRIPTION_NOT_FOUND = [404, 1199, 'Subscription not found'] as const

const token = { name: 'one', policies: [] }

export const PATHS: Rows = {
  '3 Account id (or token, role id) that is not 32 hex characters': [unroutable('/accounts/x'), ask('GET /accounts/x')],
  '3 Path that does not exist': [[404, 7000, 'No route for that URI'], ask('GET /nothing')],
  '3 Known path, wrong method': [[405, 7001, 'Method PUT not available for that URI.'], ask('PUT /accounts')],
  '3 `OPTIONS`': [[405, 7001, 'Method OPTIONS not available for that URI.'], ask(`OPTIONS ${A}/members`)],
  '3 Trailing slash on a collection (`/accounts/{id}/roles/`, `/tokens/`)': [
    200,
    ...each([`GET ${A}/roles/`, `GET ${A}/tokens/`, `GET ${A}/members/`, 'GET /user/tokens/', 'GET /organizations/']),
  ],
  '3 Empty id in the middle (`/accounts//roles`)': [unroutable('/accounts//roles'), ask('GET /accounts//roles')],
  '3 Well-formed account id that is unknown or not yours: `GET` / `PUT /accounts/{id}`': [
    [403, 9109, 'Invalid account identifier'],
    ask(`GET ${U}`),
    ask(`PUT ${U}`, { name: 'a' }),
  ],
  '3 the same, `/accounts/{id}/logs/audit`': [AUTHENTICATION, ask(`GET ${U}${LOGS}`)],
  '3 the same, members, roles, tokens, subscriptions': [
    UNAUTHORIZED,
    ...each(['members', 'roles', 'tokens', 'subscriptions', 'iam/user_groups'].map((what) => `GET ${U}/${what}`)),
  ],
  '3 the same, 2018': [
    [404, 1003, 'Account not found'],
    async ({ call }) => {
      assert.equal((await call(`DELETE ${CUSTOMER}`, { headers: PAIR })).status, 200)
      return call(`GET ${CUSTOMER}`, { headers: PAIR })
    },
  ],
  '3 Unknown member id': [[404, 1003, 'Member not found for account'], ...each([`GET ${A}/members/${UNKNOWN}`])],
  '3 Member id with a character that cannot be in an id': [
    [400, 400, `Validating ID '${'a'.repeat(31)}z' failed: invalid character 'z' in offset 31`],
    ...each([`GET ${A}/members/${'a'.repeat(31)}z`, `DELETE ${A}/members/${'a'.repeat(31)}z`]),
  ],
  '3 Unknown token id (32 hex): GET, PUT, DELETE, roll': [
    TOKEN_NOT_FOUND,
    ...[`${A}/tokens`, '/user/tokens'].flatMap((path) => [
      ask(`GET ${path}/${UNKNOWN}`),
      ask(`PUT ${path}/${UNKNOWN}`, token),
      ask(`DELETE ${path}/${UNKNOWN}`),
      ask(`PUT ${path}/${UNKNOWN}/value`, {}),
    ]),
  ],
  '3 Malformed token id': [unroutable(`${A}/tokens/x`), ask(`GET ${A}/tokens/x`)],
  '3 Unknown role id (32 hex)': [[404, 1003, 'Role not found'], ask(`GET ${A}/roles/${UNKNOWN}`)],
  '3 Unknown subscription id: PUT': [
    SUBSCRIPTION_NOT_FOUND,
    ask(`PUT ${A}/subscriptions/${UNKNOWN}`, { frequency: 'yearly' }),
    ask(`DELETE ${A}/subscriptions/${UNKNOWN}`),
    ask(`PUT /user/subscriptions/${UNKNOWN}`, { frequency: 'yearly' }),
    ask(`DELETE /user/subscriptions/${UNKNOWN}`),
  ],
  '3 Unknown organization id': [AUTHENTICATION, ask(`GET /organizations/${UNKNOWN}`)],
  '8 Unknown token / role id': [TOKEN_NOT_FOUND, ask(`GET ${A}/tokens/${UNKNOWN}`)],
  '8 Organization errors': [AUTHENTICATION, ask(`GET /organizations/${UNKNOWN}`)],
}
