/** The resource groups of accounts: the one that is the whole account, and those that people make. */
import { type MemberPolicyRow, members } from '../../schemas/members.ts'
import { operations, type ResourceGroupRow, resourceGroups } from '../../schemas/resource-groups.ts'
import { userGroups } from '../../schemas/user-groups.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { presentResourceGroup } from '../rules/policies.ts'
import { keepingSuperAdministrator } from '../rules/super-administrators.ts'
import type { World } from '../state/world.ts'

export default resource(
  'Account Resource Groups',
  operations,
  (world) => {
    const all = (account_id: string) => world.store.table(resourceGroups, account_id)

    function found(account_id: string, id: string): ResourceGroupRow {
      const row = all(account_id).get(id)
      if (!row) throw fail('RESOURCE_GROUP_NOT_FOUND')
      return row
    }

    function changeable(account_id: string, id: string): ResourceGroupRow {
      const row = found(account_id, id)
      if (!isEditable(row)) throw fail('RESOURCE_GROUP_FIXED')
      return row
    }

    /** A name is what the group of the whole account is known by; any other may be given twice. */
    function checkName(account_id: string, name: string): void {
      if (name.trim() === '') throw fail('VALUE_REQUIRED', { name: 'name' })
      const namesakes = all(account_id).where({ name }).all()
      if (namesakes.some((row) => !isEditable(row))) throw fail('RESOURCE_GROUP_NAME', { name })
    }

    return {
      list: ({ params, query: { id, name } }) =>
        all(params.account_id)
          .where({ id: id && world.resolve(resourceGroups, id), name })
          // `false` comes before `true`.
          .orderBy('meta.editable')
          .map(presentResourceGroup),

      create({ params: { account_id }, body: { name, scope } }) {
        checkName(account_id, name)
        checkObjects(scope)
        const row = { id: world.ids.id(), account_id, name, meta: { editable: 'true' }, scope }
        return presentResourceGroup(all(account_id).put(row))
      },

      get: ({ params }) => presentResourceGroup(found(params.account_id, params.resource_group_id)),

      update({ params: { account_id, resource_group_id }, body: { name, scope } }) {
        const row = changeable(account_id, resource_group_id)
        if (name !== undefined) checkName(account_id, name)
        if (scope) checkObjects(scope)
        const changed = { ...row, ...(name !== undefined && { name }), ...(scope && { scope }) }
        // A policy that denies may come to deny everything.
        return presentResourceGroup(keepingSuperAdministrator(account_id, world, () => all(account_id).put(changed)))
      },

      delete({ params: { account_id, resource_group_id } }) {
        const { id } = changeable(account_id, resource_group_id)
        if (isUsed(id, account_id, world)) throw fail('RESOURCE_GROUP_USED')
        all(account_id).delete(id)
        return { id }
      },
    }
  },
  {
    create: [
      ['/name', 'required', 'VALUE_REQUIRED', { name: 'name' }],
      ['/scope', 'required', 'VALUE_REQUIRED', { name: 'scope' }],
    ],
    '*': [['**', '*', 'MEMBER_INVALID']],
  },
)

const isEditable = ({ meta }: ResourceGroupRow): boolean => meta?.editable !== 'false'

/** The published description asks for an object; its schema does not (EXTENDED.md §2). */
function checkObjects({ objects }: ResourceGroupRow['scope']): void {
  if (objects.length === 0) throw fail('VALUE_REQUIRED', { name: 'scope.objects' })
}

/** Whether a policy of a member or of a user group points to a resource group. */
function isUsed(id: string, account_id: string, world: World): boolean {
  const points = ({ policies }: { policies: readonly MemberPolicyRow[] }) =>
    policies.some(({ resource_groups }) => resource_groups.includes(id))
  return [members, userGroups]
    .map((key) => world.store.table<{ id: string; policies: MemberPolicyRow[] }>(key, account_id))
    .some((rows) => rows.filter(points).first() !== undefined)
}
