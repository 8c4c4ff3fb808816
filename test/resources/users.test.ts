/** The user who asks: showing and editing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { users } from '../../schemas/users.ts'
import { ACCOUNT_TOKEN, as } from '../acting.ts'
import { ACCOUNT, EMAIL, failureOf, simulator } from '../simulator.ts'

const USER = '7c5dae5552338874e5053f2534d2767a'
const ALICE = as('alice@example.com')
const PAIR = as(EMAIL)
const EXAMPLE = '4bb334f7c94c4a29a045f03944f072e5'

type Organization = { id: string; name: string; status: string; roles: string[]; permissions: string[] }

test('shows the documented user', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call('GET /user')
  assert.equal(status, 200)
  const { organizations, ...rest } = body.result
  assert.deepEqual(rest, {
    id: USER,
    email: EMAIL,
    first_name: 'John',
    last_name: 'Appleseed',
    country: 'US',
    telephone: '+1 123-123-1234',
    zipcode: '12345',
    two_factor_authentication_enabled: false,
    two_factor_authentication_locked: false,
    suspended: false,
    has_pro_zones: true,
    has_business_zones: true,
    has_enterprise_zones: true,
    betas: ['zone_level_access_beta'],
  })
  assert.deepEqual((await call('GET /user', { headers: PAIR })).body, body)
})

test('shows as organizations the accounts that the user is a member of or invited to', async (t) => {
  const { call } = await simulator(t, { clock: '2026-10-30T23:00:00Z' })
  const { organizations } = (await call('GET /user')).body.result
  const of = (id: string): Organization => organizations.find((one: Organization) => one.id === id)
  const { permissions, ...demo } = of(ACCOUNT)
  assert.deepEqual(demo, {
    id: ACCOUNT,
    name: 'Demo Account',
    status: 'member',
    roles: ['Account Administrator', 'Super Administrator - All Privileges'],
  })
  assert.ok(permissions.includes('#zones:read') && permissions.includes('#zones:edit'))
  assert.equal(permissions.includes('#analytics:edit'), false)
  assert.equal(new Set(permissions).size, permissions.length)
  assert.equal(of(EXAMPLE).status, 'invited')
  assert.deepEqual(of(EXAMPLE).roles, ['Administrator Read Only'])
})

test('an organization comes and goes with the membership', async (t) => {
  const { call, worlds } = await simulator(t)
  const { result: made } = (await call('POST /accounts', { body: { name: 'Another' } })).body
  const roles = ['05784afa30c1afe1440e79d9351c7430']
  // An address in other capitals is the same address.
  const added = await call(`POST /accounts/${made.id}/members`, { body: { email: 'Alice@Example.com', roles } })
  const organizationsOf = async () => (await call('GET /user', { headers: ALICE })).body.result.organizations
  const found = (await organizationsOf()).find(({ id }: Organization) => id === made.id)
  assert.deepEqual([found.name, found.status, found.roles], ['Another', 'invited', ['Administrator']])
  const { clock } = worlds.next()
  clock.set({ now: '2026-11-30T10:00:00Z' })
  assert.equal(
    (await organizationsOf()).some(({ id }: Organization) => id === made.id),
    false,
    'the invitation has lapsed',
  )
  clock.set({ now: '2026-11-21T10:00:00Z' })
  assert.equal(
    (await organizationsOf()).some(({ id }: Organization) => id === made.id),
    true,
  )
  await call(`DELETE /accounts/${made.id}/members/${added.body.result.id}`)
  assert.equal(
    (await organizationsOf()).some(({ id }: Organization) => id === made.id),
    false,
  )
})

test('shows each user to themselves, with nothing where nothing is set', async (t) => {
  const { call } = await simulator(t)
  const { organizations, ...alice } = (await call('GET /user', { headers: ALICE })).body.result
  assert.deepEqual(alice, {
    id: 'f6b5de0326bb5182b8a4840ee01ec774',
    email: 'alice@example.com',
    first_name: 'Alice',
    last_name: 'Moreau',
    country: null,
    telephone: null,
    zipcode: null,
    two_factor_authentication_enabled: true,
    two_factor_authentication_locked: false,
    suspended: false,
    has_pro_zones: false,
    has_business_zones: false,
    has_enterprise_zones: false,
    betas: [],
  })
  assert.ok(organizations.length > 0)
})

test('whoever is not known is taken for the documented user', async (t) => {
  const { call } = await simulator(t)
  const off = await simulator(t, { auth: 'off' })
  const unknown = { authorization: `Bearer ${'x'.repeat(40)}` }
  assert.equal((await call('GET /user', { headers: unknown })).body.result.id, USER)
  assert.equal((await off.call('GET /user', { headers: {} })).body.result.id, USER)
})

test('the token of an account stands for no user', async (t) => {
  const { call } = await simulator(t)
  const refused = [403, 9109, 'Valid user-level authentication not found']
  assert.deepEqual(failureOf(await call('GET /user', { headers: ACCOUNT_TOKEN })), refused)
  const edit = await call('PATCH /user', { headers: ACCOUNT_TOKEN, body: { first_name: 'A' } })
  assert.deepEqual(failureOf(edit), refused)
})

test('edits what is sent, and leaves the rest', async (t) => {
  const rows: [title: string, body: object, expected: object][] = [
    ['one field', { country: 'NL' }, { country: 'NL' }],
    [
      'all fields',
      { first_name: 'A', last_name: 'B', country: 'C', telephone: '5', zipcode: '6' },
      { first_name: 'A', last_name: 'B', country: 'C', telephone: '5', zipcode: '6' },
    ],
    ['null clears', { first_name: null, telephone: null }, { first_name: null, telephone: null }],
    ['the longest', { first_name: 'a'.repeat(60), country: 'b'.repeat(30) }, {}],
    [
      'what only the service sets is passed over',
      { zipcode: '1', email: 'other@example.com', id: 'x' },
      { zipcode: '1' },
    ],
    ['what is there already', { last_name: 'Appleseed' }, {}],
  ]
  for (const [title, body, expected] of rows) {
    await t.test(title, async (t) => {
      const { call } = await simulator(t)
      const before = (await call('GET /user')).body.result
      const edited = await call('PATCH /user', { body })
      assert.equal(edited.status, 200, edited.text)
      const { first_name, country } = { ...before, ...body }
      assert.deepEqual(edited.body.result, { ...before, first_name, country, ...expected })
      assert.deepEqual((await call('GET /user')).body.result, edited.body.result)
    })
  }
})

test('keeps no null beside the names', async (t) => {
  const { call, worlds } = await simulator(t)
  await call('PATCH /user', { body: { country: null, last_name: null } })
  const row = worlds.next().store.table(users).get(USER)
  assert.equal(row?.last_name, null)
  assert.equal(row && 'country' in row, false)
  assert.equal(row?.zipcode, '12345')
})

test('another name is seen in every account', async (t) => {
  const { call } = await simulator(t)
  await call('PATCH /user', { body: { first_name: 'Johnny' } })
  const { user } = (await call(`GET /accounts/${ACCOUNT}/members/4536bcfad5faccb111b47003c79917fa`)).body.result
  assert.deepEqual([user.first_name, user.last_name, user.email], ['Johnny', 'Appleseed', EMAIL])
  const elsewhere = await call(`GET /accounts/${EXAMPLE}/members?status=pending`)
  assert.deepEqual(
    elsewhere.body.result.filter((member: { email: string }) => member.email === EMAIL).length,
    elsewhere.body.result.filter((member: { user: { first_name: string } }) => member.user.first_name === 'Johnny')
      .length,
  )
})

test('refuses edits that change nothing or do not fit, and changes nothing', async (t) => {
  const { call } = await simulator(t)
  const NOTHING = [
    400,
    1029,
    'Unable to find a user property to update. Perhaps you are trying to update a readOnly setting?',
  ]
  const rows: [title: string, body: unknown, expected: unknown[]][] = [
    ['nothing', {}, NOTHING],
    ['what only the service sets', { email: 'other@example.com' }, NOTHING],
    ['what nobody knows', { color: 'red' }, NOTHING],
    ['a list', [], [400, 1001, 'Invalid request body: the body must be object']],
    ['a number', { country: 5 }, [400, 1001, 'Invalid request body: /country must be string']],
    [
      'a name of 61 characters',
      { first_name: 'a'.repeat(61) },
      [400, 1001, 'Invalid request body: /first_name must NOT have more than 60 characters'],
    ],
    [
      'a good and a bad one',
      { country: 'NL', telephone: '1'.repeat(21) },
      [400, 1001, 'Invalid request body: /telephone must NOT have more than 20 characters'],
    ],
    ['no JSON', '{', [400, 6007, 'Malformed JSON in request body']],
  ]
  const before = await call('GET /user')
  for (const [title, body, expected] of rows) {
    await t.test(title, async () => assert.deepEqual(failureOf(await call('PATCH /user', { body })), expected))
  }
  assert.deepEqual((await call('GET /user')).body, before.body)
})

test('in the empty world there is somebody who can sign in', async (t) => {
  const { call } = await simulator(t, { fixtures: 'empty' })
  const { body } = await call('GET /user')
  assert.deepEqual([body.result.email, body.result.organizations], [EMAIL, []])
  assert.equal((await call('GET /user', { headers: PAIR })).body.result.id, USER)
  assert.equal((await call('GET /user/tokens/verify')).body.result.status, 'active')
})

test('in the empty world the one who can sign in makes accounts and invites people, also where rights count', async (t) => {
  const { call } = await simulator(t, { fixtures: 'empty', auth: 'enforce' })
  const made = await call('POST /accounts', { body: { name: 'The first', type: 'standard' } })
  assert.equal(made.status, 200, made.text)
  const invited = await call(`POST /accounts/${made.body.result.id}/members`, {
    body: { email: 'new@example.com', roles: ['33666b9c79b9a5273fc7344ff42f953d'] },
  })
  assert.equal(invited.status, 200, invited.text)
  const { body } = await call('GET /accounts')
  assert.deepEqual(
    body.result.map(({ name }: { name: string }) => name),
    ['The first'],
  )
})
