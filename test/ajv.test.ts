/** What is told about a value that does not fit: where, why, in which words. And how queries become values. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile, compileDropping, compileFull, compileFullQuery, compileQuery } from '../server/ajv.ts'
import { READ_ONLY, type Schema } from '../server/readings.ts'

const object = (properties: Record<string, Schema>, more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  ...more,
})
const text = { type: 'string' }

const problems: [schema: Schema, value: unknown, pointer: string, keyword: string, message: string][] = [
  [text, 7, '', 'type', 'must be string'],
  [object({ a: text }), { a: 7 }, '/a', 'type', 'must be string'],
  [object({ a: object({ b: text }) }), { a: { b: 7 } }, '/a/b', 'type', 'must be string'],
  [{ type: 'array', items: object({ a: text }) }, [{}, { a: 7 }], '/1/a', 'type', 'must be string'],
  [object({ a: text }, { required: ['a'] }), {}, '/a', 'required', 'is required'],
  [object({ a: object({}, { required: ['b'] }) }), { a: {} }, '/a/b', 'required', 'is required'],
  [object({}, { additionalProperties: false }), { x: 1 }, '/x', 'additionalProperties', 'is not allowed here'],
  // A pointer writes `~` as `~0` and `/` as `~1`, wherever the name comes from.
  [object({ 'a/b': text }), { 'a/b': 7 }, '/a~1b', 'type', 'must be string'],
  [object({ 'a~b': text }), { 'a~b': 7 }, '/a~0b', 'type', 'must be string'],
  [object({ '~1': text }), { '~1': 7 }, '/~01', 'type', 'must be string'],
  [object({}, { required: ['a/b~c'] }), {}, '/a~1b~0c', 'required', 'is required'],
  [object({}, { required: ['~1'] }), {}, '/~01', 'required', 'is required'],
  [
    object({}, { additionalProperties: false }),
    { 'a/b~c': 1 },
    '/a~1b~0c',
    'additionalProperties',
    'is not allowed here',
  ],
  [object({}, { additionalProperties: text }), { 'a/b~c': 1 }, '/a~1b~0c', 'type', 'must be string'],
  [object({}, { required: ['user.email'] }), {}, '/user.email', 'required', 'is required'],
  [{ type: 'string', maxLength: 2 }, 'abc', '', 'maxLength', 'must NOT have more than 2 characters'],
  [{ type: 'string', format: 'date-time' }, 'noon', '', 'format', 'must match format "date-time"'],
  [{ type: 'string', format: 'email' }, 'nobody', '', 'format', 'must match format "email"'],
  [{ enum: ['a', 'b'] }, 'c', '', 'enum', 'must be equal to one of the allowed values'],
]

for (const [schema, value, pointer, keyword, message] of problems) {
  test(`${JSON.stringify(value)} has a problem at "${pointer}": ${keyword}`, () => {
    assert.deepEqual(compile(schema)(value), { pointer, keyword, message })
  })
}

test('A value that fits has no problem, whatever was asked before', () => {
  const check = compile(object({ a: text }))
  assert.equal(check({ a: 'x' }), undefined)
  assert.notEqual(check({ a: 7 }), undefined)
  assert.equal(check({ a: 'x' }), undefined)
})

test('Bodies are taken as they were sent: nothing becomes another type, nothing is filled in or left out', () => {
  const check = compile(object({ n: { type: 'integer', default: 5 }, b: { type: 'boolean' }, list: { type: 'array' } }))
  for (const value of [{ n: '5' }, { n: true }, { n: null }, { b: 'true' }, { b: 1 }, { list: 'x' }]) {
    const before = structuredClone(value)
    assert.equal(check(value)?.keyword, 'type')
    assert.deepEqual(value, before)
  }
  const body = { unknown: 1 }
  assert.equal(check(body), undefined)
  assert.deepEqual(body, { unknown: 1 })
})

test('A dropping check leaves out what is not allowed, and otherwise judges as the exact one', () => {
  const schema = object(
    { a: object({ b: text }, { additionalProperties: false }), open: object({}) },
    { required: ['a'] },
  )
  const check = compileDropping({ ...schema, additionalProperties: false })
  const body = { a: { b: 'x', c: 1 }, open: { d: 1 }, e: 1 }
  assert.equal(check(body), undefined)
  assert.deepEqual(body, { a: { b: 'x' }, open: { d: 1 } })
  assert.deepEqual(check({ a: { b: 7 } }), { pointer: '/a/b', keyword: 'type', message: 'must be string' })
  assert.equal(check({})?.pointer, '/a')
})

test('Keywords of OpenAPI are annotations', () => {
  const schema = { ...text, example: 7, readOnly: true, deprecated: true, 'x-anything': {}, title: 'A text' }
  assert.equal(compile(schema)('x'), undefined)
})

test('Null is taken where it is allowed, and only there', () => {
  assert.equal(compile({ ...text, nullable: true })(null), undefined)
  assert.equal(compile(text)(null)?.keyword, 'type')
})

const Query = object({
  page: { type: 'number', default: 1, minimum: 1, multipleOf: 1 },
  size: { type: 'integer', minimum: 0, maximum: 1000 },
  expired: { type: 'boolean', default: false },
  name: text,
  words: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
  codes: { type: 'array', items: { type: 'integer' } },
})

const queries: [sent: Record<string, unknown>, read: Record<string, unknown>][] = [
  [{}, {}],
  [{ page: '2' }, { page: 2 }],
  [{ size: '0' }, { size: 0 }],
  [{ expired: 'true' }, { expired: true }],
  [{ expired: 'false' }, { expired: false }],
  // What looks like a number stays a text where a text is declared.
  [{ name: '7' }, { name: '7' }],
  [{ name: 'true' }, { name: 'true' }],
  [{ name: '' }, { name: '' }],
  [{ words: 'a' }, { words: ['a'] }],
  [{ words: ['a', 'b'] }, { words: ['a', 'b'] }],
  [{ codes: '200' }, { codes: [200] }],
  [{ codes: ['200', '404'] }, { codes: [200, 404] }],
  [{ unknown: 'x' }, { unknown: 'x' }],
]

for (const [sent, read] of queries) {
  test(`The query ${JSON.stringify(sent)} is read as values, with defaults filled in`, () => {
    const query = { ...sent }
    assert.equal(compileQuery(Query)(query), undefined)
    assert.deepEqual(query, { page: 1, expired: false, ...read })
  })
}

const badQueries: [sent: Record<string, unknown>, pointer: string, keyword: string][] = [
  [{ page: 'x' }, '/page', 'type'],
  [{ page: '' }, '/page', 'type'],
  [{ page: '0' }, '/page', 'minimum'],
  [{ page: '1.5' }, '/page', 'multipleOf'],
  [{ page: 'NaN' }, '/page', 'type'],
  [{ page: 'Infinity' }, '/page', 'multipleOf'],
  [{ page: ['1', '2'] }, '/page', 'type'],
  [{ size: '1.5' }, '/size', 'type'],
  [{ size: '1001' }, '/size', 'maximum'],
  [{ expired: 'yes' }, '/expired', 'type'],
  [{ expired: '' }, '/expired', 'type'],
  [{ name: ['a', 'b'] }, '/name', 'type'],
  [{ words: 'c' }, '/words/0', 'enum'],
  [{ words: ['a', 'c'] }, '/words/1', 'enum'],
  [{ codes: ['200', 'x'] }, '/codes/1', 'type'],
]

for (const [sent, pointer, keyword] of badQueries) {
  test(`The query ${JSON.stringify(sent)} has a problem at "${pointer}": ${keyword}`, () => {
    const problem = compileQuery(Query)({ ...sent })
    assert.deepEqual([problem?.pointer, problem?.keyword], [pointer, keyword])
  })
}

test('Parameters that are not declared are dropped by a lenient check and refused by a strict one', () => {
  const query = { page: '2', colour: 'red' }
  assert.equal(compileQuery({ ...Query, additionalProperties: false }, true)({ ...query })?.pointer, '/colour')
  assert.equal(compileQuery({ ...Query, additionalProperties: false }, false)(query), undefined)
  assert.deepEqual(query, { page: 2, expired: false })
})

test('Schemas are compiled when they are first needed, not before', () => {
  const wrong = { type: 'no such type' }
  const check = compile(wrong)
  assert.throws(() => check('x'))
})

const Full = object(
  {
    a: text,
    b: { enum: ['x'], type: 'string' },
    c: { [READ_ONLY]: true },
    d: object({ e: text }, { required: ['e'] }),
  },
  { required: ['a'], additionalProperties: false },
)

test('A full check finds every problem, each place once, and leaves the value as it is', () => {
  const value = { b: 7, c: 1, d: {}, x: 1, 'y/z': 2 }
  const sent = structuredClone(value)
  const problems = compileFull(Full)(value)
  assert.deepEqual(
    problems.map(({ pointer, keyword }) => [pointer, keyword]),
    [
      ['/a', 'required'],
      ['/x', 'additionalProperties'],
      ['/y~1z', 'additionalProperties'],
      ['/b', 'type'],
      ['/c', READ_ONLY],
      ['/d/e', 'required'],
    ],
  )
  assert.deepEqual(value, sent)
  assert.deepEqual(
    problems.map(({ known }) => known),
    [undefined, ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], undefined, undefined, undefined],
  )
  assert.deepEqual(compileFull(Full)({ a: 'x' }), [])
})

test('A full check and a plain one find the same first problem', () => {
  for (const value of [{}, { a: 7 }, { a: 'x', b: 'y', c: 1 }, { a: 'x', d: {}, y: 1 }, { a: 'x', c: null }, 7]) {
    const [first] = compileFull(Full)(value)
    const { known: _, choices: __, ...plain } = first ?? { known: [] }
    assert.deepEqual(plain, compile(Full)(value))
  }
})

test('Of very many problems, twenty are told', () => {
  const value = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`x${at}`, at]))
  assert.equal(compileFull(Full)({ a: 'x', ...value }).length, 20)
})

test('A full check of a query reads texts as the plain one does', () => {
  const query = { page: '2', size: 'x', colour: 'red' }
  const problems = compileFullQuery({ ...Query, additionalProperties: false })(query)
  assert.deepEqual(
    problems.map(({ pointer, keyword }) => [pointer, keyword]),
    [
      ['/colour', 'additionalProperties'],
      ['/size', 'type'],
    ],
  )
  assert.equal(query.page, 2 as unknown)
})

test('What is read-only is a problem whatever its value', () => {
  for (const c of [null, 0, '', {}, []]) assert.equal(compile(Full)({ a: 'x', c })?.keyword, READ_ONLY)
})
