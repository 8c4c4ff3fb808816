/** Documents with something odd in any place: refused with the place, or served without a fault of ours. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Document } from '../../schemas/state.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import { SnapshotError } from '../../server/state/snapshot.ts'
import { World } from '../../server/state/world.ts'
import { ACCOUNT, simulator } from '../simulator.ts'

// biome-ignore lint/suspicious/noExplicitAny: any part of a document
type AnyNode = any

const docs = loadFixtures('docs')
const world = World.from(docs, { seed: 7, clock: '2026-11-21T10:00:00Z', stateless: false })
/** Few rows of each collection, of those that lists show first. */
const small = JSON.parse(JSON.stringify(Checkpoint.of(world))) as Document
small.tables.audit_logs = (small.tables.audit_logs ?? []).slice(0, 5)

const LONG = 'x'.repeat(200)
const TIMES = ['9999-12-31T23:59:59-23:59', '0000-01-01T00:00:00Z', '2026-11-21t10:00:00z', '2016-12-31T23:59:60Z']
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    LONG,
    'not-an-email',
    '\u0000<é🙂>',
    0,
    -1,
    1.5,
    1e300,
    true,
    [],
    {},
    [null],
    ...TIMES,
  ),
  fc.constantFrom<unknown>('a'.repeat(32), 'A'.repeat(33), 'x@y.zz', `${'x'.repeat(90)}@example.com`, { label: 7 }),
  fc.jsonValue({ maxDepth: 2 }),
)
/** How to go down: a number for each step, taken as one of the keys that there are; where to stop. */
const path = fc.array(fc.nat(10_000), { minLength: 1, maxLength: 7 })

/** Puts a value somewhere below a node, or takes out what is there. */
function put(node: AnyNode, [step = 0, ...rest]: readonly number[], value: unknown): void {
  const keys = Object.keys(node)
  const key = keys[step % (keys.length + 1)] ?? 'new'
  if (rest.length > 0 && typeof node[key] === 'object' && node[key] !== null) put(node[key], rest, value)
  else if (value === undefined) delete node[key]
  else node[key] = value
}

const A = `/accounts/${ACCOUNT}`
const READS = [
  '/accounts?per_page=50',
  `${A}/members?per_page=50`,
  `${A}/tokens?per_page=50&include_expired=true`,
  `${A}/subscriptions`,
  `${A}/logs/audit`,
  `${A}/organizations`,
  `${A}/roles`,
  `${A}/tokens/permission_groups`,
  '/organizations/organization_id/accounts',
  '/zones/zone_id/subscriptions',
]

test('Whatever stands in a document, it is refused with the place or served', async (t) => {
  const { call, worlds } = await simulator(t)
  let [refused, served] = [0, 0]
  const tables = Object.keys(small.tables)
  const property = fc.asyncProperty(
    fc.nat(tables.length - 1),
    path,
    fc.option(odd, { nil: undefined, freq: 8 }),
    fc.integer({ min: 0, max: 9 }),
    async (table, steps, value, outside) => {
      const document = structuredClone(small)
      // Nine times out of ten in a row.
      put(outside === 0 ? document : document.tables[tables[table] as string], steps, value)
      const before = worlds.of()
      try {
        worlds.restore('default', Checkpoint.read(document, before))
      } catch (error) {
        assert.ok(error instanceof SnapshotError, String(error))
        assert.match(error.pointer, /^(\/|$)/)
        assert.equal(worlds.of(), before)
        refused += 1
        return
      }
      served += 1
      const [first] = (document.tables.subscriptions ?? []).filter(
        (row: AnyNode) => row.account_id === ACCOUNT && !row.zone_id,
      )
      for (const read of READS) {
        const { status, text } = await call(`GET ${read}`)
        assert.ok(status < 500, `${read}: ${text}`)
      }
      for (const row of [...(document.tables.subscriptions ?? []), first]) {
        const owner = (row as AnyNode)?.account_id
        const { status, text } = await call(`PUT /accounts/${owner}/subscriptions/${row?.id}`, {
          body: { frequency: 'yearly' },
        })
        assert.ok(status < 500, text)
      }
      for (const account of document.tables.accounts ?? []) {
        for (const organization of document.tables.organizations ?? []) {
          const body = { destination_organization_id: organization.id }
          await call(`POST /accounts/${account.id}/move`, { body })
          const { status, text } = await call(`GET /accounts/${account.id}`)
          assert.ok(status < 500, text)
        }
      }
    },
  )
  await fc.assert(property, { seed: 20261121, numRuns: 60, endOnFailure: true })
  assert.ok(refused > 10 && served > 10, `${refused} ${served}`)
})
