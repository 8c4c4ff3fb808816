/** What is agreed on in a subscription, whoever subscribes. CONTRACT.md §9.5, ERRORS.md §7.6. */
import { ratePlans, type Subscription } from '../../schemas/subscriptions.ts'
import { fail } from '../errors.ts'
import type { World } from '../state/world.ts'
import { periodEnd, priceOf } from './periods.ts'

type Frequency = NonNullable<Subscription['frequency']>
type PlanId = NonNullable<NonNullable<Subscription['rate_plan']>['id']>

/** What a client leaves out of a new subscription. */
const UNLESS_TOLD = { frequency: 'monthly', rate_plan: { id: 'free' } } as const

/** Plans that come back under another id (ERRORS.md §7.6). */
const RENAMED: Readonly<Record<string, PlanId>> = { partners_ent: 'enterprise' }

/**
 * What a new subscription is, from what was asked for: monthly, and to the free plan, unless told otherwise.
 * @throws ApiFailure for a rate plan that there is not
 */
export function begun(asked: Subscription, world: World): Omit<Subscription, 'id'> {
  return { state: 'Paid', currency: 'USD', ...terms(asked, UNLESS_TOLD, world.clock.seconds(), world) }
}

/**
 * A subscription with other terms. Its period goes on from where it began.
 * @throws ApiFailure for a rate plan that there is not
 */
export function changed<Row extends Subscription>(row: Row, asked: Subscription, world: World): Row {
  return { ...row, ...terms(asked, row, row.current_period_start ?? world.clock.seconds(), world) }
}

/** What a subscription costs and how long it runs, from what was asked for and what it was before. */
function terms(asked: Subscription, before: Subscription, start: string, world: World): Subscription {
  const named = asked.rate_plan?.id ?? before.rate_plan?.id ?? 'free'
  const id = RENAMED[named] ?? named
  // Plans are written in lower and in upper case (ERRORS.md §7.6).
  const catalogue = world.store.table(ratePlans)
  const plan = catalogue.get(named) ?? catalogue.get(named.toUpperCase()) ?? catalogue.get(named.toLowerCase())
  if (!plan) throw fail('UNKNOWN_RATE_PLAN', { id: named })
  const frequency: Frequency = asked.frequency ?? before.frequency ?? 'monthly'
  const known = {
    public_name: plan.public_name,
    currency: plan.currency,
    scope: plan.scope,
    externally_managed: false,
    is_contract: plan.is_contract,
    sets: [],
  }
  const kept = id === before.rate_plan?.id ? before.rate_plan : {}
  return {
    frequency,
    price: priceOf(plan.monthly_price, frequency),
    current_period_start: start,
    current_period_end: periodEnd(start, frequency),
    rate_plan: { ...known, ...kept, ...asked.rate_plan, id },
  }
}
