/** What clients may write into a token, whether it is an account's or a user's. CONTRACT.md §9.6, ERRORS.md §4. */
import { permissionGroups } from '../../schemas/permission-groups.ts'
import type { Token, TokenPolicy, TokenRow } from '../../schemas/tokens.ts'
import { fail } from '../errors.ts'
import type { Refusal } from '../resource.ts'
import type { World } from '../state/world.ts'
import { inWholeSeconds } from '../state/written-time.ts'
import { keptId } from './kept-id.ts'
import { type TokenOwner, tokenGroup } from './token-groups.ts'

/** A token as a client sends it: policies keep their ids by naming them. */
export interface AskedToken {
  name: string
  policies: readonly (Omit<TokenPolicy, 'id'> & { id?: unknown })[]
  not_before?: string | null
  expires_on?: string | null
  condition?: Token['condition'] | null
}

/** What bodies that do not fit are answered with. */
export const TOKEN_REFUSALS: readonly Refusal[] = [
  ['/name', '*', 'TOKEN_NAME_LENGTH'],
  ['/policies/*/permission_groups/*/id', 'required', 'TOKEN_GROUP_ID'],
  ['/not_before', '*', 'TOKEN_TIME', { name: 'not_before' }],
  ['/expires_on', '*', 'TOKEN_TIME', { name: 'expires_on' }],
]

/** Whole seconds; some SDKs write the offset in full. */
const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:[Zz]|[+-]\d\d:\d\d)$/

/**
 * The part of a token that clients write. What they leave out, or send as null, is not there.
 * @param before the policies that there were: one that is sent with its id keeps it
 * @param owner whose the token is: the tokens of accounts have no groups for users
 * @throws ApiFailure for an empty name, a time that is none, and a permission group that there is not for this owner
 */
export function readToken(
  body: AskedToken,
  before: readonly { id: string }[],
  owner: TokenOwner,
  world: World,
): Pick<TokenRow, 'name' | 'not_before' | 'expires_on' | 'condition' | 'policies'> {
  const { name } = body
  if (name.length === 0) throw fail('TOKEN_NAME_LENGTH')
  const not_before = readTime('not_before', body.not_before)
  const expires_on = readTime('expires_on', body.expires_on)
  const condition = readCondition(body.condition)
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
        if (!tokenGroup(owner, known, world)) throw fail('UNKNOWN_PERMISSION_GROUP', { id: known })
        return { id: known, ...(group.meta && { meta: group.meta }) }
      }),
    })),
  }
}

/** A condition as it was sent, without what is null. */
function readCondition(sent: AskedToken['condition']): Token['condition'] {
  if (!sent?.request_ip) return sent ? {} : undefined
  const lists = Object.entries(sent.request_ip).filter(([, list]) => list !== null)
  return { request_ip: Object.fromEntries(lists) }
}

/** The same instant in the service's own form: whole seconds, in UTC. */
function readTime(name: string, sent: string | null | undefined): string | undefined {
  if (sent == null) return undefined
  const moment = new Date(sent)
  // An offset can push the last hour of 9999 into a year of five digits.
  const isWritable = !Number.isNaN(moment.getTime()) && /^\d{4}-/.test(moment.toISOString())
  if (!TIME.test(sent) || !isWritable) throw fail('TOKEN_TIME', { name })
  return inWholeSeconds(moment.getTime())
}
