/** The catalogue of roles, the same in every account. */
import { operations, roles } from '../../schemas/roles.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'

export default resource('Account Roles', operations, (world) => ({
  list: () => world.store.table(roles).orderBy('name'),

  get({ params }) {
    const role = world.store.table(roles).get(params.role_id)
    if (!role) throw fail('ROLE_NOT_FOUND')
    return role
  },
}))
