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
import type { World } from '../state/world.ts'

type Frequency = NonNullable<Subscription['frequency']>

/** For each frequency: how far a period reaches, and how many monthly prices it costs. Prices are an assumption. */
const PERIODS: Record<string, { days?: number; months?: number; price: number }> = {
  weekly: { days: 7, price: 0.25 },
  monthly: { months: 1, price: 1 },
  quarterly: { months: 3, price: 3 },
  yearly: { months: 12, price: 10 },
  'not-applicable': { months: 12, price: 1 },
}

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
  const { price = 1 } = PERIODS[frequency] ?? {}
  return {
    frequency,
    price: plan.monthly_price * price,
    current_period_start: start,
    current_period_end: endOf(start, frequency),
    rate_plan: { ...known, ...kept, ...asked.rate_plan, id },
  }
}

function endOf(start: string, frequency: Frequency): string {
  const end = new Date(start)
  const { days = 0, months = 0 } = PERIODS[frequency] ?? {}
  const day = end.getUTCDate()
  end.setUTCMonth(end.getUTCMonth() + months, day + days)
  // A month after 31 January is the last day of February.
  if (months > 0 && end.getUTCDate() !== day) end.setUTCDate(0)
  return `${end.toISOString().slice(0, 19)}Z`
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
