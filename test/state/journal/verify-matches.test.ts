/** What matches a question, and in what differs that which does not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ExchangeMatch, Verdict } from '../../../schemas/exchanges.ts'
import { compile } from '../../../server/ajv.ts'
import { closed } from '../../../server/readings.ts'
import { Journal } from '../../../server/state/journal/journal.ts'
import { KEPT_BYTES } from '../../../server/state/journal/kept-text.ts'
import { entry, type Given, OPERATIONS } from './entries.ts'

const TOKEN = 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY'
const check = compile(closed(Verdict))

function journalOf(...given: Given[]): Journal {
  const journal = new Journal(100, OPERATIONS)
  for (const one of given) journal.add(entry(one))
  return journal
}

/** The answer to a question, held to its schema. */
function ask(journal: Journal, match: ExchangeMatch): Verdict {
  const verdict = journal.verify({ match })
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

const fitting: [title: string, match: ExchangeMatch][] = [
  ['nothing', {}],
  ['an operation', { operation: 'account-api-tokens-create-token' }],
  ['a method', { method: 'POST' }],
  ['a path', { path: `/accounts/${A}/tokens` }],
  ['a path with its prefix', { path: `/client/v4/accounts/${A}/tokens` }],
  ['a glob', { path: '/accounts/*/tokens' }],
  ['a longer glob', { path: '/accounts/**' }],
  ['an account', { account_id: A }],
  ['a header', { header: { 'user-agent': 'Cloudflare/JS 5.1' } }],
  ['a header in another case, as a glob', { header: { 'USER-AGENT': 'Cloudflare/*' } }],
  ['a credential', { credential: TOKEN }],
  ['the header of a credential', { header: { authorization: `Bearer ${TOKEN}` } }],
  ['a status', { status: 201 }],
  ['a fault', { fault: 'flaky' }],
  ['a parameter', { query: { x: '1' } }],
  ['a parameter as a number', { query: { x: 1 } }],
  ['a parameter as a list', { query: { x: [1] } }],
  ['a list', { query: { y: ['a', 'b'] } }],
  ['part of a body', { body: { name: 'a' } }],
  ['part of what is in a list', { body: { policies: [{ effect: 'allow' }] } }],
  ['a list of values', { body: { policies: [{ groups: [1, 2] }] } }],
  ['null', { body: { nothing: null } }],
  ['an empty object', { body: {} }],
  [
    'everything',
    {
      operation: 'account-api-tokens-create-token',
      method: 'POST',
      path: '/accounts/*/tokens',
      account_id: A,
      header: { 'user-agent': '*JS*' },
      credential: TOKEN,
      status: 201,
      fault: 'flaky',
      query: { x: 1 },
      body: { policies: [{ groups: [1, 2] }] },
    },
  ],
]

test('finds what matches', async (t) => {
  const journal = journalOf(WRITTEN)
  for (const [title, match] of fitting) {
    await t.test(title, () => {
      assert.deepEqual(ask(journal, match), {
        satisfied: true,
        matched: 1,
        exchanges: ['1'],
        expected: 'at least 1',
        nearest: [],
        dropped: 0,
      })
    })
  }
})

const missing: [
  title: string,
  match: ExchangeMatch,
  ...differences: [field: string, expected: unknown, actual?: unknown][],
][] = [
  [
    'an operation',
    { operation: 'account-creation' },
    ['operation', 'account-creation', 'account-api-tokens-create-token'],
  ],
  ['a method', { method: 'PUT' }, ['method', 'PUT', 'POST']],
  ['a path', { path: '/accounts/*' }, ['path', '/accounts/*', `/accounts/${A}/tokens`]],
  ['an account', { account_id: 'b' }, ['account_id', 'b', A]],
  ['a header', { header: { 'user-agent': 'curl*' } }, ['header/user-agent', 'curl*', 'Cloudflare/JS 5.1']],
  ['a header that is not there', { header: { 'X-None': '*' } }, ['header/x-none', '*']],
  ['a status', { status: 200 }, ['status', 200, 201]],
  ['a fault', { fault: 'slow' }, ['fault', 'slow', 'flaky']],
  ['a parameter', { query: { x: 2 } }, ['query/x', 2, '1']],
  ['a parameter that is not there', { query: { z: 2 } }, ['query/z', 2]],
  ['a parameter that is not its own', { query: { constructor: 'x' } }, ['query/constructor', 'x']],
  ['one of a list', { query: { y: 'a' } }, ['query/y', 'a', ['a', 'b']]],
  ['a list in another order', { query: { y: ['b', 'a'] } }, ['query/y', ['b', 'a'], ['a', 'b']]],
  ['a field', { body: { name: 'b' } }, ['body/name', 'b', 'a']],
  ['a field that is not there', { body: { 'a/b~c': 1 } }, ['body/a~1b~0c', 1]],
  ['null in the place of nothing', { body: { other: null } }, ['body/other', null]],
  ['a number in the place of a text', { body: { name: 1 } }, ['body/name', 1, 'a']],
  ['a list in the place of a text', { body: { name: ['a'] } }, ['body/name', ['a'], 'a']],
  [
    'an object in the place of a list',
    { body: { policies: {} } },
    ['body/policies', {}, [{ effect: 'allow', groups: [1, 2] }]],
  ],
  [
    'a list that is longer',
    { body: { policies: [{ groups: [1, 2, 3] }] } },
    ['body/policies/0/groups', [1, 2, 3], [1, 2]],
  ],
  ['a list that is shorter', { body: { policies: [] } }, ['body/policies', [], [{ effect: 'allow', groups: [1, 2] }]]],
  [
    'a list in another order',
    { body: { policies: [{ groups: [2, 1] }] } },
    ['body/policies/0/groups/0', 2, 1],
    ['body/policies/0/groups/1', 1, 2],
  ],
  ['a body that is no object', { body: 'name' }, ['body', 'name', JSON.parse(WRITTEN.body ?? '')]],
  [
    'several things',
    { method: 'PUT', status: 200, body: { name: 'b', nothing: 1 } },
    ['method', 'PUT', 'POST'],
    ['status', 200, 201],
    ['body/name', 'b', 'a'],
    ['body/nothing', 1, null],
  ],
]

test('says of what does not match in what it differs', async (t) => {
  const journal = journalOf(WRITTEN)
  for (const [title, match, ...differences] of missing) {
    await t.test(title, () => {
      const { satisfied, matched, exchanges, nearest } = ask(journal, match)
      assert.deepEqual([satisfied, matched, exchanges], [false, 0, []])
      assert.deepEqual(nearest, [
        {
          id: '1',
          method: 'POST',
          path: `/accounts/${A}/tokens`,
          differences: differences.map(([field, expected, ...actual]) => ({
            field,
            expected,
            ...(actual.length > 0 && { actual: actual[0] }),
          })),
        },
      ])
    })
  }
})

test('a request that said little differs in what it did not say', () => {
  const journal = journalOf({ answer: undefined })
  const match = {
    operation: 'account-creation',
    account_id: A,
    status: 200,
    fault: 'x',
    body: { a: 1 },
    query: { a: 1 },
  }
  assert.deepEqual(ask(journal, match).nearest[0]?.differences, [
    { field: 'operation', expected: 'account-creation' },
    { field: 'account_id', expected: A },
    { field: 'status', expected: 200 },
    { field: 'fault', expected: 'x' },
    { field: 'query/a', expected: 1 },
    { field: 'body', expected: { a: 1 } },
  ])
})

test('a body that is not JSON, or was cut, has no fields', () => {
  const differences = (body: string) => ask(journalOf({ body }), { body: { a: 1 } }).nearest[0]?.differences
  assert.deepEqual(differences('a=1'), [{ field: 'body', expected: { a: 1 } }])
  assert.deepEqual(differences(JSON.stringify({ a: 1, padding: 'x'.repeat(KEPT_BYTES) })), [
    { field: 'body', expected: { a: 1 }, actual: '(longer than the journal keeps)' },
  ])
  assert.deepEqual(ask(journalOf({ body: '"a"' }), { body: 'a' }).matched, 1)
})

/** JSON of every shape. */
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, 0, 1, '', 'a'),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'c/d'), tie('json'), { maxKeys: 3 }),
  ),
}))

/** Some fields of an object left out, however deep. */
function part(value: unknown, pick: () => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => part(item, pick))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(pick)
      .map(([name, item]) => [name, part(item, pick)]),
  )
}

test('every part of a body matches it, and two bodies match each other only when they are the same', () => {
  fc.assert(
    fc.property(json, json, fc.infiniteStream(fc.boolean()), (value, other, picks) => {
      const journal = journalOf({ body: JSON.stringify(value) })
      const some = part(value, () => picks.next().value === true)
      assert.equal(ask(journal, { body: some }).matched, 1)
      const isBoth =
        ask(journal, { body: other }).matched + ask(journalOf({ body: JSON.stringify(other) }), { body: value }).matched
      const sorted = (one: unknown): unknown =>
        Array.isArray(one)
          ? one.map(sorted)
          : typeof one === 'object' && one !== null
            ? {
                named: Object.entries(one)
                  .sort(([a], [b]) => (a < b ? -1 : 1))
                  .map(([name, item]) => ({ name, item: sorted(item) })),
              }
            : one
      assert.equal(isBoth === 2, JSON.stringify(sorted(value)) === JSON.stringify(sorted(other)))
    }),
  )
})
