/** Subscriptions of accounts and zones to rate plans. CONTRACT.md §8.7 and §9.5. */
import { type Static, Type } from 'typebox'
import { DateTime, Id, oneOf, readOnly, ShortId, tolerated } from './fields.ts'
import { operation } from './operation.ts'
import { BILLING_READ, BILLING_WRITE } from './permissions.ts'
import { table } from './table.ts'

export const SubscriptionId = ShortId({
  description: 'Subscription identifier.',
  example: '506e3185e9c882d175a2d0cb0093d9f2',
})
const OwnerId = ShortId({ description: 'Identifier.', example: '023e105f4ecef8ad9ca31a8372d0c353' })

/** The live service has more plans than the published list; the catalogue holds those that are known. */
const RatePlanId = tolerated(
  oneOf([
    'free',
    'lite',
    'pro',
    'pro_plus',
    'business',
    'enterprise',
    'partners_free',
    'partners_pro',
    'partners_business',
    'partners_enterprise',
  ]),
  Type.String(),
)

export const RatePlan = Type.Object(
  {
    id: Type.Optional(RatePlanId),
    public_name: Type.Optional(Type.String({ example: 'Business Plan' })),
    currency: Type.Optional(Type.String({ example: 'USD' })),
    scope: Type.Optional(Type.String({ example: 'zone' })),
    externally_managed: Type.Optional(Type.Boolean()),
    is_contract: Type.Optional(Type.Boolean()),
    sets: Type.Optional(Type.Array(Type.String())),
  },
  { title: 'RatePlan' },
)

/** `not-applicable` is seen live, outside the published list (ERRORS.md §7.6). */
const Frequency = tolerated(
  oneOf(['weekly', 'monthly', 'quarterly', 'yearly'], { description: 'How often it is billed.' }),
  oneOf(['weekly', 'monthly', 'quarterly', 'yearly', 'not-applicable']),
)

const State = oneOf(['Trial', 'Provisioned', 'Paid', 'AwaitingPayment', 'Cancelled', 'Failed', 'Expired'])

export const Subscription = Type.Object(
  {
    id: Type.Optional(readOnly(SubscriptionId)),
    price: Type.Optional(Type.Number({ description: 'In US dollars, for one period.', readOnly: true })),
    currency: Type.Optional(Type.String({ readOnly: true, example: 'USD' })),
    frequency: Type.Optional(Frequency),
    state: Type.Optional(readOnly(State)),
    current_period_start: Type.Optional(DateTime({ readOnly: true })),
    current_period_end: Type.Optional(DateTime({ readOnly: true })),
    rate_plan: Type.Optional(RatePlan),
  },
  { title: 'Subscription' },
)
export type Subscription = Static<typeof Subscription>

/** What a deletion answers. */
export const DeletedSubscription = Type.Object(
  { subscription_id: Type.Optional(SubscriptionId) },
  { title: 'DeletedSubscription' },
)

/** A subscription as it is kept: an account's, or that of one of its zones. */
export const SubscriptionRow = Type.Object({
  ...Subscription.properties,
  id: Id(),
  account_id: Type.String(),
  zone_id: Type.Optional(Type.String()),
})
export type SubscriptionRow = Static<typeof SubscriptionRow>

export const subscriptions = table('subscriptions', SubscriptionRow, { owner: 'account_id' })

/** The catalogue of rate plans. Prices are not published: they are this project's own. */
export const ratePlans = table(
  'rate_plans',
  Type.Object({
    id: Type.String(),
    public_name: Type.String(),
    currency: Type.String(),
    scope: Type.String(),
    is_contract: Type.Boolean(),
    monthly_price: Type.Number({ description: 'In US dollars; an assumption.' }),
  }),
)

const params = Type.Object({
  accounts_or_zones: Type.String({ description: '`accounts` or `zones`.' }),
  account_or_zone_id: OwnerId,
})
const subscriptionParams = Type.Object({ subscription_identifier: SubscriptionId, account_id: OwnerId })
const security = ['api_token', 'api_key'] as const

// The contract leaves these two without an operationId; the names are those that operations.json suggests.
export const operations = {
  list: operation({
    id: 'account-subscriptions-list-subscriptions',
    method: 'GET',
    path: '/:accounts_or_zones(^accounts$|^zones$)/:account_or_zone_id/subscriptions',
    summary: 'List Subscriptions',
    description: 'All subscriptions of an account or a zone, on one page.',
    family: 'billing',
    permissions: BILLING_READ,
    security,
    params,
    result: Type.Array(Subscription),
    paging: 'single',
  }),

  create: operation({
    id: 'account-subscriptions-create-subscription',
    method: 'POST',
    path: '/:accounts_or_zones(^accounts$|^zones$)/:account_or_zone_id/subscriptions',
    summary: 'Create Subscription',
    description:
      'Subscribes an account or a zone to a rate plan. Monthly, and to the free plan, unless told otherwise.',
    family: 'billing',
    permissions: BILLING_WRITE,
    security,
    params,
    body: Subscription,
    result: Subscription,
  }),

  update: operation({
    id: 'account-subscriptions-update-subscription',
    method: 'PUT',
    path: '/accounts/:account_id/subscriptions/:subscription_identifier',
    summary: 'Update Subscription',
    description: 'Changes the frequency or the rate plan of a subscription.',
    family: 'billing',
    permissions: BILLING_WRITE,
    security,
    params: subscriptionParams,
    body: Subscription,
    result: Subscription,
  }),

  delete: operation({
    id: 'account-subscriptions-delete-subscription',
    method: 'DELETE',
    path: '/accounts/:account_id/subscriptions/:subscription_identifier',
    summary: 'Delete Subscription',
    family: 'billing',
    permissions: BILLING_WRITE,
    security,
    params: subscriptionParams,
    result: DeletedSubscription,
  }),
}
