/**
 * Holds the comparison against a validator: whatever it lets pass must hold for values as well. The schemas and values
 * are random but the same each time, and drawn from so few words that they often meet.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { found } from './found.ts'
import { tinyContract } from './tiny-contract.ts'

const few = fc.nat({ max: 2 })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const word = fc.constantFrom('', 'a', 'bb', 'ccc')
const field = fc.constantFrom('a', 'b')

const { schema, value } = fc.letrec<{ schema: object; value: unknown }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ type: fc.constant('string'), minLength: maybe(few), maxLength: maybe(few) }),
    fc.uniqueArray(word, { minLength: 1 }).map((values) => ({ type: 'string', enum: values })),
    fc.record({ type: fc.constantFrom('number', 'integer'), minimum: maybe(few), maximum: maybe(few) }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(field, tie('schema'), { maxKeys: 2 }),
      required: maybe(fc.uniqueArray(field)),
      additionalProperties: fc.oneof(fc.constant(false), tie('schema')),
    }),
    // An open object declares every field there is: the comparison lets us declare one that theirs leaves open.
    fc.record({
      type: fc.constant('object'),
      properties: fc.record({ a: fc.oneof(fc.constant({}), tie('schema')), b: tie('schema') }),
      required: maybe(fc.uniqueArray(field)),
      additionalProperties: maybe(fc.constant(true)),
    }),
    fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: maybe(few), maxItems: maybe(few) }),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((variants) => ({ anyOf: variants })),
    tie('schema').map((inner) => ('type' in inner && !('enum' in inner) ? { ...inner, nullable: true } : inner)),
  ),
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, 1, 1.5, 2),
    word,
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(field, tie('value'), { maxKeys: 2 }),
  ),
}))

/** Two schemas, the second often the first with some keywords struck out. */
const pair = fc.oneof(
  fc.tuple(schema, schema),
  fc.tuple(schema, fc.infiniteStream(fc.nat({ max: 4 }))).map(([first, chances]) => [first, struck(first, chances)]),
) as fc.Arbitrary<[object, object]>

function struck(node: unknown, chances: Iterator<number>): unknown {
  if (Array.isArray(node)) return node.map((entry) => struck(entry, chances))
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(
    ([name]) => ['type', 'anyOf', 'items'].includes(name) || chances.next().value,
  )
  return Object.fromEntries(kept.map(([name, member]) => [name, struck(member, chances)]))
}

function holds(asked: object, given: object, values: unknown[]): void {
  const ajv = new Ajv({ strict: false, validateSchema: false, code: { optimize: false } })
  const [inner, outer] = [ajv.compile(asked), ajv.compile(given)]
  for (const each of values.filter((candidate) => inner(candidate))) {
    assert.equal(outer(each), true, `${JSON.stringify(each)} is valid against ${JSON.stringify(asked)} alone`)
  }
}

const runs = { seed: 7, numRuns: 300 }
const values = fc.array(value, { minLength: 30, maxLength: 30 })

test('when nothing differs in a request, every value that they accept is one that we accept', () => {
  fc.assert(
    fc.property(pair, values, ([theirs, ours], candidates) => {
      fc.pre(found(tinyContract({ body: ours }), tinyContract({ body: theirs })).length === 0)
      holds(JSON.parse(JSON.stringify(theirs)), JSON.parse(JSON.stringify(ours)), candidates)
    }),
    runs,
  )
})

test('when nothing differs in a response, every value that we may send is one that they allow', () => {
  fc.assert(
    fc.property(pair, values, ([theirs, ours], candidates) => {
      fc.pre(found(tinyContract({ answer: ours }), tinyContract({ answer: theirs })).length === 0)
      holds(JSON.parse(JSON.stringify(ours)), JSON.parse(JSON.stringify(theirs)), candidates)
    }),
    runs,
  )
})

test('no schema differs from itself', () => {
  fc.assert(
    fc.property(schema, (same) => {
      assert.deepEqual(
        found(tinyContract({ body: same, answer: same }), tinyContract({ body: same, answer: same })),
        [],
      )
    }),
    runs,
  )
})
