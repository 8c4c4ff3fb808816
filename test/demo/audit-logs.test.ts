/** The audit logs of made-up accounts tell what can have happened, and tell it as the simulator would. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { auditRows } from '../../fixtures/demo/audit-logs.ts'
import type { AccountStory } from '../../fixtures/demo/story.ts'
import type { AuditLogRow } from '../../schemas/audit-logs.ts'
import { rowChecks } from '../../server/state/row-checks.ts'
import { faultsOf } from './audit-consistency.ts'
import { DAY, groundOf, planOf, storyOf, UNTIL } from './small-story.ts'

const seed = fc.integer({ min: 1, max: 100_000 })
const shape = fc.record({ members: fc.nat(30), age: fc.constantFrom(3, 90, 364, 500, 2000) })
const logOf = (story: AccountStory, days: number, number = 1): AuditLogRow[] =>
  auditRows(story, planOf(days, story.stays.length), groundOf(number))

test('a log tells of nobody who was not there, of nothing that is gone, and of no secret', () => {
  const check = rowChecks.audit_logs
  assert.ok(check)
  fc.assert(
    fc.property(seed, shape, fc.constantFrom(1, 30, 365, 540), (number, options, days) => {
      const story = storyOf(number, options)
      const log = logOf(story, days, number)
      assert.deepEqual(faultsOf(log, story, planOf(days, options.members)), [])
      for (const row of log) assert.equal(check(row), undefined, JSON.stringify(row))
    }),
    { numRuns: 40, seed: 7 },
  )
})

test('the same seed gives the same log, and another seed another', () => {
  const story = storyOf(3, { members: 10, age: 500 })
  assert.deepEqual(logOf(story, 90), logOf(story, 90))
  assert.notDeepEqual(logOf(story, 90, 2), logOf(story, 90, 1))
})

test('how far a log goes back changes nothing that is drawn after it', () => {
  const story = storyOf(3, { members: 10, age: 500 })
  const [short, long] = [groundOf(1), groundOf(1)]
  auditRows(story, planOf(0, 10), short)
  auditRows(story, planOf(365, 10), long)
  assert.equal(short.random.state, long.random.state)
})

test('a year has some sixty entries for few members, two hundred for many', () => {
  for (const [members, least, most] of [
    [0, 55, 130],
    [11, 90, 200],
    [60, 180, 360],
  ] as const) {
    const { length } = logOf(storyOf(5, { members, age: 1500 }), 365)
    assert.ok(length >= least && length <= most, `${members} members: ${length} entries`)
  }
})

test('no days, no entries; and none before there was an account', () => {
  const story = storyOf(1, { members: 5, age: 10 })
  assert.deepEqual(logOf(story, 0), [])
  const log = logOf(story, 365)
  assert.equal(log[0]?.action.description, 'Create Account')
  assert.ok(log.every(({ action }) => Date.parse(action.time) >= UNTIL - 10 * DAY))
})

test('three thousand people who were invited within the year do not hide everything else', () => {
  const story = storyOf(2, { members: 3_000, age: 365 })
  const log = logOf(story, 365)
  assert.ok(log.length < 500, `${log.length} entries`)
  const products = new Set(log.map(({ resource }) => resource?.product))
  assert.ok(products.size > 8, [...products].join())
  assert.deepEqual(faultsOf(log, story, planOf(365, 3_000)), [])
})

test('people work on working days and by day, programs where their tokens may be used', () => {
  const log = [11, 12, 13, 14].flatMap((number) => logOf(storyOf(number, { members: 25, age: 900 }), 365))
  const weekend = log.filter(({ action }) => [0, 6].includes(new Date(action.time).getUTCDay()))
  assert.ok(weekend.length < log.length / 5, `${weekend.length} of ${log.length} at weekends`)
  const programs = log.filter(({ actor }) => actor?.type === 'account')
  assert.ok(programs.length > 5, `${programs.length} entries by tokens`)
  for (const { actor, resource } of programs) {
    assert.ok(['dns_records', 'workers', 'cache', 'rulesets'].includes(resource?.product ?? ''), resource?.product)
    if (actor?.token_name === 'token 1') assert.match(actor.ip_address ?? '', /^198\.51\.100\.(6[4-9]|7\d)$/)
  }
})

test('no token is used for what it is refused', () => {
  const purged = { 'example.com': 0, 'shop.example.com': 0 }
  for (let number = 1; number <= 60; number += 1) {
    for (const { actor, resource, zone } of logOf(storyOf(number, { members: 1, age: 700 }), 365)) {
      if (actor?.token_name !== 'terraform' || resource?.product !== 'cache' || !zone) continue
      purged[zone.name as keyof typeof purged] += 1
    }
  }
  assert.equal(purged['example.com'], 0)
  assert.ok(purged['shop.example.com'] > 3, String(purged['shop.example.com']))
})

test('what was set last is what the account has', () => {
  let switched = 0
  for (let number = 1; number <= 30; number += 1) {
    const story = storyOf(number, { members: 4, age: 700 })
    const last = logOf(story, 365).findLast(({ action }) => action.description === 'Update Account')
    if (!last) continue
    switched += 1
    const request = last.resource?.request as { settings: { enforce_twofactor: boolean } } | undefined
    assert.equal(request?.settings.enforce_twofactor, story.account.settings.enforce_twofactor)
  }
  assert.ok(switched > 10, String(switched))
})
