/** Rows about bodies and parameters (ERRORS.md §4 and §8), whichever credentials are taken. */
import assert from 'node:assert/strict'
import { as } from '../acting.ts'
import { PAIR } from '../pipeline/enforcing.ts'
import { ACCOUNT, type Reply, UNKNOWN } from '../simulator.ts'
import { type Ask, ask, each, type Rows } from './error-rows.ts'

const A = `/accounts/${ACCOUNT}`
const INVITEE = '962e59e12a20904e5cae232c24f06a9b'
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'
/** An account with one Super Administrator. */
const MEDIA = '/accounts/a67e14daa5f8dceeb91fe5449ba496ef'
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'
const SUBSCRIPTION = '506e3185e9c882d175a2d0cb0093d9f2'
const LOGS = '/logs/audit?since=2026-11-01&before=2026-11-30'

const invalid = (message: string) => [400, 1001, `Invalid request: ${message}`] as const
const PARAMETERS = [400, 6008, 'Invalid request parameters'] as const
const MEMBER_EXISTS = invalid('Member already exists')
const UNKNOWN_GROUP = [400, 1001, `Invalid permission group id: ${UNKNOWN}`] as const

const email = 'new@example.com'
const member = (body: object): Ask => ask(`POST ${A}/members`, body)
const token = { name: 'one', policies: [] as object[] }
const policy = {
  effect: 'allow',
  resources: { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' },
  permission_groups: [{ id: 'c1fde68c7bcc44588cbb6ddbc16d6480' }] as object[],
}

/** Both to make a token and to change one, of an account and of a user. */
const tokens = (fields: object): Ask[] =>
  [`POST ${A}/tokens`, `PUT ${A}/tokens/${TOKEN_ID}`, 'POST /user/tokens'].map((request) =>
    ask(request, { ...token, ...fields }),
  )

/** The token "account automation" of the documented account. */
const AUTOMATION = { authorization: 'Bearer rcUI75i7n_ztWqU8fPhvD48v-uDzHJ2As0hKaD6Z' }

/** A request whose answer is looked at. */
const seen =
  (asked: Ask, check: (reply: Reply) => void): Ask =>
  async (...with_) => {
    const reply = await asked(...with_)
    check(reply)
    return reply
  }

const chain11000 = (request: string): Ask =>
  seen(ask(request), ({ body }) => assert.equal(body.errors[0].error_chain[0].code, 11000))

/** A change of the only Super Administrator of an account, who asks for it. */
const lastOne =
  (method: string, body?: object): Ask =>
  async ({ call }) => {
    const headers = as('adele.fontaine@example.org')
    const { result } = (await call(`GET ${MEDIA}/members?per_page=50`, { headers })).body
    const isHers = ({ user }: { user: { email: string } }) => user.email === 'adele.fontaine@example.org'
    return call(`${method} ${MEDIA}/members/${result.find(isHers).id}`, { headers, body })
  }

const NOT_JSON = [400, 6007, 'Malformed JSON in request body'] as const
const BAD_PAGES = ['0', '-1', 'x'].map((size) => chain11000(`GET ${A}/members?per_page=${size}`))
const BAD_LISTS = ['direction', 'order', 'status'].map((name) => chain11000(`GET ${A}/members?${name}=x`))
const BAD_RANGES = ['before=2026-11-30', 'since=2026-11-01', 'since=x&before=2026-11-30'].map((query) =>
  chain11000(`GET ${A}/logs/audit?${query}`),
)
const BAD_LIMITS = ['0', '1001', 'x'].map((limit) => chain11000(`GET ${A}${LOGS}&limit=${limit}`))

export const BODIES: Rows = {
  '4 Body is not JSON': [
    NOT_JSON,
    ...each([`PUT ${A}`, `POST ${A}/members`, `POST ${A}/tokens`, 'POST /organizations', 'PATCH /user'], '{'),
  ],
  '4 Body is not JSON, or empty, on subscriptions': [
    [400, 1198, 'Failed to decode the JSON body'],
    ...['{', ''].flatMap((body) =>
      each(
        [
          `POST ${A}/subscriptions`,
          `PUT ${A}/subscriptions/${SUBSCRIPTION}`,
          `PUT /user/subscriptions/${SUBSCRIPTION}`,
        ],
        body,
      ),
    ),
  ],
  '4 Unknown extra fields': [
    200,
    ask('POST /accounts', { name: 'a', settings: { enforce_twofactor: true }, color: 'red' }),
    member({ email, roles: [ADMINISTRATOR], color: 'red' }),
    ...tokens({ color: 'red' }),
    ask('PATCH /user', { first_name: 'a', color: 'red' }),
  ],
  '4 name missing or empty on POST': [
    [400, 1001, 'Account name is required'],
    ask('POST /accounts', {}),
    ask('POST /accounts', { name: '' }),
  ],
  '4 name with forbidden characters (`<script>`)': [
    [400, 1001, 'Account name contains an invalid character'],
    ask('POST /accounts', { name: '<script>' }),
    ask(`PUT ${A}`, { name: '<script>' }),
  ],
  '4 name longer than 100': [
    [400, 1001, 'Account name is too long'],
    ask('POST /accounts', { name: 'a'.repeat(101) }),
    ask(`PUT ${A}`, { name: 'a'.repeat(101) }),
  ],
  '4 PUT that names another `type`': [
    [400, 1001, 'account type is not supported'],
    ask(`PUT ${A}`, { name: 'a', type: 'enterprise' }),
  ],
  '4 PUT with `settings`': [200, ask(`PUT ${A}`, { name: 'a', settings: { enforce_twofactor: false } })],
  '4 `email` missing': [invalid("Value required for parameter 'email'."), member({ roles: [ADMINISTRATOR] })],
  '4 unknown role id': [invalid('Invalid role assignments found'), member({ email, roles: [UNKNOWN] })],
  '4 `"status":"accepted"` on POST by an account without the right to add directly': [
    invalid('automatic verification of new members is not allowed'),
    async (_app, start) => {
      const { call } = await start({ auth: 'any', quirks: 'members-no-direct' })
      return call(`POST ${A}/members`, { body: { email, roles: [ADMINISTRATOR], status: 'accepted' } })
    },
  ],
  '4 e-mail not of e-mail form': [invalid('Invalid email address'), member({ email: 'x', roles: [ADMINISTRATOR] })],
  '4 neither roles nor policies': [invalid("Value required for parameter 'roles'."), member({ email })],
  '4 somebody already invited or already a member': [
    MEMBER_EXISTS,
    ...['user@example.com', 'invitee@example.com'].map((known) => member({ email: known, roles: [ADMINISTRATOR] })),
  ],
  '4 PUT with roles as plain strings': [
    [400, 400, 'Bad request: /roles/0 must be object'],
    ask(`PUT ${A}/members/${INVITEE}`, { roles: [ADMINISTRATOR] }),
  ],
  '4 PUT with an empty body': [
    [400, 400, 'Bad request: the body must be object'],
    ask(`PUT ${A}/members/${INVITEE}`),
    ask(`PUT ${A}/members/${INVITEE}`, ''),
  ],
  '4 empty name, or longer than 120': [
    [400, 400, 'name must have a length between 1 and 120'],
    ...tokens({ name: '' }),
    ...tokens({ name: 'a'.repeat(121) }),
  ],
  '4 permission group without `id`': [
    [400, 400, 'These rules must pass for permission_groups: id must be present'],
    ...tokens({ policies: [{ ...policy, permission_groups: [{}] }] }),
  ],
  '4 unknown permission group id': [
    UNKNOWN_GROUP,
    ...tokens({ policies: [{ ...policy, permission_groups: [{ id: UNKNOWN }] }] }),
  ],
  '4 `policies: []`': [200, ...tokens({})],
  '4 a policy carrying an `id` on create': [
    [400, 1001, 'Reusing existing policies is not supported by token creation'],
    ...[`POST ${A}/tokens`, 'POST /user/tokens'].map((request) =>
      ask(request, { ...token, policies: [{ ...policy, id: UNKNOWN }] }),
    ),
  ],
  '4 `expires_on` / `not_before` with fractional seconds': [
    [400, 400, 'expires_on must be in the form YYYY-MM-DDTHH:MM:SSZ'],
    ...tokens({ expires_on: '2030-01-01T00:00:00.5Z' }),
  ],
  '4 unknown rate plan on POST': [
    [400, 7501, "unknown or deprecated rate plan: 'nothing'"],
    ask(`POST ${A}/subscriptions`, { rate_plan: { id: 'nothing' } }),
  ],
  '4 zone subscription missing': [
    [404, 1207, 'Add a core subscription first and try again. The zone does not have an active core subscription.'],
    ask('POST /zones/eb78d65290b24279ba6f44721b3ea3c4/subscriptions', { rate_plan: { id: 'workers_paid' } }),
  ],
  '4 `PATCH /user` with nothing to change': [
    [400, 1029, 'Unable to find a user property to update. Perhaps you are trying to update a readOnly setting?'],
    ask('PATCH /user', {}),
  ],
  '4 `per_page` out of range': [PARAMETERS, ...BAD_PAGES],
  '4 bad `direction` or `order`': [PARAMETERS, ...BAD_LISTS],
  '4 page beyond the end': [
    200,
    seen(ask(`GET ${A}/members?page=99`), ({ body }) => {
      assert.deepEqual([body.result, body.result_info.total_count], [[], 65])
    }),
  ],
  '4 `GET /accounts?page=2` with an account-owned token': [
    200,
    async (_app, start) => {
      const { call } = await start({ auth: 'any', quirks: 'accounts-page-ignored' })
      const [first, second] = [1, 2].map((page) => call(`GET /accounts?page=${page}`, { headers: AUTOMATION }))
      assert.equal((await second)?.text, (await first)?.text)
      assert.equal((await second)?.body.result_info.total_pages, 1)
      return second as Promise<Reply>
    },
  ],
  '4 `since` or `before` missing': [PARAMETERS, ...BAD_RANGES],
  '4 `limit` outside 1…1000': [PARAMETERS, ...BAD_LIMITS],
  '4 range in the future': [
    200,
    seen(ask(`GET ${A}/logs/audit?since=2030-01-01&before=2030-02-01`), ({ body }) =>
      assert.deepEqual(body.result, []),
    ),
  ],
  '4 more than 18 months back (older `/user/audit_logs`)': [
    [400, 113, 'since must not be more than 18 months ago'],
    ask('GET /user/audit_logs?since=2025-01-01'),
  ],
  '4 unusable cursor': [200, ask(`GET ${A}${LOGS}&cursor=x`)],
  '8 Duplicate member or invitation': [MEMBER_EXISTS, member({ email: 'invitee@example.com', roles: [ADMINISTRATOR] })],
  '8 Last Super Administrator': [
    invalid('Cannot remove the last Super Administrator'),
    lastOne('DELETE'),
    lastOne('PUT', { roles: [{ id: ADMINISTRATOR }] }),
  ],
  '8 Token quota': [
    [400, 1001, 'Token quota exceeded'],
    async ({ call, worlds }) => {
      for (let made = 0; made < 50; made += 1) {
        const reply = await call('POST /user/tokens', { headers: PAIR, body: token })
        if (reply.status !== 200) return reply
      }
      assert.fail(`No quota: ${worlds.of().clock.iso()}`)
    },
  ],
  '8 Unknown permission group id': [
    UNKNOWN_GROUP,
    ...tokens({ policies: [{ ...policy, permission_groups: [{ id: UNKNOWN }] }] }),
  ],
  '8 `per_page` too large': [PARAMETERS, ...BAD_PAGES],
  '8 bad `order`, `direction`, `status` filter': [PARAMETERS, ...BAD_LISTS],
  '8 audit `since`/`before` missing or unreadable, `limit` out of range': [PARAMETERS, ...BAD_RANGES, ...BAD_LIMITS],
  '8 Invalid JSON': [NOT_JSON, ask(`PUT ${A}`, '{')],
  '8 Body too large': [
    [413, 10413, 'The request body is larger than 1048576 bytes'],
    ask(`PUT ${A}`, { name: 'a'.repeat(1024 * 1024) }),
  ],
}
