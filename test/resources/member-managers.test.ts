/** Who manages an account: members, groups and tokens are for Super Administrators alone. ERRORS.md §7.2 and §7.4. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as } from '../acting.ts'
import { ACCOUNT, failureOf, type Reply, simulator, UNKNOWN } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}`
const NOAH = 'caebd4d767c9c23ad3a71ac61d0e6740'
const DNS = '069fe803647ed3609e93d041d5df6050'
const INVALID_ACCOUNT = [403, 9109, 'Invalid account identifier']
const UNAUTHORIZED = [403, 9109, 'Unauthorized to access requested resource']

const policy = {
  effect: 'allow',
  permission_groups: [{ id: 'c1fde68c7bcc44588cbb6ddbc16d6480' }],
  resources: { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' },
}
const scope = {
  key: `com.cloudflare.api.account.${ACCOUNT}`,
  objects: [{ key: 'com.cloudflare.api.account.zone.6f1afc0fbabf4f8b87fd3f1f8a4024dc' }],
}

/** What changes who may do what. */
const managing: [request: string, body?: object][] = [
  [`POST ${PATH}/members`, { email: 'guest@example.org', roles: [DNS] }],
  [`PUT ${PATH}/members/${NOAH}`, { roles: [{ id: DNS }] }],
  [`DELETE ${PATH}/members/${NOAH}`],
  [`POST ${PATH}/iam/user_groups`, { name: 'New' }],
  [`POST ${PATH}/iam/resource_groups`, { name: 'New', scope }],
  [`POST ${PATH}/tokens`, { name: 'new', policies: [policy] }],
]
const settings: [request: string, body?: object] = [`PUT ${PATH}`, { name: 'Another name' }]
const listing: [request: string, body?: object] = [`GET ${PATH}/members`]

/** To strangers, an account is one that there is not. */
const STRANGER = 'edward.langley@example.net'

type Rights = { manages: boolean; changes: boolean; reads: boolean }
const people: [role: string, email: string, rights: Rights][] = [
  ['a Super Administrator', 'grace.lindqvist@example.com', { manages: true, changes: true, reads: true }],
  ['an Administrator', 'priya.raman@example.com', { manages: false, changes: true, reads: true }],
  [
    'somebody with Administrator Read Only',
    'ruth.campbell@example.com',
    { manages: false, changes: false, reads: true },
  ],
  ['somebody with DNS', 'noah.bergstrom@example.com', { manages: false, changes: false, reads: false }],
  ['somebody of another account', STRANGER, { manages: false, changes: false, reads: false }],
]

for (const [role, email, { manages, changes, reads }] of people) {
  test(`${role} ${manages ? 'manages' : 'does not manage'} the account`, async (t) => {
    const { call } = await simulator(t, { auth: 'enforce' })
    const expect = (reply: Reply, may: boolean, request: string) => {
      if (may) assert.equal(reply.status, 200, `${request}: ${reply.text}`)
      else if (email === STRANGER && request === settings[0]) assert.deepEqual(failureOf(reply), INVALID_ACCOUNT)
      else assert.deepEqual(failureOf(reply), UNAUTHORIZED, request)
    }
    for (const [may, rows] of [
      [reads, [listing]],
      [changes, [settings]],
      [manages, managing],
    ] as const) {
      for (const [request, body] of rows) expect(await call(request, { body, headers: as(email) }), may, request)
    }
  })
}

test('whoever may not, learns neither what there is nor what is wrong', async (t) => {
  const { call } = await simulator(t, { auth: 'enforce' })
  const headers = as('priya.raman@example.com')
  const rows: [request: string, body?: unknown][] = [
    [`DELETE ${PATH}/members/${UNKNOWN}`],
    [`PUT ${PATH}/members/${UNKNOWN}`, { roles: 'none' }],
    [`POST ${PATH}/members`, { email: 'no address' }],
    [`POST ${PATH}/members`, '{'],
    [`DELETE ${PATH}/tokens/${UNKNOWN}`],
    [`PUT ${PATH}/tokens/${UNKNOWN}/value`, []],
  ]
  for (const [request, body] of rows) {
    assert.deepEqual(failureOf(await call(request, { body, headers })), UNAUTHORIZED, request)
  }
})
