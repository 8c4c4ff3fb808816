/** Subscriptions of users to rate plans. EXTENDED.md §10. */
import { type Static, Type } from 'typebox'
import { Id } from './fields.ts'
import { operation } from './operation.ts'
import { BILLING_READ, BILLING_WRITE } from './permissions.ts'
import { DeletedSubscription, Subscription, SubscriptionId } from './subscriptions.ts'
import { table } from './table.ts'

/** A subscription of a user as it is kept. */
export const UserSubscriptionRow = Type.Object({ ...Subscription.properties, id: Id(), user_id: Type.String() })
export type UserSubscriptionRow = Static<typeof UserSubscriptionRow>

export const userSubscriptions = table('user_subscriptions', UserSubscriptionRow, { owner: 'user_id' })

const params = Type.Object({ identifier: SubscriptionId })
const security = ['api_token', 'api_key'] as const

export const operations = {
  list: operation({
    id: 'user-subscription-get-user-subscriptions',
    method: 'GET',
    path: '/user/subscriptions',
    summary: 'Get User Subscriptions',
    description: 'All subscriptions of the user, on one page.',
    neighbour: true,
    family: 'billing',
    permissions: BILLING_READ,
    security,
    result: Type.Array(Subscription),
    paging: 'single',
  }),

  create: operation({
    id: 'user-subscription-create-user-subscription',
    method: 'POST',
    path: '/user/subscriptions',
    summary: 'Create User Subscription',
    description: 'Subscribes the user to a rate plan. Monthly, and to the free plan, unless told otherwise.',
    neighbour: true,
    family: 'billing',
    permissions: BILLING_WRITE,
    security,
    body: Subscription,
    // The contract says object or string; SDKs expect the subscription (EXTENDED.md §10).
    result: Subscription,
  }),

  update: operation({
    id: 'user-subscription-update-user-subscription',
    method: 'PUT',
    path: '/user/subscriptions/:identifier',
    summary: 'Update User Subscription',
    description: 'Changes the frequency or the rate plan of a subscription.',
    neighbour: true,
    family: 'billing',
    permissions: BILLING_WRITE,
    security,
    params,
    body: Subscription,
    result: Subscription,
  }),

  delete: operation({
    id: 'user-subscription-delete-user-subscription',
    method: 'DELETE',
    path: '/user/subscriptions/:identifier',
    summary: 'Delete User Subscription',
    neighbour: true,
    family: 'billing',
    permissions: BILLING_WRITE,
    security,
    params,
    result: DeletedSubscription,
    besideResult: ['subscription_id'],
  }),
}
