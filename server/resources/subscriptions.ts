/** Subscriptions of accounts and zones. */
import { zones } from '../../schemas/accounts.ts'
import { operations, type Subscription, type SubscriptionRow, subscriptions } from '../../schemas/subscriptions.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { checkPlan } from '../rules/available-plans.ts'
import { begun, changed } from '../rules/subscription-terms.ts'
import { remembered } from '../state/remembered.ts'
import type { World } from '../state/world.ts'

export default resource(
  'Account Subscriptions',
  operations,
  (world) => ({
    list({ params }) {
      const { account_id, zone_id = null } = ownerOf(params, world)
      return world.store.table(subscriptions, account_id).where({ zone_id }).map(present)
    },

    create({ params, body, caller }) {
      const owner = ownerOf(params, world)
      const row = { id: world.ids.id(), ...owner, ...begun(body, world) }
      checkPlan(owner, body, { caller, world })
      return present(world.store.table(subscriptions).put(row))
    },

    update({ params, body, caller }) {
      const row = changed(found(params, world), body, world)
      checkPlan(row, body, { caller, world })
      return present(world.store.table(subscriptions).put(row))
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

/** Whose subscriptions a path means: an account's own, or those of a zone, which belongs to an account. */
function ownerOf(
  { accounts_or_zones, account_or_zone_id }: { accounts_or_zones: string; account_or_zone_id: string },
  world: World,
) {
  const zone = accounts_or_zones === 'zones' ? world.store.table(zones).get(account_or_zone_id) : undefined
  return zone ? { account_id: zone.account_id, zone_id: zone.id } : { account_id: account_or_zone_id }
}

const present = remembered(({ account_id: _account, zone_id: _zone, ...row }: SubscriptionRow): Subscription => row)
