/** What whoever may not do something is answered with, and what the simulator says of the reason (ERRORS.md §2.3). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as } from '../acting.ts'
import { putToken, type Said } from '../rules/permission-table.ts'
import { ACCOUNT, EMAIL, failureOf, type Reply, type Simulator, simulator, UNKNOWN } from '../simulator.ts'

const USER = '7c5dae5552338874e5053f2534d2767a'
/** The documented user is an Administrator here. */
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
/** The documented user is invited here. */
const INVITED = '4bb334f7c94c4a29a045f03944f072e5'
const ZONE = '22b1de5f1c0e4b3ea97bb1e963b06a43'
const ORGANIZATION = '4536bcfad5faccb111b47003c79917fa'

const UNAUTHORIZED = [403, 9109, 'Unauthorized to access requested resource']
const INVALID_ACCOUNT = [403, 9109, 'Invalid account identifier']
const AUTHENTICATION = [403, 10000, 'Authentication error']
const USER_ONLY = [403, 9109, 'Valid user-level authentication not found']
const FAILED = [400, 9106, 'Authentication failed (status: 400)']

const account = (id = ACCOUNT) => ({ [`com.cloudflare.api.account.${id}`]: '*' })
const zone = (id = ZONE) => ({ [`com.cloudflare.api.account.zone.${id}`]: '*' })
const nested = (id: string) => ({ [`com.cloudflare.api.account.${id}`]: { 'com.cloudflare.api.account.zone.*': '*' } })

/** Asks with a token that has these policies. */
async function asking({ call, worlds }: Simulator, owner: string, request: string, ...said: Said[]): Promise<Reply> {
  const { value } = putToken(worlds.of(), owner, said)
  return call(request, { headers: { authorization: `Bearer ${value}` } })
}

const answered = (reply: Reply) => (reply.status === 200 ? 'answered' : failureOf(reply))
const explained = ({ headers }: Reply) => JSON.parse(String(headers['fauxflare-denied'] ?? 'null'))

test('without the permission each service refuses in its own words', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const rows: [request: string, expected: unknown[]][] = [
    [`GET /accounts/${ACCOUNT}`, UNAUTHORIZED],
    [`PUT /accounts/${ACCOUNT}`, UNAUTHORIZED],
    [`GET /accounts/${ACCOUNT}/members`, UNAUTHORIZED],
    [`GET /accounts/${ACCOUNT}/roles`, UNAUTHORIZED],
    [`GET /accounts/${ACCOUNT}/tokens`, UNAUTHORIZED],
    [`GET /accounts/${ACCOUNT}/tokens/permission_groups`, UNAUTHORIZED],
    [`GET /accounts/${ACCOUNT}/subscriptions`, UNAUTHORIZED],
    [`GET /accounts/${ACCOUNT}/logs/audit?since=2026-01-01&before=2026-02-01`, AUTHENTICATION],
    [`GET /accounts/${ACCOUNT}/organizations`, AUTHENTICATION],
    [`GET /organizations/${ORGANIZATION}`, AUTHENTICATION],
    // An account of others, and one that there is not, look alike.
    [`GET /accounts/${MEDIA}`, INVALID_ACCOUNT],
    [`PUT /accounts/${MEDIA}`, INVALID_ACCOUNT],
    [`GET /accounts/${UNKNOWN}`, INVALID_ACCOUNT],
    [`GET /accounts/${MEDIA}/members`, UNAUTHORIZED],
    [`GET /accounts/${UNKNOWN}/members`, UNAUTHORIZED],
    [`GET /accounts/${MEDIA}/logs/audit?since=2026-01-01&before=2026-02-01`, AUTHENTICATION],
    [`GET /accounts/${UNKNOWN}/logs/audit?since=2026-01-01&before=2026-02-01`, AUTHENTICATION],
    // Nobody stands behind it.
    ['GET /user', USER_ONLY],
    ['GET /user/tokens', USER_ONLY],
    ['GET /user/tokens/permission_groups', USER_ONLY],
    ['GET /memberships', FAILED],
  ]
  for (const [request, expected] of rows) {
    await t.test(request, async () => {
      const reply = await asking(cf, ACCOUNT, request, ['allow', ['AI Gateway Read'], account()])
      assert.deepEqual(failureOf(reply), expected)
    })
  }
})

test('a refusal is explained in a header and in the journal, not in the answer', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const request = `PUT /accounts/${ACCOUNT}`
  const said: Said[] = [
    ['allow', ['Account Settings Write'], account()],
    ['deny', ['Account Settings Write'], account()],
  ]
  const permission_groups = ['Account Settings Write']
  const rows: [owner: string, said: Said[], expected: object][] = [
    [ACCOUNT, [], { reason: 'no policy of the token allows it', permission_groups }],
    [ACCOUNT, said, { reason: 'a policy of the token denies it', permission_groups, policy: 'policy 1' }],
    [MEDIA, said, { reason: 'the token belongs to another account', permission_groups: [] }],
    [
      USER,
      [['allow', ['Account Settings Write'], account(MEDIA)]],
      { reason: 'a policy of the token allows it, but not for this account', permission_groups },
    ],
  ]
  for (const [owner, policies, expected] of rows) {
    const reply = await asking(cf, owner, request, ...policies)
    assert.deepEqual(explained(reply), expected)
    assert.deepEqual(cf.worlds.of().journal.all().at(-1)?.denied, expected)
    assert.deepEqual(Object.keys(reply.body.errors[0]), ['code', 'message'])
  }
})

test('what cannot be an id is told before it is said who may not', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  for (const [path, code] of [
    ['/members/zz', 7003],
    ['/tokens/zz', 7003],
    [`/members/${'z'.repeat(32)}`, 400],
    [`/members/${UNKNOWN}`, 9109],
  ]) {
    const reply = await asking(cf, ACCOUNT, `GET /accounts/${ACCOUNT}${path}`)
    assert.equal(failureOf(reply)[1], code, `${path}`)
  }
})

test('resources are named flat or one in another, by id or as all of a kind', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const all = { 'com.cloudflare.api.account.*': '*' }
  const ofAccount = `GET /accounts/${ACCOUNT}/subscriptions`
  const ofZone = `GET /zones/${ZONE}/subscriptions`
  const rows: [title: string, resources: Said[2], account: boolean, zone: boolean][] = [
    ['the account', account(), true, true],
    ['all accounts', all, true, true],
    ['another account', account(MEDIA), false, false],
    ['the zone', zone(), false, true],
    ['all zones', zone('*'), false, true],
    ['another zone', zone('6f1afc0fbabf4f8b87fd3f1f8a4024dc'), false, false],
    ['all zones of the account', nested(ACCOUNT), false, true],
    ['all zones of all accounts', nested('*'), false, true],
    ['all zones of another account', nested(MEDIA), false, false],
    ['the zone in the account', { [`com.cloudflare.api.account.${ACCOUNT}`]: zone() }, false, true],
    ['the user', { [`com.cloudflare.api.user.${USER}`]: '*' }, false, false],
    ['nothing', {}, false, false],
  ]
  for (const [title, resources, onAccount, onZone] of rows) {
    await t.test(title, async () => {
      const policy: Said = ['allow', ['Billing Read'], resources]
      for (const [request, expected] of [
        [ofAccount, onAccount],
        [ofZone, onZone],
      ] as const) {
        const reply = await asking(cf, USER, request, policy)
        assert.deepEqual(answered(reply), expected ? 'answered' : UNAUTHORIZED, request)
        const denied = await asking(
          cf,
          USER,
          request,
          ['allow', ['Billing Read'], all],
          ['deny', ['Billing Read'], resources],
        )
        assert.deepEqual(answered(denied), expected ? UNAUTHORIZED : 'answered', `${request}, denied`)
      }
    })
  }
})

test("what is a user's opens to groups for users on that user, and to groups for accounts on any account", async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const user = (id: string) => ({ [`com.cloudflare.api.user.${id}`]: '*' })
  const details = ['User Details Read']
  const rows: [request: string, groups: string[], resources: Said[2], isOpen: boolean][] = [
    ['GET /user', details, user(USER), true],
    ['GET /user', details, user('*'), true],
    ['GET /user', details, user('f6b5de0326bb5182b8a4840ee01ec774'), false],
    ['GET /user', details, { 'com.cloudflare.api.account.*': '*' }, false],
    ['GET /user', ['Memberships Read'], user(USER), false],
    ['GET /memberships', ['Memberships Read'], user(USER), true],
    ['GET /user/subscriptions', ['Billing Read'], account(MEDIA), true],
    ['GET /user/subscriptions', ['Billing Read'], zone(), false],
    ['GET /user/subscriptions', details, user(USER), false],
    ['GET /user/audit_logs', ['Account Settings Read'], account(), true],
    ['GET /organizations', details, user(USER), true],
    ['GET /organizations', details, account(), false],
  ]
  for (const [request, groups, resources, isOpen] of rows) {
    const reply = await asking(cf, USER, request, ['allow', groups, resources])
    assert.equal(reply.status, isOpen ? 200 : 403, `${request} ${groups} ${Object.keys(resources)}`)
  }
})

test("what is denied on some accounts leaves a user's own things open to others", async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const read = ['Account Settings Read']
  const rows: [allowed: Said[2], denied: Said[2], isOpen: boolean][] = [
    [account('*'), account(MEDIA), true],
    [{ ...account(), ...account(MEDIA) }, account(MEDIA), true],
    [account(MEDIA), account(MEDIA), false],
    [account(MEDIA), account('*'), false],
    [account('*'), { [`com.cloudflare.api.user.${USER}`]: '*' }, false],
  ]
  for (const [allowed, denied, isOpen] of rows) {
    const said: Said[] = [
      ['allow', read, allowed],
      ['deny', read, denied],
    ]
    const reply = await asking(cf, USER, 'GET /user/audit_logs', ...said)
    assert.equal(reply.status, isOpen ? 200 : 403, JSON.stringify(said))
    assert.equal(explained(reply)?.policy, isOpen ? undefined : 'policy 1')
  }
})

test('a token never does more than its user, whatever its policies say', async (t) => {
  const cf = await simulator(t, { auth: 'enforce' })
  const said: Said = ['allow', ['Account Settings Write', 'Billing Write'], { 'com.cloudflare.api.account.*': '*' }]
  const rows: [request: string, expected: unknown][] = [
    [`GET /accounts/${ACCOUNT}/members`, 'answered'],
    [`GET /accounts/${MEDIA}/members`, 'answered'],
    // Administrators do not manage members, and the documented user is no more in this account.
    [`DELETE /accounts/${MEDIA}/members/${UNKNOWN}`, UNAUTHORIZED],
    [`DELETE /accounts/${ACCOUNT}/members/${UNKNOWN}`, [404, 1003, 'Member not found for account']],
    // Invited is not accepted.
    [`GET /accounts/${INVITED}`, INVALID_ACCOUNT],
    [`GET /accounts/${INVITED}/members`, UNAUTHORIZED],
  ]
  for (const [request, expected] of rows) {
    assert.deepEqual(answered(await asking(cf, USER, request, said)), expected, request)
    const { status, body } = await cf.call(request, { headers: as(EMAIL) })
    assert.deepEqual(
      status === 200 ? 'answered' : failureOf({ status, body } as Reply),
      expected,
      `${request}, with the key`,
    )
  }
})
