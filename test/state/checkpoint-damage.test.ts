/** Damaged documents: each is refused whole, with the place of the fault, and changes nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Document } from '../../schemas/state.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import { SnapshotError } from '../../server/state/snapshot.ts'
import { Worlds } from '../../server/worlds.ts'

const worlds = new Worlds(loadFixtures('docs'), { seed: 7, clock: '2026-11-21T10:00:00Z', stateless: false })
worlds.of().ids.id()

const good = JSON.stringify(Checkpoint.of(worlds.of()))
const { clock, random, tables } = JSON.parse(good) as Document
const UNKNOWN = '0123456789abcdef0123456789abcdef'

// biome-ignore lint/suspicious/noExplicitAny: rows of every collection
type AnyRow = any
const rowsOf = (table: string): AnyRow[] => tables[table] ?? []
/** The place of the first row of which something holds. */
const placeOf = (table: string, holds: (row: AnyRow) => boolean) => rowsOf(table).findIndex(holds)
/** The id of something that belongs to another account than a row. */
const foreignTo = (row: AnyRow, table: string): string =>
  rowsOf(table).find(({ account_id }) => account_id !== row.account_id)?.id

const ofZone = placeOf('subscriptions', ({ zone_id }) => zone_id !== undefined)
const below = placeOf('organizations', ({ parent_id }) => parent_id !== undefined)
const foreignZone = foreignTo(rowsOf('subscriptions')[ofZone], 'zones')
const foreignGroup = foreignTo(rowsOf('members')[0], 'resource_groups')
const grant = '/tables/members/0/policies/0'
const plan = '/tables/subscriptions/0/rate_plan/id'
const period = '/tables/subscriptions/0/current_period_start'
const digest = '/tables/tokens/3/value_sha256'

/** Instead of a value: what stood there is taken out. */
const GONE = Symbol('gone')

interface Damage {
  what: string
  /** Where something is put, as a JSON pointer; `-` is the end of a list. */
  at: string
  value: unknown
  problem: RegExp
  /** Where the fault is found, when that is another place. */
  found?: string
}

const damage = (what: string, at: string, value: unknown, problem: RegExp, found?: string): Damage => ({
  what,
  at,
  value,
  problem,
  ...(found !== undefined && { found }),
})

const circle: Record<string, unknown> = {}
circle.circle = circle

const damages: Damage[] = [
  damage('a text', '', 'state', /is not an object/),
  damage('null', '', null, /is not an object/),
  damage('a list', '', [{ version: 1 }], /is not an object/),
  damage('nothing at all', '', undefined, /is not an object/),
  damage('no version', '/version', GONE, /is required; this release reads 1 to 2/),
  damage('a version that is to come', '/version', 3, /is 3; this release reads 1 to 2/),
  damage('a version that is a text', '/version', '2', /is "2"; this release reads 1 to 2/),
  damage('an old version that is a text', '/version', '1', /is "1"; this release reads 1 to 2/),
  damage('a key that nobody knows', '/faults', [], /is not allowed here/),
  damage('no clock', '/clock', GONE, /is required/),
  damage('a clock that is a text', '/clock', 'real', /must be object/),
  damage('a mode that is none', '/clock/mode', 'stopped', /must be real, frozen or offset/),
  damage('no time', '/clock/now', GONE, /is required/),
  damage('a time that is none', '/clock/now', 'noon', /must match format "date-time"/),
  damage('a time before 1970', '/clock/now', '1969-12-31T23:59:59Z', /of the years 1970 to 9999/),
  damage('an offset of a frozen clock', '/clock/offset_ms', 5, /is not allowed for a clock that is frozen/),
  damage('an offset that is not said', '/clock/mode', 'offset', /is required/, '/clock/offset_ms'),
  damage(
    'an offset out of all time',
    '/clock',
    { ...clock, mode: 'offset', offset_ms: 1e15 },
    /leads out of/,
    '/clock/offset_ms',
  ),
  damage('half an offset', '/clock/offset_ms', 0.5, /must be integer/),
  damage('no randomness', '/random', GONE, /is required/),
  damage('a stream that is missing', '/random/secrets', GONE, /is required/),
  damage('a stream too many', '/random/dice', random.ids, /is not allowed here/),
  damage('a stream that was cut', '/random/ids', random.ids.slice(1), /must match pattern/),
  damage('a stream of nothing but zeros', '/random/chance', '0'.repeat(32), /one of them other than 0/),
  damage('no aliases', '/aliases', GONE, /is required/),
  damage('words of no collection', '/aliases/zonez', {}, /is not a collection/),
  damage('a word for a number', '/aliases/zones/zone_id', 7, /is not a string/),
  damage('no tables', '/tables', GONE, /is required/),
  damage('tables that are a list', '/tables', [], /must be object/),
  damage('a collection that nobody knows', '/tables/acounts', [], /is not a collection\. Did you mean "accounts"\?/),
  damage('a collection with odd letters', '/tables/a~1b~0', [], /is not a collection/),
  damage('a collection that is missing', '/tables/members', GONE, /is required; \[\] when it is empty/),
  damage('a collection that is null', '/tables/zones', null, /is not an array of rows/),
  damage('a row that is null', '/tables/zones/1', null, /must be object/),
  damage('a row without id', '/tables/users/2/id', GONE, /is required/),
  damage(
    'a row twice',
    '/tables/zones/-',
    rowsOf('zones')[0],
    /repeats the id/,
    `/tables/zones/${rowsOf('zones').length}/id`,
  ),
  damage('a column too many', '/tables/accounts/0/colour', 'red', /is not allowed here/),
  damage('a column of another type', '/tables/accounts/0/name', 5, /must be string/),
  damage('a digest that was cut', digest, 'abc', /must match pattern/),
  damage('a digest in capital letters, which nothing would match', digest, 'A'.repeat(64), /must match pattern/),
  damage('a status that is never kept', '/tables/tokens/0/status', 'expired', /must be active or disabled/),
  damage('a time that no clock shows', period, '2016-12-31T23:59:60Z', /names no moment that a clock can show/),
  damage(
    'a member of nobody',
    '/tables/members/4/account_id',
    UNKNOWN,
    /names "0123.*", which is not among the accounts/,
  ),
  damage('a role that is none', '/tables/members/0/roles/0', 'king', /among the roles or member_permission_groups/),
  damage(
    'a policy for nothing',
    `${grant}/permission_groups/0`,
    UNKNOWN,
    /among the member_permission_groups or roles/,
  ),
  damage('a policy over nothing', `${grant}/resource_groups/0`, UNKNOWN, /among the resource_groups of the same owner/),
  damage('a policy over another’s', `${grant}/resource_groups/0`, foreignGroup, /resource_groups of the same owner/),
  damage('a token of nobody', '/tables/tokens/1/owner_id', UNKNOWN, /among the accounts or users/),
  damage(
    'a token for nothing',
    '/tables/tokens/1/policies/0/permission_groups/0/id',
    'x',
    /among the permission_groups/,
  ),
  damage('a plan that is none', plan, 'gold', /names "gold", which is not among the rate_plans/),
  damage('a zone of another’s', `/tables/subscriptions/${ofZone}/zone_id`, foreignZone, /zones of the same owner/),
  damage('an organization below nothing', `/tables/organizations/${below}/parent_id`, UNKNOWN, /the organizations/),
  damage('an entry about nobody', '/tables/audit_logs/9/account/id', UNKNOWN, /among the accounts/),
  damage('no accounts', '/tables/accounts', [], /among the accounts/, '/tables/zones/0/account_id'),
  damage('a number that JSON cannot write', '/version', 1n, /is not JSON/, ''),
  damage('a circle', '/tables/zones/0/name', circle, /is not JSON/, ''),
]

/** A document with one damage. */
function damaged({ at, value }: Damage): unknown {
  if (at === '') return value
  const document = JSON.parse(good)
  const steps = at.split('/').slice(1)
  const last = (steps.pop() as string).replaceAll('~1', '/').replaceAll('~0', '~')
  const place = steps.reduce((node, step) => node[step], document)
  if (value === GONE) delete place[last]
  else place[last === '-' ? place.length : last] = value
  return document
}

test('Without damage the document is read, and there are damages enough', () => {
  assert.equal(JSON.stringify(Checkpoint.read(JSON.parse(good), worlds.of())), good)
  assert.ok(foreignZone && foreignGroup && below >= 0)
  assert.ok(new Set(damages.map(({ what }) => what)).size >= 30)
})

for (const one of damages) {
  test(`Refused: ${one.what}`, () => {
    const world = worlds.of()
    assert.throws(
      () => worlds.restore('default', Checkpoint.read(damaged(one), world)),
      (error) => {
        assert.ok(error instanceof SnapshotError, String(error))
        assert.equal(error.pointer, one.found ?? one.at)
        assert.match(error.message, one.problem)
        assert.match(error.message, /^Failed to read the snapshot: .*[.?] Correct it and try again\.$/)
        return true
      },
    )
    assert.equal(worlds.of(), world)
    assert.equal(JSON.stringify(Checkpoint.of(world)), good)
  })
}
