/** What nobody answers to: the nearest operation is told, to the client, in the journal and in the report. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nearestOperation, titleOf } from '../../server/pipeline/nearest-operation.ts'
import { resources } from '../../server/resources/index.ts'
import { ACCOUNT, simulator } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`
const ID = '4536bcfad5faccb111b47003c79917fa'
const operations = resources.flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))
const find = nearestOperation(operations)

const near: [asked: string, id: string][] = [
  ['GET /account', 'accounts-list-accounts'],
  ['GET /acounts', 'accounts-list-accounts'],
  ['POST /Accounts', 'account-creation'],
  ['GET /client/v4/accounts', 'accounts-list-accounts'],
  [`GET /v4${A}`, 'accounts-account-details'],
  [`GET ${A}/member`, 'account-members-list-members'],
  [`POST ${A}/member`, 'account-members-add-member'],
  [`GET ${A}/memebrs`, 'account-members-list-members'],
  [`PATCH ${A}/member/${ID}`, 'account-members-update-member'],
  [`DELETE ${A}/member/${ID}`, 'account-members-remove-member'],
  [`GET ${A}/member/member_id`, 'account-members-member-details'],
  ['GET /accounts/members', 'account-members-list-members'],
  ['GET /accounts//members', 'account-members-list-members'],
  ['GET /accounts/{account_id}/member', 'account-members-list-members'],
  [`GET ${A}/role`, 'account-roles-list-roles'],
  [`PUT ${A}/tokens/${ID}/values`, 'account-api-tokens-roll-token'],
  [`GET ${A}/tokens/permission-groups`, 'account-api-tokens-list-permission-groups'],
  [`GET ${A}/token/verify`, 'account-api-tokens-verify-token'],
  [`GET ${A}/audit`, 'audit-logs-v2-get-account-audit-logs'],
  [`GET ${A}/logs`, 'audit-logs-v2-get-account-audit-logs'],
  [`GET ${A}/audit_logs`, 'audit-logs-v2-get-account-audit-logs'],
  [`POST /zone/${ID}/subscriptions`, 'account-subscriptions-create-subscription'],
  [`GET /organizations/${ID}/account`, 'Organizations_getAccounts'],
  [`POST /organizations/${ID}/members:batchcreate`, 'Members_batchCreate'],
  [`GET /organization/${ID}/accounts`, 'Organizations_getAccounts'],
]

for (const [asked, id] of near) {
  test(`Nearest to ${asked} is ${id}`, () => {
    const [method, path] = asked.split(' ') as [string, string]
    assert.equal(find(method, path)?.id, id)
  })
}

for (const path of ['', '/', '/nothing', '/zones', '/ips', '/zones/x/dns_records', '/a/b/c/d', `/x${A}`, `${A}/x/y`]) {
  test(`Nothing is near to GET ${path || '(nothing)'}`, () => assert.equal(find('GET', path), undefined))
}

test('ids do not count: the nearest of a path is the same whatever stands in their place', () => {
  const ids = fc.oneof(
    fc.stringMatching(/^[0-9a-f]{32}$/),
    fc.constantFrom('account_id', '7', 'members-of-account-7', 'identifier'),
  )
  fc.assert(
    fc.property(ids, ids, (account, member) => {
      assert.equal(find('GET', `/accounts/${account}/member`)?.id, 'account-members-list-members')
      assert.equal(find('PUT', `/accounts/${account}/member/${member}`)?.id, 'account-members-update-member')
    }),
    { seed: 7, numRuns: 100 },
  )
})

test('one letter less or one more in a word leads to the operation that has the word', () => {
  for (const operation of operations) {
    const path = operation.path
      .replace(/:\w+\(\^(\w+)[^)]*\)/g, '$1')
      .replace(/\/:\w+/g, `/${ID}`)
      .replace('::', ':')
    const words = path.split('/').filter((word) => word.length > 3 && word !== ID)
    for (const word of words) {
      for (const typo of [`${word}s`, word.slice(0, -1), word.slice(1)]) {
        const wrong = path.replace(`/${word}`, `/${typo}`)
        assert.equal(find(operation.method, wrong)?.id, operation.id, `${operation.method} ${wrong}`)
      }
    }
  }
})

test('an operation is told as people read it', () => {
  const titles = operations.map(titleOf)
  assert.ok(titles.includes('GET /accounts/{account_id}/members (account-members-list-members)'))
  assert.ok(
    titles.includes(
      'GET /{accounts_or_zones}/{account_or_zone_id}/subscriptions (account-subscriptions-list-subscriptions)',
    ),
  )
  for (const title of titles) assert.match(title, /^[A-Z]+ (?:\/[\w{}:]+)+ \([\w'-]+\)$/)
})

const told: [request: string, status: number, nearest: string | undefined][] = [
  [`GET ${A}/member`, 404, 'GET /accounts/{account_id}/members (account-members-list-members)'],
  [`GET ${A}/member?page=2`, 404, 'GET /accounts/{account_id}/members (account-members-list-members)'],
  ['GET /nothing', 404, undefined],
  [`PATCH ${A}/members/${ID}`, 405, 'PUT /accounts/{account_id}/members/{member_id} (account-members-update-member)'],
  [`POST ${A}/members/abc`, 405, 'PUT /accounts/{account_id}/members/{member_id} (account-members-update-member)'],
  [`HEAD ${A}/members`, 405, 'GET /accounts/{account_id}/members (account-members-list-members)'],
  ['OPTIONS /accounts', 405, 'GET /accounts (accounts-list-accounts)'],
  ['DELETE /accounts', 405, 'GET /accounts (accounts-list-accounts)'],
  ['PATCH /accounts/tokens', 405, 'PUT /accounts/{account_id} (accounts-update-account)'],
  ['PATCH /accounts/move', 405, 'POST /accounts/move (Accounts_batchMoveAccounts)'],
  [
    `GET ${A}/tokens/abc/value`,
    405,
    'PUT /accounts/{account_id}/tokens/{token_id}/value (account-api-tokens-roll-token)',
  ],
]

for (const [request, status, nearest] of told) {
  test(`${request} is ${status}, and the answer says what is near: ${nearest ?? 'nothing'}`, async (t) => {
    const { call, worlds } = await simulator(t)
    const answer = await call(request)
    assert.equal(answer.status, status)
    assert.equal(answer.headers['fauxflare-nearest'], nearest)
    if (answer.body) assert.equal(JSON.stringify(answer.body).includes('nearest'), false)
    const exchange = worlds.of().journal.all().at(-1)
    assert.deepEqual([exchange?.operation, exchange?.nearest], [null, nearest])
    const [method, path] = request.replace(/\?.*/, '').split(' ') as [string, string]
    const row = { method, path, ...(nearest !== undefined && { nearest }), count: 1 }
    assert.deepEqual(worlds.of().tally.report(operations).unmatched, [row])
  })
}

test('a path that is known, asked with its method, has no nearest operation', async (t) => {
  const { call } = await simulator(t)
  for (const request of ['GET /accounts', `GET ${A}/members/x`, `GET ${A}/members/${'0'.repeat(32)}`]) {
    assert.equal((await call(request)).headers['fauxflare-nearest'], undefined)
  }
})
