/** Made-up worlds: what is in them, that it fits together, and that the same is made again. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { demo } from '../../fixtures/demo/index.ts'
import { type AccountRow, accounts } from '../../schemas/accounts.ts'
import { type MemberRow, members } from '../../schemas/members.ts'
import { type TokenRow, tokens } from '../../schemas/tokens.ts'
import { type UserRow, users } from '../../schemas/users.ts'
import { byRoles } from '../../server/rules/grants.ts'
import { isSuperAdministrator } from '../../server/rules/super-administrators.ts'
import { readSnapshot } from '../../server/state/snapshot.ts'
import type { Row } from '../../server/state/table.ts'
import { World } from '../../server/state/world.ts'
import { catalogue, DAY, groundOf, planOf, tablesOf, worldOf } from './worlds.ts'

const ADDRESS = /^[a-z.-]+\d*@example\.(?:com|net|org)$/

const rowsOf = <R extends Row>({ name }: { name: string; type?: R }, world: Record<string, Row[]>) =>
  (world[name] ?? []) as R[]

const worldFrom = (tables: Record<string, Row[]>) =>
  World.from(
    { tables: { ...catalogue, ...tables }, aliases: {} },
    { seed: 1, clock: '2026-11-01T00:00:00Z', stateless: false },
  )

test('a world fits its schemas and names nothing that is not there, and each part only what came before', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.record({ accounts: fc.nat(9), members_per_account: fc.nat(20), tokens_per_account: fc.nat(6) }),
      (seed, counts) => {
        const made: Record<string, Row[]> = {}
        for (const part of demo(planOf({ ...counts, isExact: { members: false, tokens: false } }), groundOf(seed))) {
          for (const [name, list] of Object.entries(part)) made[name] = [...(made[name] ?? []), ...list]
          readSnapshot({ tables: { ...catalogue, ...made } })
        }
        assert.equal(rowsOf(accounts, made).length, counts.accounts)
      },
    ),
    { numRuns: 8, seed: 11 },
  )
})

test('members and tokens are as many as was said, or about as many', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(15), fc.nat(5), fc.boolean(), (seed, people, secrets, isExact) => {
      const plan = planOf({
        accounts: 4,
        members_per_account: people,
        tokens_per_account: secrets,
        isExact: { members: isExact, tokens: isExact },
      })
      const world = worldOf(plan, groundOf(seed))
      for (const { id } of rowsOf(accounts, world)) {
        const here = rowsOf(members, world).filter(({ account_id }) => account_id === id).length
        const owned = rowsOf(tokens, world).filter(({ owner_id }) => owner_id === id).length
        const isNear = (count: number, average: number) => count >= average / 2 && count <= average * 1.5
        assert.ok(isExact ? here === people : isNear(here, people), `${here} members for ${people}`)
        assert.ok(isExact ? owned === secrets : isNear(owned, secrets), `${owned} tokens for ${secrets}`)
      }
    }),
    { numRuns: 10, seed: 2 },
  )
})

test('every account with members has a Super Administrator, and each member the policies of their roles', () => {
  const tables = worldOf(planOf({ accounts: 8, members_per_account: 9 }), groundOf(4))
  const world = worldFrom(tables)
  for (const { id } of rowsOf(accounts, tables)) {
    const people = rowsOf(members, tables).filter(({ account_id }) => account_id === id)
    assert.ok(people.some((row) => row.status === 'accepted' && isSuperAdministrator(row, world)))
    for (const { roles, policies } of people.filter((row) => row.roles.length > 0)) {
      const bare = (list: MemberRow['policies']) => list.map(({ id: _, ...policy }) => policy)
      assert.deepEqual(bare(policies), bare(byRoles(roles, id, world, 'MEMBER_INVALID').policies))
    }
  }
})

test('a member is the user of the same id, an invitation is to somebody else, and addresses are nobody’s twice', () => {
  const tables = worldOf(planOf({ accounts: 12, members_per_account: 14 }), groundOf(5))
  const known = new Map(rowsOf(users, tables).map((row) => [row.id, row]))
  const addresses = [...known.values()].map(({ email }) => email)
  const strangers = rowsOf(members, tables).flatMap(({ user }) => (user.id === undefined ? user.email : []))
  assert.ok(strangers.length > 10)
  for (const email of [...addresses, ...strangers]) assert.match(email, ADDRESS)
  assert.equal(new Set([...addresses, ...strangers]).size, addresses.length + strangers.length)
  const enforced = new Map(rowsOf(accounts, tables).map(({ id, settings }) => [id, settings.enforce_twofactor]))
  const accountsOf = new Map<string, number>()
  for (const { account_id, status, user, invited_by, invited_on, expires_on } of rowsOf(members, tables)) {
    const row = known.get(user.id ?? '')
    if (row) {
      const { first_name, last_name, email, two_factor_authentication_enabled } = row
      assert.deepEqual(user, { id: row.id, email, first_name, last_name, two_factor_authentication_enabled })
      accountsOf.set(row.id, (accountsOf.get(row.id) ?? 0) + 1)
    }
    if (status === 'accepted') {
      assert.ok(row && invited_by === undefined && invited_on === undefined && expires_on === undefined)
      if (enforced.get(account_id)) assert.ok(user.two_factor_authentication_enabled)
    } else {
      assert.ok(addresses.includes(invited_by ?? '') && invited_on !== undefined)
      if (expires_on !== undefined) assert.ok(expires_on > invited_on)
    }
  }
  assert.ok([...accountsOf.values()].filter((count) => count > 1).length > 5, 'hardly anybody is in several accounts')
  assert.ok([...enforced.values()].includes(true) && [...enforced.values()].includes(false))
})

test('a small world has some of everything', () => {
  const world = worldOf(planOf({ accounts: 8, members_per_account: 12, tokens_per_account: 5 }), groundOf(42))
  const made = Object.keys(world).filter((name) => (world[name] ?? []).length > 0)
  for (const name of ['organizations', 'organization_members', 'tenants', 'tenant_units', 'user_groups']) {
    assert.ok(made.includes(name), name)
  }
  for (const name of ['user_group_members', 'subscriptions', 'user_subscriptions', 'zones', 'resource_groups']) {
    assert.ok(made.includes(name), name)
  }
  const all = rowsOf(tokens, world) as TokenRow[]
  const until = '2026-11-01T00:00:00Z'
  const states: [string, (token: TokenRow) => unknown][] = [
    ['disabled', ({ status }) => status === 'disabled'],
    ['expired', ({ expires_on = '9' }) => expires_on <= until],
    ['to expire', ({ expires_on = '0' }) => expires_on > until],
    ['not yet of use', ({ not_before = '0' }) => not_before > until],
    ['never used', ({ last_used_on }) => last_used_on === undefined],
    ['bound to addresses', ({ condition }) => condition?.request_ip],
    ['rolled', ({ status, issued_on, modified_on }) => status === 'active' && modified_on > issued_on],
    ['denying', ({ policies }) => policies.some(({ effect }) => effect === 'deny')],
  ]
  for (const [state, isSo] of states) assert.ok(all.some(isSo), `no token is ${state}`)
  const types = (rowsOf(accounts, world) as AccountRow[]).map(({ type }) => type)
  assert.ok(types.includes('standard') && types.includes('enterprise'))
  assert.ok(rowsOf(members, world).some(({ status }) => status === 'pending'))
})

test('the same seed makes the same world, byte by byte, whatever the machine and the version of Node', () => {
  const text = JSON.stringify(worldOf(planOf(), groundOf(42)))
  assert.equal(JSON.stringify(worldOf(planOf(), groundOf(42))), text)
  // When this changes, so does the demo data of everybody: say so in the changelog.
  assert.equal(createHash('sha256').update(text).digest('hex').slice(0, 16), '5f8ca7c2c2a6f65a')
})

test('how far the audit logs go back changes nothing else', () => {
  const without = worldOf(planOf({ audit_days: 0 }), groundOf(3))
  const withLogs = worldOf(planOf({ audit_days: 60 }), groundOf(3))
  assert.ok((withLogs.audit_logs ?? []).length > 0)
  for (const name of Object.keys(without).filter((name) => !name.endsWith('audit_logs'))) {
    assert.deepEqual(withLogs[name], without[name], name)
  }
})

test('calls that add to one world share neither ids nor addresses', () => {
  const first = worldOf(planOf(), groundOf(42))
  const isTaken = (email: string) => rowsOf(users, first).some((user) => (user as UserRow).email === email)
  const second = worldOf(planOf(), { ...groundOf(43), isTaken })
  const idsOf = (world: Record<string, Row[]>) => Object.values(world).flatMap((list) => list.map(({ id }) => id))
  const known = new Set(idsOf(first))
  assert.deepEqual(
    idsOf(second).filter((id) => known.has(id)),
    [],
  )
  const again = worldOf(planOf(), { ...groundOf(42), isTaken })
  assert.deepEqual(
    rowsOf(users, again).filter(({ email }) => isTaken(email)),
    [],
  )
})

test('whoever is to have made it all is in every account, and in the place of nobody else', () => {
  const [founder] = rowsOf(users, worldOf(planOf({ accounts: 1 }), groundOf(9)))
  assert.ok(founder)
  const world = worldOf(planOf({ accounts: 6 }), groundOf(1, { founder }))
  assert.ok(!rowsOf(users, world).some(({ id }) => id === founder.id))
  const of = (id: string) => rowsOf(members, world).filter((row) => row.account_id === id && row.user.id === founder.id)
  for (const { id } of rowsOf(accounts, world)) assert.equal(of(id)[0]?.status, 'accepted')
  // Who has no second factor can be in no account that insists on one.
  const careless = { ...founder, two_factor_authentication_enabled: false }
  const loose = worldOf(planOf({ accounts: 6 }), groundOf(1, { founder: careless }))
  assert.ok(rowsOf(accounts, loose).every(({ settings }) => !settings.enforce_twofactor))
})

test('a world with another catalogue does without what is not in it', () => {
  const bare = worldOf(planOf({ accounts: 6 }), groundOf(6, { catalogue: {} }))
  assert.ok(rowsOf(members, bare).every(({ roles, policies }) => roles.length === 0 && policies.length === 0))
  assert.deepEqual(bare.subscriptions, [])
  readSnapshot({ tables: bare })
})

test('very many members come in several parts, and share what is the same', () => {
  const plan = planOf({ accounts: 1, members_per_account: 4500, audit_days: 30 })
  const parts = [...demo(plan, groundOf(8))]
  assert.deepEqual(
    parts.map(({ members: rows = [] }) => rows.length),
    [0, 2000, 1000, 1000, 500],
  )
  const tables = tablesOf(parts)
  const people = rowsOf(members, tables)
  assert.equal(new Set(people.map(({ user }) => user.email)).size, 4500)
  assert.equal(new Set(people.map(({ id }) => id)).size, 4500)
  // As many lists as there are kinds of members, not as there are members.
  assert.ok(new Set(people.map(({ roles }) => roles)).size < 800)
  const users = new Map((tables.users ?? []).map((row) => [row.id, row as UserRow]))
  assert.ok(
    people.every(({ status, user: { id = '', email } }) => status === 'pending' || users.get(id)?.email === email),
  )
  assert.ok(
    Math.min(...rowsOf(accounts, tables).map(({ created_on }) => plan.until - Date.parse(created_on))) > 30 * DAY,
  )
})

test('no accounts, nothing', () => {
  assert.deepEqual(tablesOf(demo(planOf({ accounts: 0 }), groundOf(1))), {})
})
