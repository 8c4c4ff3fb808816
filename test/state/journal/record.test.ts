/** What is written to a record is read from it again, whatever was in it before. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { KEPT_BYTES } from '../../../server/state/journal/kept-text.ts'
import { Lately } from '../../../server/state/journal/lately.ts'
import { JournalRecord } from '../../../server/state/journal/record.ts'
import { entry, type Given } from './entries.ts'

/** Any characters, those of more than one byte, NUL and none at all among them. */
const text = fc.string({ unit: 'binary', maxLength: 20 })
const name = fc.string({ minLength: 1, maxLength: 10 }).filter((one) => one !== '__proto__')
const body = fc.oneof(
  text,
  text.map((one) => one.repeat(200)),
  // About where a text is long enough for bytes.
  fc.integer({ min: 1020, max: 1030 }).map((length) => 'é'.repeat(length)),
)

const given: fc.Arbitrary<Given> = fc.record(
  {
    method: fc.constantFrom('GET', 'POST'),
    url: text,
    headers: fc.array(text, { maxLength: 6 }).map((list) => list.slice(list.length % 2)),
    operation: fc.constantFrom('account-creation', 'accounts-list-accounts'),
    params: fc.dictionary(name, text, { maxKeys: 3 }),
    caller: fc.record({ scheme: fc.constant('api_token' as const), token: text }),
    body,
    answer: fc.option(
      fc.record({
        status: fc.integer({ min: 100, max: 599 }),
        headers: fc.dictionary(name, fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 3 })), { maxKeys: 5 }),
        body: fc.option(body, { nil: undefined }),
      }),
      { nil: undefined },
    ),
    fault: text,
    nearest: text,
  },
  { requiredKeys: [] },
)

test('what is written is read again', () => {
  const record = new JournalRecord()
  const lately = new Lately()
  fc.assert(
    fc.property(given, (one) => {
      const written = entry(one)
      written.id = 7
      record.write(written, lately.of(written.rawHeaders))
      const read = record.read()
      assert.deepEqual(
        { ...read, params: undefined, answer: undefined },
        { ...written, params: undefined, answer: undefined },
      )
      assert.deepEqual({ ...read.params }, { ...written.params })
      const { isCut, ...answer } = read.answer ?? {}
      assert.deepEqual(answer, { ...written.answer })
      assert.equal(isCut ?? false, false)
    }),
    { numRuns: 300 },
  )
})

test('of long bodies both beginnings are there, whatever came before', () => {
  const record = new JournalRecord()
  for (const [asked, answered] of [
    ['', 'é'.repeat(KEPT_BYTES)],
    ['x'.repeat(KEPT_BYTES + 1), ''],
    ['€'.repeat(KEPT_BYTES), '🎈'.repeat(KEPT_BYTES)],
    ['short', 'shorter'],
  ] as const) {
    record.write(entry({ body: asked, answer: { body: answered } }), [])
    const { body, isBodyCut, answer } = record.read()
    const kept = (whole: string) => [...whole].slice(0, KEPT_BYTES / Buffer.byteLength([...whole][0] ?? '')).join('')
    assert.deepEqual([body, isBodyCut], [kept(asked), asked.length > KEPT_BYTES / 2])
    assert.deepEqual([answer?.body, answer?.isCut], [kept(answered), answered.length > KEPT_BYTES / 2])
  }
})

test('a body is cut from the first byte on that is too many', () => {
  const record = new JournalRecord()
  for (const [body, isCut] of [
    ['x'.repeat(KEPT_BYTES), false],
    [`x${'é'.repeat(KEPT_BYTES / 2)}`, true],
    ['é'.repeat(KEPT_BYTES / 2), false],
  ] as const) {
    record.write(entry({ body, answer: { body } }), [])
    const { body: kept, isBodyCut, answer } = record.read()
    const shown = isCut ? body.slice(0, -1) : body
    assert.deepEqual([kept, isBodyCut, answer?.body, answer?.isCut], [shown, isCut, shown, isCut])
  }
})

test('long bodies take hardly more room than they are long, short ones none', () => {
  const written = entry({ body: 'x'.repeat(7000), answer: { body: '€'.repeat(300) } })
  const count = 100
  const before = process.memoryUsage().arrayBuffers
  const records = Array.from({ length: count }, () => new JournalRecord())
  for (const record of records) record.write(written, [])
  const each = (process.memoryUsage().arrayBuffers - before) / count
  assert.equal(records[0]?.read().body, written.body)
  assert.ok(each < 8 * 1024, `${each} bytes for 7,000`)
})

test('lists that are the same are one, as long as they come again soon', () => {
  const lately = new Lately()
  const first = lately.of(['a', 'b'])
  assert.equal(lately.of(['a', 'b']), first)
  for (const other of [['a', 'c'], ['a'], ['a', 'b', 'c'], []]) assert.deepEqual(lately.of(other), other)
  assert.equal(lately.of(['a', 'b']), first)
  for (let at = 0; at < 8; at += 1) lately.of([String(at)])
  assert.notEqual(lately.of(['a', 'b']), first)
})
