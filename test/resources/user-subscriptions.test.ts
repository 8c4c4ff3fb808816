/** Subscriptions of the user who asks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT_TOKEN, as } from '../acting.ts'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const PATH = '/user/subscriptions'
const SUBSCRIPTION = '506e3185e9c882d175a2d0cb0093d9f2'
const ALICE = as('alice@example.com')
const GONE = [404, 1199, 'Subscription not found']
const DOCUMENTED = {
  id: SUBSCRIPTION,
  price: 25,
  currency: 'USD',
  frequency: 'monthly',
  state: 'Paid',
  current_period_start: '2026-10-01T00:00:00Z',
  current_period_end: '2026-11-01T00:00:00Z',
  rate_plan: {
    id: 'pro',
    public_name: 'Pro Plan',
    currency: 'USD',
    scope: 'zone',
    externally_managed: false,
    is_contract: false,
    sets: [],
  },
}

test('lists the subscriptions of the user on one page, and those of nobody else', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET ${PATH}`)
  assert.equal(status, 200)
  assert.equal(body.result.length, 2)
  assert.deepEqual(
    body.result.find(({ id }: { id: string }) => id === SUBSCRIPTION),
    DOCUMENTED,
  )
  assert.deepEqual(body.result_info, { page: 1, per_page: 20, total_pages: 1, count: 2, total_count: 2 })
  const { result } = (await call(`GET ${PATH}`, { headers: ALICE })).body
  assert.deepEqual(
    result.map(({ rate_plan }: typeof DOCUMENTED) => rate_plan.id),
    ['free'],
  )
})

test('subscribes as the request says', async (t) => {
  const { call } = await simulator(t)
  const free = (await call(`POST ${PATH}`, { body: {} })).body.result
  assert.deepEqual([free.frequency, free.price, free.rate_plan.id, free.state], ['monthly', 0, 'free', 'Paid'])
  const made = await call(`POST ${PATH}`, { body: { frequency: 'yearly', rate_plan: { id: 'pro' } } })
  assert.equal(made.status, 200)
  const { id, ...rest } = made.body.result
  const { id: _, ...documented } = DOCUMENTED
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.deepEqual(rest, {
    ...documented,
    price: 250,
    frequency: 'yearly',
    current_period_start: '2026-11-21T10:00:00Z',
    current_period_end: '2027-11-21T10:00:00Z',
  })
  const { result } = (await call(`GET ${PATH}`)).body
  assert.deepEqual(
    result.find((one: { id: string }) => one.id === id),
    made.body.result,
  )
})

test('changes the plan or the frequency, in the period that has begun', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`PUT ${PATH}/${SUBSCRIPTION}`, { body: { frequency: 'quarterly' } })
  assert.equal(status, 200)
  assert.deepEqual(body.result, {
    ...DOCUMENTED,
    price: 75,
    frequency: 'quarterly',
    current_period_end: '2027-01-01T00:00:00Z',
  })
  const moved = await call(`PUT ${PATH}/${SUBSCRIPTION}`, { body: { rate_plan: { id: 'business' } } })
  assert.deepEqual([moved.body.result.rate_plan.id, moved.body.result.price], ['business', 60])
})

test('leaves the subscription of an account by the same id alone', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET /accounts/${ACCOUNT}/subscriptions`)).body
  await call(`PUT ${PATH}/${SUBSCRIPTION}`, { body: { frequency: 'yearly' } })
  await call(`DELETE ${PATH}/${SUBSCRIPTION}`)
  assert.deepEqual((await call(`GET /accounts/${ACCOUNT}/subscriptions`)).body, before)
})

test('deletes a subscription, and says so in the envelope and beside it', async (t) => {
  const { call } = await simulator(t)
  const deleted = await call(`DELETE ${PATH}/${SUBSCRIPTION}`)
  assert.equal(deleted.status, 200)
  assert.deepEqual(deleted.body, {
    subscription_id: SUBSCRIPTION,
    result: { subscription_id: SUBSCRIPTION },
    success: true,
    errors: [],
    messages: [],
  })
  assert.equal((await call(`GET ${PATH}`)).body.result.length, 1)
  assert.deepEqual(failureOf(await call(`DELETE ${PATH}/${SUBSCRIPTION}`)), GONE)
  assert.deepEqual(failureOf(await call(`PUT ${PATH}/${SUBSCRIPTION}`, { body: {} })), GONE)
})

test('a placeholder stands for the documented subscription', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call(`PUT ${PATH}/identifier`, { body: {} })
  assert.equal(body.result.id, SUBSCRIPTION)
})

test('refuses what does not fit, and changes nothing', async (t) => {
  const { call } = await simulator(t)
  const before = await call(`GET ${PATH}`)
  const decode = [400, 1198, 'Failed to decode the JSON body']
  const user = [403, 9109, 'Valid user-level authentication not found']
  const rows: [request: string, options: { body?: unknown; headers?: Record<string, string> }, expected: unknown[]][] =
    [
      [`POST ${PATH}`, { body: { rate_plan: { id: 'none' } } }, [400, 7501, "unknown or deprecated rate plan: 'none'"]],
      [`POST ${PATH}`, { body: '{' }, decode],
      [`POST ${PATH}`, { body: '' }, decode],
      [`POST ${PATH}`, { body: {}, headers: ACCOUNT_TOKEN }, user],
      [`GET ${PATH}`, { headers: ACCOUNT_TOKEN }, user],
      [`PUT ${PATH}/${SUBSCRIPTION}`, { body: [] }, decode],
      [`PUT ${PATH}/${UNKNOWN}`, { body: {} }, GONE],
      [`PUT ${PATH}/${SUBSCRIPTION}`, { body: {}, headers: ALICE }, GONE],
      [`DELETE ${PATH}/${SUBSCRIPTION}`, { headers: ALICE }, GONE],
      [`DELETE ${PATH}/${UNKNOWN}`, {}, GONE],
      [
        `DELETE ${PATH}/short`,
        {},
        [400, 7003, `Could not route to /client/v4${PATH}/short, perhaps your object identifier is invalid?`],
      ],
    ]
  for (const [request, options, expected] of rows) {
    await t.test(`${request} ${JSON.stringify(options)}`, async () => {
      assert.deepEqual(failureOf(await call(request, options)), expected)
    })
  }
  assert.deepEqual((await call(`GET ${PATH}`)).body, before.body)
})
