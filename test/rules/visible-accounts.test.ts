/** Lists show whoever asks what is theirs, where credentials must exist. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as } from '../acting.ts'
import { ACCOUNT, EMAIL, type Reply, simulator } from '../simulator.ts'
import { putToken, type Said } from './permission-table.ts'

const USER = '7c5dae5552338874e5053f2534d2767a'
const MEDIA = 'a67e14daa5f8dceeb91fe5449ba496ef'
const RETAIL = 'eb78d65290b24279ba6f44721b3ea3c4'
/** Below the organization that the documented user manages, and of the tenant that the user administers. */
const IMPLICIT = ['Bluewater Logistics', 'Demo Holdings', 'Demo Sandbox', 'Demo Staging', 'Lighthouse Studio']
const JOHNS = [...IMPLICIT, 'Customer: ACME Inc', 'Demo Account', 'Example Media', 'Example Retail'].sort()

const names = ({ status, body }: Reply) => {
  assert.equal(status, 200, JSON.stringify(body))
  return body.result
    .map(({ name, account }: { name: string; account?: { name: string } }) => account?.name ?? name)
    .sort()
}

const on = (...ids: string[]) => Object.fromEntries(ids.map((id) => [`com.cloudflare.api.account.${id}`, '*']))

test('people see the accounts that they are in, or get at from above; not those that they are invited to', async (t) => {
  const { call } = await simulator(t, { auth: 'enforce' })
  const rows: [email: string, expected: string[]][] = [
    [EMAIL, JOHNS],
    ['edward.langley@example.net', ['Example Account']],
    ['wendell.price@example.org', ['Customer: ACME Inc']],
    ['elena.popescu@example.com', ['Demo Account', 'Demo Sandbox', 'Demo Staging']],
  ]
  for (const [email, expected] of rows) {
    const reply = await call('GET /accounts?per_page=50', { headers: as(email) })
    for (const name of expected) assert.ok(names(reply).includes(name), `${email} ${name}`)
    assert.ok(!names(reply).includes('Example Labs'), email)
    assert.equal(reply.body.result_info.total_count, reply.body.result.length)
  }
  assert.deepEqual(names(await call('GET /accounts?per_page=50', { headers: as(EMAIL) })), JOHNS)
  const { body } = await call('GET /accounts?name=demo&per_page=2&page=2', { headers: as(EMAIL) })
  assert.deepEqual([body.result.length, body.result_info.total_count], [2, 4])
})

test('a token shows the accounts that it is for, and they may be none', async (t) => {
  const { call, worlds } = await simulator(t, { auth: 'enforce' })
  const read = ['Account Settings Read']
  const rows: [title: string, owner: string, said: Said[], expected: string[]][] = [
    ['of an account', ACCOUNT, [], ['Demo Account']],
    ['of an account, for another', ACCOUNT, [['allow', read, on(MEDIA)]], ['Demo Account']],
    ['of a user, for nothing', USER, [], []],
    ['of a user, for one', USER, [['allow', read, on(MEDIA)]], ['Example Media']],
    ['of a user, for two', USER, [['allow', read, on(MEDIA, RETAIL)]], ['Example Media', 'Example Retail']],
    ['of a user, for all', USER, [['allow', read, on('*')]], JOHNS],
    ["of a user, for somebody else's", USER, [['allow', read, on('6d48b8fb4d6b7f352f061c0843a80ba1')]], []],
    [
      'of a user, denied what it is allowed',
      USER,
      [
        ['allow', read, on(MEDIA)],
        ['deny', read, on('*')],
      ],
      [],
    ],
    ['of a user, for zones', USER, [['allow', ['DNS Read'], { 'com.cloudflare.api.account.zone.*': '*' }]], []],
  ]
  for (const [title, owner, said, expected] of rows) {
    await t.test(title, async () => {
      const { value } = putToken(worlds.of(), owner, said)
      const reply = await call('GET /accounts?per_page=50', { headers: { authorization: `Bearer ${value}` } })
      assert.deepEqual(names(reply), expected)
      assert.equal(reply.body.result_info.total_count, expected.length)
    })
  }
})

test('organizations, memberships, invitations and tenants are those of whoever asks', async (t) => {
  const { call } = await simulator(t, { auth: 'enforce' })
  const roots = ['Demo Root Organization', 'Example Group Organization']
  const rows: [request: string, email: string, included: string[], excluded: string[]][] = [
    ['/organizations', EMAIL, ['Demo Root Organization', 'Demo Parent Organization'], ['Example Group Organization']],
    ['/organizations', 'elena.popescu@example.com', ['Demo Parent Organization'], roots],
    ['/organizations', 'edward.langley@example.net', [], [...roots, 'Demo Parent Organization']],
    ['/user/tenants', EMAIL, ['Demo Root Organization'], ['Example Group Organization']],
    ['/user/tenants', 'edward.langley@example.net', [], roots],
    ['/memberships', EMAIL, ['Demo Account', 'Example Account'], ['Demo Sandbox']],
    ['/memberships', 'edward.langley@example.net', ['Example Account'], ['Demo Account']],
    ['/user/organizations', EMAIL, ['Demo Account', 'Example Account'], ['Demo Sandbox']],
    ['/user/organizations', 'edward.langley@example.net', ['Example Account'], ['Demo Account']],
  ]
  for (const [path, email, included, excluded] of rows) {
    const found = names(await call(`GET ${path}`, { headers: as(email) }))
    for (const name of included) assert.ok(found.includes(name), `${path} ${email} ${name}`)
    for (const name of excluded) assert.ok(!found.includes(name), `${path} ${email} ${name}`)
  }
  const invites = (await call('GET /user/invites', { headers: as('edward.langley@example.net') })).body.result
  assert.deepEqual(invites, [])
})

test('everybody sees every account where credentials need not exist', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call('GET /accounts?per_page=50', { headers: as('edward.langley@example.net') })
  assert.equal(body.result_info.total_count, 12)
})
