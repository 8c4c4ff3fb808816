/** Subscriptions of accounts and zones. */

import { zones } from '../../schemas/accounts.ts'
import {
  operations,
  ratePlans,
  type Subscription,
  type SubscriptionRow,
  subscriptions,
} from '../../schemas/subscriptions.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { periodEnd, priceOf } from '../rules/periods.ts'
import type { World } from '../state/world.ts'

type Frequency = NonNullable<Subscription['frequency']>

export default resource(
  'Account Subscriptions',
  operations,
  (world) => ({
    list({ params }) {
      const { account_id, zone_id = null } = ownerOf(params, world)
      return world.store.table(subscriptions, account_id).where({ zone_id }).map(present)
    },

    create({ params, body }) {
      const row: SubscriptionRow = {
        id: world.ids.id(),
        ...ownerOf(params, world),
        state: 'Paid',
        currency: 'USD',
        ...terms(body, { frequency: 'monthly', rate_plan: { id: 'free' } }, world.clock.seconds(), world),
      }
      return present(world.store.table(subscriptions).put(row))
    },

    update({ params, body }) {
      const row = found(params, world)
      const start = row.current_period_start ?? world.clock.seconds()
      return present(world.store.table(subscriptions).put({ ...row, ...terms(body, row, start, world) }))
    },

    delete({ params }) {
      const { id } = found(params, world)
      world.store.table(subscriptions).delete(id)
      return { subscription_id: id }
    },
  }),
  { '*': [['', '*', 'SUBSCRIPTION_JSON']] },
)

/** An account's own subscription; those of its zones are not reached by its path. */
function found(params: { account_id: string; subscription_identifier: string }, world: World): SubscriptionRow {
  const row = world.store.table(subscriptions, params.account_id).get(params.subscription_identifier)
  if (!row || row.zone_id !== undefined) throw fail('SUBSCRIPTION_NOT_FOUND')
  return row
}

/** What a subscription costs and how long it runs, from what was asked for and what it was before. */
function terms(asked: Subscription, before: Subscription, start: string, world: World): Partial<SubscriptionRow> {
  const id = asked.rate_plan?.id ?? before.rate_plan?.id ?? 'free'
  // Plans are written in lower and in upper case (ERRORS.md §7.6).
  const catalogue = world.store.table(ratePlans)
  const plan = catalogue.get(id) ?? catalogue.get(id.toUpperCase()) ?? catalogue.get(id.toLowerCase())
  if (!plan) throw fail('UNKNOWN_RATE_PLAN', { id })
  const frequency: Frequency = asked.frequency ?? before.frequency ?? 'monthly'
  const known = {
    public_name: plan.public_name,
    currency: plan.currency,
    scope: plan.scope,
    externally_managed: false,
    is_contract: plan.is_contract,
    sets: [],
  }
  const kept = asked.rate_plan?.id === undefined || asked.rate_plan.id === before.rate_plan?.id ? before.rate_plan : {}
  return {
    frequency,
    price: priceOf(plan.monthly_price, frequency),
    current_period_start: start,
    current_period_end: periodEnd(start, frequency),
    rate_plan: { ...known, ...kept, ...asked.rate_plan, id },
  }
}

/** Whose subscriptions a path means: an account's own, or those of a zone, which belongs to an account. */
function ownerOf(
  { accounts_or_zones, account_or_zone_id }: { accounts_or_zones: string; account_or_zone_id: string },
  world: World,
) {
  const zone = accounts_or_zones === 'zones' ? world.store.table(zones).get(account_or_zone_id) : undefined
  return zone ? { account_id: zone.account_id, zone_id: zone.id } : { account_id: account_or_zone_id }
}

function present({ account_id: _account, zone_id: _zone, ...row }: SubscriptionRow): Subscription {
  return row
}
