/** The life of subscriptions, told with the SDK. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT } from '../simulator.ts'
import { clientOf, collect, listening, refused, sdk } from './clients.ts'

const { BadRequestError, NotFoundError } = sdk

const account_id = ACCOUNT
const zone_id = '22b1de5f1c0e4b3ea97bb1e963b06a43'

test('a subscription is made, changed and cancelled', async (t) => {
  const { subscriptions } = clientOf(await listening(t)).accounts
  const before = await collect(subscriptions.get({ account_id }))
  const made = await subscriptions.create({ account_id, frequency: 'monthly', rate_plan: { id: 'business' } })
  assert.match(made.id ?? '', /^[0-9a-f]{32}$/)
  assert.equal(made.state, 'Paid')
  assert.equal(made.currency, 'USD')
  assert.equal(made.rate_plan?.id, 'business')
  assert.equal(made.current_period_start, '2026-11-21T10:00:00Z')
  assert.equal(made.current_period_end, '2026-12-21T10:00:00Z')
  const listed = await collect(subscriptions.get({ account_id }))
  assert.equal(listed.length, before.length + 1)
  assert.deepEqual(
    listed.find(({ id }) => id === made.id),
    made,
  )

  const id = made.id as string
  const yearly = await subscriptions.update(id, { account_id, frequency: 'yearly' })
  assert.equal(yearly.id, id)
  assert.equal(yearly.frequency, 'yearly')
  assert.equal(yearly.current_period_end, '2027-11-21T10:00:00Z')
  assert.deepEqual(yearly.rate_plan, made.rate_plan)
  assert.ok((yearly.price ?? 0) > (made.price ?? 0))
  assert.deepEqual(await subscriptions.update(id, { account_id }), yearly)

  assert.deepEqual(await subscriptions.delete(id, { account_id }), { subscription_id: id })
  assert.deepEqual(await collect(subscriptions.get({ account_id })), before)
  for (const call of [subscriptions.delete(id, { account_id }), subscriptions.update(id, { account_id })]) {
    const error = await refused(call)
    assert.ok(error instanceof NotFoundError)
    assert.deepEqual(error.errors, [{ code: 1199, message: 'Subscription not found' }])
  }
})

test('an empty body subscribes to the free plan', async (t) => {
  const { subscriptions } = clientOf(await listening(t)).accounts
  const { price, frequency, rate_plan } = await subscriptions.create({ account_id })
  assert.deepEqual([price, frequency, rate_plan?.id], [0, 'monthly', 'free'])
})

test('a zone has subscriptions of its own', async (t) => {
  const { subscriptions } = clientOf(await listening(t)).accounts
  const ofAccount = await collect(subscriptions.get({ account_id }))
  const before = await collect(subscriptions.get({ zone_id }))
  const made = await subscriptions.create({ zone_id, rate_plan: { id: 'pro' } })
  const after = await collect(subscriptions.get({ zone_id }))
  assert.equal(after.length, before.length + 1)
  assert.ok(after.some(({ id }) => id === made.id))
  assert.deepEqual(await collect(subscriptions.get({ account_id })), ofAccount)
})

test('refuses a plan that is not known', async (t) => {
  const { subscriptions } = clientOf(await listening(t)).accounts
  const error = await refused(subscriptions.create({ account_id, rate_plan: { id: 'platinum' as 'pro' } }))
  assert.ok(error instanceof BadRequestError)
  assert.deepEqual(error.errors, [{ code: 7501, message: "unknown or deprecated rate plan: 'platinum'" }])
})
