/** Rows about credentials and permissions (ERRORS.md §2): all but the first table where credentials must exist. */
import assert from 'node:assert/strict'
import { AUTH_FAILURES } from '../../server/assumed.ts'
import { ACCOUNT_TOKEN, as } from '../acting.ts'
import { bearer, PAIR } from '../pipeline/enforcing.ts'
import { ACCOUNT, EMAIL, KEY, TOKEN } from '../simulator.ts'
import { type Ask, ask, type Rows } from './error-rows.ts'

const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
const MEMBER = '4536bcfad5faccb111b47003c79917fa'
/** The waiting invitation of the documented user. */
const INVITATION = '4f5f0c14a2a41d5063dd301b2f829f04'
const NOBODY = bearer('x'.repeat(40))
const AUDIT = `GET /accounts/${ACCOUNT}/logs/audit?since=2026-11-01&before=2026-11-30`
const OF_ACCOUNT = `/accounts/${ACCOUNT}/tokens`
const VERIFY = `GET ${OF_ACCOUNT}/verify`

const MISSING = [400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers'] as const
const HEADERS = [400, 6003, 'Invalid request headers'] as const
const HALF = [400, 9107, 'Missing X-Auth-* header'] as const
const INVALID = [401, 1000, 'Invalid API Token'] as const
const INVALID_ACCESS = [403, 9109, 'Invalid access token'] as const
const AUTHENTICATION = [403, 10000, 'Authentication error'] as const
const SCHEME = [405, 10405, 'Method not allowed for this authentication scheme'] as const

/** A refusal whose chain has just these codes. */
const chained =
  (headers: Record<string, string>, codes: number[], request = 'GET /accounts'): Ask =>
  async ({ call }) => {
    const reply = await call(request, { headers })
    const chain = reply.body.errors[0].error_chain
    assert.deepEqual(
      chain.map(({ code }: { code: number }) => code),
      codes,
    )
    return reply
  }

/** A request with a token that was made for it, and changed by a request of its owner. */
const withToken =
  (
    kind: 'userToken' | 'accountToken',
    request: string,
    fields: object = {},
    change?: [how: string, body?: object],
  ): Ask =>
  async (app) => {
    const { id, value } = await app[kind](fields)
    if (change) {
      const [how, body] = change
      const path = kind === 'userToken' ? '/user/tokens' : OF_ACCOUNT
      const { status } = await app.call(how.replace('TOKEN', `${path}/${id}`), { headers: PAIR, body })
      assert.equal(status, 200)
    }
    return app.call(request, { headers: bearer(value) })
  }

const ROLLED: [string, object] = ['PUT TOKEN/value', {}]
const DELETED: [string] = ['DELETE TOKEN']
const DISABLED: [string, object] = ['PUT TOKEN', { name: 'one', policies: [], status: 'disabled' }]
const EARLY = { not_before: '2026-12-01T00:00:00Z' }
const EXPIRED = { expires_on: '2026-11-21T10:00:00Z' }

/** A change that a quirk refuses. */
const byTokenAlone =
  (request: string, body?: object): Ask =>
  async (_app, start) =>
    (await start({ auth: 'any', quirks: 'members-need-key' })).call(request, { body, headers: bearer(TOKEN) })

const KEY_WANTED: Ask[] = [
  byTokenAlone(`PUT /accounts/${ACCOUNT}/members/${MEMBER}`, { roles: [] }),
  byTokenAlone(`DELETE /accounts/${ACCOUNT}/members/${MEMBER}`),
  byTokenAlone(`PUT /memberships/${INVITATION}`, { status: 'accepted' }),
  byTokenAlone(`DELETE /memberships/${INVITATION}`),
]

/** A verification that succeeds, of a token with this status. */
const verified =
  (status: string, fields: object = {}, change?: [string, object]): Ask =>
  async (app, start) => {
    const reply = await withToken('accountToken', VERIFY, fields, change)(app, start)
    assert.equal(reply.body.result.status, status)
    assert.equal(
      reply.body.messages[0]?.message,
      status === 'active' ? 'This API Token is valid and active' : undefined,
    )
    return reply
  }

export const SHAPES: Rows = {
  '2.1 No credential at all': [MISSING, ask('GET /accounts', undefined, {})],
  '2.1 `Authorization` present but not a usable `Bearer …` (other scheme, empty)': [
    MISSING,
    ...['Basic dXNlcjpwYXNz', 'Bearer ', ''].map((authorization) => ask('GET /accounts', undefined, { authorization })),
  ],
  '2.1 `Authorization: Bearer` with a value of the wrong shape (bad characters, quotes, a 37-character global key, wrong length)':
    [
      HEADERS,
      ...[`${'a'.repeat(39)}!`, `"${TOKEN}"`, 'a'.repeat(37), 'a'.repeat(39)].map((value) =>
        chained(bearer(value), [6111]),
      ),
    ],
  '2.1 `X-Auth-Key` of the wrong shape': [HEADERS, chained({ 'x-auth-email': EMAIL, 'x-auth-key': 'x' }, [6103])],
  '2.1 `X-Auth-Email` of the wrong shape': [HEADERS, chained({ 'x-auth-email': 'x', 'x-auth-key': KEY }, [6102])],
  '2.1 both wrong': [HEADERS, chained({ 'x-auth-email': 'x', 'x-auth-key': 'x' }, [6102, 6103])],
  '2.1 only one of `X-Auth-Email` / `X-Auth-Key` sent': [
    HALF,
    ...[{ 'x-auth-email': EMAIL }, { 'x-auth-key': KEY }].map((half) => ask('GET /accounts', undefined, half)),
  ],
}

export const ENFORCED: Rows = {
  '2.2 Unknown e-mail/key pair': [
    [400, 9103, 'Unknown X-Auth-Key or X-Auth-Email'],
    ask('GET /accounts', undefined, { ...PAIR, 'x-auth-key': 'a'.repeat(37) }),
    ask('GET /accounts', undefined, { ...PAIR, 'x-auth-email': 'nobody@example.com' }),
  ],
  '2.2 Unknown, rolled or deleted token on an ordinary endpoint of the core API': [
    INVALID_ACCESS,
    ask('GET /accounts', undefined, NOBODY),
    withToken('userToken', 'GET /accounts', {}, ROLLED),
    withToken('accountToken', 'GET /accounts', {}, DELETED),
  ],
  '2.2 The same after many failures from one client': [
    [403, 9109, 'Max auth failures reached, please check your Authorization header.'],
    async ({ call }) => {
      for (let i = 0; i < AUTH_FAILURES.limit; i += 1) await call('GET /accounts', { headers: NOBODY })
      return call('GET /accounts', { headers: NOBODY })
    },
  ],
  '2.2 the same, other services': [
    AUTHENTICATION,
    ask(AUDIT, undefined, NOBODY),
    ask('GET /organizations', undefined, NOBODY),
  ],
  "2.2 Client address outside the token's `request_ip` condition": [
    [403, 9109, 'Cannot use the access token from location: 127.0.0.1'],
    ask('GET /accounts', undefined, ACCOUNT_TOKEN),
    withToken('userToken', 'GET /user', { condition: { request_ip: { not_in: ['127.0.0.0/8'] } } }),
  ],
  '2.2 Expired token on an ordinary endpoint': [INVALID_ACCESS, withToken('userToken', 'GET /accounts', EXPIRED)],
  '2.2 Disabled token on an ordinary endpoint': [INVALID_ACCESS, withToken('userToken', 'GET /accounts', {}, DISABLED)],
  '2.2 Token whose `not_before` is in the future': [INVALID_ACCESS, withToken('userToken', 'GET /accounts', EARLY)],
  '2.2 Sign-in scheme not allowed for this method and path (API tokens on some older endpoints)': [
    SCHEME,
    ...KEY_WANTED,
  ],
  '2.3 IAM-type endpoints (accounts, members, roles, tokens, permission groups)': [
    [403, 9109, 'Unauthorized to access requested resource'],
    ...['members', 'roles', 'tokens', 'tokens/permission_groups', 'iam/permission_groups'].map((what) =>
      withToken('userToken', `GET /accounts/${ACCOUNT}/${what}`),
    ),
    // What an Administrator may read and not write.
    ask(`PUT /accounts/${MEDIA}/members/${MEMBER}`, { roles: [] }),
  ],
  '2.3 Gateway products, among them `GET /accounts/{id}/logs/audit`': [AUTHENTICATION, withToken('userToken', AUDIT)],
  '2.3 `GET /accounts` with a token that covers no account': [
    200,
    async (app, start) => {
      const reply = await withToken('userToken', 'GET /accounts')(app, start)
      assert.deepEqual(reply.body.result, [])
      return reply
    },
  ],
  '2.3 `POST /accounts` without a tenant': [
    [403, 1002, 'Forbidden. Account creation is not allowed'],
    ask('POST /accounts', { name: 'New' }, as('edward.langley@example.net')),
  ],
  "2.3 Token creation beyond the creator's own rights, or with groups that do not fit the named resources": [
    [400, 1001, 'Failed common permission check against resources. (Permission group: "Account Settings Read")'],
    ask('POST /user/tokens', {
      name: 'one',
      policies: [
        {
          effect: 'allow',
          resources: { 'com.cloudflare.api.account.4bb334f7c94c4a29a045f03944f072e5': '*' },
          permission_groups: [{ id: 'c1fde68c7bcc44588cbb6ddbc16d6480' }],
        },
      ],
    }),
  ],
  '2.3 Account-owned token used on user-level endpoints (`/user`, `/user/tokens`, `/user/tokens/permission_groups`)': [
    [403, 9109, 'Valid user-level authentication not found'],
    ...['/user', '/user/tokens', '/user/tokens/permission_groups'].map((path) =>
      withToken('accountToken', `GET ${path}`),
    ),
  ],
  '2.3 Account-owned token on `/memberships`': [
    [400, 9106, 'Authentication failed (status: 400)'],
    withToken('accountToken', 'GET /memberships'),
  ],
  '2.3 Account-owned token on `GET /accounts`': [
    200,
    async (app, start) => {
      const reply = await withToken('accountToken', 'GET /accounts')(app, start)
      assert.deepEqual(
        reply.body.result.map(({ id }: { id: string }) => id),
        [ACCOUNT],
      )
      return reply
    },
  ],
  '2.3 API token on `PUT` / `DELETE /accounts/{id}/members/{id}` and `/memberships/{id}`': [SCHEME, ...KEY_WANTED],
  '2.4 Valid': [200, verified('active')],
  '2.4 Unknown, deleted, rolled (old value)': [
    INVALID,
    ask(VERIFY, undefined, NOBODY),
    withToken('accountToken', VERIFY, {}, ROLLED),
    withToken('accountToken', VERIFY, {}, DELETED),
  ],
  '2.4 Account-owned token on the *user* path': [INVALID, withToken('accountToken', 'GET /user/tokens/verify')],
  '2.4 User token on the *account* path, or a token of another account': [
    INVALID,
    withToken('userToken', VERIFY),
    withToken('accountToken', VERIFY.replace(ACCOUNT, MEDIA)),
  ],
  '2.4 Malformed Authorization': [HEADERS, chained(bearer('x'), [6111], VERIFY)],
  '2.4 Signed in with `X-Auth-Email` and `X-Auth-Key`': [[400, 1001, 'Missing "Authorization" header'], ask(VERIFY)],
  '2.4 Expired': [200, verified('expired', EXPIRED)],
  '2.4 Disabled': [200, verified('disabled', {}, DISABLED)],
  '2.4 Malformed account id': [
    [400, 7003, 'Could not route to /client/v4/accounts/x/tokens/verify, perhaps your object identifier is invalid?'],
    ask('GET /accounts/x/tokens/verify', undefined, bearer(TOKEN)),
  ],
  '2.4 POST instead of GET': [
    [405, 7001, 'Method POST not available for that URI.'],
    ...[VERIFY.replace('GET', 'POST'), 'POST /user/tokens/verify'].map((request) => ask(request)),
  ],
  '4 product not available to the account': [
    [400, 1225, 'Your account does not have access to this product. Contact billing@cloudflare.com for assistance.'],
    ask(`POST /accounts/${ACCOUNT}/subscriptions`, { rate_plan: { id: 'partners_ent' } }),
  ],
  '8 Expired, disabled or not-yet-valid token on an ordinary call': [
    INVALID_ACCESS,
    withToken('accountToken', 'GET /accounts', EXPIRED),
    withToken('accountToken', 'GET /accounts', {}, DISABLED),
    withToken('accountToken', 'GET /accounts', EARLY),
  ],
  '8 The same on verification': [INVALID, withToken('accountToken', VERIFY, EARLY)],
  "8 User token on an account's verification, or another account's token": [INVALID, withToken('userToken', VERIFY)],
  '8 `enforce_twofactor` refused': [
    [400, 1001, 'Two-factor authentication can be enforced only by somebody who has it enabled'],
    ask(`PUT /accounts/${ACCOUNT}`, { name: 'Same', settings: { enforce_twofactor: true } }),
  ],
  '8 Deleting an account without a tenant': [
    [403, 1002, 'Forbidden. Account deletion is not allowed'],
    ask(`DELETE /accounts/${ACCOUNT}`),
  ],
}
