/** IAM user groups: members of an account that share policies. EXTENDED.md §3. */
import { type Static, Type } from 'typebox'
import { AccountId } from './accounts.ts'
import { DeletedId } from './envelope.ts'
import { DateTime, Direction, Id, nullable, omittable, oneOf, pageQuery, tolerated } from './fields.ts'
import { MemberPolicy, MemberPolicyRow } from './members.ts'
import { operation } from './operation.ts'
import { MEMBERS_READ, MEMBERS_WRITE } from './permissions.ts'
import { table } from './table.ts'

export const UserGroupId = Id({ description: 'User group identifier.', example: '023e105f4ecef8ad9ca31a8372d0c353' })

const when = (description: string) => DateTime({ description, readOnly: true, example: '2024-03-01T12:21:02.0000Z' })

export const UserGroup = Type.Object(
  {
    id: UserGroupId,
    name: Type.String({ description: 'Name of the user group.', readOnly: true, example: 'My New User Group' }),
    created_on: when('When the group was made.'),
    modified_on: when('When its name or its policies were last changed.'),
    policies: Type.Optional(Type.Array(MemberPolicy, { description: 'Left out where there are none.' })),
  },
  { title: 'UserGroup' },
)
export type UserGroup = Static<typeof UserGroup>

/** A user group as it is kept: the groups in its policies by id. */
export const UserGroupRow = Type.Object({
  id: Id(),
  account_id: Type.String(),
  name: Type.String(),
  created_on: DateTime(),
  modified_on: DateTime(),
  policies: Type.Array(MemberPolicyRow),
})
export type UserGroupRow = Static<typeof UserGroupRow>

export const userGroups = table('user_groups', UserGroupRow, { owner: 'account_id' })

/** What is named in a request. What has not the form of an id is refused as unknown, not as misshapen. */
const Reference = Type.Object({ id: tolerated(Id(), Type.String()) })

const policyFields = {
  access: oneOf(['allow', 'deny'], { description: 'Whether the policy grants or refuses.' }),
  permission_groups: Type.Array(Reference),
  resource_groups: Type.Array(Reference),
}

const PolicyCreation = Type.Object(policyFields, { title: 'UserGroupPolicyCreation' })

/** Terraform's provider sends policies without their ids, and the live service takes them. */
const PolicyUpdate = Type.Object(
  {
    id: omittable(Type.String({ description: 'Policy identifier.', example: 'f267e341f3dd4697bd3b9f71dd96247f' })),
    ...policyFields,
  },
  { title: 'UserGroupPolicyUpdate' },
)

/** Terraform's provider sends null for policies that were taken out of a configuration. */
const orNull = <Item extends typeof PolicyCreation | typeof PolicyUpdate>(item: Item) =>
  Type.Optional(tolerated(Type.Array(item), nullable(Type.Array(item))))

const name = Type.String({ description: 'Name of the user group.', example: 'My New User Group' })

/** `page` and `per_page` of user groups and of their members: larger pages than elsewhere. */
export const largePageQuery = {
  page: pageQuery.page,
  per_page: Type.Optional(
    tolerated(
      Type.Number({ description: 'Maximum number of results per page.', default: 100, minimum: 1, maximum: 500 }),
      Type.Number({ default: 100, minimum: 1, multipleOf: 1 }),
    ),
  ),
}

const params = Type.Object({ account_id: AccountId })
const groupParams = Type.Object({ account_id: AccountId, user_group_id: UserGroupId })

export const operations = {
  list: operation({
    id: 'account-user-group-list',
    method: 'GET',
    path: '/accounts/:account_id/iam/user_groups',
    summary: 'List User Groups',
    description: 'The user groups of the account, ordered by name.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_READ,
    security: ['api_key'],
    params,
    query: Type.Object({
      id: Type.Optional(UserGroupId),
      name: Type.Optional(Type.String({ description: 'The whole name.', example: 'NameOfTheUserGroup' })),
      fuzzyName: Type.Optional(Type.String({ description: 'A part of the name, in any case.', example: 'Foo' })),
      ...largePageQuery,
      direction: Direction({ default: 'asc' }),
    }),
    result: Type.Array(UserGroup),
    paging: 'page',
  }),

  create: operation({
    id: 'account-user-group-create',
    method: 'POST',
    path: '/accounts/:account_id/iam/user_groups',
    summary: 'Create User Group',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_key'],
    params,
    body: Type.Object({ name, policies: orNull(PolicyCreation) }, { title: 'UserGroupCreation' }),
    result: UserGroup,
  }),

  get: operation({
    id: 'account-user-group-details',
    method: 'GET',
    path: '/accounts/:account_id/iam/user_groups/:user_group_id',
    summary: 'User Group Details',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_READ,
    security: ['api_key'],
    params: groupParams,
    result: UserGroup,
  }),

  update: operation({
    id: 'account-user-group-update',
    method: 'PUT',
    path: '/accounts/:account_id/iam/user_groups/:user_group_id',
    summary: 'Update User Group',
    description:
      'Changes what is sent. Policies replace those that there were: one with the id of an old one takes its place, one with an id of its own is made with it.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_key'],
    params: groupParams,
    body: Type.Object({ name: Type.Optional(name), policies: orNull(PolicyUpdate) }, { title: 'UserGroupUpdate' }),
    result: UserGroup,
  }),

  delete: operation({
    id: 'account-user-group-delete',
    method: 'DELETE',
    path: '/accounts/:account_id/iam/user_groups/:user_group_id',
    summary: 'Remove User Group',
    description: 'Removes a user group. Its members stay members of the account.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_key'],
    params: groupParams,
    result: DeletedId,
  }),
}
