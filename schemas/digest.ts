/** What a credential is recognised by. It is kept nowhere itself. */
import { Type } from 'typebox'
import { secret } from './fields.ts'

/** The SHA-256 of a credential, in the hexadecimal digits of Node's `digest('hex')`: capital letters match nothing. */
export const Digest = secret(Type.String({ pattern: '^[0-9a-f]{64}$' }))
