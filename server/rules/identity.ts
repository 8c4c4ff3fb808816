/** Whom a credential stands for. */
import { hash, timingSafeEqual } from 'node:crypto'
import type { Acting, Caller } from '../../schemas/operation.ts'
import { type TokenRow, tokens } from '../../schemas/tokens.ts'
import { type UserRow, users } from '../../schemas/users.ts'
import { type FailureName, fail } from '../errors.ts'
import { derived } from '../state/derived.ts'
import type { World } from '../state/world.ts'

/** What a secret is recognised by. Secrets are random and long, so that a plain digest is enough. */
export function digest(secret: string): string {
  return hash('sha256', secret)
}

/** Compared in constant time: how far a guess is right shows nowhere. */
function isSameDigest(one: string, other: string): boolean {
  const [found, expected] = [Buffer.from(one), Buffer.from(other)]
  return found.length === expected.length && timingSafeEqual(found, expected)
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

/** What a credential comes to in a world. */
export interface Recognised {
  /** Whom it stands for; undefined when the world knows nobody of it. */
  identity: Identity | undefined
  /** The caller as whoever signed in; undefined where the secret is not theirs. */
  signedIn: (Caller & { acting: Acting }) | undefined
}

/** Callers come again and again, their secrets with them: what these are recognised by is worked out once. */
const digests = new WeakMap<Caller, string>()

function digestOf(caller: Caller, secret: string): string {
  let known = digests.get(caller)
  if (known === undefined) {
    known = digest(secret)
    digests.set(caller, known)
  }
  return known
}

/** Looks up whom the credential of a caller stands for, and whether it is theirs: once, as long as they stay as they are. */
export const recognised = derived([tokens, users], (caller: Caller, world): Recognised => {
  if (caller.token !== undefined) return byToken(caller, caller.token, world)
  const user = caller.email === undefined ? undefined : userWith(caller.email, world)
  if (!user) return { identity: undefined, signedIn: undefined }
  const { key } = caller
  // Nothing is the key of a user whose row has lost its digest (state/withheld.ts).
  const isTheirs = key !== undefined && isSameDigest(digestOf(caller, key), user.api_key_sha256 ?? '')
  return { identity: { user }, signedIn: isTheirs ? { ...caller, acting: { user_id: user.id } } : undefined }
})

/** The token with the value that was sent, whoever owns it and whether or not it is still of use. */
function byToken(caller: Caller, value: string, world: World): Recognised {
  const value_sha256 = digestOf(caller, value)
  const token = world.store.table(tokens).where({ value_sha256 }).first()
  if (!token || !isSameDigest(value_sha256, token.value_sha256 ?? ''))
    return { identity: undefined, signedIn: undefined }
  const user = world.store.table(users).get(token.owner_id)
  const acting = { ...(user && { user_id: user.id }), token }
  return { identity: { token, ...(user && { user }) }, signedIn: { ...caller, acting } }
}

/** Whoever signed in, as a world has them now. */
const signedIn = derived([users], ({ user_id, token }: Acting, world): Identity => {
  const user = user_id === undefined ? undefined : world.store.table(users).get(user_id)
  return { ...(token && { token }), ...(user && { user }) }
})

/** Whom the credential of a caller stands for; undefined when the world knows nobody of it. */
export function identityOf(caller: Caller, world: World): Identity | undefined {
  return caller.acting ? signedIn(caller.acting, world) : recognised(caller, world).identity
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
