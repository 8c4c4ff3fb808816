/** Users: the people behind members and credentials. Their own operations come later. */
import { Type } from 'typebox'
import { Id, nullable, secret } from './fields.ts'
import { table } from './table.ts'

/** A user as it is kept. The global key is recognised by its hash. */
export const users = table(
  'users',
  Type.Object({
    id: Id(),
    email: Type.String({ format: 'email' }),
    first_name: nullable(Type.String({ maxLength: 60 })),
    last_name: nullable(Type.String({ maxLength: 60 })),
    two_factor_authentication_enabled: Type.Boolean(),
    api_key_sha256: Type.Optional(secret(Type.String({ minLength: 64, maxLength: 64 }))),
  }),
)
