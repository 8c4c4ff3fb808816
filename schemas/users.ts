/** Users: the people behind members and credentials. EXTENDED.md §6. */
import { type Static, Type } from 'typebox'
import { Digest } from './digest.ts'
import { Id, nullable, oneOf, readOnly } from './fields.ts'
import { operation } from './operation.ts'
import { USER_DETAILS_READ, USER_DETAILS_WRITE } from './permissions.ts'
import { table } from './table.ts'

/** What a user tells of themselves. `null` stands for nothing. */
const written = {
  first_name: nullable(Type.String({ description: 'First name.', maxLength: 60, example: 'John' })),
  last_name: nullable(Type.String({ description: 'Last name.', maxLength: 60, example: 'Appleseed' })),
  country: nullable(Type.String({ description: 'The country that the user lives in.', maxLength: 30, example: 'US' })),
  telephone: nullable(Type.String({ description: 'Telephone number.', maxLength: 20, example: '+1 123-123-1234' })),
  zipcode: nullable(Type.String({ description: 'Postal code.', maxLength: 20, example: '12345' })),
}

/** In answers and in changes any of it may be missing. */
const optional = {
  first_name: Type.Optional(written.first_name),
  last_name: Type.Optional(written.last_name),
  country: Type.Optional(written.country),
  telephone: Type.Optional(written.telephone),
  zipcode: Type.Optional(written.zipcode),
}

const flag = (description: string) => Type.Optional(Type.Boolean({ description, default: false, readOnly: true }))

/** What the service says of a user. Where a row has none of it, it is false, and there are no betas. */
const told = {
  two_factor_authentication_locked: flag('Whether the second factor is locked.'),
  suspended: flag('Whether the user is suspended.'),
  has_pro_zones: flag('Whether the user has zones with the plan Pro.'),
  has_business_zones: flag('Whether the user has zones with the plan Business.'),
  has_enterprise_zones: flag('Whether the user has zones with the plan Enterprise.'),
  betas: Type.Optional(
    Type.Array(Type.String({ example: 'zone_level_access_beta' }), {
      description: 'The betas that the user takes part in.',
      readOnly: true,
    }),
  ),
}

/**
 * An account as one of its members, or somebody who is invited, sees it: what was called an organization before there
 * were organizations (EXTENDED.md §9).
 */
export const UserOrganization = Type.Object(
  {
    id: Type.Optional(Id({ description: 'Identifier of the account.', readOnly: true })),
    name: Type.Optional(Type.String({ description: 'Name of the account.', maxLength: 100 })),
    status: Type.Optional(
      oneOf(['member', 'invited'], { description: 'Whether the user is in it yet.', readOnly: true }),
    ),
    roles: Type.Optional(
      Type.Array(Type.String({ maxLength: 120, example: 'All Privileges - Super Administrator' }), {
        description: 'The names of the roles of the user.',
        readOnly: true,
      }),
    ),
    permissions: Type.Optional(
      Type.Array(Type.String({ maxLength: 160, example: '#zones:read' }), {
        description: 'What the user may do.',
        readOnly: true,
      }),
    ),
  },
  { title: 'UserOrganization' },
)
export type UserOrganization = Static<typeof UserOrganization>

const Email = Type.String({ description: 'E-mail address.', format: 'email', example: 'user@example.com' })

export const User = Type.Object(
  {
    id: Type.String({
      description: 'Identifier of the user.',
      readOnly: true,
      example: '7c5dae5552338874e5053f2534d2767a',
    }),
    email: readOnly(Email),
    ...optional,
    two_factor_authentication_enabled: flag('Whether the user has a second factor.'),
    ...told,
    organizations: Type.Optional(
      Type.Array(UserOrganization, { description: 'The accounts that the user is a member of, or invited to.' }),
    ),
  },
  { title: 'User' },
)
export type User = Static<typeof User>

/** A user as it is kept. The global key is recognised by its hash. What is optional is kept only where it is set. */
export const UserRow = Type.Object({
  id: Id(),
  email: Email,
  first_name: written.first_name,
  last_name: written.last_name,
  country: Type.Optional(written.country),
  telephone: Type.Optional(written.telephone),
  zipcode: Type.Optional(written.zipcode),
  two_factor_authentication_enabled: Type.Boolean(),
  ...told,
  api_key_sha256: Type.Optional(Digest),
})
export type UserRow = Static<typeof UserRow>

export const users = table('users', UserRow)

export const operations = {
  get: operation({
    id: 'user-user-details',
    method: 'GET',
    path: '/user',
    summary: 'User Details',
    description: 'Shows the user whose credential it is.',
    neighbour: true,
    family: 'iam',
    permissions: USER_DETAILS_READ,
    security: ['api_key'],
    result: User,
  }),

  edit: operation({
    id: 'user-edit-user',
    method: 'PATCH',
    path: '/user',
    summary: 'Edit User',
    description: 'Changes what is sent and leaves the rest; `null` clears.',
    neighbour: true,
    family: 'iam',
    permissions: USER_DETAILS_WRITE,
    security: ['api_token', 'api_key'],
    body: Type.Object(optional, { title: 'UserEdit' }),
    result: User,
  }),
}
