/** Whoever lacks the right to do something is told what it is, beside an answer that does not say it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as } from '../acting.ts'
import { putToken } from '../rules/permission-table.ts'
import { ACCOUNT, EMAIL, type Reply, simulator } from '../simulator.ts'

const USER = '7c5dae5552338874e5053f2534d2767a'
/** The documented user is an Administrator in the first account, invited to the second, and nobody in the third. */
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
const INVITED = '4bb334f7c94c4a29a045f03944f072e5'
const STRANGE = '6d48b8fb4d6b7f352f061c0843a80ba1'
const STRANGER = 'edward.langley@example.net'
const ORGANIZATION = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'

const explained = ({ headers }: Reply) => JSON.parse(String(headers['fauxflare-denied'] ?? 'null'))
const NO_USER = 'the token belongs to an account, and no user stands behind it'

test('people are told what they lack in the account', async (t) => {
  const { call } = await simulator(t, { auth: 'enforce' })
  const rows: [account_id: string, reason: string][] = [
    [MEDIA, `the roles of ${EMAIL} in the account do not open it`],
    [INVITED, `${EMAIL} has not accepted the invitation to the account`],
    [STRANGE, `${EMAIL} is no member of the account`],
  ]
  for (const [account_id, reason] of rows) {
    const reply = await call(`POST /accounts/${account_id}/members`, { headers: as(EMAIL), body: {} })
    assert.deepEqual(explained(reply), { reason, permission_groups: ['SCIM Provisioning', 'Account Settings Write'] })
  }
})

test('so are those whom the operation itself refuses', async (t) => {
  const { call, worlds } = await simulator(t, { auth: 'enforce' })
  const account = { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' }
  const own = { [`com.cloudflare.api.user.${USER}`]: '*' }
  const byToken = (owner: string, name: string) => {
    const resources = owner === USER ? own : account
    return { authorization: `Bearer ${putToken(worlds.of(), owner, [['allow', [name], resources]]).value}` }
  }
  // Billing Read
  const policies = [
    { effect: 'allow', resources: account, permission_groups: [{ id: '7cf72faf220841aabcfdfab81c43c4f6' }] },
  ]
  const move = { account_ids: [ACCOUNT], destination_organization_id: ORGANIZATION }
  const rows: [
    request: string,
    headers: Record<string, string>,
    body: object | undefined,
    reason: string,
    groups?: string[],
  ][] = [
    ['POST /accounts', as(STRANGER), { name: 'a' }, `${STRANGER} administers no tenant`],
    ['POST /accounts', byToken(ACCOUNT, 'Account Settings Write'), { name: 'a' }, NO_USER],
    [
      'POST /accounts',
      as(EMAIL),
      { name: 'a', unit: { id: 'f'.repeat(32) } },
      `${EMAIL} neither administers the tenant of the unit nor manages it`,
    ],
    [`DELETE /accounts/${ACCOUNT}`, as(EMAIL), undefined, `${EMAIL} administers no tenant that the account is in`],
    [
      'POST /accounts/move',
      as(STRANGER),
      move,
      `${STRANGER} is no member of the destination or of an organization above it`,
    ],
    ['POST /accounts/move', byToken(ACCOUNT, 'Account Settings Write'), move, NO_USER],
    [
      'POST /organizations',
      as(STRANGER),
      { name: 'a', parent: { id: ORGANIZATION } },
      `${STRANGER} is no member of the parent or of an organization above it`,
    ],
    ['GET /user', byToken(ACCOUNT, 'Account Settings Read'), undefined, NO_USER],
    ['GET /memberships', byToken(ACCOUNT, 'Account Settings Read'), undefined, NO_USER],
    [
      'POST /user/tokens',
      byToken(USER, 'API Tokens Write'),
      { name: 'a', policies },
      'the token that asks does not have it, or not for all of this',
      ['Billing Read'],
    ],
    ['POST /user/tokens', as(STRANGER), { name: 'a', policies }, `${STRANGER} does not have it`, ['Billing Read']],
  ]
  for (const [request, headers, body, reason, permission_groups = []] of rows) {
    await t.test(`${request}: ${reason}`, async () => {
      const reply = await call(request, { headers, ...(body && { body }) })
      assert.ok(reply.status >= 400, reply.text)
      assert.deepEqual(explained(reply), { reason, permission_groups })
      assert.deepEqual(worlds.of().journal.all().at(-1)?.denied, { reason, permission_groups })
      assert.deepEqual(Object.keys(reply.body.errors[0]), ['code', 'message'])
    })
  }
})
