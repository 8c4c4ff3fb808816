/** What goes wrong reaches users of the SDK as the right class, with status, code and message. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type Cloudflare from 'cloudflare'
import { ACCOUNT, EMAIL, KEY, UNKNOWN } from '../simulator.ts'
import { clientOf, listening, refused, sdk } from './clients.ts'

const { APIError, AuthenticationError, BadRequestError, NotFoundError, PermissionDeniedError } = sdk

const account_id = ACCOUNT
const unknown = { account_id: UNKNOWN }
const organization = '/organizations/4536bcfad5faccb111b47003c79917fa'

type Row = [call: (client: Cloudflare) => Promise<unknown>, status: number, code: number, message: string | RegExp]

const notFound: Row[] = [
  [(client) => client.get('/nothing'), 404, 7000, 'No route for that URI'],
  [(client) => client.get(`/accounts/${ACCOUNT}/nothing`), 404, 7000, 'No route for that URI'],
  [(client) => client.post('/accounts/x/y/z/q', { body: {} }), 404, 7000, 'No route for that URI'],
  [({ accounts }) => accounts.members.get(UNKNOWN, { account_id }), 404, 1003, 'Member not found for account'],
  [({ accounts }) => accounts.members.update(UNKNOWN, { account_id }), 404, 1003, 'Member not found for account'],
  [({ accounts }) => accounts.members.delete(UNKNOWN, { account_id }), 404, 1003, 'Member not found for account'],
  [({ accounts }) => accounts.roles.get(UNKNOWN, { account_id }), 404, 1003, 'Role not found'],
  [({ accounts }) => accounts.tokens.get(UNKNOWN, { account_id }), 404, 1003, 'Token not found'],
  [({ accounts }) => accounts.tokens.delete(UNKNOWN, { account_id }), 404, 1003, 'Token not found'],
  [({ accounts }) => accounts.tokens.value.update(UNKNOWN, { account_id }), 404, 1003, 'Token not found'],
  [({ accounts }) => accounts.subscriptions.update(UNKNOWN, { account_id }), 404, 1199, 'Subscription not found'],
  [({ accounts }) => accounts.subscriptions.delete(UNKNOWN, { account_id }), 404, 1199, 'Subscription not found'],
]

const denied: Row[] = [
  [({ accounts }) => accounts.get(unknown), 403, 9109, 'Invalid account identifier'],
  [({ accounts }) => accounts.delete(unknown), 403, 9109, 'Invalid account identifier'],
  [({ accounts }) => accounts.members.list(unknown), 403, 9109, 'Unauthorized to access requested resource'],
  [({ accounts }) => accounts.roles.list(unknown), 403, 9109, 'Unauthorized to access requested resource'],
  [({ accounts }) => accounts.tokens.list(unknown), 403, 9109, 'Unauthorized to access requested resource'],
  [({ accounts }) => accounts.subscriptions.get(unknown), 403, 9109, 'Unauthorized to access requested resource'],
  [(client) => client.get(`/accounts/${UNKNOWN}/profile`), 403, 10000, 'Authentication error'],
  [(client) => client.get(`/organizations/${UNKNOWN}/accounts`), 403, 10000, 'Authentication error'],
]

/** Bytes are sent as they are. */
const broken = { body: Buffer.from('{"name":'), headers: { 'content-type': 'application/json' } }

const bad: Row[] = [
  [({ accounts }) => accounts.create({ name: ' ' }), 400, 1001, 'Account name is required'],
  [({ accounts }) => accounts.create({} as { name: string }), 400, 1001, 'Account name is required'],
  [({ accounts }) => accounts.create({ name: '<script>' }), 400, 1001, /invalid character/],
  [({ accounts }) => accounts.create({ name: 'x'.repeat(101) }), 400, 1001, /too long/],
  [
    ({ accounts }) => accounts.get({ account_id: 'short' }),
    400,
    7003,
    /^Could not route to \/client\/v4\/accounts\/short,/,
  ],
  [({ accounts }) => accounts.list({ per_page: 0 }), 400, 6008, 'Invalid request parameters'],
  [({ accounts }) => accounts.list({ direction: 'up' as 'asc' }), 400, 6008, 'Invalid request parameters'],
  [(client) => client.post('/accounts', broken), 400, 6007, 'Malformed JSON in request body'],
  [(client) => client.post(`/accounts/${ACCOUNT}/subscriptions`, broken), 400, 1198, /JSON/],
  [(client) => client.get(`${organization}/accounts?page_size=1001`), 400, 6008, 'Invalid request parameters'],
  [
    ({ accounts }) => accounts.members.create({ account_id, roles: [] } as never),
    400,
    1001,
    "Invalid request: Value required for parameter 'email'.",
  ],
  [
    ({ accounts }) => accounts.members.create({ account_id, email: 'a@example.com', roles: [UNKNOWN] }),
    400,
    1001,
    'Invalid request: Invalid role assignments found',
  ],
  [
    ({ accounts }) => accounts.tokens.create({ account_id, name: '', policies: [] }),
    400,
    400,
    'name must have a length between 1 and 120',
  ],
]

const methods: Row[] = [
  [(client) => client.patch('/accounts'), 405, 7001, 'Method PATCH not available for that URI.'],
  [(client) => client.delete('/accounts'), 405, 7001, 'Method DELETE not available for that URI.'],
  [
    (client) => client.post(`/accounts/${ACCOUNT}/tokens/ed17574386854bf78a67040be0a770b0/value`),
    405,
    7001,
    'Method POST not available for that URI.',
  ],
]

const classes: [Class: { name: string }, rows: Row[]][] = [
  [NotFoundError, notFound],
  [PermissionDeniedError, denied],
  [BadRequestError, bad],
  [APIError, methods],
]

for (const [Class, rows] of classes) {
  test(`${rows.length} failures are a ${Class.name}`, async (t) => {
    const client = clientOf(await listening(t))
    for (const [call, status, code, message] of rows) {
      const error = await refused(call(client))
      assert.equal(error.constructor, Class, `${call}`)
      assert.equal(error.status, status, `${call}`)
      assert.equal(error.errors.length, 1)
      assert.equal(error.errors[0]?.code, code, `${call}`)
      const text = error.errors[0]?.message ?? ''
      if (typeof message === 'string') assert.equal(text, message)
      else assert.match(text, message)
      assert.equal((error.error as { success: boolean }).success, false)
      assert.match(error.headers?.get('cf-ray') ?? '', /^[0-9a-f]{16}-[A-Z]{3}$/)
    }
  })
}

test('credentials that are malformed or unknown are told apart', async (t) => {
  const cf = await listening(t)
  const malformed = await refused(clientOf(cf, { apiToken: 'too short' }).accounts.get({ account_id }))
  assert.ok(malformed instanceof BadRequestError)
  const chain = [{ code: 6111, message: 'Invalid format for Authorization header' }]
  assert.deepEqual(malformed.errors, [{ code: 6003, message: 'Invalid request headers', error_chain: chain }])
  const unknown = await refused(clientOf(cf).accounts.tokens.verify({ account_id }))
  assert.ok(unknown instanceof AuthenticationError)
  const keyed = clientOf(cf, { apiToken: null, apiEmail: EMAIL, apiKey: KEY })
  const keyless = await refused(keyed.accounts.tokens.verify({ account_id }))
  assert.deepEqual([keyless.status, keyless.errors[0]?.code], [400, 1001])
  const both = clientOf(cf, { apiToken: 'too short', apiEmail: EMAIL, apiKey: KEY })
  assert.equal((await both.accounts.get({ account_id })).id, account_id)
})

test('failures are not repeated by the SDK', async (t) => {
  let times = 0
  const client = clientOf(await listening(t), {
    maxRetries: 2,
    fetch: (url, init) => {
      times += 1
      return fetch(url as string, init)
    },
  })
  for (const [, rows] of classes) for (const [call] of rows) await refused(call(client))
  assert.equal(times, classes.flatMap(([, rows]) => rows).length)
})
