/** What the entries of audit logs say of each operation: which kind of thing it changes, where, and in which words. */
import type { Operation } from '../../schemas/operation.ts'

/** A kind of thing, as entries name it. */
export interface Kind {
  /** The word of the product, as the filter `resource_product` takes it: `members`. */
  product: string
  type: string
  /** The parameter of the path that has its id. Where there is none yet, the answer has it. */
  param?: string
}

/** The kinds of things by the paths below which they are changed. The longest path counts. */
const KINDS: Readonly<Record<string, Kind>> = {
  '/accounts': { product: 'accounts', type: 'account', param: 'account_id' },
  '/accounts/:account_id/members': { product: 'members', type: 'member', param: 'member_id' },
  '/accounts/:account_id/tokens': { product: 'tokens', type: 'token', param: 'token_id' },
  '/accounts/:account_id/iam/user_groups': { product: 'user_groups', type: 'user_group', param: 'user_group_id' },
  '/accounts/:account_id/iam/resource_groups': {
    product: 'resource_groups',
    type: 'resource_group',
    param: 'resource_group_id',
  },
  '/:accounts_or_zones/:account_or_zone_id/subscriptions': {
    product: 'subscriptions',
    type: 'subscription',
    param: 'subscription_identifier',
  },
  '/organizations': { product: 'organizations', type: 'organization', param: 'organization_id' },
  '/organizations/:organization_id/members': { product: 'members', type: 'member', param: 'member_id' },
  '/user': { product: 'user', type: 'user' },
  '/user/tokens': { product: 'tokens', type: 'token', param: 'token_id' },
  '/user/subscriptions': { product: 'subscriptions', type: 'subscription', param: 'identifier' },
  '/user/invites': { product: 'members', type: 'membership', param: 'invite_id' },
  // The organizations of a user are the accounts that they are a member of.
  '/user/organizations': { product: 'members', type: 'membership' },
  '/memberships': { product: 'members', type: 'membership', param: 'membership_id' },
}

const PATHS = Object.keys(KINDS).sort((a, b) => b.length - a.length)

/**
 * The kind of thing that an operation changes.
 * @returns undefined for an operation of which this file does not know; a test sees to it that there is none
 * @example kindOf({ path: '/accounts/:account_id/tokens/:token_id/value' })?.product // 'tokens'
 */
export function kindOf({ path }: Pick<Operation, 'path'>): Kind | undefined {
  const plain = path.replace(/\(.*?\)/g, '')
  const found = PATHS.find((prefix) => /^(?:\/|::|$)/.test(plain.slice(prefix.length)) && plain.startsWith(prefix))
  return found === undefined ? undefined : KINDS[found]
}

const TYPES: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'update', DELETE: 'delete' }

/** What is done to a thing: `create`, `update` or `delete`, by the method. What is moved was there before. */
export function actionOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return path.endsWith('/move') ? 'update' : (TYPES[method] ?? 'view')
}

/**
 * An operation as a phrase of the form that is published, `Add Member`. Its heading says the same in other cases.
 * @example phraseOf({ summary: 'Delete a specific account' }) // 'Delete Account'
 */
export function phraseOf({ summary }: Pick<Operation, 'summary'>): string {
  return summary
    .replace(/\.$/, '')
    .split(' ')
    .filter((word) => !['a', 'an', 'the', 'specific'].includes(word))
    .map((word) => (word === 'to' ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ')
}

/** What is the same in every entry of an operation. */
export interface Audited {
  kind: Kind | undefined
  action: string
  phrase: string
  /** The path, cut at the parameters: texts and, at every other place, names. */
  path: readonly string[]
}

const known = new WeakMap<object, Audited>()

/** What the entries of an operation say, worked out once. */
export function auditedAs(operation: Pick<Operation, 'method' | 'path' | 'summary'>): Audited {
  let audited = known.get(operation)
  if (!audited) {
    audited = {
      kind: kindOf(operation),
      action: actionOf(operation),
      phrase: phraseOf(operation),
      // Two colons stand for one that is none of a parameter.
      path: operation.path
        .replace(/\(.*?\)/g, '')
        .replaceAll('::', '\0')
        .split(/:(\w+)/)
        .map((part) => part.replaceAll('\0', ':')),
    }
    known.set(operation, audited)
  }
  return audited
}
