/** Account-owned API tokens. */
import { createHash } from 'node:crypto'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import { operations, type Token, type TokenPolicy, type TokenRow, tokens } from '../../schemas/tokens.ts'
import { CHECKSUM_LENGTH } from '../assumed.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { keptId } from '../rules/kept-id.ts'
import type { World } from '../state/world.ts'

type AskedPolicy = Omit<TokenPolicy, 'id'> & { id?: unknown }

/** How many tokens an account may have (ERRORS.md §6). */
const QUOTA = 500

/** Whole seconds; some SDKs write the offset in full. */
const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:[Zz]|[+-]\d\d:\d\d)$/

const VALID = { code: 10000, message: 'This API Token is valid and active', type: null }

export default resource(
  'Account Owned API Tokens',
  operations,
  (world) => {
    const of = (account_id: string) => world.store.table(tokens, account_id)
    const present = (row: TokenRow) => presentToken(row, world)

    function found(account_id: string, id: string): TokenRow {
      const row = of(account_id).get(id)
      if (!row) throw fail('TOKEN_NOT_FOUND')
      return row
    }

    return {
      list: ({ params, query }) =>
        of(params.account_id)
          .filter(query.include_expired ? undefined : (row) => !isExpired(row, world))
          .orderBy('issued_on', query.direction)
          .map(present),

      create({ params: { account_id }, body }) {
        if (of(account_id).total() >= QUOTA) throw fail('TOKEN_QUOTA')
        if (body.policies.some(({ id }) => typeof id === 'string' && id !== '')) throw fail('TOKEN_POLICY_REUSED')
        const written = readToken(body, [], world)
        const value = newValue(world)
        const now = world.clock.seconds()
        const row = of(account_id).put({
          id: world.ids.id(),
          owner_id: account_id,
          status: 'active',
          issued_on: now,
          modified_on: now,
          value_sha256: digest(value),
          ...written,
        })
        return { ...present(row), value }
      },

      get: ({ params }) => present(found(params.account_id, params.token_id)),

      update({ params: { account_id, token_id }, body }) {
        const { id, owner_id, status, issued_on, last_used_on, value_sha256, policies } = found(account_id, token_id)
        const row = of(account_id).put({
          id,
          owner_id,
          // `expired` is for the clock to say.
          status: body.status === 'active' || body.status === 'disabled' ? body.status : status,
          issued_on,
          modified_on: world.clock.seconds(),
          value_sha256,
          ...(last_used_on !== undefined && { last_used_on }),
          ...readToken(body, policies, world),
        })
        return present(row)
      },

      delete({ params: { account_id, token_id } }) {
        const { id } = found(account_id, token_id)
        of(account_id).delete(id)
        return { id }
      },

      verify({ params: { account_id }, caller, messages }) {
        const row = tokenOf(caller.token, account_id, world)
        // The token of a user, or of another account, is as unknown here as any other (assumed).
        if (!row) throw fail('INVALID_TOKEN')
        if (row.not_before !== undefined && Date.parse(row.not_before) > world.clock.now()) throw fail('INVALID_TOKEN')
        const { id = row.id, status = 'active', not_before, expires_on } = present(row)
        if (status === 'active') messages.push({ ...VALID })
        return { id, status, ...(not_before && { not_before }), ...(expires_on && { expires_on }) }
      },

      roll({ params: { account_id, token_id } }) {
        const row = found(account_id, token_id)
        const value = newValue(world)
        of(account_id).put({ ...row, value_sha256: digest(value), modified_on: world.clock.seconds() })
        return value
      },
    }
  },
  {
    '*': [
      ['/name', '*', 'TOKEN_NAME_LENGTH'],
      ['/policies/*/permission_groups/*/id', 'required', 'TOKEN_GROUP_ID'],
      ['/not_before', '*', 'TOKEN_TIME', { name: 'not_before' }],
      ['/expires_on', '*', 'TOKEN_TIME', { name: 'expires_on' }],
    ],
  },
)

/** What a token is recognised by. The values are random and long, so that a plain digest is enough. */
function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

/** The account's token with this value. */
function tokenOf(value: string | undefined, account_id: string, world: World): TokenRow | undefined {
  const owned = world.store.table(tokens, account_id)
  const [row] = value === undefined ? [] : owned.where({ value_sha256: digest(value) }).slice(0, 1)
  if (row) return row
  if (world.stateless) return exampleToken(account_id, world)
  if (value === undefined) throw fail('MISSING_AUTHORIZATION')
  return undefined
}

/**
 * The documented token, which an example server takes every request to carry (see the option `stateless`): the SDK
 * suites sign in with a key, or with a user's token, and yet expect a token of the account to be verified.
 */
function exampleToken(account_id: string, world: World): TokenRow | undefined {
  return world.store.table(tokens, account_id).get(world.resolve(tokens, 'token_id'))
}

/** The form of 2026: a prefix, 40 characters and a checksum. */
function newValue(world: World): string {
  const secret = world.secrets.text(40)
  return `cfat_${secret}${digest(secret).slice(0, CHECKSUM_LENGTH)}`
}

interface AskedToken {
  name: string
  policies: readonly AskedPolicy[]
  not_before?: string
  expires_on?: string
  condition?: Token['condition']
}

/** The part of a token that clients write. What they leave out is not there. */
function readToken(body: AskedToken, before: readonly { id: string }[], world: World) {
  const { name, condition } = body
  if (name.length === 0) throw fail('TOKEN_NAME_LENGTH')
  const not_before = readTime('not_before', body.not_before)
  const expires_on = readTime('expires_on', body.expires_on)
  const kept = new Set(before.map((policy) => policy.id))
  return {
    name,
    ...(not_before && { not_before }),
    ...(expires_on && { expires_on }),
    ...(condition && { condition }),
    policies: body.policies.map(({ id, effect, resources, permission_groups }) => ({
      id: keptId(id, kept) ?? world.ids.id(),
      effect,
      resources,
      permission_groups: permission_groups.map((group) => {
        const known = world.resolve(permissionGroups, group.id)
        if (!world.store.table(permissionGroups).get(known)) throw fail('UNKNOWN_PERMISSION_GROUP', { id: known })
        return { id: known, ...(group.meta && { meta: group.meta }) }
      }),
    })),
  }
}

/** The same instant in the service's own form: whole seconds, in UTC. */
function readTime(name: string, sent: string | undefined): string | undefined {
  if (sent === undefined) return undefined
  const moment = new Date(sent)
  // An offset can push the last hour of 9999 into a year of five digits.
  const isWritable = !Number.isNaN(moment.getTime()) && /^\d{4}-/.test(moment.toISOString())
  if (!TIME.test(sent) || !isWritable) throw fail('TOKEN_TIME', { name })
  return `${moment.toISOString().slice(0, 19)}Z`
}

function isExpired(row: TokenRow, world: World): boolean {
  return row.expires_on !== undefined && Date.parse(row.expires_on) <= world.clock.now()
}

/** A token as the API shows it: without a trace of its value, with the names of its groups, expired when it is. */
function presentToken(row: TokenRow, world: World): Token {
  const groups = world.store.table(permissionGroups)
  const { owner_id: _owner, value_sha256: _digest, ...shown } = row
  return {
    ...shown,
    status: isExpired(row, world) ? 'expired' : row.status,
    policies: row.policies.map((policy) => ({
      ...policy,
      permission_groups: policy.permission_groups.map(({ id, meta }) => {
        const name = groups.get(id)?.name
        return { id, ...(name !== undefined && { name }), ...(meta && { meta }) }
      }),
    })),
  }
}
