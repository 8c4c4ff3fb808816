import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { drift, unlisted } from '../../server/drift/compare.ts'
import { type DriftException, readExceptions } from '../../server/drift/exceptions.ts'
import { tinyContract } from './tiny-contract.ts'

const text = { type: 'string' }
const theirs = tinyContract({
  body: { type: 'object', properties: { name: { ...text, maxLength: 9, pattern: 'a' }, type: text } },
})
const ours = tinyContract({ body: { type: 'object', properties: { name: text } } })
const operation = 'PUT /accounts/{account_id}'
const reason = 'the SDKs send it so'

const rows: [title: string, exceptions: Omit<DriftException, 'reason'>[], left: string[]][] = [
  ['none', [], ['missing-limit', 'missing-limit', 'missing-field']],
  ['the exact place', [{ operation, where: 'request body /name', kind: 'missing-limit' }], ['missing-field']],
  [
    'any operation',
    [{ operation: '*', where: 'request body /type', kind: 'missing-field' }],
    ['missing-limit', 'missing-limit'],
  ],
  ['any place below', [{ operation, where: 'request body /*', kind: '*' }], []],
  [
    'what theirs is',
    [{ operation, where: 'request body /name', kind: 'missing-limit', theirs: 'maxLength *' }],
    ['missing-limit', 'missing-field'],
  ],
  [
    'another kind',
    [{ operation, where: 'request body /type', kind: 'missing-limit' }],
    ['missing-limit', 'missing-limit', 'missing-field', 'stale-exception'],
  ],
  [
    'a place that only begins alike',
    [{ operation, where: 'request body /nam', kind: '*' }],
    ['missing-limit', 'missing-limit', 'missing-field', 'stale-exception'],
  ],
]

for (const [title, exceptions, left] of rows) {
  test(`an exception lists ${title}`, () => {
    const report = drift(
      ours,
      theirs,
      exceptions.map((exception) => ({ ...exception, reason })),
    )
    assert.deepEqual(
      unlisted(report).map(({ kind }) => kind),
      left,
    )
    assert.ok(report.differences.every((difference) => difference.reason === undefined || difference.reason === reason))
  })
}

test('an exception is stale only where its operation is compared, or is nowhere', () => {
  const rows: [operation: string, isStale: boolean][] = [
    ['PUT /accounts/{account_id}', true],
    ['* /accounts*', true],
    ['GET /accounts/{account_id}', true],
    ['PUT /user', false],
    ['P* /user*', false],
  ]
  const other = tinyContract({ path: '/user' })
  const both = { ...ours, paths: { ...ours.paths, ...other.paths } }
  for (const [operation, isStale] of rows) {
    const exception = { operation, where: 'security', kind: '*', reason }
    const kinds = unlisted(drift(both, ours, [exception])).map(({ kind }) => kind)
    assert.deepEqual(kinds, isStale ? ['stale-exception'] : [], operation)
  }
})

test('an exception that another one hides is not stale as long as it lists something', () => {
  const exception = { operation: '*', where: '*', kind: '*', reason }
  assert.deepEqual(unlisted(drift(ours, theirs, [exception, exception])), [])
})

const wrong: [list: unknown, message: RegExp][] = [
  [[], /no list "exceptions"/],
  [{ exceptions: ['all'] }, /entry 1 is not an object/],
  [{ exceptions: [{ where: '*', kind: '*', reason }] }, /entry 1 has no "operation"/],
  [{ exceptions: [{ operation: '*', where: 'query a', kind: '*' }] }, /entry 1 \(\*, query a\) has no reason/],
  [{ exceptions: [{ operation: '*', where: '*', kind: '*', reason: ' ' }] }, /has no reason/],
  [{ exceptions: [{ operation: '*', where: '*', kind: 'mising-field', reason }] }, /unknown kind "mising-field"/],
  [{ exceptions: [{ operation: '*', where: '*', kind: '*', reason, why: '' }] }, /unknown member "why"/],
]

for (const [list, message] of wrong) {
  test(`a list of exceptions is refused: ${message.source}`, () => {
    assert.throws(() => readExceptions(list), message)
  })
}

test('the list that is shipped can be read', async () => {
  readExceptions(JSON.parse(await readFile(new URL('../../schemas/exceptions.json', import.meta.url), 'utf8')))
})
