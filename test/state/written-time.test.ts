/** Moments as texts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inWholeSeconds } from '../../server/state/written-time.ts'

test('a moment is written in whole seconds, cut off and not rounded', () => {
  assert.equal(inWholeSeconds(Date.parse('2026-11-21T10:00:00.999Z')), '2026-11-21T10:00:00Z')
})

test('what four digits of a year cannot write is the end of the last year that they can', () => {
  assert.equal(inWholeSeconds(Date.parse('9999-12-31T23:59:59Z') + 86_400_000), '9999-12-31T23:59:59Z')
})
