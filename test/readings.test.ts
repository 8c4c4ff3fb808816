/** One schema, read three ways: for answers, for lenient requests and for strict ones. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type TSchema, Type } from 'typebox'
import { success } from '../schemas/envelope.ts'
import { mapOf, nullable, OMITTABLE, omittable, oneOf, readOnly, TOLERATED, tolerated } from '../schemas/fields.ts'
import { type Check, compile, compileDropping, compileQuery } from '../server/ajv.ts'
import { closed, requested } from '../server/readings.ts'
import { resources } from '../server/resources/index.ts'

const Part = Type.Object({
  key: Type.String(),
  made: readOnly(Type.String()),
  by: Type.Optional(readOnly(Type.String())),
})

const Widget = Type.Object({
  id: readOnly(Type.String()),
  name: Type.String(),
  owner: omittable(tolerated(Type.String({ minLength: 3 }), Type.String())),
  size: Type.Optional(tolerated(Type.Integer({ minimum: 5 }), nullable(Type.Integer({ minimum: 1 })))),
  kind: Type.Optional(tolerated(oneOf(['a', 'b']), oneOf(['a', 'b', 'c']))),
  part: Type.Optional(Part),
  parts: Type.Optional(Type.Array(Part)),
  byName: Type.Optional(mapOf(Part)),
  open: Type.Optional(Type.Object({ key: Type.Optional(Type.String()) }, { additionalProperties: true })),
  free: Type.Optional(mapOf(Type.Unknown())),
  stamp: Type.Optional(readOnly(Type.Integer())),
})

const READINGS = ['closed', 'lenient', 'strict'] as const
type Reading = (typeof READINGS)[number]

const checksOf = (schema: TSchema): Record<Reading, Check> => ({
  closed: compile(closed(schema)),
  lenient: compileDropping(requested(schema, 'lenient')),
  strict: compile(requested(schema, 'strict')),
})

/** Where each reading finds fault, `ok` where it finds none. */
function judge(checks: Record<Reading, Check>, value: unknown): Record<Reading, string> {
  const [closed, lenient, strict] = READINGS.map((reading) => checks[reading](structuredClone(value))?.pointer ?? 'ok')
  return { closed, lenient, strict } as Record<Reading, string>
}

const widget = checksOf(Widget)
const full = { id: 'w1', name: 'one', owner: 'ada' }
const asked = { name: 'one', owner: 'ada' }
const part = { key: 'k', made: 'today' }

const verdicts: [what: string, value: unknown, closed: string, lenient: string, strict: string][] = [
  ['what is served', full, 'ok', 'ok', 'ok'],
  ['what only the server sets need not be sent', asked, '/id', 'ok', 'ok'],
  ['what only the server sets is refused by strict alone', { ...full, stamp: 7 }, 'ok', 'ok', '/stamp'],
  ['what only the server sets, as something else', { ...full, stamp: 'x' }, '/stamp', 'ok', '/stamp'],
  ['what is required as well is looked at by strict alone', { ...full, id: 7 }, '/id', 'ok', '/id'],
  ['what is required', { id: 'w1', owner: 'ada' }, '/name', '/name', '/name'],
  ['a wrong type', { ...full, name: 7 }, '/name', '/name', '/name'],
  ['what is not declared', { ...full, colour: 'red' }, '/colour', 'ok', '/colour'],
  ['what can be omitted need not be sent', { id: 'w1', name: 'one' }, '/owner', 'ok', '/owner'],
  ['a tolerated value counts as declared', { ...full, owner: '' }, 'ok', 'ok', '/owner'],
  ['a tolerated number', { ...full, size: 1 }, 'ok', 'ok', '/size'],
  ['a tolerated null', { ...full, size: null }, 'ok', 'ok', '/size'],
  ['less than what is tolerated', { ...full, size: 0 }, '/size', '/size', '/size'],
  ['one more word than the contract has', { ...full, kind: 'c' }, 'ok', 'ok', '/kind'],
  ['a word that nobody knows', { ...full, kind: 'd' }, '/kind', '/kind', '/kind'],
  ['an object further down', { ...full, part }, 'ok', 'ok', 'ok'],
  ['what only the server sets, further down', { ...full, part: { key: 'k' } }, '/part/made', 'ok', 'ok'],
  ['an optional such field further down', { ...full, part: { ...part, by: 'x' } }, 'ok', 'ok', '/part/by'],
  ['what is not declared, further down', { ...full, part: { ...part, x: 1 } }, '/part/x', 'ok', '/part/x'],
  ['what is required, further down', { ...full, part: { made: 'today' } }, '/part/key', '/part/key', '/part/key'],
  ['what is not declared, in a list', { ...full, parts: [part, { ...part, x: 1 }] }, '/parts/1/x', 'ok', '/parts/1/x'],
  ['what only the server sets, in a list', { ...full, parts: [{ key: 'k' }] }, '/parts/0/made', 'ok', 'ok'],
  ['any key of a map', { ...full, byName: { any: part } }, 'ok', 'ok', 'ok'],
  ['what is not declared, in a map', { ...full, byName: { a: { ...part, x: 1 } } }, '/byName/a/x', 'ok', '/byName/a/x'],
  ['an object that is open stays open', { ...full, open: { key: 'k', x: [1] } }, 'ok', 'ok', 'ok'],
  ['a map of anything', { ...full, free: { a: null, b: [{}] } }, 'ok', 'ok', 'ok'],
  ['null', null, '', '', ''],
  ['a list', [], '', '', ''],
]

for (const [what, value, closed, lenient, strict] of verdicts) {
  test(`Reads ${what}`, () => assert.deepEqual(judge(widget, value), { closed, lenient, strict }))
}

const left: [what: string, sent: object, kept: object][] = [
  ['what is declared', { ...full, part }, { ...full, part }],
  ['what only the server sets, whatever it is', { ...asked, id: 7 }, { ...asked, id: 7 }],
  ['nothing that is not declared', { ...asked, colour: 'red' }, asked],
  ['nothing that is not declared, further down', { ...asked, part: { ...part, x: 1 } }, { ...asked, part }],
  ['nothing that is not declared, in a list', { ...asked, parts: [{ ...part, x: 1 }] }, { ...asked, parts: [part] }],
  [
    'what an open object and a map hold',
    { ...asked, open: { x: 1 }, free: { y: 2 } },
    { ...asked, open: { x: 1 }, free: { y: 2 } },
  ],
]

for (const [what, sent, kept] of left) {
  test(`A lenient reading leaves ${what}`, () => {
    const body = structuredClone(sent)
    assert.equal(widget.lenient(body), undefined)
    assert.deepEqual(body, kept)
  })
}

test('Reading a schema leaves it as it was', () => {
  const before = JSON.stringify(Widget)
  for (const read of [
    closed(Widget),
    requested(Widget, 'lenient'),
    requested(Widget, 'strict'),
    requested(Widget, 'both'),
  ]) {
    assert.notEqual(JSON.stringify(read), before)
    assert.equal(JSON.stringify(Widget), before)
  }
})

test('What strict takes, lenient takes as well', () => {
  const word = fc.constantFrom('', 'a', 'b', 'c', 'abc')
  const anything = fc.oneof(word, fc.integer({ min: 0, max: 9 }), fc.constant(null), fc.constant({ key: 'k' }))
  const record = fc.record({ ...Object.fromEntries(Object.keys(Widget.properties).map((name) => [name, anything])) })
  const near = fc.record({ name: word, owner: word, size: fc.integer({ min: 0, max: 9 }), kind: word, part: anything })
  fc.assert(
    fc.property(fc.oneof(near, record), (value) => {
      if (widget.strict(value) === undefined) assert.equal(widget.lenient(structuredClone(value)), undefined)
    }),
    { numRuns: 500 },
  )
})

const Roles = Type.Object({ email: Type.String(), roles: Type.Array(Type.String()) })
const Policies = Type.Object({ email: Type.String(), policies: Type.Array(Part) })
const invitation = checksOf(Type.Union([Roles, Policies]))
const email = 'a@example.com'

const variants: [what: string, value: unknown, closed: string, lenient: string, strict: string][] = [
  ['the first variant', { email, roles: [] }, 'ok', 'ok', 'ok'],
  ['the second variant', { email, policies: [{ key: 'k' }] }, '/roles', 'ok', 'ok'],
  ['both at once', { email, roles: [], policies: [] }, '/policies', 'ok', 'ok'],
  ['neither', { email }, '/roles', '/roles', '/roles'],
  ['without what both require', { roles: [] }, '/email', '/email', '/email'],
  ['a fault in a field of the first', { email, roles: [7] }, '/roles/0', '/roles/0', '/roles/0'],
  ['a fault in a field of the second', { email, policies: [{}] }, '/roles', '/policies/0/key', '/policies/0/key'],
  ['a fault in what is sent besides', { email, roles: [], policies: 7 }, '/policies', '/policies', '/policies'],
  ['what no variant declares', { email, roles: [], x: 1 }, '/x', 'ok', '/x'],
  ['no object', 7, '', '', ''],
]

for (const [what, value, closed, lenient, strict] of variants) {
  test(`Reads variants: ${what}`, () => assert.deepEqual(judge(invitation, value), { closed, lenient, strict }))
}

test('Variants refuse in strict reading what only the server sets, unless one of them requires it', () => {
  const [id, by] = [readOnly(Type.String()), Type.Optional(readOnly(Type.String()))]
  const { lenient, strict } = checksOf(
    Type.Union([Type.Object({ id, by, a: Type.String() }), Type.Object({ b: Type.String() })]),
  )
  assert.equal(strict({ id: 'x', a: 'x' }), undefined)
  assert.equal(strict({ by: 'x', a: 'x' })?.pointer, '/by')
  assert.equal(lenient({ by: 'x', a: 'x' }), undefined)
})

test('Variants of which one requires nothing ask only for what all of them require', () => {
  const checks = checksOf(
    Type.Union([Type.Object({ a: Type.Optional(Type.String()) }), Type.Object({ b: Type.String() })]),
  )
  for (const value of [{}, { a: 'x' }, { b: 'x' }]) {
    assert.equal(checks.lenient(value), undefined)
    assert.equal(checks.strict(value), undefined)
  }
  assert.equal(checks.strict({ a: 7 })?.pointer, '/a')
  assert.equal(checks.strict({ c: 7 })?.pointer, '/c')
})

test('Variants that are not all objects stay variants', () => {
  const checks = checksOf(Type.Object({ value: Type.Union([mapOf(Type.String()), mapOf(mapOf(Type.String()))]) }))
  for (const check of Object.values(checks)) {
    assert.equal(check({ value: { a: '*' } }), undefined)
    assert.equal(check({ value: { a: { b: '*' } } }), undefined)
    assert.notEqual(check({ value: { a: 7 } }), undefined)
  }
})

test('Variants do not ask a client for what only the server sets', () => {
  const id = readOnly(Type.String())
  const unions = [
    Type.Union([Type.Object({ id, a: Type.String() }), Type.Object({ b: Type.String() })]),
    Type.Union([Type.Object({ id, a: Type.String() }), Type.Object({ id, b: Type.String() })]),
  ]
  for (const { lenient, strict } of unions.map(checksOf)) {
    assert.equal(lenient({ a: 'x' }), undefined)
    assert.equal(strict({ a: 'x' }), undefined)
  }
})

test('A variant does not insist on what can be omitted', () => {
  const either = Type.Union([
    Type.Object({ a: Type.String(), owner: omittable(Type.String()) }),
    Type.Object({ b: Type.String() }),
  ])
  const { lenient, strict } = checksOf(either)
  assert.equal(lenient({ a: 'x' }), undefined)
  assert.notEqual(strict({ a: 'x' }), undefined)
})

const endpoints = resources.flatMap((resource) => resource.endpoints)

for (const { operation } of endpoints) {
  test(`Every reading of ${operation.id} compiles, and tells nothing of what is tolerated beside what it says`, () => {
    const { query, body } = operation
    for (const reading of ['strict', 'lenient', 'both'] as const) {
      compileQuery(requested(query, reading), reading !== 'lenient')({})
      if (body) (reading === 'lenient' ? compileDropping : compile)(requested(body, reading))({})
    }
    const whole = closed(success(operation))
    compile(whole)({})
    for (const keyword of [TOLERATED, OMITTABLE]) {
      assert.equal(JSON.stringify(whole).includes(keyword), false)
      assert.equal(JSON.stringify(requested(query, 'lenient')).includes(keyword), false)
    }
  })
}
