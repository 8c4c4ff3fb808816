/** Tokens of accounts: listing, reading and making them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TokenRow, tokens } from '../../schemas/tokens.ts'
import { ACCOUNT, simulator } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/tokens`
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'
const NOW = '2026-11-21T10:00:00Z'
const ZONE_READ = { id: 'c8fed203ed3043cba015a93ad1616f1f', name: 'Zone Read' }
const DNS_READ = { id: '82e64a83756745bbbb1c9c2701bf816b', name: 'DNS Read' }
const FLAT = { 'com.cloudflare.api.account.zone.22b1de5f1c0e4b3ea97bb1e963b06a43': '*' }
const NESTED = { [`com.cloudflare.api.account.${ACCOUNT}`]: { 'com.cloudflare.api.account.zone.*': '*' } }
const CONDITION = {
  request_ip: {
    in: ['123.123.123.0/24', '2606:4700::/32'],
    not_in: ['123.123.123.100/24', '2606:4700:4700::/48'],
  },
}
const policy = (resources: object, ...groups: { id: string }[]) => ({
  effect: 'allow',
  resources,
  permission_groups: groups.map(({ id }) => ({ id })),
})
const DOCUMENTED = {
  id: TOKEN_ID,
  name: 'readonly token',
  status: 'active',
  issued_on: '2018-07-01T05:20:00Z',
  modified_on: '2018-07-02T05:20:00Z',
  last_used_on: '2020-01-02T12:34:00Z',
  not_before: '2018-07-01T05:20:00Z',
  expires_on: '2030-01-01T00:00:00Z',
  condition: CONDITION,
  policies: [
    {
      id: 'f267e341f3dd4697bd3b9f71dd96247f',
      effect: 'allow',
      resources: FLAT,
      permission_groups: [ZONE_READ, DNS_READ],
    },
  ],
}

test('shows the documented token', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET ${PATH}/${TOKEN_ID}`)
  assert.equal(status, 200)
  assert.deepEqual(body.result, DOCUMENTED)
})

test('lists tokens by the time of issue, expired ones only when asked for', async (t) => {
  const { call, worlds } = await simulator(t)
  const ordered = worlds
    .next()
    .store.table(tokens, ACCOUNT)
    .all()
    .sort((a, b) => (a.issued_on === b.issued_on ? (a.id < b.id ? -1 : 1) : a.issued_on < b.issued_on ? -1 : 1))
  const good = ordered.filter(({ expires_on }) => expires_on === undefined || expires_on > NOW)
  assert.ok(good.length < ordered.length)
  const rows: [query: string, expected: TokenRow[]][] = [
    ['', good],
    ['direction=asc', good],
    ['direction=desc', [...good].reverse()],
    ['include_expired=false', good],
    ['include_expired=true', ordered],
    ['include_expired=true&direction=desc', [...ordered].reverse()],
  ]
  for (const [query, expected] of rows) {
    await t.test(query || 'without a query', async () => {
      const { body } = await call(`GET ${PATH}?per_page=50&${query}`)
      assert.deepEqual(
        body.result.map(({ id }: TokenRow) => id),
        expected.map(({ id }) => id),
      )
      assert.equal(body.result_info.total_count, expected.length)
      for (const { id, status } of body.result) {
        const row = ordered.find((one) => one.id === id)
        assert.equal(status, good.some((one) => one.id === id) ? row?.status : 'expired')
      }
    })
  }
})

test('never shows a value or its digest but in the answer that made it', async (t) => {
  const { call } = await simulator(t)
  const made = await call(`POST ${PATH}`, { body: { name: 'secret', policies: [] } })
  const { id, value } = made.body.result
  assert.match(value, /^cfat_[A-Za-z0-9_-]{48}$/)
  const changed = await call(`PUT ${PATH}/${id}`, { body: { name: 'changed', policies: [] } })
  for (const { text } of [changed, await call(`GET ${PATH}/${id}`), await call(`GET ${PATH}?per_page=50`)]) {
    assert.doesNotMatch(text, /value|sha256/)
    assert.ok(!text.includes(value))
  }
})

test('makes the documented token', async (t) => {
  const { call } = await simulator(t)
  const body = {
    name: 'readonly token',
    policies: [policy(FLAT, ZONE_READ, DNS_READ)],
    condition: CONDITION,
    not_before: '2018-07-01T05:20:00Z',
    expires_on: '2030-01-01T00:00:00Z',
  }
  const made = await call(`POST ${PATH}`, { body })
  assert.equal(made.status, 200)
  const { id, value, policies, ...rest } = made.body.result
  const { id: _id, last_used_on: _used, policies: _policies, ...expected } = DOCUMENTED
  assert.deepEqual(rest, { ...expected, issued_on: NOW, modified_on: NOW })
  assert.match(policies[0].id, /^[0-9a-f]{32}$/)
  assert.deepEqual(policies, [{ ...DOCUMENTED.policies[0], id: policies[0].id }])
  assert.deepEqual((await call(`GET ${PATH}/${id}`)).body.result, { id, policies, ...rest })
  assert.ok(value)
})

test('takes what a token may have, and gives it back as it was sent', async (t) => {
  const { call } = await simulator(t)
  const many = Object.fromEntries(['z', 'a', 'm'].map((name) => [`com.cloudflare.api.account.zone.${name}`, '*']))
  const rows: [title: string, body: object, field: string, expected: unknown][] = [
    ['no policies: a token that may do nothing', { policies: [] }, 'policies', []],
    ['no condition when none was sent', {}, 'condition', undefined],
    [
      'a condition of one list only',
      { condition: { request_ip: { in: ['10.0.0.0/8'] } } },
      'condition',
      {
        request_ip: { in: ['10.0.0.0/8'] },
      },
    ],
    [
      'an expiry with an offset, as the same instant',
      { expires_on: '2030-01-01T02:00:00+02:00' },
      'expires_on',
      '2030-01-01T00:00:00Z',
    ],
    [
      'an expiry as Python writes it',
      { expires_on: '2030-01-01T00:00:00+00:00' },
      'expires_on',
      '2030-01-01T00:00:00Z',
    ],
    ['a start west of Greenwich', { not_before: '2026-12-31T23:00:00-05:30' }, 'not_before', '2027-01-01T04:30:00Z'],
    ['status is not for the client to say', { status: 'disabled' }, 'status', 'active'],
    ['nor the times', { issued_on: '2000-01-01T00:00:00Z' }, 'issued_on', NOW],
    ['an empty policy id is none', { policies: [{ id: '', ...policy({}) }] }, 'name', 'a'],
    ['a name of 120 characters', { name: 'n'.repeat(120) }, 'name', 'n'.repeat(120)],
    ['a name that another token has', { name: 'readonly token' }, 'name', 'readonly token'],
    ['fields that nobody knows are passed over', { color: 'red' }, 'color', undefined],
    [
      'also inside a condition',
      { condition: { 'request.ip': { in: [] }, request_ip: { in: [], x: 1 } } },
      'condition',
      {
        request_ip: { in: [] },
      },
    ],
  ]
  for (const [title, body, field, expected] of rows) {
    await t.test(title, async () => {
      const { status, text, body: answer } = await call(`POST ${PATH}`, { body: { name: 'a', policies: [], ...body } })
      assert.equal(status, 200, text)
      assert.deepEqual(answer.result[field], expected)
    })
  }
  await t.test('policies, groups and resources in the order of the request', async () => {
    const policies = [policy(NESTED, DNS_READ, ZONE_READ), policy(many, ZONE_READ), policy(FLAT, DNS_READ)]
    const { body } = await call(`POST ${PATH}`, { body: { name: 'a', policies } })
    const shown = body.result.policies as { resources: object; permission_groups: { id: string }[] }[]
    assert.equal(
      JSON.stringify(shown.map(({ resources }) => resources)),
      JSON.stringify(policies.map(({ resources }) => resources)),
    )
    assert.deepEqual(
      shown.map(({ permission_groups }) => permission_groups.map(({ id }) => ({ id }))),
      policies.map(({ permission_groups }) => permission_groups),
    )
  })
  await t.test('the meta of a group', async () => {
    const meta = { key: 'k', value: 'v', label: 'l', mine: 1 }
    const policies = [{ ...policy(FLAT), permission_groups: [{ ...ZONE_READ, meta }] }]
    const { body } = await call(`POST ${PATH}`, { body: { name: 'a', policies } })
    assert.deepEqual(body.result.policies[0].permission_groups, [{ ...ZONE_READ, meta }])
  })
  await t.test('the placeholder of a group', async () => {
    const policies = [policy(FLAT, { id: 'permission_group_id' })]
    const { body } = await call(`POST ${PATH}`, { body: { name: 'a', policies } })
    assert.deepEqual(body.errors, [])
    assert.deepEqual(body.result.policies[0].permission_groups, [ZONE_READ])
  })
})
