/** Invitations to accounts, as those see them who are invited. EXTENDED.md §8. */
import { type Static, Type } from 'typebox'
import { DateTime, nullable, oneOf, ShortId } from './fields.ts'
import { operation } from './operation.ts'
import { MEMBERSHIPS_READ, MEMBERSHIPS_WRITE } from './permissions.ts'

const InviteId = ShortId({
  description: 'Invite identifier.',
  readOnly: true,
  example: '4f5f0c14a2a41d5063dd301b2f829f04',
})

const Address = (description: string) => Type.String({ description, maxLength: 90, example: 'user@example.com' })

/** The names of roles: here they stand without ids (EXTENDED.md, X8). */
export const RoleNames = Type.Array(Type.String({ maxLength: 120, example: 'Account Administrator' }), {
  description: 'The names of the roles in the account.',
  readOnly: true,
})

/** What an invited person says. */
export const Response = oneOf(['accepted', 'rejected'], { description: 'The answer to the invitation.' })

export const Invite = Type.Object(
  {
    id: Type.Optional(InviteId),
    invited_member_id: nullable(
      ShortId({
        description: 'The user who is invited; null for somebody who has never signed in.',
        readOnly: true,
        example: '5a7805061c76ada191ed06f989cc3dac',
      }),
    ),
    invited_member_email: Type.Optional(Address('The address that the invitation went to.')),
    organization_id: ShortId({
      description: 'The account that the invitation is to.',
      readOnly: true,
      example: '5a7805061c76ada191ed06f989cc3dac',
    }),
    organization_name: Type.Optional(
      Type.String({ description: 'The name of the account.', maxLength: 100, readOnly: true }),
    ),
    organization_is_enforcing_twofactor: Type.Optional(
      Type.Boolean({ description: 'Whether members of the account must have a second factor.' }),
    ),
    roles: Type.Optional(RoleNames),
    invited_by: Type.Optional(Address('The address of who invited.')),
    invited_on: Type.Optional(DateTime({ description: 'When the invitation was sent.', readOnly: true })),
    expires_on: Type.Optional(
      DateTime({ description: 'When the invitation lapses; never, where it is left out.', readOnly: true }),
    ),
    status: Type.Optional(
      oneOf(['pending', 'accepted', 'rejected', 'expired'], { description: 'What became of the invitation.' }),
    ),
  },
  { title: 'Invite' },
)
export type Invite = Static<typeof Invite>

const params = Type.Object({ invite_id: InviteId })

export const operations = {
  list: operation({
    id: "user'-s-invites-list-invitations",
    method: 'GET',
    path: '/user/invites',
    summary: 'List Invitations',
    description: 'The invitations that the user has not answered. Those that have lapsed are `expired`.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERSHIPS_READ,
    security: ['api_key'],
    result: Type.Array(Invite),
    paging: 'single',
  }),

  get: operation({
    id: "user'-s-invites-invitation-details",
    method: 'GET',
    path: '/user/invites/:invite_id',
    summary: 'Invitation Details',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERSHIPS_READ,
    security: ['api_key'],
    params,
    result: Invite,
  }),

  respond: operation({
    id: "user'-s-invites-respond-to-invitation",
    method: 'PATCH',
    path: '/user/invites/:invite_id',
    summary: 'Respond to Invitation',
    description: 'Accepts or rejects an invitation. Once it is answered, it is no invitation any more.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERSHIPS_WRITE,
    security: ['api_key'],
    params,
    body: Type.Object({ status: Response }, { title: 'InviteResponse' }),
    result: Invite,
  }),
}
