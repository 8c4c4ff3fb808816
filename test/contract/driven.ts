/** The ids of the documentation, and the paths of what they name. */

export const ACCOUNT_ID = '023e105f4ecef8ad9ca31a8372d0c353'
export const OTHER_ID = '4bb334f7c94c4a29a045f03944f072e5'
export const ROOT = 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8'
export const PARENT = '4536bcfad5faccb111b47003c79917fa'
export const ROLE = '3536bcfad5faccb999b47003c79917fb'
/** Well formed, and the id of nothing. */
export const NONE = '0123456789abcdef0123456789abcdef'

export const A = `/accounts/${ACCOUNT_ID}`
export const OTHER = `/accounts/${OTHER_ID}`
export const ZONE = '/zones/22b1de5f1c0e4b3ea97bb1e963b06a43'
export const MEMBER = `${A}/members/4536bcfad5faccb111b47003c79917fa`
export const INVITED = `${A}/members/962e59e12a20904e5cae232c24f06a9b`
export const TOKEN = `${A}/tokens/ed17574386854bf78a67040be0a770b0`
export const SUBSCRIPTION = `${A}/subscriptions/506e3185e9c882d175a2d0cb0093d9f2`

export const WHOLE_ACCOUNT = `${A}/iam/resource_groups/6d7f2f5f5b1d4a0e9081fdc98d432fd1`
export const RESOURCE_GROUP = `${A}/iam/resource_groups/a67463540b2b6d8b597f0bf99d11e066`
export const USER_GROUP = `${A}/iam/user_groups/5e7221f92f4092cf1236772f6d829b0e`
export const EMPTY_USER_GROUP = `${A}/iam/user_groups/c804317f4b00a13858f1568480103923`
export const GROUPED = `${USER_GROUP}/members/4536bcfad5faccb111b47003c79917fa`
export const O = `/organizations/${ROOT}`
export const ORGANIZATION_MEMBER = `${O}/members/d4619a333673a3fe8b8f38f2053be853`
/** Of the documented user: a membership that was accepted, another, and one that waits for an answer. */
export const MEMBERSHIP = '/memberships/4536bcfad5faccb111b47003c79917fa'
export const OTHER_MEMBERSHIP = '/memberships/994695d2530ec9ed98c716dcb1eda7a2'
export const PENDING = '4f5f0c14a2a41d5063dd301b2f829f04'
export const USER_TOKEN = '/user/tokens/c2cde1781188aa69570100d51a9bb847'
export const USER_SUBSCRIPTION = '/user/subscriptions/506e3185e9c882d175a2d0cb0093d9f2'
export const TENANT = '/tenants/b5e66421277d17727408bb42fcc70908'

/** A request, and its body. */
export type Call = readonly [request: string, body?: unknown]

/** At least one call of an operation that succeeds, and some that fail in ways of its own. */
export interface Driven {
  /** The operation, as upstream writes it. */
  key: string
  succeed: Call[]
  fail: Call[]
}

/** The same request with bodies that no operation takes that wants an object. */
export const wrong = (request: string): Call[] => ['{"name":', [], null, 'text', 7].map((body) => [request, body])
