/** What fuzzing has found, each kept as the one request that shows it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { A } from '../contract/driven.ts'
import { simulator } from '../simulator.ts'
import { assertUnchanged, remember } from './memory.ts'

const SUBSCRIPTION = `${A}/subscriptions/506e3185e9c882d175a2d0cb0093d9f2`
const TOKEN = `${A}/tokens/ed17574386854bf78a67040be0a770b0`
const LONG = 'x'.repeat(33)

const rows: [finding: string, request: string, body: object, list: string][] = [
  ['a tenant unit with a long id', 'POST /accounts', { name: 'x', unit: { id: LONG } }, '/accounts?per_page=50'],
  ['a profile with a key of every object', `PUT ${A}/profile`, { constructor: 'x' }, `${A}/profile`],
  ['a profile with a method of every object', `PUT ${A}/profile`, { hasOwnProperty: 1 }, `${A}/profile`],
  ['a plan with more', `POST ${A}/subscriptions`, { rate_plan: { id: 'pro', extra: 1 } }, `${A}/subscriptions`],
  ['a changed plan with more', `PUT ${SUBSCRIPTION}`, { rate_plan: { extra: 1 } }, `${A}/subscriptions`],
  ['a condition with more', `PUT ${TOKEN}`, { name: 'x', policies: [], condition: { extra: 1 } }, TOKEN],
  [
    'a condition on addresses with more',
    `PUT ${TOKEN}`,
    { name: 'x', policies: [], condition: { request_ip: { in: [], extra: 1 } } },
    TOKEN,
  ],
  [
    'an end that lies beyond the year 9999 in UTC',
    `PUT ${TOKEN}`,
    { name: 'x', policies: [], expires_on: '9999-12-31T23:59:59-23:59' },
    TOKEN,
  ],
  [
    'a beginning that lies before the year 0 in UTC',
    `PUT ${TOKEN}`,
    { name: 'x', policies: [], not_before: '0000-01-01T00:00:00+23:59' },
    TOKEN,
  ],
]

for (const [finding, request, body, list] of rows) {
  test(finding, async (t) => {
    const { call, worlds } = await simulator(t)
    const before = remember(worlds)
    const { status, text } = await call(request, { body })
    assert.ok(status < 500, text)
    if (status >= 400) assertUnchanged(worlds, before, request)
    const later = await call(`GET ${list}`)
    assert.equal(later.status, 200, later.text.slice(0, 300))
  })
}

test('an audit range may reach to the ends of time in any zone', async (t) => {
  const { call } = await simulator(t)
  const count = async (since: string, before: string) => {
    const query = new URLSearchParams({ since, before, limit: '1000' })
    return (await call(`GET ${A}/logs/audit?${query}`)).body.result.length
  }
  const all = await count('2000-01-01', '2100-01-01')
  assert.ok(all > 300)
  assert.equal(await count('0000-01-01T00:00:00+23:59', '9999-12-31T23:59:59-23:59'), all)
})

test('a time without a zone means the same on every machine', async (t) => {
  const { call } = await simulator(t)
  const before = process.env.TZ
  t.after(() => {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })
  const range = 'since=2026-09-01&before=2026-10-01&direction=asc&limit=1'
  const [entry] = (await call(`GET ${A}/logs/audit?${range}`)).body.result
  const bare = entry.action.time.replace('Z', '')
  const answers = new Set<string>()
  for (const zone of ['UTC', 'Asia/Tokyo', 'America/Los_Angeles']) {
    process.env.TZ = zone
    answers.add((await call(`GET ${A}/logs/audit?since=${bare}&before=2026-10-31&direction=asc&limit=1`)).text)
  }
  assert.equal(answers.size, 1)
})

test('a day that no month has is refused', async (t) => {
  const { call } = await simulator(t)
  for (const day of ['2026-02-30', '2026-04-31', '2026-02-29T00:00:00Z']) {
    assert.equal((await call(`GET ${A}/logs/audit?since=${day}&before=2026-12-31`)).status, 400, day)
  }
})

test('a content type that cannot be read does not keep a body from being read', async (t) => {
  const { call } = await simulator(t)
  for (const type of [
    'garbage',
    ';;;',
    'application/json, text/html',
    'text/plain',
    'application/json; charset=latin1',
  ]) {
    const headers = { authorization: `Bearer ${'x'.repeat(40)}`, 'content-type': type }
    assert.equal((await call('POST /accounts', { body: { name: 'x' }, headers })).status, 200, type)
  }
})

test('two policies never share an id, even when they are sent with the same one', async (t) => {
  const { call } = await simulator(t)
  const groups = { permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }] }
  const grant = { ...groups, access: 'allow', resource_groups: [{ id: '6d7f2f5f5b1d4a0e9081fdc98d432fd1' }] }
  const policy = { ...groups, effect: 'allow', resources: {} }
  const rows: [path: string, body: object, sent: object][] = [
    [`${A}/members/962e59e12a20904e5cae232c24f06a9b`, {}, grant],
    [TOKEN, { name: 'x' }, policy],
  ]
  for (const [path, body, sent] of rows) {
    const [kept] = (await call(`GET ${path}`)).body.result.policies
    const twice = [kept.id, kept.id].map((id) => ({ ...sent, id }))
    const { policies } = (await call(`PUT ${path}`, { body: { ...body, policies: twice } })).body.result
    assert.equal(new Set(policies.map(({ id }: { id: string }) => id)).size, 2, path)
  }
})
