/** What a report looks like at the end of a run. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../schemas/report.ts'
import { reportText } from '../server/report-text.ts'

const nothing: Report = {
  operations: [],
  coverage: { documented: 31, exercised: 31, percent: 100, missing: [] },
  violations: [],
  unmatched: [],
  faults_unused: [],
  token_policy: { policies: [], without_group: [], omitted: 0 },
  omitted: { violations: 0, unmatched: 0, faults_unused: 0 },
}

const violation = (fields: Partial<Report['violations'][number]>): Report['violations'][number] => ({
  operation: 'account-creation',
  kind: 'unknown_field',
  in: 'body',
  pointer: '/x',
  message: 'is not allowed here.',
  count: 1,
  example: 'POST /accounts',
  ...fields,
})

test('A run without a fault is five lines', () => {
  assert.equal(
    reportText(nothing),
    `Contract violations: none

Calls that nothing answers to: none

Faults that never struck: none

Operations that were called: 31 of 31 (100 %)

Least rights of a token for these calls: none
`,
  )
})

test('Everything that is to be told stands there with a count, an example and what was meant', () => {
  const report: Report = {
    ...nothing,
    coverage: { documented: 31, exercised: 2, percent: 6.5, missing: ['account-deletion', 'accounts-account-details'] },
    violations: [
      violation({
        operation: 'accounts-list-accounts',
        kind: 'unknown_parameter',
        in: 'query',
        pointer: 'pages',
        message: 'is not allowed here. Did you mean "page"?',
        count: 12,
        example: 'GET /accounts?pages=2',
      }),
      violation({ pointer: '' }),
      violation({
        operation: 'account-roles-list-roles',
        kind: 'deprecated_operation',
        in: 'operation',
        pointer: 'account-roles-list-roles',
        message: 'is deprecated',
        example: 'GET /accounts/a/roles',
      }),
    ],
    unmatched: [
      { method: 'GET', path: '/acounts', nearest: 'GET /accounts (accounts-list-accounts)', count: 3 },
      { method: 'GET', path: '', count: 1 },
    ],
    faults_unused: [
      { id: 'fault-1', why: 'nothing matched it', count: 1 },
      { id: 'fault-2', name: 'slow', match: { method: 'GET' }, why: 'its turn did not come', count: 2 },
    ],
    token_policy: {
      policies: [
        {
          effect: 'allow',
          permission_groups: [
            { id: 'c1fde68c7bcc44588cbb6ddbc16d6480', name: 'Account Settings Read' },
            { id: '6c80e02421494afc9ae14414ed442632', name: 'Billing Write' },
          ],
          resources: { 'com.cloudflare.api.account.a': '*', 'com.cloudflare.api.account.b': '*' },
        },
        {
          effect: 'allow',
          permission_groups: [{ id: '7cf72faf220841aabcfdfab81c43c4f6', name: 'Billing Read' }],
          resources: {
            'com.cloudflare.api.account.a': {
              'com.cloudflare.api.account.zone.z': '*',
              'com.cloudflare.api.account.zone.y': '*',
            },
          },
        },
      ],
      without_group: ['account-creation', 'accounts-list-accounts'],
      omitted: 0,
    },
  }
  assert.equal(
    reportText(report),
    `Contract violations: 14
     12  accounts-list-accounts    unknown_parameter: query pages is not allowed here. Did you mean "page"?
                                   such as GET /accounts?pages=2
      1  account-creation          unknown_field: body / is not allowed here.
                                   such as POST /accounts
      1  account-roles-list-roles  deprecated_operation: it is deprecated
                                   such as GET /accounts/a/roles

Calls that nothing answers to: 4
      3  GET /acounts  Did you mean GET /accounts (accounts-list-accounts)?
      1  GET /

Faults that never struck: 3
      1  fault-1: nothing matched it
      2  fault-2 "slow" on {"method":"GET"}: its turn did not come

Operations that were called: 2 of 31 (6.5 %)
  not called: account-deletion, accounts-account-details

Least rights of a token for these calls:
  Account Settings Read (c1fde68c7bcc44588cbb6ddbc16d6480), Billing Write (6c80e02421494afc9ae14414ed442632)
    on com.cloudflare.api.account.a, com.cloudflare.api.account.b
  Billing Read (7cf72faf220841aabcfdfab81c43c4f6)
    on com.cloudflare.api.account.zone.z, com.cloudflare.api.account.zone.y in com.cloudflare.api.account.a
  for users alone, or anybody: account-creation, accounts-list-accounts
`,
  )
})

test('Of very many, twenty are told, and how many there are beside them', () => {
  const many = <Row>(make: (at: number) => Row) => Array.from({ length: 25 }, (_, at) => make(at))
  const text = reportText({
    ...nothing,
    coverage: { documented: 31, exercised: 6, percent: 19.4, missing: many((at) => `operation-${at}`) },
    violations: many((at) => violation({ pointer: `/x${at}`, count: 2 })),
    unmatched: many((at) => ({ method: 'GET', path: `/nothing/${at}`, count: 1 })),
    faults_unused: many((at) => ({ id: `fault-${at}`, why: 'nothing matched it', count: 1 })),
    omitted: { violations: 100, unmatched: 7, faults_unused: 0 },
  })
  assert.match(text, /^Contract violations: 150$/m)
  assert.match(text, /^ {4}110 {2}more$/m)
  assert.match(text, /^Calls that nothing answers to: 32$/m)
  assert.match(text, /^ {5}12 {2}more$/m)
  assert.match(text, /^ {6}5 {2}more$/m)
  assert.match(text, /operation-19 and 5 more$/m)
  assert.equal(text.includes('/nothing/20'), false)
})

test('What clients named does not speak to the terminal', () => {
  const text = reportText({
    ...nothing,
    violations: [violation({ pointer: '/\u001b[31m\u0007\r\n\u202ex', example: 'POST /accounts\u009b' })],
  })
  assert.match(text, /body \/\\u001b\[31m\\u0007\\u000d\\u000a\\u202ex is/)
  assert.match(text, /such as POST \/accounts\\u009b$/m)
  assert.doesNotMatch(text, /[^\n\x20-\x7e]/)
})
