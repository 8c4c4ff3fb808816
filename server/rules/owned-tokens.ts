/**
 * The API tokens of one owner. Accounts and users have them alike: they differ in how their values begin and in how
 * many there may be (CONTRACT.md §9.6, EXTENDED.md §7).
 */
import type { Caller, View } from '../../schemas/operation.ts'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import { type Token, type TokenRow, type TokenVerification, tokens } from '../../schemas/tokens.ts'
import { CHECKSUM_LENGTH } from '../assumed.ts'
import { fail } from '../errors.ts'
import type { World } from '../state/world.ts'
import { digest, identityOf } from './identity.ts'
import { checkMakersRights, checkRollersRights } from './makers-rights.ts'
import type { TokenOwner } from './token-groups.ts'
import { type AskedToken, readToken } from './token-writing.ts'
import { hasExpired, isEarly } from './validity.ts'

/** In what the tokens of accounts and of users differ. */
interface Kind {
  owner: TokenOwner
  /** What a value begins with (ERRORS.md §2.1). */
  prefix: string
  /** How many an owner may have (ERRORS.md §6). */
  quota: number
}

export const OF_ACCOUNT: Kind = { owner: 'account', prefix: 'cfat_', quota: 500 }
export const OF_USER: Kind = { owner: 'user', prefix: 'cfut_', quota: 50 }

const VALID = { code: 10000, message: 'This API Token is valid and active', type: null }

/**
 * What can be done to the tokens of one owner.
 * @param owner_id an account or a user
 * @example ownedTokens(user.id, OF_USER, world).create({ name: 'a', policies: [] }, caller).value // 'cfut_…'
 */
export function ownedTokens(owner_id: string, { owner, prefix, quota }: Kind, world: World) {
  const owned = world.store.table(tokens, owner_id)
  const present = (row: TokenRow) => presentToken(row, world)

  function found(id: string): TokenRow {
    const row = owned.get(id)
    if (!row) throw fail('TOKEN_NOT_FOUND')
    return row
  }

  /** The form of 2026: a prefix, 40 characters and a checksum. */
  function newValue(): string {
    const secret = world.secrets.text(40)
    return `${prefix}${secret}${digest(secret).slice(0, CHECKSUM_LENGTH)}`
  }

  /** What a caller may write into a token: where credentials must exist, no rights that they have not themselves. */
  function written(body: AskedToken, before: readonly { id: string }[], caller: Caller) {
    const row = readToken(body, before, owner, world)
    world.tally.addGiven({ owner_id, policies: row.policies })
    const maker = caller.acting && identityOf(caller, world)
    if (maker) checkMakersRights(row.policies, maker, owner_id, world)
    return row
  }

  return {
    /** Oldest first, unless told otherwise. Expired ones only when asked for. */
    list: (query: { include_expired?: boolean; direction?: 'asc' | 'desc' }): View<Token> =>
      owned
        .filter(query.include_expired ? undefined : (row) => !hasExpired(row, world))
        .orderBy('issued_on', query.direction)
        .map(present),

    /**
     * @throws ApiFailure beyond the quota, for a policy with an id, for what cannot be written into a token, or not by
     *   this caller
     */
    create(body: AskedToken, caller: Caller): Token & { value: string } {
      if (owned.total() >= quota) throw fail('TOKEN_QUOTA')
      if (body.policies.some(({ id }) => typeof id === 'string' && id !== '')) throw fail('TOKEN_POLICY_REUSED')
      const asked = written(body, [], caller)
      const value = newValue()
      const now = world.clock.seconds()
      const row = owned.put({
        id: world.ids.id(),
        owner_id,
        status: 'active',
        issued_on: now,
        modified_on: now,
        value_sha256: digest(value),
        ...asked,
      })
      return { ...present(row), value }
    },

    get: (id: string): Token => present(found(id)),

    /** Replaces all that clients write: what is left out is cleared, except the status. */
    update(id: string, body: AskedToken & { status?: NonNullable<Token['status']> }, caller: Caller): Token {
      const { status, issued_on, last_used_on, value_sha256, policies } = found(id)
      const row = owned.put({
        id,
        owner_id,
        // `expired` is for the clock to say.
        status: body.status === 'active' || body.status === 'disabled' ? body.status : status,
        issued_on,
        modified_on: world.clock.seconds(),
        ...(value_sha256 !== undefined && { value_sha256 }),
        ...(last_used_on !== undefined && { last_used_on }),
        ...written(body, policies, caller),
      })
      return present(row)
    },

    delete(id: string): { id: string } {
      owned.delete(found(id).id)
      return { id }
    },

    /**
     * @returns the new value; the old one is of no use from now on
     * @throws ApiFailure for a token that may do what the caller may not
     */
    roll(id: string, caller: Caller): string {
      const row = found(id)
      const roller = identityOf(caller, world)
      if (roller?.token?.id !== id) world.tally.addGiven(row)
      if (caller.acting && roller) checkRollersRights(row, roller, world)
      const value = newValue()
      owned.put({ ...row, value_sha256: digest(value), modified_on: world.clock.seconds() })
      return value
    },
  }
}

/**
 * What a verification says of a token (ERRORS.md §2.4).
 * @param row the token that was sent, if it is one that may be verified here
 * @param messages where it is said that the token is good
 * @throws ApiFailure 401/1000 for a token that is not known here or whose time has not come
 */
export function verify(row: TokenRow | undefined, messages: object[], world: World): TokenVerification {
  if (!row) throw fail('INVALID_TOKEN')
  if (isEarly(row, world)) throw fail('VERIFIED_EARLY')
  const { id, not_before, expires_on } = row
  const status = hasExpired(row, world) ? 'expired' : row.status
  if (status === 'active') messages.push({ ...VALID })
  return { id, status, ...(not_before && { not_before }), ...(expires_on && { expires_on }) }
}

/** A token as the API shows it: without a trace of its value, with the names of its groups, expired when it is. */
function presentToken(row: TokenRow, world: World): Token {
  const groups = world.store.table(permissionGroups)
  const { owner_id: _owner, value_sha256: _digest, ...shown } = row
  return {
    ...shown,
    status: hasExpired(row, world) ? 'expired' : row.status,
    policies: row.policies.map((policy) => ({
      ...policy,
      permission_groups: policy.permission_groups.map(({ id, meta }) => {
        const name = groups.get(id)?.name
        return { id, ...(name !== undefined && { name }), ...(meta && { meta }) }
      }),
    })),
  }
}
