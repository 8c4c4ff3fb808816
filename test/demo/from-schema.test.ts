/** Rows are made from their schemas: a new field needs no code. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type TProperties, type TSchema, Type } from 'typebox'
import { maker, rowMaker, type Source } from '../../fixtures/demo/from-schema.ts'
import { fakerOf } from '../../fixtures/demo/names.ts'
import { DateTime, Id, mapOf, nullable, oneOf } from '../../schemas/fields.ts'
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import { users } from '../../schemas/users.ts'
import { compile } from '../../server/ajv.ts'
import { closed } from '../../server/readings.ts'
import { Random } from '../../server/state/random.ts'
import { rowChecks } from '../../server/state/row-checks.ts'

function sourceOf(seed: number): Source {
  const random = Random.ofCall(seed, 1)
  return { random, faker: fakerOf(random), until: Date.parse('2026-11-01T00:00:00Z') }
}

const bounds = fc.tuple(fc.nat(40), fc.nat(40)).map(([least, more]) => ({ least, most: least + more }))
const leaf: fc.Arbitrary<TSchema> = fc.oneof(
  bounds.map(({ least, most }) => Type.String({ minLength: least, maxLength: most })),
  fc.constantFrom<TSchema>(
    Id(),
    DateTime(),
    Type.String({ format: 'email' }),
    Type.String({ pattern: '^[0-9a-f]{64}$' }),
    Type.String({ pattern: '^v\\d{1,3}$', example: 'v1' }),
    Type.String({ example: 'Demo Account', maxLength: 5 }),
    Type.Boolean(),
    Type.Unknown(),
    Type.Integer(),
    Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
  ),
  fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }).map((values) => oneOf(values)),
  fc
    .tuple(fc.integer({ min: -500, max: 500 }), fc.nat(500), fc.constantFrom(1, 2, 0.5, 10))
    .map(([minimum, more, multipleOf]) => Type.Number({ minimum, maximum: minimum + more + multipleOf, multipleOf })),
)
const { schema } = fc.letrec<{ schema: TSchema; object: TSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 2 },
    leaf,
    // Nothing may be nullable that has no type.
    leaf.filter((inner) => 'type' in inner).map((inner) => nullable(inner)),
    fc.tuple(tie('schema'), fc.nat(3)).map(([items, minItems]) => Type.Array(items, { minItems })),
    tie('schema').map((values) => mapOf(values)),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((variants) => Type.Union(variants)),
    tie('object'),
  ),
  object: fc
    .dictionary(fc.stringMatching(/^[a-z]{1,6}(?:_id)?$/), fc.tuple(tie('schema'), fc.boolean()), { maxKeys: 4 })
    .map((fields) =>
      Type.Object(
        Object.fromEntries(
          Object.entries(fields).map(([name, [inner, isOptional]]) => [
            name,
            isOptional ? Type.Optional(inner) : inner,
          ]),
        ) as TProperties,
      ),
    ),
}))

test('what is drawn from a schema fits it', () => {
  fc.assert(
    fc.property(schema, fc.nat(1000), (field, seed) => {
      const row = Type.Object({ field })
      const [make, check, source] = [maker(row), compile(closed(row)), sourceOf(seed)]
      for (let turn = 0; turn < 5; turn += 1) {
        const made = make({}, source)
        assert.equal(check(made), undefined, `${JSON.stringify(field)} does not take ${JSON.stringify(made)}`)
      }
    }),
    { numRuns: 80, seed: 5 },
  )
})

test('every collection can be drawn from its schema alone', () => {
  const source = sourceOf(3)
  for (const { name, row } of [...CATALOGUE, ...TABLES]) {
    const make = maker(row)
    const texts = new Set<string>()
    for (let turn = 0; turn < 20; turn += 1) {
      const made = make({}, source)
      assert.equal(rowChecks[name]?.(made), undefined, `${name} ${JSON.stringify(made)}`)
      texts.add(JSON.stringify(made))
    }
    assert.ok(texts.size > 15, `${name} is nearly always the same`)
  }
})

test('a field that a schema gets has values, whatever rules there are for others', () => {
  const row = Type.Object({
    ...users.row.properties,
    badge: Type.Integer({ minimum: 3, maximum: 9 }),
    nickname: Type.Optional(Type.String({ maxLength: 12 })),
  })
  const make = maker(row, { email: () => 'a@example.com', badge: () => undefined })
  const made = Array.from({ length: 40 }, (_, seed) => make({}, sourceOf(seed)))
  const check = compile(closed(row))
  for (const user of made) assert.equal(check(user), undefined)
  assert.ok(made.every((user) => 'email' in user && user.email === 'a@example.com'))
  assert.ok(new Set(made.map(({ badge }) => badge)).size > 3)
  assert.ok(made.some(({ nickname }) => nickname) && made.some(({ nickname }) => nickname === undefined))
})

test('a rule may be about a field of an object within a row, and leaves the others to the schema', () => {
  const row = Type.Object({ id: Id(), user: Type.Object({ email: Type.String(), id: Id() }) })
  const make = maker(row, { 'user.email': ({ name }: { name: string }) => `${name}@example.com` })
  const { id, user } = make({ name: 'ada' }, sourceOf(1))
  assert.equal(user.email, 'ada@example.com')
  assert.match(user.id, /^[0-9a-f]{32}$/)
  assert.notEqual(user.id, id)
})

test('what a rule returns is kept as it is, so that rows can share it', () => {
  const list = ['a', 'b']
  const make = maker(Type.Object({ list: Type.Array(Type.String()) }), { list: () => list })
  assert.equal(make({}, sourceOf(1)).list, list)
})

test('fields stand in the order of the schema, whatever order the rules are in', () => {
  const rules = { two_factor_authentication_enabled: () => true, betas: () => [], id: () => 'a'.repeat(32) }
  const names = Object.keys(rowMaker(users, rules)({}, sourceOf(2)))
  const order = Object.keys(users.row.properties)
  assert.deepEqual(
    names,
    order.filter((name) => names.includes(name)),
  )
  assert.ok(names.includes('betas'))
})

test('a rule for a field that there is not is refused, and so is what cannot be drawn', () => {
  assert.throws(() => rowMaker(users, { emial: () => '' }), /"emial" is no field of the row; there are id, email/)
  assert.throws(() => maker(Type.Object({ a: Type.Object({ b: Id() }) }), { 'a.c': () => '' }), /no field of \/a/)
  assert.throws(() => maker(Type.Object({ when: Type.String({ format: 'moon' }) })), /\/when: its format "moon"/)
  const never = maker(Type.Object({ code: Type.String({ pattern: '^(?=b)a$' }) }))
  assert.throws(() => never({}, sourceOf(1)), /value for \/code: no text .* Give the field a rule/)
})
