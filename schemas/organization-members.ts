/** The people who manage an organization: Organization Super Administrator is the only role. EXTENDED.md §4. */
import { type Static, Type } from 'typebox'
import { DateTime, oneOf, pageTokenQuery, repeated } from './fields.ts'
import { operation } from './operation.ts'
import { OrganizationId } from './organizations.ts'
import { table } from './table.ts'

const MemberId = Type.String({ description: 'Organization Member ID', example: 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8' })

const Status = oneOf(['active', 'pending', 'rejected', 'canceled'])

export const OrganizationMember = Type.Object(
  {
    id: MemberId,
    status: Status,
    user: Type.Object({
      id: Type.String(),
      email: Type.String(),
      name: Type.String({ description: 'First and last name; empty for somebody who has never signed in.' }),
      two_factor_authentication_enabled: Type.Boolean(),
    }),
    meta: Type.Object({}, { additionalProperties: Type.Object({}) }),
    create_time: DateTime(),
    update_time: DateTime(),
  },
  { title: 'OrganizationMember' },
)
export type OrganizationMember = Static<typeof OrganizationMember>

/** A member as it is kept. What else there is to say of the person is looked up among the users. */
export const OrganizationMemberRow = Type.Object({
  id: Type.String({ maxLength: 32 }),
  organization_id: Type.String(),
  status: Status,
  user: Type.Object({
    id: Type.String({ description: 'A user, or where there is none of this address yet, the id of the one to come.' }),
    email: Type.String(),
  }),
  create_time: DateTime(),
  update_time: DateTime(),
})
export type OrganizationMemberRow = Static<typeof OrganizationMemberRow>

export const organizationMembers = table('organization_members', OrganizationMemberRow, { owner: 'organization_id' })

/** Somebody to be added. */
export const NewMember = Type.Object(
  {
    user: Type.Object({ email: Type.String({ example: 'user@example.com' }) }),
    status: Type.Optional(
      oneOf(['active', 'canceled'], { description: 'Whoever is added without it is invited: `pending`.' }),
    ),
  },
  { title: 'NewOrganizationMember' },
)
export type NewMember = Static<typeof NewMember>

const params = Type.Object({ organization_id: OrganizationId })
const memberParams = Type.Object({ organization_id: OrganizationId, member_id: MemberId })

const email = (how: string) => Type.Optional(Type.String({ description: `The e-mail address ${how}, in any case.` }))

/** What all of them have in common. No token permission groups are listed. */
const MEMBERS = { neighbour: true, family: 'organizations', permissions: [], security: ['api_key'] } as const

export const operations = {
  list: operation({
    ...MEMBERS,
    id: 'Members_list',
    method: 'GET',
    path: '/organizations/:organization_id/members',
    summary: 'List organization members',
    description: 'Lists members, those first who were added first. All filters must hold.',
    params,
    query: Type.Object({
      status: repeated(Status, { description: 'One of these.' }),
      'user.email': email('as a whole'),
      'user.email.contains': email('has this in it'),
      'user.email.startsWith': email('begins so'),
      'user.email.endsWith': email('ends so'),
      ...pageTokenQuery,
    }),
    result: Type.Array(OrganizationMember),
    paging: 'token',
  }),

  create: operation({
    ...MEMBERS,
    id: 'Members_create',
    method: 'POST',
    path: '/organizations/:organization_id/members',
    summary: 'Create organization member',
    params,
    body: Type.Object({ member: NewMember }, { title: 'OrganizationMemberCreation' }),
    result: OrganizationMember,
  }),

  batchCreate: operation({
    ...MEMBERS,
    id: 'Members_batchCreate',
    method: 'POST',
    // In the path of a route, a doubled colon is a colon.
    path: '/organizations/:organization_id/members::batchCreate',
    summary: 'Batch create organization members',
    description: 'Adds up to ten members: all of them, or none when one of them cannot be added.',
    params,
    body: Type.Object({ members: Type.Array(NewMember, { maxItems: 10 }) }, { title: 'OrganizationMemberBatch' }),
    result: Type.Array(OrganizationMember),
    paging: 'single',
  }),

  get: operation({
    ...MEMBERS,
    id: 'Members_retrieve',
    method: 'GET',
    path: '/organizations/:organization_id/members/:member_id',
    summary: 'Get organization member',
    params: memberParams,
    result: OrganizationMember,
  }),

  delete: operation({
    ...MEMBERS,
    id: 'Members_delete',
    method: 'DELETE',
    path: '/organizations/:organization_id/members/:member_id',
    summary: 'Delete organization member',
    params: memberParams,
    result: Type.Object({}),
    status: 204,
  }),
}
