/** The audit logs of made-up organizations and users. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { organizationRows, userRows } from '../../fixtures/demo/audit-owners.ts'
import type { OrganizationStory, UserStory } from '../../fixtures/demo/story.ts'
import { rowChecks } from '../../server/state/row-checks.ts'
import { DAY, groundOf, planOf, storyOf, UNTIL } from './small-story.ts'

const written = (time: number) => new Date(time).toISOString()
const { stays, tokens } = storyOf(1, { members: 2, age: 300 })
const [made_by, added] = stays.map(({ user }) => user)
assert.ok(made_by && added)
const plan = planOf(365, 3)

const organization: OrganizationStory = {
  organization: {
    id: '0123456789abcdef0123456789abcdef',
    name: 'Example Holding',
    create_time: written(UNTIL - 200 * DAY),
    profile: {
      business_name: 'Example Holding',
      business_email: 'office@example.com',
      business_phone: '+1 202 555 0100',
      business_address: '1 Example Street',
      external_metadata: '',
    },
  },
  created_on: UNTIL - 200 * DAY,
  made_by,
  members: [made_by, added].map((user, index) => ({
    row: {
      id: `m${index}`,
      organization_id: '0123456789abcdef0123456789abcdef',
      status: 'active',
      user: { id: user.id, email: user.email },
      create_time: written(UNTIL - (200 - index) * DAY),
      update_time: written(UNTIL - (200 - index) * DAY),
    },
    added_on: UNTIL - (200 - index) * DAY,
    ...(index > 0 && { added_by: made_by }),
  })),
}

const user: UserStory = {
  user: { ...made_by, telephone: '+1 202 555 0101' },
  tokens: tokens.slice(0, 2).map(({ row }, index) => ({
    row: { ...row, owner_id: made_by.id },
    made_on: UNTIL - (500 - 400 * index) * DAY,
    ...(index === 0 && { disabled_on: UNTIL - 50 * DAY }),
  })),
  subscriptions: [],
}

test('the log of an organization tells who made it, who was added and how it was described', () => {
  const log = organizationRows(organization, plan, groundOf(1))
  const words = log.map(({ action, actor }) => [action.description, actor?.email])
  assert.deepEqual(words.slice(0, 2), [
    ['Create Organization', 'founder@example.com'],
    ['Create Organization Member', 'founder@example.com'],
  ])
  assert.deepEqual(words.slice(2), [['Modify Organization Profile', 'founder@example.com']])
  const check = rowChecks.organization_audit_logs
  for (const row of log) assert.equal(check?.(row), undefined, JSON.stringify(row))
  assert.deepEqual(log[1]?.resource, {
    id: 'm1',
    product: 'members',
    type: 'member',
    request: { member: { user: { email: added.email } } },
    response: { id: 'm1' },
    scope: { type: 'organizations', id: organization.organization.id },
  })
})

test('the log of a user tells of their own tokens, without the values, as far as it goes back', () => {
  const log = userRows(user, plan, groundOf(1))
  const words = log.map(({ action }) => action.description).sort()
  assert.deepEqual(words, ['Create Token', 'Edit User', 'Update Token'])
  const late = userRows(user, planOf(60, 3), groundOf(1)).map(({ action }) => action.description)
  assert.ok(late.includes('Update Token') && !late.includes('Create Token'), late.join())
  assert.equal(JSON.stringify(log).includes('sha256'), false)
  const check = rowChecks.user_audit_logs
  for (const row of log) {
    assert.equal(check?.(row), undefined, JSON.stringify(row))
    assert.deepEqual(
      [row.user.id, row.actor?.id, row.resource?.scope],
      [made_by.id, made_by.id, { type: 'user', id: made_by.id }],
    )
  }
  assert.deepEqual(userRows({ user: made_by, tokens: [], subscriptions: [] }, plan, groundOf(1)), [])
})
