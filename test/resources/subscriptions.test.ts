/** Subscriptions of accounts and zones. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type SubscriptionRow, subscriptions } from '../../schemas/subscriptions.ts'
import { ACCOUNT, failureOf, simulator, UNKNOWN } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/subscriptions`
const ZONE = '/zones/22b1de5f1c0e4b3ea97bb1e963b06a43/subscriptions'
const SUBSCRIPTION = '506e3185e9c882d175a2d0cb0093d9f2'
const DOCUMENTED = {
  id: SUBSCRIPTION,
  price: 20,
  currency: 'USD',
  frequency: 'monthly',
  state: 'Paid',
  current_period_start: '2026-10-01T00:00:00Z',
  current_period_end: '2026-11-01T00:00:00Z',
  rate_plan: {
    id: 'business',
    public_name: 'Business Plan',
    currency: 'USD',
    scope: 'zone',
    externally_managed: false,
    is_contract: false,
    sets: [],
  },
}

test('lists all subscriptions of an account on one page, the documented one among them', async (t) => {
  const { call, worlds } = await simulator(t)
  const { status, body } = await call(`GET ${PATH}`)
  assert.equal(status, 200)
  const own = worlds.next().store.table(subscriptions, ACCOUNT).where({ zone_id: null }).all()
  assert.ok(own.length >= 25)
  assert.deepEqual(
    body.result.map(({ id }: SubscriptionRow) => id),
    own.map(({ id }) => id),
  )
  assert.deepEqual(
    body.result.find(({ id }: SubscriptionRow) => id === SUBSCRIPTION),
    DOCUMENTED,
  )
  const count = own.length
  assert.deepEqual(body.result_info, { page: 1, per_page: count, total_pages: 1, count, total_count: count })
})

test('tells that a page could hold twenty where there are fewer', async (t) => {
  const { call } = await simulator(t)
  const { body } = await call('GET /accounts/4bb334f7c94c4a29a045f03944f072e5/subscriptions')
  const count = body.result.length
  assert.ok(count > 0 && count < 20)
  assert.deepEqual(body.result_info, { page: 1, per_page: 20, total_pages: 1, count, total_count: count })
  const { body: none } = await call(
    `GET ${ZONE.replace('22b1de5f1c0e4b3ea97bb1e963b06a43', 'b0389fcca9a355bdb1f897e44f13f29a')}`,
  )
  assert.deepEqual(none.result, [])
  assert.deepEqual(none.result_info, { page: 1, per_page: 20, total_pages: 0, count: 0, total_count: 0 })
})

test('subscribes to the documented plan', async (t) => {
  const { call } = await simulator(t)
  const { frequency, rate_plan } = DOCUMENTED
  const made = await call(`POST ${PATH}`, { body: { frequency, rate_plan } })
  assert.equal(made.status, 200)
  const { id, ...rest } = made.body.result
  const { id: _, ...expected } = DOCUMENTED
  assert.match(id, /^[0-9a-f]{32}$/)
  assert.deepEqual(rest, {
    ...expected,
    current_period_start: '2026-11-21T10:00:00Z',
    current_period_end: '2026-12-21T10:00:00Z',
  })
  const { body } = await call(`GET ${PATH}`)
  assert.deepEqual(
    body.result.find((one: SubscriptionRow) => one.id === id),
    made.body.result,
  )
})

test('subscribes as the request says', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, body: object, expected: object, plan?: object][] = [
    ['nothing: the free plan, monthly', {}, { price: 0, frequency: 'monthly', state: 'Paid' }, { id: 'free' }],
    ['a plan', { rate_plan: { id: 'pro' } }, { price: 25, frequency: 'monthly' }, { public_name: 'Pro Plan' }],
    ['weekly', { rate_plan: { id: 'lite' }, frequency: 'weekly' }, { price: 1.25 }],
    ['quarterly', { rate_plan: { id: 'lite' }, frequency: 'quarterly' }, { price: 15 }],
    ['yearly, at ten times the price', { rate_plan: { id: 'business' }, frequency: 'yearly' }, { price: 200 }],
    ['at no frequency', { frequency: 'not-applicable' }, { frequency: 'not-applicable', price: 0 }],
    ['a plan outside the published list', { rate_plan: { id: 'teams_free' } }, { price: 0 }, { id: 'teams_free' }],
    [
      'a plan that comes back under another id',
      { rate_plan: { id: 'partners_ent' } },
      {},
      { id: 'enterprise', public_name: 'Partners Enterprise' },
    ],
    ['a plan in capitals', { rate_plan: { id: 'WORKERS_PAID' } }, { price: 5 }, { id: 'WORKERS_PAID' }],
    [
      'a plan that is known in capitals only',
      { rate_plan: { id: 'magic_wan' } },
      { price: 400 },
      {
        id: 'magic_wan',
        public_name: 'Magic WAN',
      },
    ],
    [
      'a plan by another name',
      { rate_plan: { id: 'pro', public_name: 'Mine', sets: ['a'] } },
      {},
      {
        public_name: 'Mine',
        sets: ['a'],
        is_contract: false,
      },
    ],
    ['a plan without an id is the free one', { rate_plan: { public_name: 'Mine' } }, { price: 0 }, { id: 'free' }],
    [
      'what only the server sets is passed over',
      { id: 'x', price: 1, state: 'Trial', currency: 'EUR' },
      {
        price: 0,
        state: 'Paid',
        currency: 'USD',
      },
    ],
    ['fields that nobody knows are passed over', { color: 'red' }, { color: undefined }],
    ['also inside a plan', { rate_plan: { id: 'pro', color: 'red' } }, { price: 25 }, { color: undefined }],
  ]
  for (const [title, body, expected, plan = {}] of rows) {
    await t.test(title, async () => {
      const made = await call(`POST ${PATH}`, { body })
      assert.equal(made.status, 200, made.text)
      const { result } = made.body
      for (const [name, value] of Object.entries(expected)) assert.deepEqual(result[name], value, name)
      for (const [name, value] of Object.entries(plan)) assert.deepEqual(result.rate_plan[name], value, name)
    })
  }
})

test('reckons the end of a period', async (t) => {
  const rows: [clock: string, frequency: string, end: string][] = [
    ['2026-11-21T10:00:00Z', 'weekly', '2026-11-28T10:00:00Z'],
    ['2026-12-28T10:00:00Z', 'weekly', '2027-01-04T10:00:00Z'],
    ['2026-11-21T10:00:00Z', 'monthly', '2026-12-21T10:00:00Z'],
    ['2026-12-31T23:59:59Z', 'monthly', '2027-01-31T23:59:59Z'],
    ['2027-01-31T10:00:00Z', 'monthly', '2027-02-28T10:00:00Z'],
    ['2028-01-31T10:00:00Z', 'monthly', '2028-02-29T10:00:00Z'],
    ['2026-11-30T10:00:00Z', 'quarterly', '2027-02-28T10:00:00Z'],
    ['2026-11-21T10:00:00Z', 'yearly', '2027-11-21T10:00:00Z'],
    ['2028-02-29T10:00:00Z', 'yearly', '2029-02-28T10:00:00Z'],
  ]
  for (const [clock, frequency, end] of rows) {
    await t.test(`${frequency} from ${clock}`, async (t) => {
      const { call } = await simulator(t, { clock })
      const { result } = (await call(`POST ${PATH}`, { body: { frequency } })).body
      assert.deepEqual([result.current_period_start, result.current_period_end], [clock, end])
    })
  }
})

test('subscribes zones, apart from accounts', async (t) => {
  const { call } = await simulator(t)
  const before = (await call(`GET ${PATH}`)).body.result.length
  const [first] = (await call(`GET ${ZONE}`)).body.result
  const { result } = (await call(`POST ${ZONE}`, { body: { rate_plan: { id: 'pro' } } })).body
  const { body } = await call(`GET ${ZONE}`)
  assert.deepEqual(
    body.result,
    [first, result].sort((a, b) => (a.id < b.id ? -1 : 1)),
  )
  assert.equal((await call(`GET ${PATH}`)).body.result.length, before)
  for (const [method, request] of [['PUT', {}], ['DELETE']] as const) {
    const answer = await call(`${method} ${PATH}/${result.id}`, { body: request })
    assert.deepEqual(failureOf(answer), [404, 1199, 'Subscription not found'])
  }
})

test('a zone and an account that share an id have each their own', async (t) => {
  const { call } = await simulator(t)
  const id = 'eb78d65290b24279ba6f44721b3ea3c4'
  const account = (await call(`GET /accounts/${id}/subscriptions`)).body.result.length
  await call(`POST /zones/${id}/subscriptions`, { body: {} })
  assert.equal((await call(`GET /zones/${id}/subscriptions`)).body.result.length, 1)
  assert.equal((await call(`GET /accounts/${id}/subscriptions`)).body.result.length, account)
})

test('does not find zones and subscriptions that there are not', async (t) => {
  const { call } = await simulator(t)
  const UNAUTHORIZED = [403, 9109, 'Unauthorized to access requested resource']
  const NOT_FOUND = [404, 1199, 'Subscription not found']
  const rows: [request: string, body: object | undefined, expected: unknown[]][] = [
    [`GET /zones/${UNKNOWN}/subscriptions`, undefined, UNAUTHORIZED],
    [`POST /zones/${UNKNOWN}/subscriptions`, {}, UNAUTHORIZED],
    [`GET /zones/${ACCOUNT}/subscriptions`, undefined, UNAUTHORIZED],
    [`PUT ${PATH}/${UNKNOWN}`, {}, NOT_FOUND],
    [`DELETE ${PATH}/${UNKNOWN}`, undefined, NOT_FOUND],
    [`PUT ${ZONE}/${SUBSCRIPTION}`, {}, [404, 7000, 'No route for that URI']],
    [`GET ${PATH}/${SUBSCRIPTION}`, undefined, [405, 7001, 'Method GET not available for that URI.']],
  ]
  for (const [request, body, expected] of rows) {
    await t.test(request, async () => {
      assert.deepEqual(failureOf(await call(request, { body })), expected)
    })
  }
})
