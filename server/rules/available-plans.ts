/** Which rate plans an account or a zone may subscribe to. ERRORS.md §4, Subscriptions. */
import { accounts } from '../../schemas/accounts.ts'
import type { Caller } from '../../schemas/operation.ts'
import { type Subscription, type SubscriptionRow, subscriptions } from '../../schemas/subscriptions.ts'
import { CORE_PLANS, TENANT_PLANS } from '../assumed.ts'
import { fail } from '../errors.ts'
import type { World } from '../state/world.ts'

const ACTIVE: ReadonlySet<SubscriptionRow['state']> = new Set(['Trial', 'Provisioned', 'Paid'])

/**
 * Refuses a plan that is not for whoever would subscribe to it: a partner's plan outside any tenant, where credentials
 * must exist, and what is added to a zone that has no plan yet.
 * @param owner the account, and the zone if it is one of its zones that subscribes
 * @param asked what was sent; without a plan there is nothing to refuse
 * @throws ApiFailure 400, 1225, or 404, 1207
 */
export function checkPlan(
  { account_id, zone_id }: Pick<SubscriptionRow, 'account_id' | 'zone_id'>,
  { rate_plan: { id } = {} }: Subscription,
  { caller, world }: { caller: Caller; world: World },
): void {
  if (id === undefined) return
  if (caller.acting && TENANT_PLANS.test(id) && !world.store.table(accounts).get(account_id)?.tenant_id) {
    throw fail('PLAN_NOT_AVAILABLE')
  }
  if (zone_id !== undefined && !CORE_PLANS.test(id) && !hasCorePlan(account_id, zone_id, world)) {
    throw fail('NO_CORE_SUBSCRIPTION')
  }
}

function hasCorePlan(account_id: string, zone_id: string, world: World): boolean {
  return world.store
    .table(subscriptions, account_id)
    .where({ zone_id })
    .all()
    .some(({ rate_plan, state }) => CORE_PLANS.test(rate_plan?.id ?? '') && ACTIVE.has(state))
}
