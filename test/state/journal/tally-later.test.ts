/** What is counted of an exchange after it was counted: another answer, or in a world that is gone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Violation } from '../../../schemas/exchanges.ts'
import { Tally } from '../../../server/state/journal/tally.ts'
import { entry, OPERATIONS } from './entries.ts'

const violation: Violation = { kind: 'unknown_parameter', in: 'query', pointer: 'x', message: 'is not allowed here.' }

/** A tally that counted one exchange. */
function one(): Tally {
  const tally = new Tally()
  tally.add(entry({ operation: 'account-creation' }))
  return tally
}

test('A status that is replaced on its way out is counted once, as the last one', () => {
  const tally = new Tally()
  const struck = entry({ operation: 'account-creation', answer: undefined })
  tally.add(struck)
  struck.answer = { status: 200, headers: {}, body: '' }
  tally.replace(undefined, struck)
  assert.deepEqual(tally.report(OPERATIONS).operations[0]?.statuses, { 200: 1 })
  struck.answer = { status: 500, headers: {}, body: '' }
  tally.replace(200, struck)
  assert.deepEqual(tally.report(OPERATIONS).operations, [
    { operation: 'account-creation', requests: 1, statuses: { 500: 1 }, violations: 0 },
  ])
})

test('What is counted after a tally was handed over is counted by its heir', () => {
  const heir = one()
  const tally = one()
  tally.handTo(heir)
  const late = entry({ operation: 'account-creation', answer: { status: 200 }, violations: [violation] })
  tally.add(late)
  late.answer = { status: 500, headers: {}, body: '' }
  tally.replace(200, late)
  tally.addUnused({ id: 'fault-1', matched: 0, struck: 0 }, 'reset')
  const { operations, violations, faults_unused: idle } = heir.report(OPERATIONS)
  assert.deepEqual(operations, [
    { operation: 'account-creation', requests: 3, statuses: { 200: 2, 500: 1 }, violations: 1 },
  ])
  assert.deepEqual([violations.length, idle.length], [1, 1])
})
