/** Answers as JSON: the same as `JSON.stringify` makes, with what was written before put in as it is. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { compile } from '../../server/ajv.ts'
import { bodyJson } from '../../server/pipeline/body-json.ts'
import { checkPart } from '../../server/pipeline/parts.ts'
import { ACCOUNT, simulator, TOKEN } from '../simulator.ts'

const anything = compile({})

/** Lists that are short, and longer than what is sent as text; of parts that are known, and of others. */
const bodies = fc.record(
  {
    result: fc.oneof(
      fc.jsonValue(),
      fc.array(fc.jsonValue(), { maxLength: 8 }),
      fc.array(fc.record({ name: fc.string({ unit: 'grapheme', minLength: 300, maxLength: 400 }) }), {
        minLength: 60,
        maxLength: 80,
      }),
    ),
    success: fc.boolean(),
    errors: fc.constantFrom([], [{ code: 7 }]),
    'a"b\n': fc.jsonValue(),
    nothing: fc.constant(undefined),
    result_info: fc.jsonValue(),
  },
  { requiredKeys: [] },
)

test('Every body is written as JSON.stringify writes it, the first time and again', () => {
  const seen = { text: 0, bytes: 0 }
  fc.assert(
    fc.property(bodies, fc.boolean(), (body, isKnown) => {
      const items = Array.isArray(body.result) ? body.result : [body.result]
      if (isKnown) for (const item of items) checkPart(item, anything)
      const expected = JSON.stringify(body)
      for (let time = 0; time < 3; time += 1) {
        // The same parts in an envelope of its own, as it is with each request.
        const json = bodyJson({ ...body })
        seen[typeof json === 'string' ? 'text' : 'bytes'] += 1
        assert.equal(String(json), expected)
      }
    }),
    { numRuns: 150, seed: 6 },
  )
  assert.ok(seen.text > 100 && seen.bytes > 50, JSON.stringify(seen))
})

test('What is no object is written as it is', () => {
  for (const body of [null, 5, 'text', [], [{ a: 1 }]]) assert.equal(bodyJson(body), JSON.stringify(body))
})

test('A page that differs in one item, or in its envelope, is another page', () => {
  const items = Array.from({ length: 60 }, (_, id) => ({ id, text: 'é'.repeat(400) }))
  const swapped = [...items.slice(0, 30), { id: -1, text: '' }, ...items.slice(31)]
  for (const body of [
    { result: items, result_info: { page: 1 } },
    { result: swapped, result_info: { page: 1 } },
    { result: items, result_info: { page: 2 } },
    { result: items.slice(0, 59), result_info: { page: 1 } },
  ]) {
    assert.equal(String(bodyJson(body)), JSON.stringify(body))
    assert.equal(String(bodyJson(body)), JSON.stringify(body))
  }
})

/** How often something is turned into JSON. */
async function written(t: TestContext, act: () => Promise<unknown>): Promise<number> {
  const { mock } = t.mock.method(JSON, 'stringify')
  await act()
  mock.restore()
  return mock.callCount()
}

for (const contract of ['fail', 'off'] as const) {
  test(`Contract ${contract}: a row that was read before is not written again, in whichever list or by itself`, async (t) => {
    const { app, call } = await simulator(t, { contract })
    const account = `/accounts/${ACCOUNT}`
    const list = `${account}/members`
    for (let n = 0; n < 30; n += 1) await call(`POST ${list}`, { body: { email: `m${n}@example.com`, roles: [] } })
    const read = (path: string) => () =>
      app.inject({ url: `/client/v4${path}`, headers: { authorization: `Bearer ${TOKEN}` } })
    const first = await written(t, read(`${list}?per_page=50`))
    const again = await written(t, read(`${list}?per_page=50`))
    assert.ok(first - again >= 30, `${first} and then ${again}`)
    assert.ok((await written(t, read(`${list}?per_page=5&page=2`))) <= again)
    // The second time the whole body is remembered as well.
    for (let time = 0; time < 2; time += 1) await read(account)()
    assert.equal(await written(t, read(account)), 0)
  })
}
