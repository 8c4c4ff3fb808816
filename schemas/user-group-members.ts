/** The members of IAM user groups. EXTENDED.md §3. */
import { type Static, Type } from 'typebox'
import { AccountId } from './accounts.ts'
import { DateTime, Direction, Id, oneOf, readOnly, tolerated } from './fields.ts'
import { operation } from './operation.ts'
import { MEMBERS_READ, MEMBERS_WRITE } from './permissions.ts'
import { table } from './table.ts'
import { largePageQuery, UserGroupId } from './user-groups.ts'

/** Exactly 32 characters here, while members themselves have at most as many. */
const MemberId = Id({
  description: 'Identifier of a member of the account.',
  example: '4f5f0c14a2a41d5063dd301b2f829f04',
})
const Email = Type.String({ description: 'The e-mail address.', maxLength: 90, example: 'user@example.com' })

/** A member of a user group: a member of the account, in short. */
export const UserGroupMember = Type.Object(
  {
    id: Type.String({
      description: 'Identifier of the member of the account.',
      readOnly: true,
      example: '4f5f0c14a2a41d5063dd301b2f829f04',
    }),
    email: Type.Optional(Email),
    status: Type.Optional(oneOf(['accepted', 'pending'], { readOnly: true })),
  },
  { title: 'UserGroupMember' },
)
export type UserGroupMember = Static<typeof UserGroupMember>

/** One member of a user group. Names that nobody has given are left out, since they may not be null here. */
export const UserGroupMemberDetails = Type.Object(
  {
    ...UserGroupMember.properties,
    created_at: Type.Optional(
      DateTime({ description: 'When the member was added.', readOnly: true, example: '2026-01-15T10:30:00Z' }),
    ),
    user: Type.Optional(
      readOnly(
        Type.Object(
          {
            id: Type.Optional(readOnly(Type.String({ example: '7c5dae5552338874e5053f2534d2767a' }))),
            email: Type.Optional(Email),
            first_name: Type.Optional(readOnly(Type.String({ example: 'John' }))),
            last_name: Type.Optional(readOnly(Type.String({ example: 'Appleseed' }))),
          },
          { title: 'UserGroupMemberUser' },
        ),
      ),
    ),
  },
  { title: 'UserGroupMemberDetails' },
)
export type UserGroupMemberDetails = Static<typeof UserGroupMemberDetails>

/** That a member of the account is in a user group. */
export const UserGroupMemberRow = Type.Object({
  id: Id(),
  account_id: Type.String(),
  user_group_id: Type.String(),
  member_id: Type.String(),
  created_at: DateTime(),
})
export type UserGroupMemberRow = Static<typeof UserGroupMemberRow>

export const userGroupMembers = table('user_group_members', UserGroupMemberRow, { owner: 'account_id' })

/** The bodies are plain lists. What has not the form of an id is refused as unknown, not as misshapen. */
const MemberReferences = Type.Array(Type.Object({ id: tolerated(MemberId, Type.String()) }), {
  title: 'UserGroupMemberReferences',
})

const params = Type.Object({ account_id: AccountId, user_group_id: UserGroupId })
const memberParams = Type.Object({ account_id: AccountId, user_group_id: UserGroupId, member_id: MemberId })

export const operations = {
  list: operation({
    id: 'account-user-group-member-list',
    method: 'GET',
    path: '/accounts/:account_id/iam/user_groups/:user_group_id/members',
    summary: 'List User Group Members',
    description: 'The members of the group, ordered by e-mail address.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_READ,
    security: ['api_key'],
    params,
    query: Type.Object({
      ...largePageQuery,
      fuzzyEmail: Type.Optional(Type.String({ description: 'A part of the address, in any case.', example: 'user@' })),
      direction: Direction({ default: 'asc' }),
    }),
    result: Type.Array(UserGroupMember),
    paging: 'page',
  }),

  create: operation({
    id: 'account-user-group-member-create',
    method: 'POST',
    path: '/accounts/:account_id/iam/user_groups/:user_group_id/members',
    summary: 'Add User Group Members',
    description: 'Adds members of the account to the group, and answers with those that were named.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_key'],
    params,
    body: MemberReferences,
    result: Type.Array(UserGroupMember),
  }),

  update: operation({
    id: 'account-user-group-members-update',
    method: 'PUT',
    path: '/accounts/:account_id/iam/user_groups/:user_group_id/members',
    summary: 'Update User Group Members',
    description: 'Replaces all members of the group; an empty list empties it.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_key'],
    params,
    body: MemberReferences,
    result: Type.Array(UserGroupMember),
  }),

  get: operation({
    id: 'account-user-group-member-get',
    method: 'GET',
    path: '/accounts/:account_id/iam/user_groups/:user_group_id/members/:member_id',
    summary: 'Get User Group Member',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_READ,
    security: ['api_key'],
    params: memberParams,
    result: UserGroupMemberDetails,
  }),

  delete: operation({
    id: 'account-user-group-member-delete',
    method: 'DELETE',
    path: '/accounts/:account_id/iam/user_groups/:user_group_id/members/:member_id',
    summary: 'Remove User Group Member',
    description: 'Takes a member out of the group, and answers with it. It stays a member of the account.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_key'],
    params: memberParams,
    result: UserGroupMember,
  }),
}
