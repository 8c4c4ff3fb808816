/** What rows are shown as is made once, and made again when something changes that it depends on. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accounts } from '../../schemas/accounts.ts'
import { memberPermissionGroups } from '../../schemas/iam-permission-groups.ts'
import { members } from '../../schemas/members.ts'
import { organizations } from '../../schemas/organizations.ts'
import { resourceGroups } from '../../schemas/resource-groups.ts'
import { roles } from '../../schemas/roles.ts'
import type { TableKey } from '../../schemas/table.ts'
import { presentMember } from '../../server/rules/grants.ts'
import { presentAccount } from '../../server/rules/present-account.ts'
import { remembered, rememberedWith } from '../../server/state/remembered.ts'
import type { World } from '../../server/state/world.ts'
import { simulator } from '../simulator.ts'

test('A row is shown once, and a row in its place is shown anew', () => {
  let shown = 0
  const present = remembered(({ id }: { id: string }) => ({ id, count: ++shown }))
  const row = { id: 'a' }
  assert.equal(present(row), present(row))
  assert.deepEqual(present({ id: 'a' }), { id: 'a', count: 2 })
})

test('A row is shown anew when a collection was written to that was looked into, and for no other write', async (t) => {
  const { worlds } = await simulator(t)
  const world = worlds.of()
  const present = rememberedWith([roles], (row: { id: string }) => ({ ...row }))
  const row = { id: 'a' }
  const first = present(row, world)
  const [account] = world.store.table(accounts).all()
  assert.ok(account)
  world.store.table(accounts).put({ ...account })
  assert.equal(present(row, world), first)
  const [role] = world.store.table(roles).all()
  assert.ok(role)
  world.store.table(roles).put({ ...role })
  assert.notEqual(present(row, world), first)
})

/** Collections that members and accounts are shown with. */
const KEYS: TableKey<{ id: string }>[] = [
  accounts,
  members,
  organizations,
  resourceGroups,
  roles,
  memberPermissionGroups,
]

/** Some members and every account, in a world, and as they are shown without any memory: in a copy of each row. */
function shownIn(world: World): { remembered: unknown; anew: unknown } {
  const people = world.store.table(members).slice(0, 12)
  const all = world.store.table(accounts).all()
  return {
    remembered: [people.map((row) => presentMember(row, world)), all.map((row) => presentAccount(row, world))],
    anew: [people.map((row) => presentMember({ ...row }, world)), all.map((row) => presentAccount({ ...row }, world))],
  }
}

test('Whatever is written, undone or forked, rows are shown as if nothing were remembered', async (t) => {
  const { worlds } = await simulator(t, { fixtures: 'docs' })
  const step = fc.oneof(
    fc.record({ act: fc.constantFrom('rename', 'delete'), key: fc.nat(KEYS.length - 1), row: fc.nat(50) }),
    fc.record({ act: fc.constantFrom('fork', 'other', 'checkpoint', 'undo') }),
  )
  let differing = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let [world, other] = [worlds.of().fork(), worlds.of().fork()]
      let undo = world.store.checkpoint()
      const begun = JSON.stringify(shownIn(world).remembered)
      for (const { act, ...place } of steps) {
        if (act === 'fork') other = world.fork()
        else if (act === 'other') [world, other] = [other, world]
        else if (act === 'undo') undo()
        if (act !== 'rename' && act !== 'delete') {
          undo = world.store.checkpoint()
        } else if ('key' in place) {
          const table = world.store.table(KEYS[place.key] as TableKey<{ id: string; name?: string }>)
          const rows = table.all()
          const row = rows[place.row % Math.min(12, rows.length)]
          if (row && act === 'rename') table.put({ ...row, ...('name' in row && { name: `${row.name}!` }) })
          else if (row) table.delete(row.id)
        }
        const { remembered, anew } = shownIn(world)
        assert.deepEqual(remembered, anew)
        if (JSON.stringify(remembered) !== begun) differing += 1
      }
    }),
    { numRuns: 40, seed: 6 },
  )
  assert.ok(differing > 50, `${differing}`)
})
