/** The stories that made-up accounts are written from: who was there, and what they did, in an order that can be. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { placeOf } from '../../fixtures/demo/accounts.ts'
import { companyOf } from '../../fixtures/demo/companies.ts'
import { makingOf } from '../../fixtures/demo/making.ts'
import { householdOf } from '../../fixtures/demo/members.ts'
import { userStory } from '../../fixtures/demo/own-things.ts'
import type { Stay } from '../../fixtures/demo/story.ts'
import { ordersOf } from '../../fixtures/demo/subscriptions.ts'
import { tokenLives } from '../../fixtures/demo/tokens.ts'
import { groupsOf } from '../../fixtures/demo/user-groups.ts'
import { periodEnd } from '../../server/rules/periods.ts'
import { groundOf, planOf } from './worlds.ts'

const SUPER = 'Super Administrator - All Privileges'

/** How times are compared: those of rows with those of stories. */
const timeOf = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time))

/** That moments do not go back; those that there are not are left out. */
function inOrder(what: string, ...times: (number | undefined)[]): void {
  const there = times.filter((time) => time !== undefined)
  assert.deepEqual(
    there,
    there.toSorted((one, other) => one - other),
    what,
  )
}

/** That somebody was there at a time, and managed the account. */
function managed(what: string, stay: Stay | undefined, time: number): void {
  assert.ok(stay, `${what}: by nobody`)
  assert.ok(stay.roles.includes(SUPER), `${what}: ${stay.user.email} is no Super Administrator`)
  assert.ok(stay.from < time && time < (stay.until ?? Infinity), `${what}: ${stay.user.email} was not there`)
}

test('whoever does something in an account is there at that time and may do it, and nothing is before its time', () => {
  const met = { stays: 0, left: 0, pending: 0, tokens: 0, deleted: 0, rolled: 0, orders: 0, groups: 0 }
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.record({ people: fc.nat(25), secrets: fc.nat(12) }),
      fc.constantFrom('2026-11-01T00:00:00Z', '2024-02-29T12:34:56Z', '2000-01-01T00:00:00Z'),
      (seed, { people, secrets }, end) => {
        const until = Date.parse(end)
        const making = makingOf(planOf({ until, members_per_account: people }), groundOf(seed))
        const company = companyOf(6, making)
        for (const { organization, created_on, members } of company.organizations) {
          for (const { added_on, changed_on } of members)
            inOrder(organization.name, created_on, added_on, changed_on, until)
        }
        for (const site of company.sites) {
          const place = placeOf(company, site, making)
          const { row: account, created_on } = place
          inOrder(account.name, site.since, created_on, until)
          const household = householdOf(place, people, making)
          const { stays, rows } = household
          assert.equal(rows.length, people)
          for (const [index, stay] of stays.entries()) {
            const { user, invited_by, invited_on, from, removed_by, row } = stay
            met.stays += 1
            inOrder(user.email, created_on, invited_on, Number.isFinite(from) ? from : undefined, stay.until, until)
            assert.equal(row === undefined, stay.until !== undefined, 'whoever left has no row')
            if (index === 0) assert.equal(invited_by, undefined)
            else managed(`invited ${user.email}`, invited_by, invited_on)
            if (invited_by) assert.ok(stays.indexOf(invited_by) < index)
            if (stay.until !== undefined && people > 0) managed(`removed ${user.email}`, removed_by, stay.until)
            if (row) assert.equal(row.status, Number.isFinite(from) ? 'accepted' : 'pending')
            met.left += row ? 0 : 1
            met.pending += Number.isFinite(from) ? 0 : 1
          }
          const lives = tokenLives(place, household, secrets, making)
          assert.equal(lives.filter(({ deleted }) => !deleted).length, secrets)
          assert.equal(new Set(lives.map(({ row }) => row.name)).size, lives.length)
          for (const { row, made_by, made_on, rolls, disabled, deleted } of lives) {
            met.tokens += 1
            managed(`made ${row.name}`, made_by, made_on)
            const changes = [...rolls, ...[disabled ?? []].flat(), ...[deleted ?? []].flat()]
            for (const { by, time } of changes) managed(`changed ${row.name}`, by, time)
            inOrder(row.name, created_on, made_on, ...changes.map(({ time }) => time), until)
            inOrder(row.name, made_on, timeOf(row.modified_on), until)
            inOrder(
              row.name,
              made_on,
              rolls.at(-1)?.time,
              timeOf(row.last_used_on),
              disabled?.time ?? deleted?.time ?? until,
            )
            if (row.expires_on) inOrder(row.name, made_on, timeOf(row.last_used_on), timeOf(row.expires_on))
            if (row.not_before) assert.equal(row.last_used_on, undefined)
            assert.ok(row.policies.length > 0 && row.policies.every((policy) => policy.permission_groups.length > 0))
            met.deleted += deleted ? 1 : 0
            met.rolled += rolls.length
          }
          for (const { row, ordered_by, ordered_on } of ordersOf(place, household, making)) {
            met.orders += 1
            const { current_period_start = '', current_period_end, frequency = '' } = row
            inOrder('ordered', created_on, ordered_on, timeOf(current_period_start), until)
            assert.equal(current_period_end, periodEnd(current_period_start, frequency))
            assert.ok(ordered_by.from < ordered_on && ordered_on < (ordered_by.until ?? Infinity))
            assert.ok(ordered_by.roles.includes(SUPER) || ordered_by.roles.includes('Billing'))
          }
          const { groups, members } = groupsOf(place, household, making)
          const since = new Map(groups.map(({ id, created_on }) => [id, created_on]))
          for (const group of groups)
            inOrder(group.name, created_on, timeOf(group.created_on), timeOf(group.modified_on), until)
          for (const { member_id, user_group_id, created_at } of members) {
            const from = stays.find((stay) => stay.member_id === member_id)?.from
            inOrder('in a group', from, timeOf(created_at), until)
            inOrder('in a group', timeOf(since.get(user_group_id)), timeOf(created_at))
          }
          met.groups += groups.length
        }
        for (const user of company.staff) {
          const { tokens, subscriptions } = userStory(user, company.founded, making)
          for (const { row, made_on, disabled_on } of tokens) {
            inOrder(
              row.name,
              company.founded,
              made_on,
              timeOf(row.last_used_on),
              disabled_on ?? timeOf(row.expires_on),
              until,
            )
            assert.equal(row.owner_id, user.id)
          }
          for (const { row, ordered_on } of subscriptions) {
            inOrder('own', company.founded, ordered_on, timeOf(row.current_period_start), until)
          }
        }
      },
    ),
    { numRuns: 25, seed: 17 },
  )
  for (const [what, count] of Object.entries(met)) assert.ok(count > 20, `only ${count} ${what}`)
})
