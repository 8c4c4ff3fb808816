/** Changes of tables, forks among them, each made to a map as well: what a table must be in step with. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Table } from '../../server/state/table.ts'
import { type Thing, thing, things } from './rows.ts'

/** A table, and what is in it. */
export interface Side {
  readonly table: Table<Thing>
  model: Map<string, Thing>
}

const table = fc.nat()

/** One change, of the table with this number, or that number over again when there are fewer. */
export const change = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('put' as const), table, row: thing }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), table, row: thing }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fork' as const), table }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('become' as const), table }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('add' as const), table, rows: things }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clear' as const), table, owner: fc.constantFrom('ada', 'bob') }),
  },
)
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never

/** A table and its forks. */
export class Sides {
  readonly all: Side[]

  constructor(rows: readonly Thing[]) {
    this.all = [{ table: new Table<Thing>(rows), model: new Map(rows.map((row) => [row.id, row])) }]
  }

  at(number: number): Side {
    return this.all[number % this.all.length] as Side
  }

  make(change: Change): void {
    const side = this.at(change.table)
    const { table, model } = side
    if (change.kind === 'put') {
      table.put(change.row)
      model.set(change.row.id, change.row)
    } else if (change.kind === 'delete') {
      assert.equal(table.delete(change.row.id) !== undefined, model.delete(change.row.id))
    } else if (change.kind === 'fork') {
      this.all.push({ table: table.fork(), model: new Map(model) })
    } else if (change.kind === 'become') {
      const other = this.at(change.table + 1)
      table.become(other.table)
      side.model = new Map(other.model)
    } else if (change.kind === 'add') {
      const rows = change.rows.filter(({ id }) => !model.has(id))
      table.addAll(rows)
      for (const row of rows) model.set(row.id, row)
    } else {
      const gone = [...model.values()].filter(({ owner }) => owner === change.owner)
      table.deleteAll(gone)
      for (const { id } of gone) model.delete(id)
    }
  }
}
