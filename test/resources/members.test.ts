/** Members: listing, reading, inviting and removing them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MemberRow, members } from '../../schemas/members.ts'
import { column, compareKeys } from '../../server/state/order.ts'
import { ACCOUNT, failureOf, simulator } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/members`
const MEMBER = '4536bcfad5faccb111b47003c79917fa'
const INVITEE = '962e59e12a20904e5cae232c24f06a9b'
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'

test('shows the documented member', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET ${PATH}/${MEMBER}`)
  assert.equal(status, 200)
  const { roles, policies, ...rest } = body.result
  assert.deepEqual(rest, {
    id: MEMBER,
    email: 'user@example.com',
    user: {
      id: '7c5dae5552338874e5053f2534d2767a',
      email: 'user@example.com',
      first_name: 'John',
      last_name: 'Appleseed',
      two_factor_authentication_enabled: false,
    },
    status: 'accepted',
  })
  assert.equal(roles[0].name, 'Account Administrator')
  assert.equal(roles[0].description, 'Administrative access to the entire Account')
  assert.deepEqual(roles[0].permissions.analytics, { read: true, write: false })
  assert.equal(policies.length, roles.length)
})

test('lists the documented invitation', async (t) => {
  const { call } = await simulator(t)
  const query = 'order=status&direction=desc&status=pending&page=1&per_page=50'
  const { status, body } = await call(`GET ${PATH}?${query}`)
  assert.equal(status, 200)
  const scopes = 'com.cloudflare.api.account'
  assert.deepEqual(
    body.result.find(({ id }: MemberRow) => id === INVITEE),
    {
      id: INVITEE,
      email: 'invitee@example.com',
      status: 'pending',
      user: {
        email: 'invitee@example.com',
        first_name: null,
        last_name: null,
        two_factor_authentication_enabled: false,
      },
      // Groups that have no role of their own appear as roles with their ids.
      roles: [
        { id: 'c8fed203ed3043cba015a93ad1616f1f', name: 'Zone Read', description: 'Zone Read', permissions: {} },
        {
          id: '82e64a83756745bbbb1c9c2701bf816b',
          name: 'Magic Network Monitoring',
          description: 'Magic Network Monitoring',
          permissions: {},
        },
      ],
      policies: [
        {
          id: 'f267e341f3dd4697bd3b9f71dd96247f',
          access: 'allow',
          permission_groups: [
            { id: 'c8fed203ed3043cba015a93ad1616f1f', name: 'Zone Read', meta: { label: 'zone_read', scopes } },
            {
              id: '82e64a83756745bbbb1c9c2701bf816b',
              name: 'Magic Network Monitoring',
              meta: { label: 'fbm_user', scopes },
            },
          ],
          resource_groups: [
            {
              id: '6d7f2f5f5b1d4a0e9081fdc98d432fd1',
              name: `${scopes}.${ACCOUNT}`,
              meta: { editable: 'false' },
              scope: { key: `${scopes}.${ACCOUNT}`, objects: [{ key: '*' }] },
            },
          ],
        },
      ],
    },
  )
})

test('lists members in every order, in both directions, of every status', async (t) => {
  const { call, worlds } = await simulator(t)
  const own = worlds.next().store.table(members, ACCOUNT).all()
  for (const order of [undefined, 'user.first_name', 'user.last_name', 'user.email', 'status']) {
    for (const direction of [undefined, 'asc', 'desc']) {
      for (const status of [undefined, 'accepted', 'pending', 'rejected']) {
        const query = Object.entries({ order, direction, status })
          .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
          .join('&')
        await t.test(query || 'without a query', async () => {
          const key = (row: MemberRow) => [column(order ?? 'user.email')(row), row.id]
          const expected = own
            .filter((row) => status === undefined || row.status === status)
            .sort((a, b) => compareKeys(key(a), key(b)) * (direction === 'desc' ? -1 : 1))
          const found: string[] = []
          for (const page of [1, 2]) {
            const { body } = await call(`GET ${PATH}?per_page=50&page=${page}&${query}`)
            assert.equal(body.result_info.total_count, expected.length)
            found.push(...body.result.map(({ id }: MemberRow) => id))
          }
          assert.deepEqual(
            found,
            expected.map(({ id }) => id),
          )
        })
      }
    }
  }
})

test('somebody without a name comes before everybody with one', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`GET ${PATH}?order=user.last_name&per_page=50`)
  const names = body.result.map(({ user }: MemberRow) => user.last_name)
  assert.equal(names[0], null)
  assert.equal(names.indexOf('Adeyemi'), names.lastIndexOf(null) + 1)
})

test('keeps the members of accounts apart', async (t) => {
  const { call } = await simulator(t)
  const other = 'eb78d65290b24279ba6f44721b3ea3c4'
  const theirs = (await call(`GET /accounts/${other}/members`)).body.result
  assert.equal(theirs.length, 7)
  const path = `${PATH}/${theirs[0].id}`
  for (const [method, body] of [['GET'], ['PUT', {}], ['DELETE']] as const) {
    assert.deepEqual(failureOf(await call(`${method} ${path}`, { body })), [404, 1003, 'Member not found for account'])
  }
  assert.equal((await call(`GET /accounts/${other}/members`)).body.result.length, 7)
})

test('invites somebody who has never signed in', async (t) => {
  const { call } = await simulator(t)
  const made = await call(`POST ${PATH}`, { body: { email: 'new@example.com', roles: [ADMINISTRATOR] } })
  assert.equal(made.status, 200)
  const { id, email, user, status } = made.body.result
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.deepEqual([email, status], ['new@example.com', 'pending'])
  assert.deepEqual(user, {
    email: 'new@example.com',
    first_name: null,
    last_name: null,
    two_factor_authentication_enabled: false,
  })
  assert.deepEqual((await call(`GET ${PATH}/${id}`)).body.result, made.body.result)
  assert.equal((await call(`GET ${PATH}?status=pending`)).body.result_info.total_count, 16)
})

test('invites people as the request says', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, body: object, expected: object][] = [
    ['pending when asked for', { email: 'a@b.c', status: 'pending' }, { status: 'pending' }],
    ['accepted when asked for', { email: 'b@b.c', status: 'accepted' }, { status: 'accepted' }],
    ['somebody who is known, with name', { email: 'adele.fontaine@example.org' }, {}],
    ['fields that nobody knows are passed over', { email: 'c@b.c', color: 'red' }, { status: 'pending' }],
    ['an address of ninety characters', { email: `${'a'.repeat(86)}@b.c` }, { email: `${'a'.repeat(86)}@b.c` }],
  ]
  const account = '01a7362d577a6c3019a474fd6f485823'
  for (const [title, body, expected] of rows) {
    await t.test(title, async () => {
      const answer = await call(`POST /accounts/${account}/members`, { body: { roles: [], ...body } })
      assert.equal(answer.status, 200, answer.text)
      for (const [name, value] of Object.entries(expected)) assert.deepEqual(answer.body.result[name], value)
    })
  }
  const { body } = await call(`GET /accounts/${account}/members?status=accepted`)
  const added = body.result.find(({ user }: MemberRow) => user.email === 'b@b.c')
  assert.match(added.user.id, /^[0-9a-f]{32}$/)
  const { body: pending } = await call(`GET /accounts/${account}/members?status=pending&order=user.email`)
  assert.deepEqual(
    pending.result.find(({ user }: MemberRow) => user.email === 'adele.fontaine@example.org').user.last_name,
    'Fontaine',
  )
})

test('removes a member, who is not found afterwards and may be invited again', async (t) => {
  const { call } = await simulator(t)
  const removed = await call(`DELETE ${PATH}/${MEMBER}`)
  assert.equal(removed.status, 200)
  assert.deepEqual(removed.body.result, { id: MEMBER })
  for (const [method, body] of [['GET'], ['PUT', {}], ['DELETE']] as const) {
    const answer = await call(`${method} ${PATH}/${MEMBER}`, { body })
    assert.deepEqual(failureOf(answer), [404, 1003, 'Member not found for account'])
  }
  assert.equal((await call(`GET ${PATH}`)).body.result_info.total_count, 64)
  const body = { email: 'user@example.com', roles: ['3536bcfad5faccb999b47003c79917fb'], status: 'accepted' }
  const again = await call(`POST ${PATH}`, { body })
  assert.equal(again.status, 200)
  assert.notEqual(again.body.result.id, MEMBER)
  assert.equal(again.body.result.user.first_name, 'John')
})

test('withdraws an invitation', async (t) => {
  const { call } = await simulator(t)
  assert.deepEqual((await call(`DELETE ${PATH}/${INVITEE}`)).body.result, { id: INVITEE })
  assert.equal((await call(`GET ${PATH}?status=pending`)).body.result_info.total_count, 14)
})

test('keeps an address as it was sent, and knows it again in any case', async (t) => {
  const { call } = await simulator(t)
  const email = 'Frances.Oldham@Example.com'
  const body = { email, roles: ['05784afa30c1afe1440e79d9351c7430'] }
  const { body: made } = await call(`POST ${PATH}`, { body })
  assert.equal(made.result.email, email)
  const again = await call(`POST ${PATH}`, { body: { ...body, email: email.toLowerCase() } })
  assert.deepEqual(failureOf(again), [400, 1001, 'Invalid request: Member already exists'])
})
