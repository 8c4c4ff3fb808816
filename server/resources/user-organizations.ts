/** The accounts of the user who asks, in the form that came before organizations. */
import type { MemberRow } from '../../schemas/members.ts'
import type { Caller } from '../../schemas/operation.ts'
import { operations } from '../../schemas/user-organizations.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { actingUser } from '../rules/identity.ts'
import { membershipsNow } from '../rules/invitations.ts'
import { removeMember } from '../rules/leaving.ts'
import { presentUserOrganization } from '../rules/user-organizations.ts'
import { listed } from '../state/listed.ts'
import { ordering } from '../state/order.ts'

export default resource("User's Organizations", operations, (world) => {
  const membershipsOfCaller = (caller: Caller) => membershipsNow(actingUser(caller, world), world)

  function found(account_id: string, caller: Caller): MemberRow {
    const row = membershipsOfCaller(caller).find((membership) => membership.account_id === account_id)
    if (!row) throw fail('USER_ORGANIZATION_NOT_FOUND')
    return row
  }

  return {
    list({ query, caller }) {
      const { name, status, match, order = 'name', direction } = query
      const part = name?.toLowerCase()
      const rows = membershipsOfCaller(caller).map((row) => presentUserOrganization(row, world))
      const wanted = rows.filter((row) => {
        const holds = [
          ...(part === undefined ? [] : [row.name?.toLowerCase().includes(part)]),
          ...(status === undefined ? [] : [row.status === status]),
        ]
        if (holds.length === 0) return true
        return match === 'any' ? holds.includes(true) : !holds.includes(false)
      })
      return listed(wanted.sort(ordering((row) => row[order] ?? null, direction)))
    },

    get: ({ params, caller }) => presentUserOrganization(found(params.organization_id, caller), world),

    leave({ params, caller }) {
      const row = found(params.organization_id, caller)
      removeMember(row, world)
      return { id: row.account_id }
    },
  }
})
