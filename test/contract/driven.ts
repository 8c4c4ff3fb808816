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

/** A request, and its body. */
export type Call = readonly [request: string, body?: unknown]

/** At least one call of an operation that succeeds, and some that fail in ways of its own. */
export interface Driven {
  /** The operation, as upstream writes it. */
  key: string
  succeed: Call[]
  fail: Call[]
}
