/** Memberships: members of accounts, as the members themselves see them. EXTENDED.md §8. */
import { type Static, Type } from 'typebox'
import { Account } from './accounts.ts'
import { Direction, nullable, oneOf, pageQuery, readOnly, ShortId } from './fields.ts'
import { Response, RoleNames } from './invites.ts'
import { MemberPolicy } from './members.ts'
import { operation } from './operation.ts'
import { MEMBERSHIPS_READ, MEMBERSHIPS_WRITE } from './permissions.ts'
import { Permissions } from './roles.ts'

const MembershipId = ShortId({
  description: 'Membership identifier.',
  readOnly: true,
  example: '4536bcfad5faccb111b47003c79917fa',
})

const Status = oneOf(['accepted', 'pending', 'rejected'], { description: 'Whether the user has accepted.' })

export const Membership = Type.Object(
  {
    id: Type.Optional(MembershipId),
    account: Type.Optional(readOnly(Account)),
    api_access_enabled: Type.Optional(
      nullable(
        Type.Boolean({ description: 'Whether the user may use the API in the account; null when nobody said.' }),
      ),
    ),
    permissions: Type.Optional(readOnly(Permissions)),
    policies: Type.Optional(Type.Array(MemberPolicy, { description: 'What the user may do, as policies.' })),
    roles: Type.Optional(RoleNames),
    status: Type.Optional(Status),
  },
  { title: 'Membership' },
)
export type Membership = Static<typeof Membership>

const AccountName = Type.Optional(
  Type.String({
    description: 'Part of the name of the account, in any case.',
    maxLength: 100,
    example: 'Demo Account',
  }),
)

const params = Type.Object({ membership_id: MembershipId })

export const operations = {
  list: operation({
    id: "user'-s-account-memberships-list-memberships",
    method: 'GET',
    path: '/memberships',
    summary: 'List Memberships',
    description: 'The accounts that the user is a member of, or invited to.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERSHIPS_READ,
    security: ['api_key'],
    query: Type.Object({
      'account.name': AccountName,
      name: AccountName,
      status: Type.Optional(Status),
      order: Type.Optional(oneOf(['id', 'account.name', 'status'], { description: 'What to order by.' })),
      direction: Direction(),
      ...pageQuery,
    }),
    result: Type.Array(Membership),
    paging: 'page',
  }),

  get: operation({
    id: "user'-s-account-memberships-membership-details",
    method: 'GET',
    path: '/memberships/:membership_id',
    summary: 'Membership Details',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERSHIPS_READ,
    security: ['api_key'],
    params,
    result: Membership,
  }),

  update: operation({
    id: "user'-s-account-memberships-update-membership",
    method: 'PUT',
    path: '/memberships/:membership_id',
    summary: 'Update Membership',
    description: 'Accepts or rejects the invitation to an account.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERSHIPS_WRITE,
    security: ['api_key'],
    params,
    body: Type.Object({ status: Response }, { title: 'MembershipUpdate' }),
    result: Membership,
  }),

  delete: operation({
    id: "user'-s-account-memberships-delete-membership",
    method: 'DELETE',
    path: '/memberships/:membership_id',
    summary: 'Delete Membership',
    description: 'Leaves an account. Its last Super Administrator cannot.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERSHIPS_WRITE,
    security: ['api_key'],
    params,
    result: Type.Object({ id: Type.Optional(MembershipId) }),
  }),
}
