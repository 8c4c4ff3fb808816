/** Near names, in messages about a name that there is not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { didYouMean, thereAre } from '../server/near.ts'

const rows: [name: string, names: string[], expected: string][] = [
  ['bevore', ['after', 'before'], ' Did you mean "before"?'],
  ['ab', ['a'], ' Did you mean "a"?'],
  ['accounts-creation', ['account-creation', 'account-deletion'], ' Did you mean "account-creation"?'],
  ['x', ['before', 'after'], ''],
  ['something else', ['before', 'after'], ''],
  ['before', [], ''],
  ['', ['before'], ''],
  ['x'.repeat(100_000), ['x'], ''],
]

for (const [name, names, expected] of rows) {
  test(`${JSON.stringify(name.slice(0, 20))} among ${JSON.stringify(names)}`, () => {
    assert.equal(didYouMean(name, names), expected)
  })
}

test('The names that there are, but not a thousand of them', () => {
  assert.equal(thereAre([], 'snapshot'), ' There is no snapshot yet.')
  assert.equal(thereAre(['a'], 'snapshot'), ' There is "a".')
  assert.equal(thereAre(['a', 'b'], 'snapshot'), ' There are "a", "b".')
  const many = Array.from({ length: 1000 }, (_, at) => `s${at}`)
  assert.match(thereAre(many, 'snapshot'), /"s19" and 980 more\.$/)
})
