/** What rows name must be there: in fixtures as in documents. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REFERENCES } from '../../schemas/references.ts'
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { readSnapshot, type Snapshot } from '../../server/state/snapshot.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows and schemas of every kind
type AnyNode = any

const docs = loadFixtures('docs')
const copy = (): { tables: Record<string, AnyNode[]>; aliases: Snapshot['aliases'] } =>
  JSON.parse(JSON.stringify({ tables: docs.tables, aliases: docs.aliases }))

/** Every place that a path leads to, with what holds it. */
function places(
  node: AnyNode,
  [step = '', ...rest]: string[],
  at = '',
): { holder: AnyNode; key: string; at: string }[] {
  const keys = step === '*' ? Object.keys(node) : [step].filter((key) => node[key] !== undefined)
  return keys.flatMap((key) =>
    rest.length === 0 ? [{ holder: node, key, at: `${at}/${key}` }] : places(node[key], rest, `${at}/${key}`),
  )
}

test('Every reference is a text column of its collection, and leads to collections that there are', () => {
  const known = [...CATALOGUE, ...TABLES]
  for (const { from, at, to, isOwn } of REFERENCES) {
    const column = at
      .split('.')
      .reduce((schema: AnyNode, step) => (step === '*' ? schema?.items : schema?.properties?.[step]), from.row)
    assert.equal(column?.type, 'string', `${from.name} ${at}`)
    assert.ok(known.includes(from) && to.length > 0 && to.every((key) => known.includes(key)))
    if (isOwn) assert.ok(from.owner && to.every((key) => key.owner))
  }
})

test('Whoever owns rows is among the references', () => {
  for (const { name, owner } of TABLES) {
    if (!owner) continue
    assert.ok(
      REFERENCES.some(({ from, at }) => from.name === name && at === owner),
      name,
    )
  }
})

for (const { from, at, to, isOwn } of REFERENCES) {
  test(`Refused: ${from.name} whose ${at} names nothing`, () => {
    const { tables, aliases } = copy()
    const rows = tables[from.name] ?? []
    const found = rows.flatMap((row, index) => places(row, at.split('.'), `/${from.name}/${index}`)).at(-1)
    assert.ok(found, 'The fixtures have one.')
    const names = to.map(({ name }) => name).join(' or ')
    found.holder[found.key] = 'nothing'
    assert.throws(() => readSnapshot({ tables, aliases }), {
      name: 'SnapshotError',
      pointer: found.at,
      message: `Failed to read the snapshot: ${found.at} names "nothing", which is not among the ${names}${isOwn ? ' of the same owner' : ''}. Correct it and try again.`,
    })
  })
}

test('A plan may be named in capitals, as the API takes it', () => {
  const { tables, aliases } = copy()
  const [row] = tables.subscriptions ?? []
  row.rate_plan.id = row.rate_plan.id.toUpperCase()
  assert.ok(readSnapshot({ tables, aliases }))
  row.rate_plan = {}
  assert.ok(readSnapshot({ tables, aliases }), 'Where nothing is named, nothing is missed.')
})

test('Taken is what clients can bring about: a tenant unit, a person never seen, a word for what was deleted', () => {
  const { tables, aliases } = copy()
  assert.ok(tables.accounts?.[0] && tables.members?.[0] && aliases.zones)
  tables.accounts[0].parent_org_id = 'unit'
  tables.members[0].user.id = 'f'.repeat(32)
  aliases.zones.zone_id = 'f'.repeat(32)
  assert.ok(readSnapshot({ tables, aliases }))
})
