/** User groups of accounts, with the policies that their members share. */
import { userGroupMembers } from '../../schemas/user-group-members.ts'
import { operations, type UserGroup, type UserGroupRow, userGroups } from '../../schemas/user-groups.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { keptId } from '../rules/kept-id.ts'
import { type AskedPolicy, checkedPolicies, IN_POLICIES, presentPolicies } from '../rules/policies.ts'
import { keepingSuperAdministrator } from '../rules/super-administrators.ts'
import { nameHas } from '../rules/text-filters.ts'
import { foundUserGroup } from '../rules/user-groups.ts'
import { rememberedWith } from '../state/remembered.ts'
import type { World } from '../state/world.ts'

export default resource(
  'Account User Groups',
  operations,
  (world) => {
    const all = (account_id: string) => world.store.table(userGroups, account_id)
    const present = (row: UserGroupRow) => presentUserGroup(row, world)

    return {
      list: ({ params, query: { id, name, fuzzyName, direction } }) =>
        all(params.account_id)
          .where({ id: id && world.resolve(userGroups, id), name })
          .filter(nameHas(fuzzyName))
          .orderBy('name', direction)
          .map(present),

      create({ params: { account_id }, body: { name, policies } }) {
        checkName(name)
        const now = world.clock.seconds()
        return present(
          all(account_id).put({
            id: world.ids.id(),
            account_id,
            name,
            created_on: now,
            modified_on: now,
            policies: checkedPolicies(policies ?? [], () => world.ids.id(), account_id, world),
          }),
        )
      },

      get: ({ params }) => present(foundUserGroup(params.account_id, params.user_group_id, world)),

      update({ params: { account_id, user_group_id }, body: { name, policies } }) {
        const row = foundUserGroup(account_id, user_group_id, world)
        if (name !== undefined) checkName(name)
        if (name === undefined && policies === undefined) return present(row)
        const changed = {
          ...row,
          ...(name !== undefined && { name }),
          ...(policies !== undefined && { policies: replaced(row, policies ?? [], world) }),
          modified_on: world.clock.seconds(),
        }
        return present(keepingSuperAdministrator(account_id, world, () => all(account_id).put(changed)))
      },

      delete({ params: { account_id, user_group_id } }) {
        const { id } = foundUserGroup(account_id, user_group_id, world)
        const memberships = world.store.table(userGroupMembers, account_id)
        return keepingSuperAdministrator(account_id, world, () => {
          for (const membership of memberships.where({ user_group_id: id }).all()) memberships.delete(membership.id)
          all(account_id).delete(id)
          return { id }
        })
      },
    }
  },
  {
    create: [['/name', 'required', 'VALUE_REQUIRED', { name: 'name' }]],
    '*': [['**', '*', 'MEMBER_INVALID']],
  },
)

const presentUserGroup = rememberedWith(IN_POLICIES, (row: UserGroupRow, world): UserGroup => {
  const { id, name, created_on, modified_on } = row
  // Terraform's provider takes an empty list for a change of what was never configured.
  const policies = row.policies.length > 0 && { policies: presentPolicies(row, world) }
  return { id, name, created_on, modified_on, ...policies }
})

function checkName(name: string): void {
  if (name.trim() === '') throw fail('VALUE_REQUIRED', { name: 'name' })
}

const POLICY_ID = /^[0-9a-f]{32}$/

/** The policies that a group has from now on. An id that is not known yet is taken as it is sent (EXTENDED.md, X5). */
function replaced({ account_id, policies }: UserGroupRow, asked: readonly AskedPolicy[], world: World) {
  const known = new Set(policies.map(({ id }) => id))
  const claimed = new Set<string>()
  const idOf = (sent: string | undefined): string => {
    const kept = keptId(sent, known)
    const own = sent !== undefined && POLICY_ID.test(sent) && !claimed.has(sent) ? sent : undefined
    const id = kept ?? own ?? world.ids.id()
    claimed.add(id)
    return id
  }
  return checkedPolicies(asked, idOf, account_id, world)
}
