/** The catalogue of IAM permission groups, the same in every account. */
import { memberPermissionGroups, operations } from '../../schemas/iam-permission-groups.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'

export default resource('Account Permission Groups', operations, (world) => ({
  list: ({ query: { id, name, label } }) =>
    world.store
      .table(memberPermissionGroups)
      .where({ id: id && world.resolve(memberPermissionGroups, id), name, 'meta.label': label })
      .orderBy('name'),

  get({ params }) {
    const group = world.store.table(memberPermissionGroups).get(params.permission_group_id)
    if (!group) throw fail('PERMISSION_GROUP_NOT_FOUND')
    return group
  },
}))
