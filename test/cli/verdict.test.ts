/** What `fauxflare exec` thinks of a client: what counts, what comes first, and what is let pass. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../../schemas/report.ts'
import { readTolerance, verdictOn } from '../../server/cli/verdict.ts'
import { ConfigError } from '../../server/config.ts'

const NOTHING = readTolerance('')

const VIOLATION: Report['violations'][number] = {
  operation: 'account-creation',
  kind: 'unknown_field',
  in: 'body',
  pointer: '/nam',
  message: 'is not allowed here',
  count: 2,
  example: 'POST /accounts',
}
const UNMATCHED = { method: 'GET', path: '/acounts', count: 1 }
const UNUSED = { id: 'fault-1', why: 'it never matched', count: 3 }

const reportWith = (parts: Partial<Report>): Report => ({
  operations: [],
  coverage: { documented: 31, exercised: 10, percent: 32.3, missing: [] },
  violations: [],
  unmatched: [],
  faults_unused: [],
  token_policy: { policies: [], without_group: [], omitted: 0 },
  omitted: { violations: 0, unmatched: 0, faults_unused: 0 },
  ...parts,
})

test('A client that did nothing wrong is not objected to', () => {
  assert.equal(verdictOn(reportWith({}), 0, NOTHING), undefined)
})

const rows: [what: string, parts: Partial<Report>, minCoverage: number, code: number, why: RegExp][] = [
  [
    'a violation',
    { violations: [VIOLATION] },
    0,
    80,
    /^the contract was broken 2 times\. --tolerate violations lets that pass\.$/,
  ],
  [
    'more violations than there are rows for',
    { violations: [VIOLATION], omitted: { violations: 5, unmatched: 0, faults_unused: 0 } },
    0,
    80,
    /broken 7 times/,
  ],
  ['an unmatched call', { unmatched: [UNMATCHED] }, 0, 81, /called once\. --tolerate unmatched lets that pass\.$/],
  [
    'an unused fault',
    { faults_unused: [UNUSED] },
    0,
    82,
    /^a fault never struck\. --tolerate unused lets that pass\.$/,
  ],
  ['two unused faults', { faults_unused: [UNUSED, UNUSED] }, 0, 82, /^2 faults never struck\./],
  ['low coverage', {}, 32.4, 83, /^10 of 31 documented operations were called, 32\.3 %; --min-coverage is 32\.4 %\.$/],
]

for (const [what, parts, minCoverage, code, why] of rows) {
  test(`Objects to ${what}`, () => {
    const verdict = verdictOn(reportWith(parts), minCoverage, NOTHING)
    assert.equal(verdict?.code, code)
    assert.equal(verdict.why.length, 1)
    assert.match(verdict.why[0] as string, why)
  })
}

const EVERYTHING = reportWith({ violations: [VIOLATION], unmatched: [UNMATCHED], faults_unused: [UNUSED] })

test('Every reason is told, and the first decides; what is tolerated does not count', () => {
  const tolerances: [tolerate: string, code: number | undefined, reasons: number][] = [
    ['', 80, 4],
    ['violations', 81, 3],
    ['violations,unmatched', 82, 2],
    [' unused , unmatched,violations,', 83, 1],
    ['unused', 80, 3],
  ]
  for (const [tolerate, code, reasons] of tolerances) {
    const verdict = verdictOn(EVERYTHING, 100, readTolerance(tolerate))
    assert.deepEqual([verdict?.code, verdict?.why.length], [code, reasons], tolerate)
  }
  assert.equal(verdictOn(EVERYTHING, 0, readTolerance('violations,unmatched,unused')), undefined)
})

test('Coverage that is just enough is enough', () => {
  assert.equal(verdictOn(reportWith({}), 32.3, NOTHING), undefined)
  const nothing = { documented: 0, exercised: 0, percent: 0, missing: [] }
  assert.equal(verdictOn(reportWith({ coverage: nothing }), 0, NOTHING), undefined)
})

test('What cannot be tolerated is refused, with the near word', () => {
  for (const [list, near] of [
    ['violation', ' Did you mean "violations"?'],
    ['unused,coverage', ''],
    ['all', ''],
  ] as const) {
    assert.throws(
      () => readTolerance(list),
      (error) => {
        assert.ok(error instanceof ConfigError)
        const word = list.split(',').at(-1)
        assert.equal(
          error.message,
          `Failed to start: --tolerate takes violations, unmatched, unused, separated by commas, not "${word}".${near}`,
        )
        return true
      },
    )
  }
})
