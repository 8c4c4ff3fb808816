/**
 * Every failure the API knows: status, code, message. `{name}` in a message is filled in. Those that rest on nothing
 * public are in assumed.ts.
 */
import { NAME_IS } from '../schemas/control/call.ts'
import type { Exchange } from '../schemas/exchanges.ts'
import { ASSUMED } from './assumed.ts'

/** A row of the table. */
export interface FailureRow {
  status: number
  code: number
  message: string
  /** What the answer carries beside the usual headers. */
  headers?: Readonly<Record<string, string>>
}

/** SDKs repeat a 5xx twice. One that the simulator itself is the reason for will not be mended by that. */
const NO_RETRY = { 'x-should-retry': 'false' }

/**
 * Recorded from the live service or told by several people who called it. Where only a fragment of the words was kept
 * (`too long`, `invalid character`, `name must have a length`), the fragment is in the message and the rest is ours.
 */
const OBSERVED = {
  // Credentials
  NO_CREDENTIALS: { status: 400, code: 9106, message: 'Missing X-Auth-Key, X-Auth-Email or Authorization headers' },
  HALF_CREDENTIALS: { status: 400, code: 9107, message: 'Missing X-Auth-* header' },
  BAD_HEADERS: { status: 400, code: 6003, message: 'Invalid request headers' },
  MISSING_AUTHORIZATION: { status: 400, code: 1001, message: 'Missing "Authorization" header' },
  INVALID_TOKEN: { status: 401, code: 1000, message: 'Invalid API Token' },
  INVALID_ACCESS_TOKEN: { status: 403, code: 9109, message: 'Invalid access token' },
  // Some reports have 403.
  UNKNOWN_KEY: { status: 400, code: 9103, message: 'Unknown X-Auth-Key or X-Auth-Email' },
  MAX_AUTH_FAILURES: {
    status: 403,
    code: 9109,
    message: 'Max auth failures reached, please check your Authorization header.',
  },
  WRONG_LOCATION: { status: 403, code: 9109, message: 'Cannot use the access token from location: {address}' },
  AUTHENTICATION_FAILED: { status: 400, code: 9106, message: 'Authentication failed (status: 400)' },
  PERMISSION_CHECK: {
    status: 400,
    code: 1001,
    message: 'Failed common permission check against resources. (Permission group: "{name}")',
  },
  // Before 2026 it was code 10000, `<METHOD> method not allowed for the api_token authentication scheme`.
  KEY_WANTED: { status: 405, code: 10405, message: 'Method not allowed for this authentication scheme' },
  USER_ONLY: { status: 403, code: 9109, message: 'Valid user-level authentication not found' },

  RATE_LIMITED: { status: 429, code: 971, message: 'Please wait and consider throttling your request speed' },

  // Routes and identifiers
  COULD_NOT_ROUTE: {
    status: 400,
    code: 7003,
    message: 'Could not route to {path}, perhaps your object identifier is invalid?',
  },
  COULD_NOT_ROUTE_GATEWAY: {
    status: 404,
    code: 7003,
    message: 'Could not route to {path}, perhaps your object identifier is invalid?',
  },
  // The live service says 400; 404 is what the SDKs' own tests require.
  NO_ROUTE: { status: 404, code: 7000, message: 'No route for that URI' },
  METHOD_NOT_AVAILABLE: { status: 405, code: 7001, message: 'Method {method} not available for that URI.' },
  INVALID_ACCOUNT: { status: 403, code: 9109, message: 'Invalid account identifier' },
  UNAUTHORIZED: { status: 403, code: 9109, message: 'Unauthorized to access requested resource' },
  AUTHENTICATION: { status: 403, code: 10000, message: 'Authentication error' },
  // The answer of 2018. Today it is kept for accounts that were deleted.
  ACCOUNT_NOT_FOUND: { status: 404, code: 1003, message: 'Account not found' },
  MEMBER_NOT_FOUND: { status: 404, code: 1003, message: 'Member not found for account' },
  MEMBER_ID_CHARACTER: {
    status: 400,
    code: 400,
    message: "Validating ID '{id}' failed: invalid character '{character}' in offset {offset}",
  },

  // Bodies
  // Of this one the code was kept, and none of the words.
  ACCOUNT_NAME_REQUIRED: { status: 400, code: 1001, message: 'Account name is required' },
  ACCOUNT_NAME_CHARACTER: { status: 400, code: 1001, message: 'Account name contains an invalid character' },
  ACCOUNT_NAME_TOO_LONG: { status: 400, code: 1001, message: 'Account name is too long' },
  ACCOUNT_CREATION_FORBIDDEN: { status: 403, code: 1002, message: 'Forbidden. Account creation is not allowed' },
  ACCOUNT_TYPE: { status: 400, code: 1001, message: 'account type is not supported' },
  VALUE_REQUIRED: { status: 400, code: 1001, message: "Invalid request: Value required for parameter '{name}'." },
  NO_DIRECT_MEMBERS: {
    status: 400,
    code: 1001,
    message: 'Invalid request: automatic verification of new members is not allowed',
  },
  INVALID_ROLES: { status: 400, code: 1001, message: 'Invalid request: Invalid role assignments found' },
  INVALID_ROLES_UPDATE: { status: 400, code: 1001, message: 'Invalid request: Invalid roles' },
  MEMBER_BAD_REQUEST: { status: 400, code: 400, message: 'Bad request: {problem}' },
  TOKEN_NAME_LENGTH: { status: 400, code: 400, message: 'name must have a length between 1 and 120' },
  TOKEN_GROUP_ID: {
    status: 400,
    code: 400,
    message: 'These rules must pass for permission_groups: id must be present',
  },
  TOKEN_POLICY_REUSED: {
    status: 400,
    code: 1001,
    message: 'Reusing existing policies is not supported by token creation',
  },
  TOKEN_TIME: { status: 400, code: 400, message: '{name} must be in the form YYYY-MM-DDTHH:MM:SSZ' },
  NOTHING_TO_UPDATE: {
    status: 400,
    code: 1029,
    message: 'Unable to find a user property to update. Perhaps you are trying to update a readOnly setting?',
  },
  UNKNOWN_RATE_PLAN: { status: 400, code: 7501, message: "unknown or deprecated rate plan: '{id}'" },
  PLAN_NOT_AVAILABLE: {
    status: 400,
    code: 1225,
    message: 'Your account does not have access to this product. Contact billing@cloudflare.com for assistance.',
  },
  NO_CORE_SUBSCRIPTION: {
    status: 404,
    code: 1207,
    message: 'Add a core subscription first and try again. The zone does not have an active core subscription.',
  },
  MALFORMED_JSON: { status: 400, code: 6007, message: 'Malformed JSON in request body' },
  BAD_PARAMETERS: { status: 400, code: 6008, message: 'Invalid request parameters' },
  AUDIT_LOGS_TOO_OLD: { status: 400, code: 113, message: 'since must not be more than 18 months ago' },
} as const satisfies Record<string, FailureRow>

/** Not the service's at all, but the simulator's. */
const OURS = {
  CONTRACT: {
    status: 500,
    code: 10500,
    message:
      'fauxflare answered {operation} with something that the contract does not allow: {problem}. This is a bug of the simulator; start it with --contract warn to go on.',
    headers: NO_RETRY,
  },
  INTERNAL: {
    status: 500,
    code: 10500,
    message: 'fauxflare failed: {problem}. This is a bug of the simulator; its log has the details.',
    headers: NO_RETRY,
  },
  FAULT_HEADER: { status: 400, code: 10400, message: 'Failed to read the header Fauxflare-Fault: {problem}' },
  PREFER_HEADER: { status: 400, code: 10400, message: 'Failed to read the header Prefer: {problem}' },
  NOT_IN_CONTRACT: {
    status: 400,
    code: 10400,
    message: '{problem}. The live service takes it; so does fauxflare when it is started with --requests lenient.',
  },
  SANDBOX_NAME: {
    status: 400,
    code: 10400,
    message: `There can be no sandbox "{name}": a name is ${NAME_IS}.`,
  },
  NOT_KEPT: { status: 507, code: 10507, message: '{problem}', headers: NO_RETRY },
  SANDBOXES_FULL: {
    status: 507,
    code: 10507,
    message:
      'There are {most} sandboxes already. Delete one that is no longer used (DELETE /_fauxflare/sandboxes/{name}), or start with a larger --max-sandboxes.',
    headers: NO_RETRY,
  },
} as const satisfies Record<string, FailureRow>

/** The whole table. */
export const FAILURES = { ...OBSERVED, ...ASSUMED, ...OURS }
export type FailureName = keyof typeof FAILURES

/** One entry of `errors` as it goes into the envelope. */
export interface ErrorItem {
  code: number
  message: string
  source?: { pointer: string }
  error_chain?: { code: number; message: string }[]
}

/** Why somebody may not do something. */
export type Denial = NonNullable<Exchange['denied']>

/** Said to the token of an account where only users have rights. */
export const NO_USER: Denial = {
  reason: 'the token belongs to an account, and no user stands behind it',
  permission_groups: [],
}

/** A failure on its way to the client. Behaviours and stages throw it; the envelope stage gives it its shape. */
export class ApiFailure extends Error {
  /** Its row of the table; `INJECTED` when it is none of ours but one that a fault asks for. */
  override readonly name: FailureName | 'INJECTED'
  readonly status: number
  readonly item: ErrorItem
  /** What the answer carries beside the usual headers, by lower-case name: `{ 'retry-after': '5' }`. */
  readonly headers: Readonly<Record<string, string>>
  /** Where rights are missing: why, which the answer does not tell. */
  readonly denied: Denial | undefined

  constructor(
    name: FailureName | 'INJECTED',
    { status, headers = {} }: Pick<FailureRow, 'status' | 'headers'>,
    item: ErrorItem,
    denied?: Denial,
  ) {
    super(item.message)
    this.name = name
    this.status = status
    this.item = item
    this.headers = headers
    this.denied = denied
  }
}

/**
 * Makes a failure from the table.
 * @param words what stands in the place of `{name}` in the message
 * @param extra a JSON pointer to the field that is wrong, what goes under `error_chain`, and why somebody may not do it
 * @example throw fail('MEMBER_NOT_FOUND')
 * @example throw fail('COULD_NOT_ROUTE', { path: '/client/v4/accounts/x' })
 */
export function fail(
  name: FailureName,
  words: Record<string, string | number> = {},
  extra: { pointer?: string; chain?: { code: number; message: string }[]; denied?: Denial } = {},
): ApiFailure {
  const row: FailureRow = FAILURES[name]
  const item: ErrorItem = {
    code: row.code,
    message: row.message.replace(/\{(\w+)\}/g, (_, word: string) => String(words[word] ?? '')),
    ...(extra.pointer === undefined ? {} : { source: { pointer: extra.pointer } }),
    ...(extra.chain ? { error_chain: extra.chain } : {}),
  }
  return new ApiFailure(name, row, item, extra.denied)
}
