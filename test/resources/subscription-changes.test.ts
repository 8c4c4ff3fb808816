/** Subscriptions: changing and cancelling them, and what is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SubscriptionRow } from '../../schemas/subscriptions.ts'
import { ACCOUNT, failureOf, simulator } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/subscriptions`
const SUBSCRIPTION = '506e3185e9c882d175a2d0cb0093d9f2'
const PLAN = {
  id: 'business',
  public_name: 'Business Plan',
  currency: 'USD',
  scope: 'zone',
  externally_managed: false,
  is_contract: false,
  sets: [],
}
const MONTHLY = {
  id: SUBSCRIPTION,
  price: 20,
  currency: 'USD',
  frequency: 'monthly',
  state: 'Paid',
  current_period_start: '2026-10-01T00:00:00Z',
  current_period_end: '2026-11-01T00:00:00Z',
  rate_plan: PLAN,
}
const YEARLY = { ...MONTHLY, frequency: 'yearly', price: 200, current_period_end: '2027-10-01T00:00:00Z' }
const PRO = { ...PLAN, id: 'pro', public_name: 'Pro Plan' }

test('an update changes what it names', async (t) => {
  const rows: [title: string, body: object, expected: object][] = [
    ['the frequency, and with it price and period', { frequency: 'yearly', rate_plan: { id: 'business' } }, YEARLY],
    ['the frequency alone', { frequency: 'yearly' }, YEARLY],
    ['the plan alone', { rate_plan: { id: 'pro' } }, { ...MONTHLY, price: 25, rate_plan: PRO }],
    [
      'a word of the plan',
      { rate_plan: { public_name: 'Mine' } },
      {
        ...MONTHLY,
        rate_plan: { ...PLAN, public_name: 'Mine' },
      },
    ],
    ['nothing', {}, MONTHLY],
    ['nothing that only the server sets', { id: 'x', price: 1, state: 'Expired', currency: 'EUR' }, MONTHLY],
    ['nothing that nobody knows', { color: 'red' }, MONTHLY],
    ['nor inside a plan', { rate_plan: { color: 'red' } }, MONTHLY],
  ]
  for (const [title, body, expected] of rows) {
    await t.test(title, async (t) => {
      const { call } = await simulator(t)
      const changed = await call(`PUT ${PATH}/${SUBSCRIPTION}`, { body })
      assert.equal(changed.status, 200, changed.text)
      assert.deepEqual(changed.body.result, expected)
      const listed = (await call(`GET ${PATH}`)).body.result
      assert.deepEqual(
        listed.find(({ id }: SubscriptionRow) => id === SUBSCRIPTION),
        expected,
      )
    })
  }
})

test('plans are known in lower and in upper case, and come back as they were named', async (t) => {
  const { call } = await simulator(t)
  for (const id of ['STREAM_BASIC', 'stream_basic', 'LITE', 'workers_paid']) {
    const { result } = (await call(`PUT ${PATH}/${SUBSCRIPTION}`, { body: { rate_plan: { id } } })).body
    assert.equal(result.rate_plan.id, id)
  }
})

test('a plan keeps its own words only as long as it is the plan', async (t) => {
  const { call } = await simulator(t)
  const change = async (rate_plan: object) =>
    (await call(`PUT ${PATH}/${SUBSCRIPTION}`, { body: { rate_plan } })).body.result.rate_plan
  await change({ public_name: 'Mine' })
  assert.deepEqual(await change({ id: 'business' }), { ...PLAN, public_name: 'Mine' })
  assert.deepEqual(await change({ id: 'pro' }), PRO)
})

test('cancels a subscription, which is not found afterwards', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`DELETE ${PATH}/${SUBSCRIPTION}`)
  assert.equal(status, 200)
  assert.deepEqual(body.result, { subscription_id: SUBSCRIPTION })
  for (const [method, request] of [['PUT', {}], ['DELETE']] as const) {
    const answer = await call(`${method} ${PATH}/${SUBSCRIPTION}`, { body: request })
    assert.deepEqual(failureOf(answer), [404, 1199, 'Subscription not found'])
  }
  const listed = (await call(`GET ${PATH}`)).body.result
  assert.ok(listed.every(({ id }: SubscriptionRow) => id !== SUBSCRIPTION))
})

const UNREADABLE = [400, 1198, 'Failed to decode the JSON body']
const unknown = (id: string) => [400, 7501, `unknown or deprecated rate plan: '${id}'`]
const invalid = (problem: string) => [400, 1001, `Invalid request body: ${problem}`]

test('refuses bodies that do not fit', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, body: unknown, expected: unknown[]][] = [
    ['no JSON', '{', UNREADABLE],
    ['nothing', '', UNREADABLE],
    ['no body', undefined, UNREADABLE],
    ['a list', [], UNREADABLE],
    ['null', 'null', UNREADABLE],
    ['a plan that there is not', { rate_plan: { id: 'gold' } }, unknown('gold')],
    ['a plan of no name', { rate_plan: { id: '' } }, unknown('')],
    ['a plan that is a text', { rate_plan: 'pro' }, invalid('/rate_plan must be object')],
    ['a plan that is a number', { rate_plan: { id: 5 } }, invalid('/rate_plan/id must be string')],
    [
      'a frequency that there is not',
      { frequency: 'daily' },
      invalid('/frequency must be equal to one of the allowed values'),
    ],
    ['a frequency of null', { frequency: null }, invalid('/frequency must be string')],
    ['sets that are no list', { rate_plan: { id: 'pro', sets: 'a' } }, invalid('/rate_plan/sets must be array')],
  ]
  const count = (await call(`GET ${PATH}`)).body.result.length
  for (const request of [`POST ${PATH}`, `PUT ${PATH}/${SUBSCRIPTION}`]) {
    for (const [title, body, expected] of rows) {
      await t.test(`${request.split(' ')[0]}: ${title}`, async () => {
        assert.deepEqual(failureOf(await call(request, { body })), expected)
      })
    }
  }
  const { result } = (await call(`GET ${PATH}`)).body
  assert.equal(result.length, count)
  assert.deepEqual(
    result.find(({ id }: SubscriptionRow) => id === SUBSCRIPTION),
    MONTHLY,
  )
})
