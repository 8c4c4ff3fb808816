/** Moments as texts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inMilliseconds, inWholeSeconds } from '../../server/state/written-time.ts'

test('a moment is written in whole seconds, cut off and not rounded', () => {
  assert.equal(inWholeSeconds(Date.parse('2026-11-21T10:00:00.999Z')), '2026-11-21T10:00:00Z')
})

test('what four digits of a year cannot write is the end of the last year that they can', () => {
  assert.equal(inWholeSeconds(Date.parse('9999-12-31T23:59:59Z') + 86_400_000), '9999-12-31T23:59:59Z')
})

test('a moment that is written in any form is the same text in milliseconds', () => {
  for (const text of [
    '2026-11-21T09:00:00.000Z',
    '2026-11-21T09:00:00Z',
    '2026-11-21t09:00:00z',
    '2026-11-21T10:00:00+01:00',
    '2026-11-21T09:00:00.0004Z',
    '2026-11-20T21:00:00.00-12:00',
  ]) {
    assert.equal(inMilliseconds(text), '2026-11-21T09:00:00.000Z', text)
  }
})

test('what names no moment stays as it is written', () => {
  for (const text of ['', 'noon', '2016-12-31T23:59:60.000+01:00']) assert.equal(inMilliseconds(text), text)
})
