/** Parts of a table that are kept: the same rows that filtering and sorting an array gives, whatever is written meanwhile. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Position } from '../../schemas/operation.ts'
import { Columns } from '../../server/state/columns.ts'
import { type Filter, type Part, Parts } from '../../server/state/parts.ts'
import { SortedTree } from '../../server/state/sorted-tree.ts'
import { Table } from '../../server/state/table.ts'
import { View } from '../../server/state/view.ts'
import { answer, COLUMNS, type Column, isEven, type Question, type Thing, things } from './rows.ts'
import { change, Sides } from './table-changes.ts'

const EVEN: Filter<Thing> = { name: 'even', holds: isEven }

interface Asked {
  owner: string | undefined
  order: Column
  even: boolean
}

const question = ({ owner, order, even }: Asked): Question => ({
  where: owner === undefined ? {} : { owner },
  order,
  direction: 'asc',
  between: undefined,
  even,
})

function partOf({ owner, order, even }: Asked): Part<Thing> {
  const equal = owner === undefined ? Columns.NONE : Columns.of(['owner'])
  const values = owner === undefined ? [] : [owner]
  return { equal, values, columns: equal.and(order), filters: even ? [EVEN] : [] }
}

const rowsOf = (tree: SortedTree<Thing>) => tree.slice(0, tree.size)

const Asked = fc.record({
  owner: fc.constantFrom(undefined, 'ada', 'bob'),
  order: fc.constantFrom(...COLUMNS),
  even: fc.boolean(),
})

const ask = fc.record({ kind: fc.constant('ask' as const), table: fc.nat(), asked: Asked })
const step = fc.oneof({ weight: 3, arbitrary: change }, { weight: 1, arbitrary: ask })

test('Every part is in step with the rows, whatever is put, deleted, forked and asked for', () => {
  fc.assert(
    fc.property(things, fc.array(step, { maxLength: 60, size: 'max' }), (first, steps) => {
      const sides = new Sides(first)
      for (const step of steps) {
        if (step.kind !== 'ask') sides.make(step)
        else {
          const { table, model } = sides.at(step.table)
          assert.deepEqual(rowsOf(table.part(partOf(step.asked))), answer([...model.values()], question(step.asked)))
        }
      }
      for (const { table, model } of sides.all) {
        for (const owner of [undefined, 'ada']) {
          for (const even of [false, true]) {
            const asked: Asked = { owner, order: 'rank', even }
            assert.deepEqual(rowsOf(table.part(partOf(asked))), answer([...model.values()], question(asked)))
          }
        }
      }
    }),
    { numRuns: 300 },
  )
})

const part = (name: string): Part<Thing> => ({
  equal: Columns.NONE,
  values: [],
  columns: Columns.NONE,
  filters: [{ name, holds: () => true }],
})
const tree = (size: number) =>
  new SortedTree<Thing>(
    Columns.NONE,
    Array.from({ length: size }, (_, at) => ({ id: String(at), owner: 'ada' })),
  )

test('Sixteen parts are kept; those go that were not asked for longest', () => {
  const parts = new Parts<Thing>()
  for (let at = 0; at < 16; at += 1) parts.keep(part(`${at}`), tree(1), 1000)
  assert.ok(parts.get(part('0')))
  parts.keep(part('16'), tree(1), 1000)
  const kept = Array.from({ length: 17 }, (_, at) => at).filter((at) => parts.has(part(`${at}`)))
  assert.deepEqual(kept, [0, ...Array.from({ length: 15 }, (_, at) => at + 2)])
})

test('Parts are let go of when they hold more rows than there is room for, but for the newest', () => {
  const parts = new Parts<Thing>()
  for (const name of ['a', 'b', 'c']) parts.keep(part(name), tree(40), 100)
  const kept = () => ['a', 'b', 'c', 'd'].filter((name) => parts.has(part(name)))
  assert.deepEqual(kept(), ['b', 'c'])
  parts.keep(part('d'), tree(400), 100)
  assert.deepEqual(kept(), ['d'])
})

/** More than are looked at one by one. */
const MANY: Thing[] = Array.from({ length: 6000 }, (_, at) => ({
  id: `id-${String((at * 7919) % 6000).padStart(4, '0')}`,
  owner: at % 3 === 0 ? 'bob' : 'ada',
  rank: (at * 31) % 500,
}))

const rare = (rank: number): Filter<Thing> => ({ name: `rank ${rank}`, holds: (row) => row.rank === rank })

test('A filtered list of very many rows is the one that an array gives, page by page, while rows come and go', () => {
  const table = new Table(MANY)
  const model = new Map(MANY.map((row) => [row.id, row]))
  for (const direction of ['asc', 'desc'] as const) {
    for (const filters of [[rare(7)], [EVEN], [EVEN, rare(8)], [rare(-1)]]) {
      const list = filters.reduce(
        (view, filter) => view.filter(filter),
        View.of(table).where({ owner: 'ada' }).orderBy('rank', direction).between(5, 400),
      )
      for (let round = 0; round < 4; round += 1) {
        const between = [5, 400] as const
        const all = answer([...model.values()], {
          where: { owner: 'ada' },
          order: 'rank',
          direction,
          between,
          even: false,
        })
        const expected = all.filter((row) => filters.every((filter) => filter.holds(row)))
        const seen: Thing[] = []
        let position: Position | undefined
        do {
          const { items, next } = list.after(position, 100)
          seen.push(...items)
          position = next
        } while (position)
        assert.deepEqual(seen, expected)
        assert.equal(list.total(), expected.length)
        assert.deepEqual(list.slice(2, 1000), expected.slice(2, 1002))
        assert.deepEqual(list.first(), expected[0])
        const [gone] = expected
        if (gone) table.delete(gone.id)
        if (gone) model.delete(gone.id)
        const added = { id: `new-${round}2`, owner: 'ada', rank: 7 + (round % 2) }
        table.put(added)
        model.set(added.id, added)
      }
    }
  }
})

test('Rows that are wanted by id are found by it, those only that are of the list and pass the other filters', () => {
  const view = View.of(new Table(MANY)).orderBy('rank')
  const ids = ['id-0003', 'id-0004', 'nobody', 'id-0003', 'id-0006', 'id-0008']
  const found = view.filter({ name: 'ids', ids, holds: ({ id }) => ids.includes(id) }).filter(EVEN)
  const expected = MANY.filter((row) => ids.includes(row.id) && isEven(row))
  expected.sort((a, b) => Number(a.rank) - Number(b.rank))
  assert.deepEqual(found.all(), expected)
  assert.equal(found.total(), 3)
  const [first] = expected as [Thing]
  assert.deepEqual(view.where({ id: first.id }).all(), [first])
  assert.deepEqual(view.where({ id: first.id, owner: first.owner === 'ada' ? 'bob' : 'ada' }).all(), [])
})
