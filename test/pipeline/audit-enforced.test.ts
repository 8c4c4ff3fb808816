/** That the entry of a change tells whoever made it, of every operation, where credentials must exist. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditLogs } from '../../schemas/audit-logs.ts'
import { organizationAuditLogs } from '../../schemas/organization-audit-logs.ts'
import { userAuditLogs } from '../../schemas/user-audit-logs.ts'
import type { CommonEntry } from '../../server/rules/audit-entry.ts'
import { reads, writes } from '../contract/calls.ts'
import type { Call } from '../contract/driven.ts'
import { ACCOUNT, EMAIL, type Simulator } from '../simulator.ts'
import { type Enforcing, enforcing, PAIR, USER } from './enforcing.ts'

/** What the calls of the contract ask is too much for the documented user, or needs something that is made first. */
const INSTEAD: Readonly<Record<string, (made: Enforcing) => Promise<Call>>> = {
  'PUT /accounts/{account_id}': async () => [`PUT /accounts/${ACCOUNT}`, { name: 'Other' }],
  // Only the accounts of a tenant can be deleted, by its administrators.
  'DELETE /accounts/{account_id}': async () => ['DELETE /accounts/01a7362d577a6c3019a474fd6f485823'],
  'DELETE /organizations/{organization_id}': async ({ call }) => {
    const body = { name: 'Empty', parent: { id: 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8' } }
    return [`DELETE /organizations/${(await call('POST /organizations', { body, headers: PAIR })).body.result.id}`]
  },
}

/** Every entry of every log. */
function entriesOf({ worlds }: Simulator): CommonEntry[] {
  const { store } = worlds.of()
  return [
    ...store.table(auditLogs).all(),
    ...store.table(organizationAuditLogs).all(),
    ...store.table(userAuditLogs).all(),
  ]
}

/** A batch of no accounts moves none. */
const isIdle = (body: unknown) => (body as { account_ids?: string[] } | undefined)?.account_ids?.length === 0

test('every change that is allowed leaves entries of its own maker, ray and id, and no other leaves any', async (t) => {
  const made = await enforcing(t)
  const changes = [...writes, ...reads].filter(({ key }) => !key.startsWith('GET'))
  const told = new Set<string>()
  for (const { key, succeed } of changes) {
    made.worlds.reset()
    const instead = await INSTEAD[key]?.(made)
    for (const [request, body] of instead ? [instead] : succeed) {
      if (!instead) made.worlds.reset()
      const before = new Set(entriesOf(made).map(({ id }) => id))
      const { status, headers } = await made.call(request, { body, headers: { ...PAIR, 'user-agent': 'Test/1.0' } })
      const [first, ...others] = entriesOf(made).filter(({ id }) => !before.has(id))
      assert.equal(first !== undefined, status < 300 && !isIdle(body), `${request}: ${status}`)
      if (!first) continue
      told.add(key)
      assert.equal(first.id, String(headers['cf-auditlog-id']).replaceAll('-', ''), request)
      // What is moved is told in the log of the account and in that of where it comes to.
      assert.equal(others.length, /move$/.test(request) ? 1 : 0, request)
      for (const { actor, raw } of [first, ...others]) {
        assert.deepEqual(
          actor,
          { id: USER, type: 'user', context: 'api_key', email: EMAIL, ip_address: '127.0.0.1' },
          request,
        )
        assert.equal(raw?.cf_ray_id, String(headers['cf-ray']).slice(0, 16), request)
        assert.deepEqual([raw?.method, raw?.status_code, raw?.user_agent], [request.split(' ')[0], status, 'Test/1.0'])
      }
    }
  }
  assert.deepEqual(
    changes.map(({ key }) => key).filter((key) => !told.has(key)),
    [],
  )
})
