/**
 * Accounts in the form that came before organizations: as those see them who are in them. Deprecated upstream, which
 * wants accounts and memberships to be used. EXTENDED.md §9.
 */
import { Type } from 'typebox'
import { Direction, Id, oneOf, pageQuery } from './fields.ts'
import { operation } from './operation.ts'
import { MEMBERSHIPS_READ } from './permissions.ts'
import { UserOrganization } from './users.ts'

const OrganizationId = Id({
  description: 'Identifier of the account.',
  example: '023e105f4ecef8ad9ca31a8372d0c353',
})

const params = Type.Object({ organization_id: OrganizationId })

export const operations = {
  list: operation({
    id: "user'-s-organizations-list-organizations",
    method: 'GET',
    path: '/user/organizations',
    summary: 'List Organizations',
    description: 'The accounts that the user is a member of, or invited to.',
    deprecated: true,
    neighbour: true,
    family: 'iam',
    permissions: MEMBERSHIPS_READ,
    security: ['api_key'],
    query: Type.Object({
      name: Type.Optional(
        Type.String({ description: 'Part of the name, in any case.', maxLength: 100, example: 'Cloudflare, Inc.' }),
      ),
      status: Type.Optional(oneOf(['member', 'invited'], { description: 'Whether the user is in it yet.' })),
      match: Type.Optional(
        oneOf(['any', 'all'], {
          description: 'Whether one of name and status is enough, where both are given.',
          default: 'all',
        } as object),
      ),
      order: Type.Optional(oneOf(['id', 'name', 'status'], { description: 'What to order by.' })),
      direction: Direction(),
      ...pageQuery,
    }),
    result: Type.Array(UserOrganization),
    paging: 'page',
  }),

  get: operation({
    id: "user'-s-organizations-organization-details",
    method: 'GET',
    path: '/user/organizations/:organization_id',
    summary: 'Organization Details',
    deprecated: true,
    neighbour: true,
    family: 'iam',
    permissions: [],
    security: ['api_key'],
    params,
    result: UserOrganization,
  }),

  leave: operation({
    id: "user'-s-organizations-leave-organization",
    method: 'DELETE',
    path: '/user/organizations/:organization_id',
    summary: 'Leave Organization',
    description: 'Leaves an account, or turns its invitation down. Its last Super Administrator cannot.',
    deprecated: true,
    neighbour: true,
    family: 'iam',
    permissions: [],
    security: ['api_key'],
    params,
    result: Type.Object({ id: Type.Optional(OrganizationId) }),
    besideResult: ['id'],
  }),
}
