/** Query strings in all the spellings that clients use. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseQuery } from '../../server/pipeline/query.ts'

const rows: [title: string, text: string, expected: Record<string, string | string[]>][] = [
  ['nothing', '', {}],
  ['one value', 'page=2', { page: '2' }],
  ['two names', 'page=2&per_page=5', { page: '2', per_page: '5' }],
  ['a repeated name is a list', 'a=1&a=2&a=3', { a: ['1', '2', '3'] }],
  ['the order of a list is kept', 'a=2&b=x&a=1', { a: ['2', '1'], b: 'x' }],
  ['a dotted name', 'name.contains=x', { 'name.contains': 'x' }],
  ['a bracketed name is the dotted one', 'name[contains]=x', { 'name.contains': 'x' }],
  ['encoded brackets', 'name%5Bcontains%5D=x', { 'name.contains': 'x' }],
  ['empty brackets say that there is a list', 'action_type[]=create', { action_type: 'create' }],
  ['empty brackets, repeated', 'action_type[]=create&action_type[]=delete', { action_type: ['create', 'delete'] }],
  ['a dotted name with empty brackets', 'action_type.not[]=view', { 'action_type.not': 'view' }],
  ['a bracketed name with empty brackets', 'action_type[not][]=view', { 'action_type.not': 'view' }],
  ['two spellings of one name join', 'a.not=1&a[not]=2&a.not[]=3', { 'a.not': ['1', '2', '3'] }],
  ['brackets in brackets', 'a[b][c]=1', { 'a.b.c': '1' }],
  ['plus is a space', 'name=DNS+Read', { name: 'DNS Read' }],
  ['so is its code', 'name=DNS%20Read', { name: 'DNS Read' }],
  ['a plus that was encoded is a plus', 'since=2024-01-01T00:00:00%2B02:00', { since: '2024-01-01T00:00:00+02:00' }],
  ['what was encoded twice is decoded once', 'name=DNS%2520Read', { name: 'DNS%20Read' }],
  ['brackets in a value stay', 'a=x[y]', { a: 'x[y]' }],
  ['commas stay', 'a=1,2', { a: '1,2' }],
  ['a name without a value', 'a', { a: '' }],
  ['a name with an empty value', 'a=', { a: '' }],
  ['an equals sign in a value', 'cursor=abc==', { cursor: 'abc==' }],
  ['letters beyond ASCII', 'name=Zo%C3%AB', { name: 'Zoë' }],
  ['what cannot be decoded', 'name=100%', { name: '100%' }],
  ['a bracket that does not close', 'a[b=1', { 'a[b': '1' }],
]

for (const [title, text, expected] of rows) {
  test(title, () => {
    assert.deepEqual({ ...parseQuery(text) }, expected)
  })
}

test('names of an object are names like others', () => {
  const query = parseQuery('__proto__=1&constructor=2&toString=3&__proto__[x]=4')
  assert.deepEqual(Object.entries(query), [
    ['__proto__', '1'],
    ['constructor', '2'],
    ['toString', '3'],
    ['__proto__.x', '4'],
  ])
  assert.equal(Object.getPrototypeOf({}).x, undefined)
})

test('a thousand values and more are all read', () => {
  const text = Array.from({ length: 2500 }, (_, i) => `id=${i}`).join('&')
  assert.equal(parseQuery(text).id?.length, 2500)
})
