/** Was this called, how often, what was nearest, and which questions mean nothing? */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ExchangeMatch, type Times, Verdict } from '../../../schemas/exchanges.ts'
import { compile } from '../../../server/ajv.ts'
import { closed } from '../../../server/readings.ts'
import { Journal } from '../../../server/state/journal/journal.ts'
import { entry, type Given, OPERATIONS } from './entries.ts'

const TOKEN = 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY'
const OTHER = 'a'.repeat(40)
const check = compile(closed(Verdict))

function journalOf(...given: Given[]): Journal {
  const journal = new Journal(100, OPERATIONS)
  for (const one of given) journal.add(entry(one))
  return journal
}

/** The answer to a question, held to its schema. */
function ask(journal: Journal, match: ExchangeMatch, times?: Times): Verdict {
  const verdict = journal.verify({ match, ...(times && { times }) })
  assert.equal(check(verdict), undefined)
  return verdict
}

const A = '023e105f4ecef8ad9ca31a8372d0c353'
const WRITTEN: Given = {
  operation: 'account-api-tokens-create-token',
  method: 'POST',
  url: `/accounts/${A}/tokens?x=1&y=a&y=b`,
  params: { account_id: A },
  headers: ['Authorization', `Bearer ${TOKEN}`, 'User-Agent', 'Cloudflare/JS 5.1', 'X-Twice', 'a', 'x-twice', 'b'],
  caller: { scheme: 'api_token', token: TOKEN },
  body: JSON.stringify({ name: 'a', policies: [{ effect: 'allow', groups: [1, 2] }], nothing: null }),
  answer: { status: 201 },
  fault: 'flaky',
}

test('tells the three that are nearest, the newest of equal ones first', () => {
  const journal = journalOf(
    { method: 'POST', answer: { status: 200 } }, // 1: one difference
    { method: 'POST', answer: { status: 404 } }, // 2: two
    { method: 'POST', answer: { status: 200 }, fault: 'x' }, // 3: none
    { method: 'GET', answer: { status: 404 } }, // 4: three
    { method: 'GET', answer: { status: 200 }, fault: 'x' }, // 5: one
    { method: 'PUT', answer: { status: 500 } }, // 6: three
  )
  const { matched, exchanges, nearest } = ask(journal, { method: 'POST', status: 200, fault: 'x' })
  assert.deepEqual([matched, exchanges], [1, ['3']])
  assert.deepEqual(
    nearest.map(({ id, differences }) => [id, differences.length]),
    [
      ['5', 1],
      ['1', 1],
      ['2', 2],
    ],
  )
})

test('a credential is asked for by its value, and never told', () => {
  const journal = journalOf(
    WRITTEN,
    { caller: { scheme: 'api_key', email: 'user@example.com' } },
    { headers: ['authorization', `Bearer ${OTHER}`], caller: { scheme: 'api_token', token: OTHER } },
    {},
  )
  assert.deepEqual(ask(journal, { credential: TOKEN }).exchanges, ['1'])
  assert.deepEqual(ask(journal, { credential: 'user@example.com' }).exchanges, ['2'])
  const wanted = 'b'.repeat(40)
  const { nearest } = ask(journal, { credential: wanted, header: { Authorization: `Bearer ${wanted}` } })
  assert.deepEqual(
    nearest.map(({ differences }) => differences),
    [
      [
        { field: 'header/authorization', expected: 'Bearer [redacted]' },
        { field: 'credential', expected: '[redacted]' },
      ],
      [
        { field: 'header/authorization', expected: 'Bearer [redacted]', actual: 'Bearer [redacted]' },
        { field: 'credential', expected: '[redacted]', actual: '[redacted]' },
      ],
      [
        { field: 'header/authorization', expected: 'Bearer [redacted]' },
        { field: 'credential', expected: '[redacted]', actual: 'user@example.com' },
      ],
    ],
  )
  const other = ask(journal, { credential: 'someone@example.com' }).nearest[0]?.differences
  assert.deepEqual(other, [{ field: 'credential', expected: 'someone@example.com' }])
  const inBody = ask(journal, { body: { value: TOKEN }, path: `/accounts/${TOKEN}` })
  assert.doesNotMatch(JSON.stringify(inBody), /Sn3lZ/)
})

const counts: [times: Times | undefined, expected: string, satisfiedBy: readonly number[]][] = [
  [undefined, 'at least 1', [1, 2, 3]],
  [{}, 'at least 1', [1, 2, 3]],
  [{ exactly: 0 }, 'exactly 0', [0]],
  [{ exactly: 2 }, 'exactly 2', [2]],
  [{ at_least: 0 }, 'at least 0', [0, 1, 2, 3]],
  [{ at_least: 2 }, 'at least 2', [2, 3]],
  [{ at_most: 0 }, 'at most 0', [0]],
  [{ at_most: 1 }, 'at most 1', [0, 1]],
  [{ at_least: 1, at_most: 2 }, 'at least 1, at most 2', [1, 2]],
  [{ at_least: 2, at_most: 2 }, 'at least 2, at most 2', [2]],
  [{ exactly: 2, at_least: 1, at_most: 3 }, 'exactly 2', [2]],
]

test('counts what matches', () => {
  for (const [times, expected, satisfiedBy] of counts) {
    for (const count of [0, 1, 2, 3]) {
      const journal = journalOf({ method: 'PUT' }, ...Array.from({ length: count }, () => ({ method: 'POST' })))
      const verdict = ask(journal, { method: 'POST' }, times)
      const title = `${count} for ${JSON.stringify(times)}`
      assert.deepEqual([verdict.matched, verdict.expected], [count, expected], title)
      assert.equal(verdict.satisfied, satisfiedBy.includes(count), title)
    }
  }
})

test('refuses numbers that contradict each other', () => {
  for (const times of [
    { exactly: 1, at_least: 2 },
    { exactly: 2, at_most: 1 },
    { at_least: 2, at_most: 1 },
  ]) {
    assert.throws(() => journalOf().verify({ match: {}, times }), { name: 'JournalError', pointer: '/times' })
  }
})

test('refuses what can never match, and says what may have been meant', () => {
  const rows: [match: ExchangeMatch, pointer: string, words: RegExp][] = [
    [{ operation: 'account-creaton' }, '/match/operation', /"account-creaton".*"account-creation"/],
    [{ path: '/accounts/{a' }, '/match/path', /glob/],
    [{ header: { 'user agent': '*' } }, '/match/header/user agent', /name of a header/],
    [{ body: JSON.parse('['.repeat(5000) + ']'.repeat(5000)) }, '/match/body', /100 levels/],
  ]
  for (const [match, pointer, words] of rows) {
    assert.throws(
      () => journalOf({}).verify({ match }),
      (error: Error & { pointer: string }) => {
        assert.deepEqual([error.name, error.pointer], ['JournalError', pointer])
        assert.match(error.message, words)
        return true
      },
    )
  }
})

test('refuses every question while the journal is off', () => {
  const journal = new Journal(0)
  journal.add(entry())
  assert.throws(() => journal.verify({ match: {}, times: { exactly: 0 } }), {
    name: 'JournalError',
    message: /--journal 0/,
  })
})

test('says how many exchanges it can no longer look at', () => {
  const journal = new Journal(2)
  for (let at = 0; at < 5; at += 1) journal.add(entry())
  assert.deepEqual([ask(journal, {}).matched, ask(journal, {}).dropped], [2, 3])
  journal.clear()
  assert.deepEqual([ask(journal, {}).matched, ask(journal, {}).dropped], [0, 0])
})
