/** Whom a credential stands for. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Acting, Caller } from '../../schemas/operation.ts'
import { type TokenRow, tokens } from '../../schemas/tokens.ts'
import { type UserRow, users } from '../../schemas/users.ts'
import { type FailureName, fail } from '../errors.ts'
import type { World } from '../state/world.ts'

/** What a secret is recognised by. Secrets are random and long, so that a plain digest is enough. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/**
 * Whether a secret is the one that a digest recognises. Nothing is the secret of a row that has lost its digest
 * (state/withheld.ts).
 */
export function isSecretOf(secret: string | undefined, known: string | undefined): boolean {
  return secret !== undefined && known !== undefined && isSameDigest(digest(secret), known)
}

/** Compared in constant time: how far a guess is right shows nowhere. */
function isSameDigest(one: string, other: string): boolean {
  const [found, expected] = [Buffer.from(one), Buffer.from(other)]
  return found.length === expected.length && timingSafeEqual(found, expected)
}

/** The token with this value, whoever owns it and whether or not it is still of use. */
export function tokenWith(value: string, world: World): TokenRow | undefined {
  const value_sha256 = digest(value)
  const token = world.store.table(tokens).where({ value_sha256 }).first()
  return token && isSameDigest(value_sha256, token.value_sha256 ?? '') ? token : undefined
}

/** The user with this e-mail address, in which case does not count. */
export function userWith(email: string, world: World): UserRow | undefined {
  return world.store.table(users).where({ 'email:lower': email.toLowerCase() }).first()
}

/** Who asks, as far as the world knows. */
export interface Identity {
  /** The user whose key or token it is; undefined for the token of an account. */
  user?: UserRow
  /** The token, when one was sent. */
  token?: TokenRow
}

/** Whoever signed in, as a world has them now. */
export function signedIn({ user_id, token }: Acting, world: World): Identity {
  const user = user_id === undefined ? undefined : world.store.table(users).get(user_id)
  return { ...(token && { token }), ...(user && { user }) }
}

/** Whom the credential of a caller stands for; undefined when the world knows nobody of it. */
export function identityOf({ token: value, email, acting }: Caller, world: World): Identity | undefined {
  if (acting) return signedIn(acting, world)
  if (value !== undefined) {
    const token = tokenWith(value, world)
    if (!token) return undefined
    const user = world.store.table(users).get(token.owner_id)
    return { token, ...(user && { user }) }
  }
  if (email === undefined) return undefined
  const user = userWith(email, world)
  return user && { user }
}

/**
 * The user who asks; undefined for the token of an account, behind which there is nobody. Where credentials need not
 * exist (`--auth any` and `off`), whoever is not known is taken for the documented user, and in a world without that
 * one for the first.
 */
export function userBehind(caller: Caller, world: World): UserRow | undefined {
  const identity = identityOf(caller, world)
  if (identity) return identity.user
  const everybody = world.store.table(users)
  return everybody.get(world.resolve(users, 'user_id')) ?? everybody.orderBy('id').first()
}

/**
 * The user who asks, where nobody else will do: see {@link userBehind}.
 * @param refusal what the token of an account is answered with (ERRORS.md §2.3)
 * @throws ApiFailure when there is no user
 */
export function actingUser(caller: Caller, world: World, refusal: FailureName = 'USER_ONLY'): UserRow {
  const user = userBehind(caller, world)
  if (!user) throw fail(refusal)
  return user
}
