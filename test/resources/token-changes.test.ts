/** Tokens of accounts: changing and deleting them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TokenRow } from '../../schemas/tokens.ts'
import { ACCOUNT, failureOf, simulator } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/tokens`
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'
const POLICY = 'f267e341f3dd4697bd3b9f71dd96247f'
const NOW = '2026-11-21T10:00:00Z'
const LAST_USED = '2020-01-02T12:34:00Z'
const NESTED = { [`com.cloudflare.api.account.${ACCOUNT}`]: { 'com.cloudflare.api.account.zone.*': '*' } }
const policy = (resources: object, ...groups: string[]) => ({
  effect: 'allow',
  resources,
  permission_groups: groups.map((id) => ({ id })),
})

test('replaces the documented token: what is left out is gone', async (t) => {
  const { call } = await simulator(t)
  const body = { name: 'ci deploy', status: 'disabled', policies: [policy(NESTED, 'c8fed203ed3043cba015a93ad1616f1f')] }
  const changed = await call(`PUT ${PATH}/${TOKEN_ID}`, { body })
  assert.equal(changed.status, 200)
  const { policies, ...rest } = changed.body.result
  assert.deepEqual(rest, {
    id: TOKEN_ID,
    name: 'ci deploy',
    status: 'disabled',
    issued_on: '2018-07-01T05:20:00Z',
    modified_on: NOW,
    last_used_on: LAST_USED,
  })
  assert.deepEqual(policies[0].resources, NESTED)
  assert.deepEqual((await call(`GET ${PATH}/${TOKEN_ID}`)).body.result, changed.body.result)
})

test('an update changes what it says', async (t) => {
  const rows: [title: string, body: object, field: string, expected: unknown][] = [
    ['no status leaves it', {}, 'status', 'active'],
    ['disabled', { status: 'disabled' }, 'status', 'disabled'],
    ['expired is for the clock to say', { status: 'expired' }, 'status', 'active'],
    ['an expiry in the past expires it', { expires_on: NOW }, 'status', 'expired'],
    [
      'a condition',
      { condition: { request_ip: { not_in: ['10.0.0.1/32'] } } },
      'condition',
      {
        request_ip: { not_in: ['10.0.0.1/32'] },
      },
    ],
    ['nothing that only the server sets', { id: 'x', last_used_on: NOW }, 'last_used_on', LAST_USED],
    [
      'a policy that is sent with its id keeps it',
      { policies: [{ id: POLICY, ...policy({}) }] },
      'policies',
      [{ id: POLICY, ...policy({}) }],
    ],
  ]
  for (const [title, body, field, expected] of rows) {
    await t.test(title, async (t) => {
      const { call } = await simulator(t)
      const answer = await call(`PUT ${PATH}/${TOKEN_ID}`, { body: { name: 'a', policies: [], ...body } })
      assert.equal(answer.status, 200, answer.text)
      assert.deepEqual(answer.body.result[field], expected)
      assert.deepEqual((await call(`GET ${PATH}/${TOKEN_ID}`)).body.result, answer.body.result)
    })
  }
})

test('null takes a field away, and is a violation of the contract', async (t) => {
  const all = {
    status: 'disabled',
    not_before: '2026-01-01T00:00:00Z',
    expires_on: '2030-01-01T00:00:00Z',
    condition: { request_ip: { in: ['10.0.0.0/8'], not_in: ['10.0.0.1/32'] } },
  }
  const rows: [field: keyof typeof all, sent: unknown, expected: unknown][] = [
    ['status', null, 'disabled'],
    ['not_before', null, undefined],
    ['expires_on', null, undefined],
    ['condition', null, undefined],
    ['condition', { request_ip: null }, {}],
    ['condition', { request_ip: { in: null, not_in: ['10.0.0.1/32'] } }, { request_ip: { not_in: ['10.0.0.1/32'] } }],
  ]
  for (const [field, sent, expected] of rows) {
    await t.test(`${field}: ${JSON.stringify(sent)}`, async (t) => {
      const body = { name: 'a', policies: [], ...all, [field]: sent }
      const { call } = await simulator(t)
      await call(`PUT ${PATH}/${TOKEN_ID}`, { body: { name: 'a', policies: [], ...all } })
      const answer = await call(`PUT ${PATH}/${TOKEN_ID}`, { body })
      assert.equal(answer.status, 200, answer.text)
      assert.match(String(answer.headers['fauxflare-violations']), new RegExp(`"body","${field}"`))
      assert.deepEqual(answer.body.result[field], expected)
      assert.deepEqual((await call(`GET ${PATH}/${TOKEN_ID}`)).body.result, answer.body.result)

      const strict = await simulator(t, { requests: 'strict' })
      assert.equal((await strict.call(`PUT ${PATH}/${TOKEN_ID}`, { body })).status, 400)
    })
  }
})

test('deletes a token, which is not found afterwards', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`DELETE ${PATH}/${TOKEN_ID}`)
  assert.equal(status, 200)
  assert.deepEqual(body.result, { id: TOKEN_ID })
  const rows: [request: string, body?: object][] = [
    [`GET ${PATH}/${TOKEN_ID}`],
    [`PUT ${PATH}/${TOKEN_ID}`, { name: 'a', policies: [] }],
    [`DELETE ${PATH}/${TOKEN_ID}`],
    [`PUT ${PATH}/${TOKEN_ID}/value`],
  ]
  for (const [request, body] of rows) {
    assert.deepEqual(failureOf(await call(request, { body })), [404, 1003, 'Token not found'], request)
  }
  const { body: list } = await call(`GET ${PATH}?per_page=50`)
  assert.ok(list.result.every(({ id }: TokenRow) => id !== TOKEN_ID))
})
