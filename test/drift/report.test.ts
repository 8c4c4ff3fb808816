import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Difference, finding } from '../../server/drift/difference.ts'
import { formatDrift } from '../../server/drift/report.ts'

const field: Difference = {
  operation: 'GET /accounts',
  ...finding('missing-field', 'response 200 /result/0/name', 'is not declared'),
}
const limit: Difference = {
  operation: 'GET /accounts',
  ...finding('missing-limit', 'query per_page', 'no maximum, theirs is 50'),
}
const listed: Difference = {
  operation: 'PUT /accounts/{account_id}',
  ...finding('missing-required', 'request body /type', 'is optional'),
  reason: 'older SDKs leave it out',
}

test('a report without differences is one line', () => {
  assert.equal(formatDrift({ operations: 31, differences: [] }), '31 operations compared, no differences\n')
  assert.equal(formatDrift({ operations: 1, differences: [] }), '1 operation compared, no differences\n')
})

test('a report names each operation once, over what was found in it', () => {
  assert.equal(
    formatDrift({ operations: 31, differences: [field, limit, listed] }),
    `OPERATION
  WHERE                        KIND           DIFFERENCE
GET /accounts
  response 200 /result/0/name  missing-field  is not declared
  query per_page               missing-limit  no maximum, theirs is 50

OPERATION
  WHERE               KIND              LISTED BECAUSE
PUT /accounts/{account_id}
  request body /type  missing-required  older SDKs leave it out

31 operations compared, 3 differences (1 listed in exceptions, 2 not)
`,
  )
})

test('a report fits 120 columns, and loses nothing', () => {
  const long: Difference = {
    operation: `GET /${'accounts/'.repeat(20)}`,
    ...finding(
      'missing-security',
      `response 200 ${'/subscription'.repeat(9)}`,
      `lacks ${'"audit" '.repeat(40)}${'#'.repeat(200)}`,
    ),
  }
  const text = formatDrift({ operations: 1, differences: [long, listed] })
  const widest = Math.max(...text.split('\n').map((line) => line.length))
  assert.ok(widest <= 120, `${widest} columns`)
  assert.equal(text.match(/"audit"/g)?.length, 40)
  assert.equal(text.match(/\/subscription/g)?.length, 9)
  assert.equal(text.match(/#/g)?.length, 200)
})
