/** What is written to a record is read from it again, whatever was in it before. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Entry } from '../../../server/state/journal/entry.ts'
import { KEPT_BYTES } from '../../../server/state/journal/kept-text.ts'
import { JournalRecord } from '../../../server/state/journal/record.ts'
import { Shared } from '../../../server/state/journal/shared.ts'
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
  const shared = new Shared()
  fc.assert(
    fc.property(given, (one) => {
      const written = entry(one)
      written.id = 7
      record.write(written, shared)
      const read = readFrom(record)
      assert.deepEqual(
        { ...read, params: undefined, answer: undefined },
        { ...written, params: undefined, answer: undefined },
      )
      assert.equal(read.url, written.url)
      assert.deepEqual({ ...read.params }, { ...written.params })
      const { isCut, ...answer } = read.answer ?? {}
      const headersOf = (one: object = {}) => ({ ...(one as { headers?: object }).headers })
      assert.deepEqual(
        { ...answer, headers: headersOf(answer) },
        { ...written.answer, headers: headersOf(written.answer) },
      )
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
    record.write(entry({ body: asked, answer: { body: answered } }), new Shared())
    const { body, isBodyCut, answer } = readFrom(record)
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
    record.write(entry({ body, answer: { body } }), new Shared())
    const { body: kept, isBodyCut, answer } = readFrom(record)
    const shown = isCut ? body.slice(0, -1) : body
    assert.deepEqual([kept, isBodyCut, answer?.body, answer?.isCut], [shown, isCut, shown, isCut])
  }
})

test('long bodies take hardly more room than they are long, short ones none', () => {
  const written = entry({ body: 'x'.repeat(7000), answer: { body: '€'.repeat(300) } })
  const count = 100
  const before = process.memoryUsage().arrayBuffers
  const records = Array.from({ length: count }, () => new JournalRecord())
  for (const record of records) record.write(written, new Shared())
  const each = (process.memoryUsage().arrayBuffers - before) / count
  assert.equal(records[0]?.read()?.body, written.body)
  assert.ok(each < 8 * 1024, `${each} bytes for 7,000`)
})

test('exchanges that ask the same in the same way share it, as long as they come again soon', () => {
  const asked = { url: '/accounts/a', params: { account_id: 'a' }, operation: 'accounts-list-accounts' }
  const given: Given = { ...asked, headers: ['Host', 'a'], caller: { scheme: 'none' } }
  const shared = new Shared()
  const [question, sender] = [shared.questionOf(entry(given)), shared.senderOf(entry(given))]
  const again = entry({ ...given, headers: ['Host', 'a'], params: { account_id: 'a' } })
  assert.equal(shared.questionOf(again), question)
  assert.equal(shared.senderOf(again), sender)
  for (const other of [
    { url: '/accounts/b' },
    { method: 'PUT' },
    { operation: 'account-creation' },
    { params: { account_id: 'b' } },
    { params: { account_id: 'a', member_id: 'b' } },
    { params: {} },
  ]) {
    const different = entry({ ...given, ...other })
    const { method, url, params, operation } = different
    const { sent, from, ...found } = shared.questionOf(different)
    assert.deepEqual({ ...found, url: sent.slice(from) }, { method, url, params, operation })
  }
  for (const headers of [['Host', 'b'], ['Host'], ['Host', 'a', 'x', 'y'], []]) {
    assert.deepEqual(shared.senderOf(entry({ ...given, headers })).rawHeaders, headers)
  }
  assert.equal(shared.senderOf(entry({ ...given, caller: { scheme: 'none' } })) === sender, false)
  assert.equal(shared.questionOf(again), question)
  for (let at = 0; at < 8; at += 1) shared.questionOf(entry({ url: `/accounts/${at}` }))
  assert.notEqual(shared.questionOf(again), question)
})

test('names that came lately are one list', () => {
  const shared = new Shared()
  const names = shared.namesOf(['date', 'cf-ray'])
  assert.equal(shared.namesOf(['date', 'cf-ray']), names)
  for (const other of [['date'], ['cf-ray', 'date'], []]) assert.deepEqual(shared.namesOf(other), other)
})

/** The exchange in a record that was written to. */
function readFrom(record: JournalRecord): Entry {
  const read = record.read()
  assert.ok(read)
  return read
}
