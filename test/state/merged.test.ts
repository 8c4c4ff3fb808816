/** Several lists as one, read by number of page. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { listed } from '../../server/state/listed.ts'
import { merged } from '../../server/state/merged.ts'

const compare = (one: number, other: number) => one - other
const lists = fc.array(
  fc.array(fc.nat(1000), { maxLength: 40, size: 'max' }).map((items) => items.sort(compare)),
  { maxLength: 4 },
)

test('Any slice of several lists is the slice of all their items in order', () => {
  fc.assert(
    fc.property(lists, fc.nat(180), fc.nat(30), (all, offset, limit) => {
      const one = merged(all.map(listed), compare, String)
      const sorted = all.flat().sort(compare).map(String)
      assert.deepEqual(one.slice(offset, limit), sorted.slice(offset, offset + limit))
      assert.equal(one.total(), sorted.length)
    }),
    { numRuns: 500 },
  )
})

test('A late page costs what the first one costs', () => {
  let read = 0
  const counted = (items: readonly number[]) => {
    const list = listed(items)
    return {
      ...list,
      slice(offset: number, limit: number) {
        const found = list.slice(offset, limit)
        read += found.length
        return found
      },
    }
  }
  const numbers = (count: number, step: number) => Array.from({ length: count }, (_, at) => at * step)
  const one = merged(
    [counted(numbers(50_000, 2)), counted(numbers(9, 3)), counted(numbers(30_000, 5))],
    compare,
    Number,
  )
  for (const offset of [0, 40_000, one.total() - 20, one.total() + 20, 1e12]) {
    read = 0
    const found = one.slice(offset, 20)
    assert.equal(found.length, offset < one.total() ? 20 : 0)
    assert.ok(read < 250, `${read} items read at ${offset}`)
  }
})
