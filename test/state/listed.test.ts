/** Lists that are at hand, read in the form in which stored lists come. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Position } from '../../schemas/operation.ts'
import { listed } from '../../server/state/listed.ts'

const items = fc.array(fc.string(), { maxLength: 30 })

test('A list is sliced like an array', () => {
  fc.assert(
    fc.property(items, fc.nat(40), fc.nat(40), (all, offset, limit) => {
      assert.equal(listed(all).total(), all.length)
      assert.deepEqual(listed(all).slice(offset, limit), all.slice(offset, offset + limit))
      assert.deepEqual(listed(all).slice(0, Number.POSITIVE_INFINITY), all)
    }),
  )
})

test('A walk shows everything once, in order, and ends on the last page', () => {
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 12 }), (all, limit) => {
      const seen: string[] = []
      let position: Position | undefined
      do {
        const { items: page, next } = listed(all).after(position, limit)
        assert.ok(page.length === limit || !next)
        assert.ok(page.length > 0 || all.length === 0, 'No page is empty.')
        seen.push(...page)
        assert.ok(seen.length <= all.length, 'A walk comes to an end.')
        position = next && (JSON.parse(JSON.stringify(next)) as Position)
      } while (position)
      assert.deepEqual(seen, all)
    }),
  )
})

test('A position is of two values, as cursors are', () => {
  assert.equal(listed(['a', 'b', 'c']).after(undefined, 2).next?.length, 2)
})

test('A list is a copy for whoever reads it', () => {
  const all = ['a', 'b']
  listed(all).slice(0, 2).push('c')
  listed(all).after(undefined, 5).items.push('c')
  assert.deepEqual(all, ['a', 'b'])
})
