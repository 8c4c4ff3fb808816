/** Members: people in an account, invited or accepted, with their roles and policies. CONTRACT.md §8.5 and §9.3. */
import { type Static, Type } from 'typebox'
import { AccountId } from './accounts.ts'
import { DeletedId } from './envelope.ts'
import { DateTime, Direction, Id, nullable, oneOf, pageQuery, readOnly, ShortId } from './fields.ts'
import { PolicyPermissionGroup } from './iam-permission-groups.ts'
import { operation } from './operation.ts'
import { MEMBERS_READ, MEMBERS_WRITE } from './permissions.ts'
import { ResourceGroup } from './resource-groups.ts'
import { Role, RoleId } from './roles.ts'
import { table } from './table.ts'

const MemberId = ShortId({ description: 'Membership identifier.', example: '4536bcfad5faccb111b47003c79917fa' })
const Email = Type.String({ description: 'The e-mail address.', maxLength: 90, example: 'user@example.com' })
const Access = oneOf(['allow', 'deny'], { description: 'Whether the policy grants or refuses.' })
const PolicyId = Type.String({ description: 'Policy identifier.', readOnly: true })

export const MemberPolicy = Type.Object(
  {
    id: Type.Optional(PolicyId),
    access: Type.Optional(Access),
    permission_groups: Type.Optional(Type.Array(PolicyPermissionGroup)),
    resource_groups: Type.Optional(Type.Array(ResourceGroup)),
  },
  { title: 'MemberPolicy' },
)
export type MemberPolicy = Static<typeof MemberPolicy>

const MemberStatus = oneOf(['accepted', 'pending'], { readOnly: true })

const MemberUser = Type.Object(
  {
    id: Type.Optional(Id()),
    email: Email,
    first_name: Type.Optional(nullable(Type.String({ maxLength: 60 }))),
    last_name: Type.Optional(nullable(Type.String({ maxLength: 60 }))),
    two_factor_authentication_enabled: Type.Optional(Type.Boolean({ readOnly: true, default: false })),
  },
  { title: 'MemberUser' },
)

export const Member = Type.Object(
  {
    id: Type.Optional(readOnly(MemberId)),
    email: Type.Optional(Email),
    user: Type.Optional(readOnly(MemberUser)),
    status: Type.Optional(MemberStatus),
    policies: Type.Optional(Type.Array(MemberPolicy)),
    roles: Type.Optional(Type.Array(Role)),
  },
  { title: 'Member' },
)
export type Member = Static<typeof Member>

/** A policy as it is kept: groups by id. */
export const MemberPolicyRow = Type.Object({
  id: Type.String(),
  access: oneOf(['allow', 'deny']),
  permission_groups: Type.Array(Type.String()),
  resource_groups: Type.Array(Type.String()),
})
export type MemberPolicyRow = Static<typeof MemberPolicyRow>

/** A member as it is kept: roles and groups by id. Of the invitation there is something only as long as it is pending. */
export const MemberRow = Type.Object({
  id: Id(),
  account_id: Type.String(),
  status: oneOf(['accepted', 'pending']),
  user: MemberUser,
  roles: Type.Array(Type.String()),
  policies: Type.Array(MemberPolicyRow),
  invited_on: Type.Optional(DateTime()),
  expires_on: Type.Optional(DateTime({ description: 'When the invitation lapses; never, where there is none.' })),
  invited_by: Type.Optional(Type.String({ maxLength: 90, description: 'The e-mail address of who invited.' })),
})
export type MemberRow = Static<typeof MemberRow>

export const members = table('members', MemberRow, { owner: 'account_id' })

const Reference = Type.Object({ id: Type.String() })

const PolicyRequest = Type.Object(
  {
    id: PolicyId,
    access: Access,
    permission_groups: Type.Array(Reference),
    resource_groups: Type.Array(Reference),
  },
  { title: 'MemberPolicyRequest' },
)

const InvitationStatus = Type.Optional(oneOf(['accepted', 'pending'], { description: 'Defaults to `pending`.' }))

const params = Type.Object({ account_id: AccountId })
const memberParams = Type.Object({ member_id: MemberId, account_id: AccountId })

export const operations = {
  list: operation({
    id: 'account-members-list-members',
    method: 'GET',
    path: '/accounts/:account_id/members',
    summary: 'List Members',
    family: 'iam',
    permissions: MEMBERS_READ,
    security: ['api_key'],
    params,
    query: Type.Object({
      order: Type.Optional(
        oneOf(['user.first_name', 'user.last_name', 'user.email', 'status'], { description: 'What to order by.' }),
      ),
      status: Type.Optional(
        oneOf(['accepted', 'pending', 'rejected'], { description: 'Nobody is ever found as `rejected`.' }),
      ),
      ...pageQuery,
      direction: Direction(),
    }),
    result: Type.Array(Member),
    paging: 'page',
  }),

  create: operation({
    id: 'account-members-add-member',
    method: 'POST',
    path: '/accounts/:account_id/members',
    summary: 'Add Member',
    description: 'Invites somebody, with roles or with policies. Roles are plain ids here; in an update, objects.',
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_key'],
    params,
    body: Type.Union([
      Type.Object(
        { email: Email, roles: Type.Array(RoleId), status: InvitationStatus },
        { title: 'MemberCreationWithRoles' },
      ),
      Type.Object(
        { email: Email, policies: Type.Array(PolicyRequest), status: InvitationStatus },
        { title: 'MemberCreationWithPolicies' },
      ),
    ]),
    result: Member,
  }),

  get: operation({
    id: 'account-members-member-details',
    method: 'GET',
    path: '/accounts/:account_id/members/:member_id',
    summary: 'Member Details',
    family: 'iam',
    permissions: MEMBERS_READ,
    security: ['api_key'],
    params: memberParams,
    result: Member,
  }),

  update: operation({
    id: 'account-members-update-member',
    method: 'PUT',
    path: '/accounts/:account_id/members/:member_id',
    summary: 'Update Member',
    description: 'Replaces the roles or the policies of a member; an empty object changes nothing.',
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_key'],
    params: memberParams,
    body: Type.Union([
      Type.Object(
        {
          id: Type.Optional(readOnly(MemberId)),
          roles: Type.Optional(Type.Array(Role)),
          status: Type.Optional(MemberStatus),
          user: Type.Optional(readOnly(MemberUser)),
        },
        { title: 'MemberUpdateWithRoles' },
      ),
      Type.Object({ policies: Type.Array(PolicyRequest) }, { title: 'MemberUpdateWithPolicies' }),
    ]),
    result: Member,
  }),

  delete: operation({
    id: 'account-members-remove-member',
    method: 'DELETE',
    path: '/accounts/:account_id/members/:member_id',
    summary: 'Remove Member',
    description: 'Removes a member, or withdraws a pending invitation.',
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_key'],
    params: memberParams,
    result: DeletedId,
  }),
}
