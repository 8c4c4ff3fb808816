/** Sorting very many rows quickly gives what comparing them two by two gives. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Columns } from '../../server/state/columns.ts'
import { column, compareKeys, type Value } from '../../server/state/order.ts'
import { roughlyById, sortedBy } from '../../server/state/sorting.ts'
import { Table } from '../../server/state/table.ts'

/** Ids of every kind: of hexadecimal digits, of other letters, short ones, and some that begin alike. */
const Id = fc.oneof(
  fc.stringMatching(/^[0-9a-f]{32}$/),
  fc.stringMatching(/^0190[0-9a-f]{2}-[0-9A-Za-z_-]{4}$/),
  fc.string({ unit: 'binary', maxLength: 9 }),
)
const Row = fc.record({
  id: Id,
  name: fc.constantFrom('a', 'B', 'b', 'ä', ''),
  rank: fc.constantFrom(null, true, 2, 10),
})
const Rows = fc.uniqueArray(Row, { selector: ({ id }) => id, maxLength: 60 })
const RUNS = { seed: 5, numRuns: 60 }

test('rows are ordered by columns, and by id where those are alike', () => {
  const columns = ['rank', 'name:lower']
  const read = columns.map(column)
  fc.assert(
    fc.property(Rows, (rows) => {
      const keyOf = (row: (typeof rows)[number]): Value[] => [...read.map((of) => of(row)), row.id]
      const byId = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
      assert.deepEqual(
        sortedBy(byId, columns),
        rows.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b))),
      )
    }),
    RUNS,
  )
})

test('rows are in order, whether many or hardly any of them have a value, or its beginning, in common', () => {
  const rows = Array.from({ length: 400 }, (_, at) => ({
    id: `${1000 + at}`,
    few: (at * 7) % 5,
    many: (at * 37) % 401,
    begun: at % 50 === 0 ? null : `${'abcdefg'[at % 7]}${at % 3 === 0 ? '' : `nn-${(at * 37) % 401}`}`,
  }))
  for (const columns of [['few', 'many'], ['many', 'few'], ['few'], ['many'], ['begun'], ['few', 'begun'], []]) {
    const reads = columns.map(column)
    const keyOf = (row: object): Value[] => [...reads.map((of) => of(row)), column('id')(row)]
    assert.deepEqual(
      sortedBy(rows, columns),
      rows.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b))),
      columns.join(),
    )
  }
})

test('rows that are added many at once are in order, and none is lost', () => {
  fc.assert(
    fc.property(Rows, fc.nat(20), (rows, some) => {
      const table = new Table(rows.slice(0, some))
      table.addAll(rows.slice(some))
      const ids = rows.map(({ id }) => id).sort()
      assert.deepEqual(
        table
          .orderedBy(Columns.NONE)
          .slice(0, rows.length)
          .map(({ id }) => id),
        ids,
      )
      assert.deepEqual(new Set(roughlyById(rows)), new Set(rows))
    }),
    RUNS,
  )
})

test('ids of hexadecimal digits are all but sorted by their first digits', () => {
  const rows = ['c0ffee00', 'ffffffff', '00000000', '9fffffff', 'a0000000', '12345678'].map((id) => ({ id }))
  assert.deepEqual(
    roughlyById(rows).map(({ id }) => id),
    ['00000000', '12345678', '9fffffff', 'a0000000', 'c0ffee00', 'ffffffff'],
  )
})
