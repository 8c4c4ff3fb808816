/** The reading that is asked first: what is right for the contract and for the live service at once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Type } from 'typebox'
import { nullable, omittable, oneOf, readOnly, tolerated } from '../schemas/fields.ts'
import { compile, compileDropping } from '../server/ajv.ts'
import { requested } from '../server/readings.ts'

test('What passes both readings at once passes each, and the other way round', () => {
  const Page = Type.Object({
    page: Type.Optional(tolerated(Type.Number({ minimum: 1 }), Type.Number({ minimum: 0, multipleOf: 1 }))),
    owner: omittable(tolerated(Type.String({ minLength: 3 }), nullable(Type.String()))),
    stamp: Type.Optional(readOnly(Type.Integer())),
    kind: Type.Optional(tolerated(oneOf(['a', 'b']), oneOf(['a', 'c']))),
  })
  const lenient = compileDropping(requested(Page, 'lenient'))
  const strict = compile(requested(Page, 'strict'))
  const both = compile(requested(Page, 'both'))
  const value = fc.record(
    {
      page: fc.constantFrom(0, 0.5, 1, 1.5, 'x'),
      owner: fc.constantFrom('ada', 'a', null, 7),
      stamp: fc.constantFrom(1, 'x'),
      kind: fc.constantFrom('a', 'b', 'c', 'd'),
    },
    { requiredKeys: [] },
  )
  const seen = new Set<string>()
  fc.assert(
    fc.property(value, (sent) => {
      const [exact, kind] = [strict(sent) === undefined, lenient(structuredClone(sent)) === undefined]
      seen.add(`${exact} ${kind}`)
      assert.equal(both(sent) === undefined, exact && kind)
    }),
    { seed: 7, numRuns: 1000 },
  )
  assert.equal(seen.size, 4)
})
