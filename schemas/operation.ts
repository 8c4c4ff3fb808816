/**
 * What an operation is, as data, and the type of the behaviour that belongs to it. This is one half of the hinge;
 * the other half is `server/resource.ts`, which takes operations and behaviours together.
 */
import { type Static, type TArray, type TObject, type TProperties, type TSchema, Type } from 'typebox'
import type { Family, Paging } from './envelope.ts'
import type { TokenRow } from './tokens.ts'

/** The credentials that an operation names in the contract. The simulator takes any of them everywhere. */
export type SecurityScheme = 'api_token' | 'api_key' | 'user_service_key'

/** What stands in an operation. */
export interface OperationShape {
  /** The contract's operationId, for example `account-members-list-members`. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path below `/client/v4`, for example `/accounts/:account_id/members`. */
  path: string
  /** One line, as a heading: `List Members`. */
  summary: string
  description?: string
  /** The heading in the document, where it is not that of the resource. */
  tag?: string
  deprecated?: boolean
  /** True for the neighbours of the documented operations (EXTENDED.md): simulated alike, but no part of the coverage. */
  neighbour?: true
  family: Family
  /** Token permission groups, any one of which opens the operation. */
  permissions: readonly string[]
  security: readonly SecurityScheme[]
  params?: TObject
  query?: TObject
  body?: TSchema
  /** True where clients send no body although the contract requires one (CONTRACT.md, trap 5). */
  bodyOptional?: boolean
  result: TSchema
  /** Fields of the result that stand beside it as well: some answers have no envelope in the contract (EXTENDED.md §9, §10). */
  besideResult?: readonly string[]
  paging?: Paging
  status?: 200 | 204
  /** What stands in the `result_info` of a 404, where the contract gives that answer one (EXTENDED.md §5): its schema, and it. */
  notFound?: { readonly info: TSchema; readonly value: Readonly<Record<string, unknown>> }
}

/** An operation with every default filled in. */
export type Operation = OperationShape & {
  params: TObject
  query: TObject
  status: 200 | 204
}

type Complete<Shape extends OperationShape> = Shape & {
  params: Shape['params'] extends TObject ? Shape['params'] : TObject<TProperties>
  query: Shape['query'] extends TObject ? Shape['query'] : TObject<TProperties>
  status: Shape['status'] extends 204 ? 204 : 200
}

/**
 * Declares an operation. The OpenAPI document, the validation of requests, the check of answers and the type of the
 * behaviour are all read from what it returns.
 * @example
 * operation({ id: 'account-roles-role-details', method: 'GET', path: '/accounts/:account_id/roles/:role_id', … })
 */
export function operation<const Shape extends OperationShape>(shape: Shape): Complete<Shape> {
  return { params: Type.Object({}), query: Type.Object({}), status: 200, ...shape } as unknown as Complete<Shape>
}

/**
 * A list that has been filtered and ordered, but not yet cut: the paging stage asks for the part it needs. State
 * implements it, so that one page of a million rows costs what one page of a hundred costs.
 */
export interface View<Item> {
  /** How many items match, over all pages. */
  total(): number
  /** `limit` items from the `offset`-th on. Fewer, or none, past the end. */
  slice(offset: number, limit: number): Item[]
  /** What `result_info` says of the list beside what paging says. */
  readonly info?: Readonly<Record<string, unknown>>
  /** The items after a position that an earlier call returned as `next`; `next` is absent on the last page. */
  after(position: Position | undefined, limit: number): { items: Item[]; next?: Position }
}

/** Where a page of a {@link View} ended: the values that the view is ordered by, the id last. */
export type Position = readonly (string | number | boolean | null)[]

/** Whom a credential that exists stands for. */
export interface Acting {
  /** The user whose key or token it is; absent for the token of an account. */
  user_id?: string
  /** The token as it was when the request came: neither a later change nor the past that a reader sees takes its place. */
  token?: TokenRow
}

/** Who is asking, as the authentication stage found out. */
export interface Caller {
  scheme: SecurityScheme | 'none'
  /** The bearer token as sent. */
  token?: string
  /** `X-Auth-Email` as sent. */
  email?: string
  /** `X-Auth-Key` as sent. */
  key?: string
  /** Whom the credential stands for, where credentials must exist (`--auth enforce`). Others are not held to anything. */
  acting?: Acting
}

/** What a behaviour is given. */
export interface BehaviourRequest<Op extends OperationShape> {
  params: Op['params'] extends TObject ? Static<Op['params']> : Record<never, never>
  query: Op['query'] extends TObject ? Static<Op['query']> : Record<never, never>
  body: Op['body'] extends TSchema ? Static<Op['body']> : undefined
  caller: Caller
  /** Informational messages that go into the envelope. */
  messages: { code: number; message: string; type?: null }[]
}

/** What a behaviour answers: nothing (204), a view (lists), or the `result`. */
export type BehaviourAnswer<Op extends OperationShape> = Op['status'] extends 204
  ? // biome-ignore lint/suspicious/noConfusingVoidType: a behaviour that answers nothing just ends
    void
  : Op['paging'] extends Paging
    ? Op['result'] extends TArray<infer Item>
      ? View<Static<Item>>
      : never
    : Static<Op['result']>

/** What an operation does. Synchronous on purpose: each request is atomic. */
export type Behaviour<Op extends OperationShape> = (request: BehaviourRequest<Op>) => BehaviourAnswer<Op>
