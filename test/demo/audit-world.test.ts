/** The audit logs of a whole made-up world fit the rows that are in it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { demo } from '../../fixtures/demo/index.ts'
import { CATALOGUE, rows } from '../../fixtures/rows.ts'
import type { AuditLogRow } from '../../schemas/audit-logs.ts'
import { rowChecks } from '../../server/state/row-checks.ts'
import type { Row } from '../../server/state/table.ts'
import { groundOf, planOf } from './small-story.ts'

const catalogue = Object.fromEntries(Object.values(CATALOGUE).map(({ name }) => [name, rows({ name }) as Row[]]))

const isEntry = (row: Row): row is Row & AuditLogRow => rowChecks.audit_logs?.(row) === undefined

/** All rows of a small world, by collection. */
function worldOf(seed: number): Map<string, Row[]> {
  const plan = { ...planOf(365, 8), accounts: 3, tokens_per_account: 4 }
  const world = new Map<string, Row[]>()
  for (const part of demo(plan, { ...groundOf(seed), catalogue })) {
    for (const [name, list] of Object.entries(part)) world.set(name, [...(world.get(name) ?? []), ...list])
  }
  return world
}

test('whoever acts is in the world, and what an entry deletes is not', () => {
  const seen = { users: 0, tokens: 0, deleted: 0 }
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const world = worldOf(seed)
      const idsIn = (name: string) => new Set((world.get(name) ?? []).map(({ id }) => id))
      const [users, tokens, members, zones] = ['users', 'tokens', 'members', 'zones'].map(idsIn)
      const log = (world.get('audit_logs') ?? []).filter(isEntry)
      assert.equal(log.length, world.get('audit_logs')?.length)
      const gone = new Set(
        log.flatMap(({ action, resource }) => (action.type === 'delete' && resource?.id ? resource.id : [])),
      )
      for (const { action, actor, resource, zone, id } of log) {
        if (actor?.type === 'user') {
          seen.users += 1
          assert.ok(users?.has(actor.id ?? ''), `${actor.email} of ${action.description} (${id})`)
        } else if (actor?.token_id !== undefined) {
          seen.tokens += 1
          assert.ok(tokens?.has(actor.token_id) || gone.has(actor.token_id), `${actor.token_name} (${id})`)
        }
        const there = resource?.type === 'token' ? tokens : resource?.product === 'members' ? members : undefined
        if (there && resource?.id !== undefined && action.result === 'success') {
          if (gone.has(resource.id)) seen.deleted += 1
          assert.notEqual(there.has(resource.id), gone.has(resource.id), `${action.description} ${resource.id} (${id})`)
        }
        if (zone) assert.ok(zones?.has(zone.id ?? ''), `${zone.name} (${id})`)
      }
      for (const name of ['organization_audit_logs', 'user_audit_logs']) {
        for (const row of world.get(name) ?? []) {
          assert.equal(rowChecks[name]?.(row), undefined, `${name} ${row.id}`)
        }
      }
    }),
    { numRuns: 6, seed: 3 },
  )
  assert.ok(seen.users > 500 && seen.tokens > 20 && seen.deleted > 10, JSON.stringify(seen))
})
