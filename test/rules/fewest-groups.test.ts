/** The smallest set of permission groups that opens everything that was done. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Operation } from '../../schemas/operation.ts'
import { resources } from '../../server/resources/index.ts'
import { fewestGroups } from '../../server/rules/fewest-groups.ts'

const [operation] = resources.flatMap(({ endpoints }) => endpoints.map((endpoint) => endpoint.operation))

/** Operations of which so many list a group. */
function listing(times: Readonly<Record<string, number>>): Operation[] {
  assert.ok(operation)
  const some = operation
  return Object.entries(times).flatMap(([name, count]) =>
    Array.from({ length: count }, () => ({ ...some, permissions: [name] })),
  )
}

test('of sets of the same size it is the one whose groups the most operations list', () => {
  const choices = [
    ['A', 'B'],
    ['C', 'D'],
    ['B', 'C'],
  ].map((names) => names.map((name) => `${name} Read`))
  const operations = listing({ 'A Read': 5, 'B Read': 4, 'C Read': 3, 'D Read': 9 })
  assert.deepEqual(fewestGroups(choices, operations), ['B Read', 'D Read'])
})

const names = ['A Read', 'B Read', 'C Read', 'D Write', 'E Write']
const subsets = Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_, at) => bits & (1 << at)))
const opensAll = (set: readonly string[], choices: readonly string[][]) =>
  choices.every((choice) => choice.some((name) => set.includes(name)))
const writing = (set: readonly string[]) => set.filter((name) => name.endsWith(' Write')).length

test('no other set that opens everything writes less, or as little with fewer groups', () => {
  const choices = fc.array(fc.subarray(names, { minLength: 1 }), { maxLength: 6 })
  fc.assert(
    fc.property(choices, (asked) => {
      const found = fewestGroups(asked, listing({}))
      assert.ok(opensAll(found, asked))
      for (const other of subsets.filter((set) => opensAll(set, asked))) {
        assert.ok(
          writing(found) < writing(other) || (writing(found) === writing(other) && found.length <= other.length),
        )
      }
    }),
  )
})
