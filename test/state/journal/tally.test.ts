/** What is counted of a world, and what is told of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import type { Violation } from '../../../schemas/exchanges.ts'
import type { KeptRule } from '../../../schemas/faults.ts'
import { Report } from '../../../schemas/report.ts'
import { compile } from '../../../server/ajv.ts'
import { closed } from '../../../server/readings.ts'
import { MOST_ROWS } from '../../../server/state/journal/counted-rows.ts'
import { Tally } from '../../../server/state/journal/tally.ts'
import { entry, type Given, OPERATIONS } from './entries.ts'

/** Which policy a token needs is told by the rules. */
const isReport = compile(closed(Type.Omit(Report, ['token_policy'])))
const unknown = (pointer: string): Violation => ({
  kind: 'unknown_parameter',
  in: 'query',
  pointer,
  message: 'is not allowed here.',
})
const readOnly = (pointer: string): Violation => ({
  kind: 'read_only_field',
  in: 'body',
  pointer,
  message: 'is read-only: the server sets it',
})
const rule = (given: Partial<KeptRule> = {}): KeptRule => ({ id: 'fault-1', matched: 0, struck: 0, ...given })

function tallyOf(...given: Given[]): Tally {
  const tally = new Tally()
  for (const one of given) tally.add(entry(one))
  return tally
}

/** A report that is one. */
function reportOf(tally: Tally, rules: KeptRule[] = []) {
  const report = tally.report(OPERATIONS, rules)
  assert.deepEqual(isReport(report), undefined)
  return report
}

test('A tally that counted nothing tells of nothing, and misses every operation', () => {
  const { coverage, ...rest } = reportOf(new Tally())
  assert.deepEqual(rest, {
    operations: [],
    violations: [],
    unmatched: [],
    faults_unused: [],
    omitted: { violations: 0, unmatched: 0, faults_unused: 0 },
  })
  const missing = OPERATIONS.map(({ id }) => id)
  assert.deepEqual(coverage, { documented: OPERATIONS.length, exercised: 0, percent: 0, missing })
})

test('Requests are counted by operation and status, in the order of the contract', () => {
  const tally = tallyOf(
    { operation: 'account-creation', answer: { status: 400 } },
    { operation: 'account-creation' },
    { operation: 'account-creation', answer: undefined },
    { operation: 'accounts-list-accounts' },
    { operation: 'account-creation' },
  )
  assert.deepEqual(reportOf(tally).operations, [
    { operation: 'accounts-list-accounts', requests: 1, statuses: { 200: 1 }, violations: 0 },
    { operation: 'account-creation', requests: 4, statuses: { 200: 2, 400: 1 }, violations: 0 },
  ])
  assert.equal(tally.report([], []).coverage.percent, 100)
})

test('The operations that were called are a share of those of the contract, whatever they answered', () => {
  const tally = tallyOf({ operation: 'account-creation', answer: { status: 403 } })
  const { coverage } = tally.report(OPERATIONS.slice(0, 3))
  assert.deepEqual(coverage, {
    documented: 3,
    exercised: 1,
    percent: 33.3,
    missing: OPERATIONS.slice(0, 3)
      .map(({ id }) => id)
      .filter((id) => id !== 'account-creation'),
  })
})

test('Violations are counted by operation, kind and place, with the first request that did it', () => {
  const tally = tallyOf(
    { operation: 'account-creation', method: 'POST', url: '/accounts?x=1', violations: [unknown('x')] },
    { operation: 'accounts-list-accounts', url: '/accounts?x=1', violations: [unknown('x')] },
    { operation: 'accounts-list-accounts', url: '/accounts?y=1&x=2', violations: [unknown('y'), unknown('x')] },
    { operation: 'accounts-list-accounts', url: '/accounts?x=3', violations: [unknown('x')] },
  )
  const report = reportOf(tally)
  assert.deepEqual(
    report.violations.map(({ operation, pointer, count, example }) => [operation, pointer, count, example]),
    [
      ['accounts-list-accounts', 'x', 3, 'GET /accounts?x=1'],
      ['accounts-list-accounts', 'y', 1, 'GET /accounts?y=1&x=2'],
      ['account-creation', 'x', 1, 'POST /accounts?x=1'],
    ],
  )
  assert.deepEqual(
    report.operations.map(({ violations }) => violations),
    [4, 1],
  )
})

test('The same mistake in each item of a list is one mistake', () => {
  const violations = ['/policies/0/x', '/policies/11/x', '/0', '/a1/2b/3'].map(readOnly)
  const tally = tallyOf({ operation: 'account-creation', method: 'POST', violations })
  assert.deepEqual(
    reportOf(tally).violations.map(({ pointer, count }) => [pointer, count]),
    [
      ['/policies/*/x', 2],
      ['/*', 1],
      ['/a1/2b/*', 1],
    ],
  )
})

test('Calls that nothing answers to are counted by method and path, the most frequent first', () => {
  const nearest = 'GET /accounts (accounts-list-accounts)'
  const tally = tallyOf(
    { url: '/nothing' },
    { url: '/acounts?page=1', nearest },
    { url: '/acounts?page=2', nearest },
    { url: '/acounts', method: 'POST' },
    { url: '' },
  )
  assert.deepEqual(reportOf(tally).unmatched, [
    { method: 'GET', path: '/acounts', nearest, count: 2 },
    { method: 'GET', path: '', count: 1 },
    { method: 'POST', path: '/acounts', count: 1 },
    { method: 'GET', path: '/nothing', count: 1 },
  ])
  assert.equal(reportOf(tally).operations.length, 0)
})

test('Credentials are in no example', () => {
  const secret = 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY'
  const headers = ['Authorization', `Bearer ${secret}`]
  const tally = tallyOf(
    { url: `/accounts/${secret}/x`, headers },
    { url: `/${'x'.repeat(180)}${secret}`, headers },
    { operation: 'accounts-list-accounts', url: `/accounts?token=${secret}`, headers, violations: [unknown('token')] },
    { operation: 'accounts-list-accounts', url: `/accounts?${secret}`, headers, violations: [unknown(secret)] },
  )
  const text = JSON.stringify(reportOf(tally))
  assert.equal(text.includes(secret.slice(0, 12)), false, text)
  assert.match(text, /GET \/accounts\?token=\[redacted\]/)
})

test('Whatever clients send, a tally keeps so much and no more, and counts the rest', () => {
  const tally = new Tally()
  for (let at = 0; at < MOST_ROWS + 100; at += 1) {
    const name = `${at}${'x'.repeat(5000)}`
    tally.add(entry({ url: `/${name}` }))
    tally.add(entry({ operation: 'account-creation', url: `/accounts?${name}`, violations: [unknown(name)] }))
    tally.addUnused(rule({ id: `fault-${at}` }), 'reset')
  }
  // What has its place goes on being counted.
  tally.add(entry({ url: `/0${'x'.repeat(5000)}` }))
  const report = reportOf(tally)
  assert.deepEqual(report.omitted, { violations: 100, unmatched: 100, faults_unused: 100 })
  assert.deepEqual(
    [report.violations.length, report.unmatched.length, report.faults_unused.length],
    [MOST_ROWS, MOST_ROWS, MOST_ROWS],
  )
  assert.equal(report.unmatched[0]?.count, 2)
  assert.equal(report.operations[0]?.violations, MOST_ROWS + 100)
  assert.ok(JSON.stringify(report).length < 1_500_000)
})

test('Rules that are there and did not strike are unused, those that went as well, and each once', () => {
  const tally = new Tally()
  const slow = rule({ id: 'fault-2', name: 'slow', match: { operation: 'account-creation' } })
  tally.addUnused(slow, 'dropped by a reset')
  tally.addUnused(slow, 'dropped by a reset')
  const rules = [rule(), rule({ id: 'fault-3', struck: 1, matched: 1 }), rule({ id: 'fault-4', matched: 2 })]
  assert.deepEqual(reportOf(tally, rules).faults_unused, [
    { id: 'fault-2', name: 'slow', match: { operation: 'account-creation' }, why: 'dropped by a reset', count: 2 },
    { id: 'fault-1', why: 'nothing matched it', count: 1 },
    { id: 'fault-4', why: 'its turn did not come', count: 1 },
  ])
  assert.equal(reportOf(tally).faults_unused.length, 1, 'asking leaves nothing behind')
})

test('A rule that struck once is used, even if it goes unused after a reset or in another world', () => {
  const [used, other] = [rule({ match: { method: 'GET' } }), rule({ match: { method: 'PUT' } })]
  const before = new Tally()
  before.addUnused({ ...used, struck: 3, matched: 5 }, 'dropped by a reset')
  before.addUnused(used, 'dropped by a reset')
  before.addUnused(other, 'dropped by a reset')
  assert.deepEqual(
    reportOf(before, [used]).faults_unused.map(({ match }) => match),
    [{ method: 'PUT' }],
  )
  const now = new Tally()
  now.addUnused(used, 'dropped by a reset')
  assert.equal(reportOf(now).faults_unused.length, 1)
  assert.deepEqual(reportOf(now, [{ ...used, struck: 1 }]).faults_unused, [])
  assert.equal(Tally.sum([now, before]).report(OPERATIONS).faults_unused.length, 1)
})

test('The sum of tallies tells what one tally would have told, and leaves them as they were', () => {
  const given: Given[] = [
    { operation: 'account-creation', answer: { status: 400 } },
    { operation: 'account-creation', violations: [readOnly('/id')] },
    { operation: 'accounts-list-accounts', url: '/accounts?x=1', violations: [unknown('x')] },
    { url: '/nothing' },
    { operation: 'accounts-list-accounts', url: '/accounts?x=2', violations: [unknown('x')] },
    { url: '/nothing' },
    { url: '/nowhere' },
  ]
  const parts = [tallyOf(...given.slice(0, 3)), new Tally(), tallyOf(...given.slice(3))]
  const before = parts.map((part) => reportOf(part))
  assert.deepEqual(reportOf(Tally.sum(parts)), reportOf(tallyOf(...given)))
  assert.deepEqual(reportOf(Tally.sum([])), reportOf(new Tally()))
  Tally.sum(parts).add(entry({ url: '/nothing' }))
  assert.deepEqual(
    parts.map((part) => reportOf(part)),
    before,
  )
})

test('A sum has room for no more than one tally', () => {
  const many = (start: number) => tallyOf(...Array.from({ length: 700 }, (_, at) => ({ url: `/${start + at}` })))
  const { unmatched, omitted } = reportOf(Tally.sum([many(0), many(700), many(0)]))
  assert.deepEqual([unmatched.length, omitted.unmatched], [MOST_ROWS, 400])
  assert.equal(unmatched[0]?.count, 2)
})
