/** What the roles of an account open to whoever has them, with address and key. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roles } from '../../schemas/roles.ts'
import { as } from '../acting.ts'
import { ACCOUNT, simulator } from '../simulator.ts'

/** Member of no account of the documented user's. */
const SOMEBODY = 'edward.langley@example.net'

const REQUESTS = {
  account: `GET /accounts/${ACCOUNT}`,
  rename: `PUT /accounts/${ACCOUNT}`,
  members: `GET /accounts/${ACCOUNT}/members`,
  invite: `POST /accounts/${ACCOUNT}/members`,
  billing: `GET /accounts/${ACCOUNT}/subscriptions`,
  subscribe: `POST /accounts/${ACCOUNT}/subscriptions`,
  tokens: `GET /accounts/${ACCOUNT}/tokens`,
  token: `POST /accounts/${ACCOUNT}/tokens`,
  log: `GET /accounts/${ACCOUNT}/logs/audit?since=2026-01-01&before=2026-02-01`,
  move: `POST /accounts/${ACCOUNT}/move`,
}
type Request = keyof typeof REQUESTS

const READING: Request[] = ['account', 'members', 'billing', 'tokens', 'log']

test('each role opens what it is for, from the next request on', async (t) => {
  const { call, worlds } = await simulator(t, { auth: 'enforce' })
  const rows: [role: string | undefined, open: Request[]][] = [
    ['Super Administrator - All Privileges', Object.keys(REQUESTS) as Request[]],
    ['Administrator', [...READING, 'rename', 'subscribe']],
    ['Administrator Read Only', READING],
    ['Billing', ['account', 'billing', 'subscribe']],
    ['Audit Logs Viewer', ['account', 'log']],
    ['DNS', ['account']],
    ['Minimal Account Access', ['account']],
    [undefined, []],
  ]
  const members = `/accounts/${ACCOUNT}/members`
  let member: string | undefined
  for (const [name, open] of rows) {
    await t.test(name ?? 'nobody any more', async () => {
      const [role] = worlds
        .of()
        .store.table(roles)
        .where({ name: name ?? null })
        .all()
      const ids = role ? [role.id] : []
      const change =
        member === undefined
          ? { request: `POST ${members}`, body: { email: SOMEBODY, status: 'accepted', roles: ids } }
          : name === undefined
            ? { request: `DELETE ${members}/${member}` }
            : { request: `PUT ${members}/${member}`, body: { roles: ids.map((id) => ({ id })) } }
      const changed = await call(change.request, { headers: as('user@example.com'), ...change })
      assert.equal(changed.status, 200, changed.text)
      member = changed.body.result.id
      const found: string[] = []
      for (const [title, request] of Object.entries(REQUESTS)) {
        const body = request.startsWith('GET') ? undefined : {}
        const { headers } = await call(request, { headers: as(SOMEBODY), ...(body && { body }) })
        if (headers['fauxflare-denied'] === undefined) found.push(title)
      }
      assert.deepEqual(found.sort(), [...open].sort())
    })
  }
})
