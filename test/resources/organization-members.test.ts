/** Members of organizations: listing, adding one or many, removing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { organizationMembers } from '../../schemas/organization-members.ts'
import { failureOf, simulator, UNKNOWN } from '../simulator.ts'

const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
const GROUP = '019c4f65e7607d8c9f6f6b58aa3aff50'
const PATH = `/organizations/${ROOT}/members`
/** The documentation gives the same id for an organization and for a member of one. */
const MEMBER = ROOT

const emailsOf = (rows: { user: { email: string } }[]) => rows.map(({ user }) => user.email)
const one = (email: unknown, status?: string) => ({ user: { email }, ...(status && { status }) })

test('shows the documented member', async (t) => {
  const { call } = await simulator(t)
  for (const id of [MEMBER, 'member_id', 'a7b9c3d2e8f4a1b5c6d0e9f2a3b7c4d8']) {
    const { status, body } = await call(`GET ${PATH}/${id}`)
    assert.equal(status, 200)
    assert.deepEqual(body.result, {
      id: MEMBER,
      status: 'active',
      user: {
        id: '7c5dae5552338874e5053f2534d2767a',
        email: 'user@example.com',
        name: 'John Appleseed',
        two_factor_authentication_enabled: false,
      },
      meta: {},
      create_time: '2020-01-01T00:00:00Z',
      update_time: '2020-01-01T00:00:00Z',
    })
  }
})

const LISTS: [query: string, expected: string[]][] = [
  ['', ['user', 'alice', 'helena.fischer', 'grace.lindqvist', 'tomasz.wolski', 'newcomer']],
  ['status=active', ['user', 'alice', 'grace.lindqvist']],
  ['status=pending&status=canceled', ['helena.fischer', 'tomasz.wolski', 'newcomer']],
  ['status=pending,canceled', ['helena.fischer', 'tomasz.wolski', 'newcomer']],
  ['status=rejected', []],
  ['user.email=ALICE@example.com', ['alice']],
  ['user.email=alice', []],
  ['user.email.contains=.', ['user', 'alice', 'helena.fischer', 'grace.lindqvist', 'tomasz.wolski', 'newcomer']],
  ['user.email.contains=WOLSKI', ['tomasz.wolski']],
  ['user.email.startsWith=grace', ['grace.lindqvist']],
  ['user.email.startsWith=lindqvist', []],
  ['user.email.endsWith=EXAMPLE.org', ['newcomer']],
  ['user.email.startsWith=a&status=active', ['alice']],
  ['user.email.startsWith=a&status=pending', []],
]

test('lists members, those first who were added first', async (t) => {
  const { call } = await simulator(t)
  for (const [query, expected] of LISTS) {
    await t.test(query || 'all of them', async () => {
      const { status, body } = await call(`GET ${PATH}?${query}`)
      assert.equal(status, 200)
      assert.deepEqual(
        emailsOf(body.result).map((email) => email.split('@')[0]),
        expected,
      )
      assert.deepEqual(body.result_info, { total_size: expected.length })
    })
  }
})

test('lists members page by page, and only those of the organization', async (t) => {
  const { call } = await simulator(t)
  const first = (await call(`GET ${PATH}?page_size=4`)).body
  const { next_page_token } = first.result_info
  const second = (await call(`GET ${PATH}?page_size=4&page_token=${next_page_token}`)).body
  assert.deepEqual([first.result.length, second.result.length], [4, 2])
  assert.deepEqual(second.result_info, { total_size: 6 })
  const other = (await call(`GET /organizations/${GROUP}/members`)).body.result
  assert.deepEqual(emailsOf(other), ['adele.fontaine@example.org', 'ivan.horvat@example.org'])
})

test('refuses to filter by a status that there is not', async (t) => {
  const { call } = await simulator(t)
  assert.deepEqual(failureOf(await call(`GET ${PATH}?status=accepted`)), [400, 6008, 'Invalid request parameters'])
})

test('invites somebody who is known, with what is known', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`POST ${PATH}`, { body: { member: one('Elena.Popescu@example.com') } })
  assert.equal(status, 200)
  const { id, user, ...rest } = body.result
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.match(user.id, /^[0-9a-f]{32}$/)
  assert.deepEqual(
    [user.email, user.name, user.two_factor_authentication_enabled],
    ['elena.popescu@example.com', 'Elena Popescu', true],
  )
  const now = '2026-11-21T10:00:00.000Z'
  assert.deepEqual(rest, { status: 'pending', meta: {}, create_time: now, update_time: now })
  assert.deepEqual((await call(`GET ${PATH}/${id}`)).body.result, body.result)
})

test('adds members at once, and those who have never signed in', async (t) => {
  const { call } = await simulator(t)
  const { result } = (await call(`POST ${PATH}`, { body: { member: one('never@example.com', 'active') } })).body
  assert.equal(result.status, 'active')
  const { id, ...user } = result.user
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.deepEqual(user, { email: 'never@example.com', name: '', two_factor_authentication_enabled: false })
})

test('adds somebody again who was sent away, in the place of the old entry', async (t) => {
  const { call } = await simulator(t)
  const { result } = (await call(`POST ${PATH}`, { body: { member: one('helena.fischer@example.com') } })).body
  const found = (await call(`GET ${PATH}?user.email=helena.fischer@example.com`)).body.result
  assert.deepEqual(found, [result])
  assert.equal(result.status, 'pending')
})

test('refuses members that cannot be', async (t) => {
  const { call, worlds } = await simulator(t)
  const before = worlds.next().store.table(organizationMembers).all()
  const invalid = (problem: string) => [400, 1001, `Invalid request body: ${problem}`]
  const EXISTS = [400, 1001, 'Organization member already exists']
  const BAD_EMAIL = [400, 1001, 'Invalid request: Invalid email address']
  const fine = one('fine@example.com')
  const rows: [title: string, path: string, body: unknown, expected: unknown[]][] = [
    ['a member already', '', { member: one('USER@example.com') }, EXISTS],
    ['invited already', '', { member: one('newcomer@example.org') }, EXISTS],
    ['no address', '', { member: one('nobody') }, BAD_EMAIL],
    ['nobody', '', { member: { user: {} } }, invalid('/member/user/email is required')],
    ['no member', '', {}, invalid('/member is required')],
    ['a number', '', { member: one(1) }, invalid('/member/user/email must be string')],
    [
      'a status that is not for new members',
      '',
      { member: one('x@example.com', 'pending') },
      invalid('/member/status must be equal to one of the allowed values'),
    ],
    ['one of many exists', ':batchCreate', { members: [fine, one('alice@example.com')] }, EXISTS],
    ['one of many twice', ':batchCreate', { members: [fine, one('FINE@example.com')] }, EXISTS],
    ['one of many has no address', ':batchCreate', { members: [fine, one('x')] }, BAD_EMAIL],
    ['no many', ':batchCreate', {}, invalid('/members is required')],
    [
      'eleven',
      ':batchCreate',
      { members: Array.from({ length: 11 }, (_, at) => one(`m${at}@example.com`)) },
      invalid('/members must NOT have more than 10 items'),
    ],
  ]
  for (const [title, path, body, expected] of rows) {
    await t.test(title, async () => {
      const answer = await call(`POST ${PATH}${path}`, { body })
      assert.deepEqual(failureOf(answer), expected)
      assert.equal('result' in answer.body, false)
    })
  }
  assert.deepEqual(worlds.next().store.table(organizationMembers).all(), before)
})

test('adds ten members in one go', async (t) => {
  const { call } = await simulator(t)
  const members = Array.from({ length: 10 }, (_, at) => one(`m${at}@example.com`, at === 0 ? 'active' : undefined))
  const { status, body } = await call(`POST ${PATH}:batchCreate`, { body: { members } })
  assert.equal(status, 200)
  assert.equal('result_info' in body, false)
  assert.deepEqual(
    emailsOf(body.result),
    members.map(({ user }) => user.email),
  )
  assert.deepEqual(
    body.result.map(({ status }: { status: string }) => status),
    ['active', ...Array.from({ length: 9 }, () => 'pending')],
  )
  assert.equal((await call(`GET ${PATH}?page_size=50`)).body.result.length, 16)
  assert.deepEqual((await call(`POST ${PATH}:batchCreate`, { body: { members: [] } })).body.result, [])
})

test('removes a member', async (t) => {
  const { call } = await simulator(t)
  const { status, text } = await call(`DELETE ${PATH}/${MEMBER}`)
  assert.deepEqual([status, text], [204, ''])
  for (const request of [`GET ${PATH}/${MEMBER}`, `DELETE ${PATH}/${UNKNOWN}`, `GET ${PATH}/${UNKNOWN}`]) {
    const { status, body } = await call(request)
    assert.deepEqual([status, body.errors[0].code], request.includes(UNKNOWN) ? [404, 1003] : [400, 7003], request)
  }
})

test('finds no member of another organization', async (t) => {
  const { call } = await simulator(t)
  const [{ id }] = (await call(`GET /organizations/${GROUP}/members`)).body.result
  for (const method of ['GET', 'DELETE']) {
    const answer = await call(`${method} ${PATH}/${id}`)
    assert.deepEqual(failureOf(answer), [404, 1003, 'Organization member not found'])
  }
})

test('the batch has a single colon in the document, and for faults', async (t) => {
  const { app, call, worlds } = await simulator(t)
  const paths = Object.keys((await app.inject('/openapi.json')).json().paths)
  assert.ok(paths.includes('/organizations/{organization_id}/members:batchCreate'), paths.join(' '))
  const { status, headers } = await call(`GET ${PATH}:batchCreate`)
  assert.equal(status, 405)
  assert.equal(
    headers['fauxflare-nearest'],
    'POST /organizations/{organization_id}/members:batchCreate (Members_batchCreate)',
  )
  worlds.next().faults.add({
    match: { path: '/organizations/*/members:batchCreate' },
    effect: { error: { status: 503 } },
  })
  assert.equal((await call(`POST ${PATH}:batchCreate`, { body: { members: [] } })).status, 503)
  assert.equal((await call(`GET ${PATH}`)).status, 200)
})
