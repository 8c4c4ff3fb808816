/** Members of organizations. */
import { type OrganizationMemberRow, operations, organizationMembers } from '../../schemas/organization-members.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { addMember, presentOrganizationMember } from '../rules/organization-members.ts'
import { textFilters } from '../rules/text-filters.ts'
import { listed } from '../state/listed.ts'
import type { Filter } from '../state/parts.ts'

const EMAIL = { 'user.email': { read: ({ user }: OrganizationMemberRow) => user.email } }

/** A filter that the members pass that have one of these statuses. */
function statusIn(wanted: readonly string[]): Filter<OrganizationMemberRow> {
  return { name: JSON.stringify(['status', ...wanted]), holds: ({ status }) => wanted.includes(status) }
}

export default resource('OrganizationMembers', operations, (world) => {
  const present = (row: OrganizationMemberRow) => presentOrganizationMember(row, world)

  function found({ organization_id, member_id }: { organization_id: string; member_id: string }) {
    const row = world.store.table(organizationMembers, organization_id).get(member_id)
    if (!row) throw fail('ORGANIZATION_MEMBER_NOT_FOUND')
    return row
  }

  return {
    list: ({ params, query }) =>
      world.store
        .table(organizationMembers, params.organization_id)
        .filter(query.status && statusIn(query.status))
        .filter(textFilters(query, EMAIL))
        .orderBy('create_time')
        .map(present),

    create: ({ params, body }) => present(addMember(params.organization_id, body.member, world)),

    batchCreate: ({ params, body }) =>
      // When one of them fails, the stage that handles failures takes back the others.
      listed(body.members.map((member) => present(addMember(params.organization_id, member, world)))),

    get: ({ params }) => present(found(params)),

    delete({ params }) {
      world.store.table(organizationMembers, params.organization_id).delete(found(params).id)
    },
  }
})
