/** JSON pointers, by the examples of RFC 6901 and some of ours. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { stepsOf, stepTo, valueAt } from '../server/pointer.ts'

const DOCUMENT = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
}

const rows: [pointer: string, value: unknown][] = [
  ['', DOCUMENT],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/e^f', 3],
  ['/g|h', 4],
  ['/i\\j', 5],
  ['/k"l', 6],
  ['/ ', 7],
  ['/m~0n', 8],
  ['/foo/2', undefined],
  ['/foo/-', undefined],
  ['/foo/length', undefined],
  ['/foo/0/length', undefined],
  ['/toString', undefined],
  ['/nothing/at/all', undefined],
  ['foo', undefined],
  ['/m~n', undefined],
  ['/m~2n', undefined],
]

for (const [pointer, value] of rows) {
  test(`"${pointer}" leads to ${JSON.stringify(value)}`, () => {
    assert.deepEqual(valueAt(DOCUMENT, pointer), value)
  })
}

test('Any key is a step, and is read again as what it was', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (keys) => {
      assert.deepEqual(stepsOf(keys.map(stepTo).join('')), keys)
    }),
  )
})

test('What does not begin with a slash, or has a tilde of its own, is no pointer', () => {
  for (const text of ['a', 'a/b', '/~', '/a~b', '~0']) assert.equal(stepsOf(text), undefined)
})
