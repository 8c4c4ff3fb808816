/** Every row of the tables of errors is provoked, and says what the material says. ERRORS.md §2 to §4 and §8. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enforcing } from '../pipeline/enforcing.ts'
import { failureOf } from '../simulator.ts'
import { contradictions, type Expected, type Rows, readRows } from './error-rows.ts'
import { BODIES } from './error-rows-bodies.ts'
import { ENFORCED, SHAPES } from './error-rows-credentials.ts'
import { PATHS } from './error-rows-paths.ts'
import { shared } from './material.ts'

const { text, skip } = shared('contract/ERRORS.md')

for (const [auth, rows] of [
  ['any', { ...SHAPES, ...PATHS, ...BODIES }],
  ['enforce', { ...SHAPES, ...ENFORCED, ...PATHS, ...BODIES }],
] as const satisfies [string, Rows][]) {
  test(`every row is provoked, with credentials of the kind '${auth}'`, async (t) => {
    const app = await enforcing(t, { auth })
    for (const [key, [expected, ...asks]] of Object.entries<Rows[string]>(rows)) {
      await t.test(key, async (t) => {
        for (const ask of asks) {
          app.worlds.reset()
          const reply = await ask(app, (options) => enforcing(t, options))
          const outcome: Expected = reply.status < 400 ? reply.status : failureOf(reply)
          assert.deepEqual(outcome, expected, reply.text)
        }
      })
    }
  })
}

/** Rows that no operation of ours is meant by, or that another row has taken the place of. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  '2.2 Unknown token on services behind the newer gateway':
    'of the operations here, only audit logs and organizations are',
  '2.2 the same, others again': 'seen of other products',
  '3 the same, older form': 'the form of 2018',
  '3 Unknown subscription id: DELETE': 'seen once; the row behind it is preferred',
  '4 Tenant customer fields too long': 'customers of tenants are not simulated',
}

/** Rows whose cells tell something else than the code and the words of one failure. */
const TOLD_OTHERWISE: readonly string[] = [
  '4 PUT with roles as plain strings',
  '8 The same on verification',
  '8 Body too large',
]

test('every published row is provoked, and says what is expected', { skip }, () => {
  const published = readRows(text)
  const provoked: Rows = { ...SHAPES, ...ENFORCED, ...PATHS, ...BODIES }
  assert.deepEqual(published.map(({ key }) => key).sort(), Object.keys({ ...provoked, ...LEFT_OUT }).sort())
  for (const row of published) {
    const [expected] = provoked[row.key] ?? []
    if (expected === undefined) continue
    assert.equal(contradictions(row, expected).length, TOLD_OTHERWISE.includes(row.key) ? 1 : 0, row.key)
  }
})
