/** Members: everything that is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/members`
const MEMBER = '4536bcfad5faccb111b47003c79917fa'
const INVITEE = '962e59e12a20904e5cae232c24f06a9b'
const ADMINISTRATOR = '05784afa30c1afe1440e79d9351c7430'
const SUPER = '33666b9c79b9a5273fc7344ff42f953d'
const WHOLE_ACCOUNT = '6d7f2f5f5b1d4a0e9081fdc98d432fd1'
const OTHER_ACCOUNT = '19b749db31a939f8c92385263276e8a1'

const policy = { access: 'allow', permission_groups: [{ id: ADMINISTRATOR }], resource_groups: [{ id: WHOLE_ACCOUNT }] }
const LAST = 'Invalid request: Cannot remove the last Super Administrator'

test('refuses invitations that do not fit', async (t) => {
  const { call } = await simulator(t)
  const email = 'new@example.com'
  const roles = [ADMINISTRATOR]
  const EMAIL = 'Invalid request: Invalid email address'
  const ROLES = 'Invalid request: Invalid role assignments found'
  const EXISTS = 'Invalid request: Member already exists'
  const rows: [title: string, body: unknown, message: string][] = [
    ['no address', { roles }, "Invalid request: Value required for parameter 'email'."],
    ['nothing', {}, "Invalid request: Value required for parameter 'email'."],
    ['neither roles nor policies', { email }, "Invalid request: Value required for parameter 'roles'."],
    ['no form of an address', { email: 'new', roles }, EMAIL],
    ['an empty address', { email: '', roles }, EMAIL],
    ['an address with a space', { email: 'a b@c.d', roles }, EMAIL],
    ['an address of 91 characters', { email: `${'a'.repeat(87)}@b.c`, roles }, EMAIL],
    ['an address that is no text', { email: 5, roles }, EMAIL],
    ['a role that there is not', { email, roles: [UNKNOWN] }, ROLES],
    ['a good role and a bad one', { email, roles: [ADMINISTRATOR, 'nothing'] }, ROLES],
    ['somebody who is a member', { email: 'user@example.com', roles }, EXISTS],
    ['somebody who is a member, in capitals', { email: 'USER@Example.com', roles }, EXISTS],
    ['somebody who is invited', { email: 'invitee@example.com', roles }, EXISTS],
    ['roles as objects', { email, roles: [{ id: ADMINISTRATOR }] }, 'Invalid request: /roles/0 must be string'],
    ['one role', { email, roles: ADMINISTRATOR }, 'Invalid request: /roles must be array'],
    [
      'a status that there is not',
      { email, roles, status: 'rejected' },
      'Invalid request: /status must be equal to one of the allowed values',
    ],
    ['policies of null', { email, policies: null }, 'Invalid request: /policies must be array'],
    ['a policy without access', { email, policies: [{}] }, 'Invalid request: /policies/0/access is required'],
    [
      'a policy without groups',
      { email, policies: [{ access: 'allow' }] },
      'Invalid request: /policies/0/permission_groups is required',
    ],
    [
      'a policy with another access',
      { email, policies: [{ ...policy, access: 'maybe' }] },
      'Invalid request: /policies/0/access must be equal to one of the allowed values',
    ],
    [
      'a permission group that there is not',
      { email, policies: [{ ...policy, permission_groups: [{ id: UNKNOWN }] }] },
      `Invalid request: Invalid permission group '${UNKNOWN}'`,
    ],
    [
      'a resource group that there is not',
      { email, policies: [{ ...policy, resource_groups: [{ id: UNKNOWN }] }] },
      `Invalid request: Invalid resource group '${UNKNOWN}'`,
    ],
    [
      'a resource group of another account',
      { email, policies: [{ ...policy, resource_groups: [{ id: OTHER_ACCOUNT }] }] },
      `Invalid request: Invalid resource group '${OTHER_ACCOUNT}'`,
    ],
    ['a list', [], 'Invalid request: the body must be object'],
    ['no body', undefined, 'Invalid request: the body must be object'],
  ]
  for (const [title, body, message] of rows) {
    await t.test(title, async () => {
      const answer = await call(`POST ${PATH}`, { body })
      assert.deepEqual(failureOf(answer), [400, 1001, message])
      assert.equal(answer.body.result, null)
    })
  }
  assert.equal((await call(`GET ${PATH}`)).body.result_info.total_count, 65)
})

test('refuses changes that do not fit', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET ${PATH}/${INVITEE}`)).body.result
  const rows: [title: string, body: unknown, code: number, message: string][] = [
    ['roles as texts', { roles: [ADMINISTRATOR] }, 400, 'Bad request: /roles/0 must be object'],
    ['no body', undefined, 400, 'Bad request: the body must be object'],
    ['a list', [], 400, 'Bad request: the body must be object'],
    ['a text', '"roles"', 400, 'Bad request: the body must be object'],
    ['a role that there is not', { roles: [{ id: UNKNOWN }] }, 1001, 'Invalid request: Invalid roles'],
    ['a role without an id', { roles: [{ name: 'DNS' }] }, 1001, 'Invalid request: /roles/0/id is required'],
    ['one role', { roles: { id: ADMINISTRATOR } }, 1001, 'Invalid request: /roles must be array'],
    ['policies of null', { policies: null }, 1001, 'Invalid request: /policies must be array'],
    [
      'a policy without resources',
      { policies: [{ access: 'allow', permission_groups: [] }] },
      1001,
      'Invalid request: /policies/0/resource_groups is required',
    ],
    [
      'a permission group that there is not',
      { policies: [{ ...policy, permission_groups: [{ id: 'x' }] }] },
      1001,
      "Invalid request: Invalid permission group 'x'",
    ],
    [
      'a resource group of another account',
      { policies: [{ ...policy, resource_groups: [{ id: OTHER_ACCOUNT }] }] },
      1001,
      `Invalid request: Invalid resource group '${OTHER_ACCOUNT}'`,
    ],
  ]
  for (const [title, body, code, message] of rows) {
    await t.test(title, async () => {
      const answer = await call(`PUT ${PATH}/${INVITEE}`, { body })
      assert.deepEqual(failureOf(answer), [400, code, message])
      assert.equal(answer.body.result, null)
    })
  }
  assert.deepEqual((await call(`GET ${PATH}/${INVITEE}`)).body.result, before)
})

test('does not find a member that there is not', async (t) => {
  const { call } = await simulator(t)
  for (const [method, body] of [['GET'], ['PUT', {}], ['DELETE']] as const) {
    await t.test(method, async () => {
      const answer = await call(`${method} ${PATH}/${UNKNOWN}`, { body })
      assert.deepEqual(failureOf(answer), [404, 1003, 'Member not found for account'])
    })
  }
})

test('tells which character of a member id is wrong', async (t) => {
  const { call } = await simulator(t)
  const rows: [id: string, character: string, offset: number][] = [
    [`z${MEMBER.slice(1)}`, 'z', 0],
    [`${MEMBER.slice(0, 31)}g`, 'g', 31],
    [`${MEMBER.slice(0, 8)}-${MEMBER.slice(9)}`, '-', 8],
  ]
  for (const [id, character, offset] of rows) {
    const message = `Validating ID '${id}' failed: invalid character '${character}' in offset ${offset}`
    assert.deepEqual(failureOf(await call(`GET ${PATH}/${id}`)), [400, 400, message])
  }
  const path = `/client/v4${PATH}/short`
  const message = `Could not route to ${path}, perhaps your object identifier is invalid?`
  assert.deepEqual(failureOf(await call(`GET ${PATH}/short`)), [400, 7003, message])
})

test('keeps the last Super Administrator', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`GET ${PATH}?per_page=50&status=accepted&order=user.email`)
  type Listed = { id: string; roles: { id: string }[] }
  const supers = (body.result as Listed[]).filter(({ roles }) => roles.some(({ id }) => id === SUPER))
  const others = supers.filter(({ id }) => id !== MEMBER)
  assert.equal(others.length, supers.length - 1)
  // Somebody who is only invited does not count.
  await call(`POST ${PATH}`, { body: { email: 'new@example.com', roles: [SUPER] } })
  for (const { id } of others) assert.equal((await call(`DELETE ${PATH}/${id}`)).status, 200)

  const rows: [title: string, method: string, body?: object][] = [
    ['who would be removed', 'DELETE'],
    ['who would get other roles', 'PUT', { roles: [{ id: ADMINISTRATOR }] }],
    ['who would get no roles', 'PUT', { roles: [] }],
    ['who would get other policies', 'PUT', { policies: [policy] }],
    ['who would get no policies', 'PUT', { policies: [] }],
  ]
  for (const [title, method, body] of rows) {
    await t.test(title, async () => {
      assert.deepEqual(failureOf(await call(`${method} ${PATH}/${MEMBER}`, { body })), [400, 1001, LAST])
    })
  }
  await t.test('who may get more roles, or change nothing', async () => {
    const roles = [{ id: SUPER }, { id: ADMINISTRATOR }]
    assert.equal((await call(`PUT ${PATH}/${MEMBER}`, { body: { roles } })).status, 200)
    assert.equal((await call(`PUT ${PATH}/${MEMBER}`, { body: {} })).status, 200)
  })
  await t.test('who may go when there is another', async () => {
    await call(`POST ${PATH}`, { body: { email: 'other@example.com', roles: [SUPER], status: 'accepted' } })
    assert.equal((await call(`DELETE ${PATH}/${MEMBER}`)).status, 200)
  })
})

test('refuses queries that do not fit', async (t) => {
  const { call } = await simulator(t)
  for (const [query, name] of [
    ['order=name', 'order'],
    ['order=email', 'order'],
    ['status=invited', 'status'],
    ['direction=up', 'direction'],
  ]) {
    await t.test(query as string, async () => {
      const answer = await call(`GET ${PATH}?${query}`)
      assert.deepEqual(failureOf(answer), [400, 6008, 'Invalid request parameters'])
      const message = `${name} variable must be equal to one of the allowed values`
      assert.deepEqual(answer.body.errors[0].error_chain, [{ code: 11000, message }])
    })
  }
})
