/** A table keeps every order that was asked for in step with its rows, in forks as well. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Columns } from '../../server/state/columns.ts'
import { Table } from '../../server/state/table.ts'
import { answer, COLUMNS, type Column, type Thing, things } from './rows.ts'
import { change, Sides } from './table-changes.ts'

const rowsOf = (table: Table<Thing>, column: Column) => {
  const index = table.orderedBy(Columns.of([column]))
  return index.slice(0, index.size)
}

/** Every order of a table against the sorted rows of a map. */
function assertInStep(table: Table<Thing>, model: ReadonlyMap<string, Thing>): void {
  const rows = [...model.values()]
  assert.equal(table.size, rows.length)
  for (const row of rows) assert.equal(table.get(row.id), row)
  for (const order of COLUMNS) {
    const sorted = answer(rows, { where: {}, order, direction: 'asc', between: undefined, even: false })
    assert.deepEqual(rowsOf(table, order), sorted)
  }
}

// An order that is asked for now and not at the end, so that indexes are made before and after forks.
const order = fc.record({ kind: fc.constant('order' as const), table: fc.nat(), column: fc.constantFrom(...COLUMNS) })
const step = fc.oneof({ weight: 6, arbitrary: change }, { weight: 1, arbitrary: order })

test('Every order is in step with the rows, whatever is put, deleted, forked and asked for', () => {
  fc.assert(
    fc.property(things, fc.array(step, { maxLength: 60, size: 'max' }), (first, steps) => {
      const sides = new Sides(first)
      for (const step of steps) {
        if (step.kind === 'order') sides.at(step.table).table.orderedBy(Columns.of([step.column]))
        else sides.make(step)
      }
      for (const { table, model } of sides.all) assertInStep(table, model)
    }),
    { numRuns: 300 },
  )
})

const ada: Thing = { id: 'id-01', owner: 'ada', rank: 1 }
const bob: Thing = { id: 'id-02', owner: 'bob', rank: 2 }
const eve: Thing = { id: 'id-03', owner: 'eve', rank: 3 }

test('A row that is put in the place of another moves in every order', () => {
  const table = new Table<Thing>([ada, bob, eve])
  assert.deepEqual(rowsOf(table, 'rank'), [ada, bob, eve])
  const moved = { ...ada, rank: 9 }
  table.put(moved)
  assert.equal(table.size, 3)
  assert.equal(table.get('id-01'), moved)
  assert.deepEqual(rowsOf(table, 'rank'), [bob, eve, moved])
  assert.deepEqual(rowsOf(table, 'owner'), [moved, bob, eve])
})

test('A row that was handed out stays as it was', () => {
  const table = new Table<Thing>([ada])
  const held = table.get('id-01')
  table.put({ ...ada, owner: 'eve' })
  assert.deepEqual(held, { id: 'id-01', owner: 'ada', rank: 1 })
})

test('An order made before a fork serves both sides, each with its own changes', () => {
  const table = new Table<Thing>([ada, bob])
  rowsOf(table, 'rank')
  const fork = table.fork()
  fork.put(eve)
  table.delete('id-01')
  assert.deepEqual(rowsOf(table, 'rank'), [bob])
  assert.deepEqual(rowsOf(fork, 'rank'), [ada, bob, eve])
})

test('An order made after a fork holds the rows of its own side', () => {
  const changes: ((table: Table<Thing>, fork: Table<Thing>) => void)[] = [
    () => {},
    (table) => table.put(eve),
    (_, fork) => fork.put(eve),
    (table, fork) => {
      table.delete('id-01')
      fork.delete('id-02')
    },
    // The order is there on one side before either side writes.
    (table, fork) => {
      fork.orderedBy(Columns.of(['rank']))
      table.put(eve)
    },
  ]
  for (const [at, change] of changes.entries()) {
    const table = new Table<Thing>([ada, bob])
    const fork = table.fork()
    change(table, fork)
    for (const side of [table, fork, fork.fork()]) {
      const rows = rowsOf(side, 'id')
      assert.deepEqual(rowsOf(side, 'rank'), rows, `after change ${at}`)
    }
  }
})

test('Many rows that are deleted at once are gone from every order, be they few of the table or most of it', () => {
  fc.assert(
    fc.property(things, fc.nat(60), fc.constantFrom(...COLUMNS), (rows, count, column) => {
      const table = new Table<Thing>(rows)
      rowsOf(table, column)
      const fork = table.fork()
      const left = rows.slice(count)
      table.deleteAll(rows.slice(0, count))
      assertInStep(table, new Map(left.map((row) => [row.id, row])))
      assertInStep(fork, new Map(rows.map((row) => [row.id, row])))
      if (rows[0]) table.put(rows[0])
      assert.equal(table.size, left.length + (count > 0 && rows[0] ? 1 : 0))
    }),
    { numRuns: 200 },
  )
})

test('Deleting hands back what was there, and nothing where nothing was', () => {
  const table = new Table<Thing>([ada])
  assert.equal(table.delete('id-02'), undefined)
  assert.equal(table.delete('id-01'), ada)
  assert.equal(table.delete('id-01'), undefined)
  assert.equal(table.get('id-01'), undefined)
})

test('Putting hands back what the row took the place of', () => {
  const table = new Table<Thing>([ada])
  const moved = { ...ada, rank: 9 }
  assert.equal(table.put(moved), ada)
  assert.equal(table.put(bob), undefined)
  assert.equal(table.put(ada), moved)
})
