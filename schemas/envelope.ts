/**
 * What every answer is wrapped in. The contract has four families of envelope (CONTRACT.md §5); an operation names
 * its own, and its failures wear it too.
 */
import { type TSchema, Type } from 'typebox'
import { Null, nullable, oneOf, tolerated } from './fields.ts'

/** The four families of envelope. */
export type Family = 'iam' | 'billing' | 'organizations' | 'audit'

/** Those of services behind the newer gateway, which answers alike to whatever is wrong with a credential. */
export const GATEWAY: readonly Family[] = ['audit', 'organizations']

/** How a list is cut into pages. */
export type Paging = 'page' | 'cursor' | 'token' | 'single' | 'history'

/**
 * An entry of `errors` or `messages`. `error_chain` and a `type` of null are what the live service adds
 * (ERRORS.md §1); the published schema has neither. The services for members and tokens answer some refusals with
 * code 400, the older audit logs with 113 (ERRORS.md §4), below the minimum that is published.
 * @example { "code": 1003, "message": "Member not found for account" }
 */
export const Message = Type.Object(
  {
    code: tolerated(
      Type.Integer({ minimum: 1000, description: 'A number of the service’s own, not an HTTP status.' }),
      Type.Integer({ minimum: 100 }),
    ),
    message: Type.String(),
    documentation_url: Type.Optional(Type.String()),
    source: Type.Optional(
      Type.Object({
        pointer: Type.Optional(Type.String({ description: 'JSON pointer to the offending field of the body.' })),
      }),
    ),
    error_chain: Type.Optional(Type.Array(Type.Object({ code: Type.Integer(), message: Type.String() }))),
    type: Type.Optional(nullable(Type.String())),
  },
  { title: 'Message' },
)

/** `result_info` of a page-numbered list, in the order in which the live service sends it. */
export const PageInfo = Type.Object(
  {
    page: Type.Number(),
    per_page: Type.Number(),
    total_pages: Type.Number(),
    count: Type.Number({ description: 'Items on this page.' }),
    total_count: Type.Number({ description: 'Items that match, over all pages.' }),
  },
  { title: 'PageInfo' },
)

/** `result_info` of an audit log. SDKs follow `cursor` or `cursors.after`, so both are sent (CONTRACT.md, trap 2). */
export const CursorInfo = Type.Object(
  {
    count: Type.String({ description: 'Entries on this page, as a string.' }),
    cursor: Type.Optional(Type.String()),
    cursors: Type.Optional(Type.Object({ after: Type.String() })),
  },
  { title: 'CursorInfo' },
)

/** `result_info` of the history of an audit entry. Its count is a number, unlike that of the log (CONTRACT.md, trap 3). */
export const HistoryInfo = Type.Object(
  {
    count: Type.Integer({ description: 'Entries on this page.' }),
    history_status: oneOf(['exact', 'approximate', 'unavailable'], {
      description:
        'By what the resource was recognised: its URI, no more than its product and type, or nothing, so that the history is empty.',
    }),
    cursor: Type.Optional(Type.String()),
  },
  { title: 'HistoryInfo' },
)

/** `result_info` of an organizations list. */
export const TokenInfo = Type.Object(
  {
    next_page_token: Type.Optional(Type.String({ description: 'Left out on the last page.' })),
    total_size: Type.Integer({ description: 'Items that match, over all pages.' }),
  },
  { title: 'TokenInfo' },
)

const INFO: Record<Paging, TSchema | undefined> = {
  page: PageInfo,
  cursor: CursorInfo,
  token: TokenInfo,
  single: undefined,
  history: HistoryInfo,
}

/** What of an operation says how its successes look. */
interface Answered {
  family: Family
  result: TSchema
  paging?: Paging
  besideResult?: readonly string[]
}

/**
 * The whole body of a success.
 * @example success({ family: 'iam', result: Type.Array(Member), paging: 'page' })
 */
export function success({ family, result, paging, besideResult = [] }: Answered): TSchema {
  // Subscriptions are one page, but their list carries the page-numbered object all the same (ERRORS.md §7.6).
  const info = paging === 'single' && family === 'billing' ? PageInfo : paging && INFO[paging]
  const fields = (result as { properties?: Record<string, TSchema> }).properties ?? {}
  return Type.Object({
    ...Object.fromEntries(besideResult.map((name) => [name, fields[name] as TSchema])),
    result,
    success: Type.Unsafe<true>({ type: 'boolean', enum: [true] }),
    errors: Type.Array(Type.Object({}), { maxItems: 0 }),
    // The audit log's envelope has no messages; every other family requires them.
    ...(family === 'audit' ? {} : { messages: Type.Array(Message) }),
    ...(info ? { result_info: info } : {}),
  })
}

/**
 * The whole body of a failure. `result` is null, except in the organizations family, whose schema has no place for
 * null and which leaves it out (CONTRACT.md, trap 16).
 * @param info what stands in `result_info`, where there is one: in a 404 of the history of an audit entry
 */
export function failure(family: Family, info?: TSchema): TSchema {
  const name = `${family[0]?.toUpperCase()}${family.slice(1)}`
  return Type.Object(
    {
      // What is published for a 404 with a `result_info` allows an object as well.
      ...(family === 'organizations' ? {} : { result: info ? nullable(Type.Object({})) : Null() }),
      success: Type.Unsafe<false>({ type: 'boolean', enum: [false] }),
      errors: Type.Array(Message, { minItems: 1 }),
      messages: Type.Array(Message),
      ...(info && { result_info: info }),
    },
    { title: `${name}${info ? 'NotFound' : 'Failure'}` },
  )
}

/** What a delete of accounts, members and tokens answers. */
export const DeletedId = Type.Object(
  { id: Type.String({ minLength: 32, maxLength: 32, description: 'The id of what is gone.' }) },
  { title: 'DeletedId' },
)
