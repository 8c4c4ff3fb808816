/** `--auth enforce`: the address that a token may be used from. ERRORS.md §2.2. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, failureOf } from '../simulator.ts'
import { enforcing, INVALID, INVALID_ACCESS, PAIR } from './enforcing.ts'

const DOCUMENTED = '8M7wS6hCpXVc-DoRnPPY_UCWPgy8aea4Wy6kCe5T'
const wrong = (address: string) => [403, 9109, `Cannot use the access token from location: ${address}`]

/** What is in a condition, and whether addresses pass. */
const rows: [title: string, condition: { in?: string[]; not_in?: string[] }, pass: string[], fail: string[]][] = [
  ['no range at all', {}, ['192.0.2.1', '2001:db8::1'], []],
  ['empty lists', { in: [], not_in: [] }, ['192.0.2.1', '2001:db8::1'], []],
  ['one range of IPv4', { in: ['192.0.2.0/25'] }, ['192.0.2.0', '192.0.2.127'], ['192.0.2.128', '2001:db8::1']],
  ['a range that begins in the middle', { in: ['192.0.2.77/25'] }, ['192.0.2.0', '192.0.2.127'], ['192.0.2.128']],
  ['one range of IPv6', { in: ['2001:db8::/33'] }, ['2001:db8:7fff::1'], ['2001:db8:8000::1', '192.0.2.1']],
  ['single addresses', { in: ['192.0.2.1', '2001:db8::1'] }, ['192.0.2.1', '2001:db8:0::1'], ['192.0.2.2', '::1']],
  ['several ranges', { in: ['192.0.2.0/24', '198.51.100.0/24'] }, ['192.0.2.9', '198.51.100.9'], ['203.0.113.9']],
  ['everything', { in: ['0.0.0.0/0', '::/0'] }, ['192.0.2.1', '2001:db8::1'], []],
  ['a range taken out', { not_in: ['192.0.2.0/24'] }, ['192.0.3.1', '2001:db8::1'], ['192.0.2.1']],
  ['a range of IPv6 taken out', { not_in: ['2001:db8::/32'] }, ['192.0.2.1', '2001:db9::1'], ['2001:db8::1']],
  [
    'a part of a range taken out',
    { in: ['192.0.2.0/24'], not_in: ['192.0.2.128/25'] },
    ['192.0.2.127'],
    ['192.0.2.128', '192.0.3.1'],
  ],
  ['IPv4 in the form of IPv6', { in: ['::ffff:192.0.2.0/120'] }, ['192.0.2.1'], ['192.0.3.1', '2001:db8::1']],
  ['what is no range', { in: ['somewhere'] }, [], ['192.0.2.1', '2001:db8::1']],
]

test('lets a token be used from where its condition says', async (t) => {
  const { userToken, from } = await enforcing(t)
  for (const [title, request_ip, pass, fail] of rows) {
    await t.test(title, async () => {
      const { value } = await userToken({ condition: { request_ip } })
      for (const address of pass) assert.equal((await from(address, 'GET /accounts', value)).status, 200, address)
      for (const address of fail) {
        assert.deepEqual(failureOf(await from(address, 'GET /accounts', value)), wrong(address), address)
      }
    })
  }
})

test('takes the documented token from its documented ranges', async (t) => {
  const { from } = await enforcing(t)
  for (const [address, isLet] of [
    ['2606:4700::1', true],
    ['2606:4700:4700::1111', false],
    // The documented exception covers the whole documented range.
    ['123.123.123.1', false],
    ['127.0.0.1', false],
  ] as const) {
    const reply = await from(address, 'GET /accounts', DOCUMENTED)
    if (isLet) assert.equal(reply.status, 200, address)
    else assert.deepEqual(failureOf(reply), wrong(address))
  }
})

test('a condition holds everywhere, verification included', async (t) => {
  const { accountToken, from } = await enforcing(t)
  const { value } = await accountToken({ condition: { request_ip: { in: ['192.0.2.0/24'] } } })
  for (const path of [
    '/accounts',
    `/accounts/${ACCOUNT}`,
    `/accounts/${ACCOUNT}/logs/audit?since=2026-11-01&before=2026-11-02`,
    `/accounts/${ACCOUNT}/tokens/verify`,
    '/user',
    '/memberships',
  ]) {
    assert.deepEqual(failureOf(await from('203.0.113.1', `GET ${path}`, value)), wrong('203.0.113.1'), path)
  }
  assert.equal((await from('192.0.2.1', `GET /accounts/${ACCOUNT}`, value)).status, 200)
})

test('what else is wrong with a token goes before its address', async (t) => {
  const { userToken, from } = await enforcing(t)
  const condition = { request_ip: { in: ['192.0.2.0/24'] } }
  const { value } = await userToken({ condition, expires_on: '2026-11-20T00:00:00Z' })
  assert.deepEqual(failureOf(await from('203.0.113.1', 'GET /accounts', value)), INVALID_ACCESS)
  const { body } = await from('203.0.113.1', 'GET /user/tokens/verify', value)
  assert.equal(body.result.status, 'expired')
  assert.deepEqual(failureOf(await from('203.0.113.1', 'GET /user/tokens/verify', 'x'.repeat(40))), INVALID)
})

test('an IPv4 client of a socket for both kinds is one of IPv4', async (t) => {
  const { userToken, from } = await enforcing(t)
  const { value } = await userToken({ condition: { request_ip: { in: ['192.0.2.0/24'] } } })
  assert.equal((await from('::ffff:192.0.2.1', 'GET /accounts', value)).status, 200)
  assert.deepEqual(failureOf(await from('::ffff:192.0.3.1', 'GET /accounts', value)), wrong('192.0.3.1'))
})

test('believes X-Forwarded-For only when told to', async (t) => {
  const condition = { request_ip: { in: ['192.0.2.0/24', '2001:db8::/32'] } }
  const rows: [forwarded: string | undefined, trusting: string | undefined, else_: string | undefined][] = [
    ['192.0.2.1', undefined, '203.0.113.1'],
    ['2001:db8::1', undefined, '203.0.113.1'],
    ['192.0.2.1, 198.51.100.1', undefined, '203.0.113.1'],
    ['198.51.100.1, 192.0.2.1', '198.51.100.1', '203.0.113.1'],
    ['192.0.2.1:5000', undefined, '203.0.113.1'],
    ['[2001:db8::1]:5000', undefined, '203.0.113.1'],
    ['198.51.100.1:5000', '198.51.100.1', '203.0.113.1'],
    // What is no address is nobody's: then it is the one who is connected.
    ['unknown', '203.0.113.1', '203.0.113.1'],
    ['unknown, 192.0.2.1', '203.0.113.1', '203.0.113.1'],
    [undefined, '203.0.113.1', '203.0.113.1'],
  ]
  for (const trustProxy of [true, false]) {
    const { userToken, from } = await enforcing(t, { trustProxy })
    const { value } = await userToken({ condition })
    for (const [forwarded, trusting, doubting] of rows) {
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
      const reply = await from('203.0.113.1', 'GET /accounts', value, headers)
      const refused = trustProxy ? trusting : doubting
      if (refused === undefined) assert.equal(reply.status, 200, forwarded)
      else assert.deepEqual(failureOf(reply), wrong(refused), `${forwarded}, trusted: ${trustProxy}`)
    }
  }
})

test('audit logs name the address of whoever made a change, and nothing that is none', async (t) => {
  const { app, call } = await enforcing(t, { trustProxy: true })
  const said = ['192.0.2.1', '[2001:db8::1]:5000', 'unknown']
  for (const forwarded of said) {
    const headers = { ...PAIR, 'x-forwarded-for': forwarded }
    const payload = { name: `of ${forwarded}` }
    const answer = await app.inject({ method: 'PUT', url: `/client/v4/accounts/${ACCOUNT}`, headers, payload })
    assert.equal(answer.statusCode, 200)
  }
  const logs = await call(`GET /accounts/${ACCOUNT}/logs/audit?since=2026-11-21&before=2026-11-22&limit=3`, {
    headers: PAIR,
  })
  const addresses = logs.body.result.map((entry: { actor: { ip_address: string } }) => entry.actor.ip_address)
  assert.deepEqual(addresses, ['127.0.0.1', '2001:db8::1', '192.0.2.1'])
})

test('where every credential is taken, addresses do not matter', async (t) => {
  const { from } = await enforcing(t, { auth: 'any' })
  assert.equal((await from('203.0.113.1', `GET /accounts/${ACCOUNT}/tokens/verify`, DOCUMENTED)).status, 200)
})
