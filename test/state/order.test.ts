/** How values, keys and columns are put in order. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Column, column, compareKeys, compareValues, type Value } from '../../server/state/order.ts'
import { value } from './rows.ts'

/** Everything that there is, from the first to the last. */
const ASCENDING: Value[] = [null, false, true, -10, -1, 0, 0.5, 2, 10, '', '10', '2', 'B', 'a', 'aa', 'b', 'é', '中']

test('Null comes first, then booleans, numbers and strings, strings by code unit', () => {
  for (const [i, a] of ASCENDING.entries()) {
    for (const [j, b] of ASCENDING.entries()) {
      assert.equal(
        Math.sign(compareValues(a, b)),
        Math.sign(i - j),
        `${JSON.stringify(a)} against ${JSON.stringify(b)}`,
      )
    }
  }
})

test('The order of values is total', () => {
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      assert.equal(Math.sign(compareValues(a, b)), 0 - Math.sign(compareValues(b, a)))
      assert.equal(compareValues(a, b) === 0, a === b)
      if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) assert.ok(compareValues(a, c) <= 0)
    }),
  )
})

const keys: [a: Value[], b: Value[], sign: number][] = [
  [[], [], 0],
  [[], ['a'], 0],
  [['a'], ['a', 'b'], 0],
  [['a', 'c'], ['a', 'b'], 1],
  [['a', null], ['a', 0], -1],
  [['b', 'a'], ['a', 'b'], 1],
  [['a', 1, 'x'], ['a', 1, 'y'], -1],
]

test('Keys are compared value by value, as far as both go', () => {
  for (const [a, b, sign] of keys) {
    assert.equal(Math.sign(compareKeys(a, b)), sign, `${JSON.stringify(a)} against ${JSON.stringify(b)}`)
    assert.equal(Math.sign(compareKeys(b, a)), 0 - sign)
  }
})

const columns: [path: string, row: object, found: Value][] = [
  ['id', { id: 'x' }, 'x'],
  ['id', {}, null],
  ['id', { id: undefined }, null],
  ['id', { id: null }, null],
  ['id', { id: 0 }, 0],
  ['id', { id: false }, false],
  ['id', { id: '' }, ''],
  ['user.email', { user: { email: 'a@example.com' } }, 'a@example.com'],
  ['user.email', { user: {} }, null],
  ['user.email', { user: null }, null],
  ['user.email', {}, null],
  ['a.b.c', { a: { b: { c: 1 } } }, 1],
  ['a.b.c', { a: { b: null } }, null],
]

test('A column is read by its path, and is null where the path ends early', () => {
  for (const [path, row, found] of columns) {
    assert.equal(column(path)(row), found, `${path} of ${JSON.stringify(row)}`)
  }
})

/** Letters that change when they are put in lower case, that do not, that become two, and that come before and after. */
const LETTERS = [...'aAbBzZ[`@._0é', 'É', 'ß', 'ẞ', 'İ', 'ı', 'Σ', 'ς', 'K', 'k', '中', '\u{10400}', '\u{10428}']
const text = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 6 })

test('A column is compared with a value as what is read off it would be', () => {
  for (const path of ['x', 'x:lower', 'x:moment']) {
    const column = Column.of(path)
    const sample = fc.oneof(text, value, fc.constantFrom('2026-11-21T10:00:00+01:00', '2026-11-21T09:00:00.000Z'))
    fc.assert(
      fc.property(sample, sample, (x, other) => {
        const read = column.read({ x })
        assert.equal(Math.sign(column.compare({ x }, other)), Math.sign(compareValues(read, other)))
        assert.equal(column.compare({ x }, read), 0)
      }),
      { numRuns: 1000 },
    )
  }
})
