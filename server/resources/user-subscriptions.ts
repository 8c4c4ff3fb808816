/** Subscriptions of the user who asks. */
import type { Caller } from '../../schemas/operation.ts'
import type { Subscription } from '../../schemas/subscriptions.ts'
import { operations, type UserSubscriptionRow, userSubscriptions } from '../../schemas/user-subscriptions.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { actingUser } from '../rules/identity.ts'
import { begun, changed } from '../rules/subscription-terms.ts'

export default resource(
  'User Subscription',
  operations,
  (world) => {
    const of = (caller: Caller) => world.store.table(userSubscriptions, actingUser(caller, world).id)

    function found(caller: Caller, id: string): UserSubscriptionRow {
      const row = of(caller).get(id)
      if (!row) throw fail('SUBSCRIPTION_NOT_FOUND')
      return row
    }

    return {
      list: ({ caller }) => of(caller).map(present),

      create({ caller, body }) {
        const { id: user_id } = actingUser(caller, world)
        const row = { id: world.ids.id(), ...begun(body, world), user_id }
        return present(world.store.table(userSubscriptions).put(row))
      },

      update: ({ caller, params, body }) =>
        present(of(caller).put(changed(found(caller, params.identifier), body, world))),

      delete({ caller, params }) {
        const { id } = found(caller, params.identifier)
        of(caller).delete(id)
        return { subscription_id: id }
      },
    }
  },
  { '*': [['', '*', 'SUBSCRIPTION_JSON']] },
)

function present({ user_id: _user, ...row }: UserSubscriptionRow): Subscription {
  return row
}
