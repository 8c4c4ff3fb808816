/**
 * What is assumed of the live service: nothing published and nothing recorded says it. It stands in this one file, so
 * that it is easy to change when somebody finds out. Each entry says what there is to go by.
 */
import type { FailureRow } from './errors.ts'

/** Bytes of a body; beyond this it is 413. That there is a limit is certain, where it lies is not (ERRORS.md §6). */
export const BODY_LIMIT = 1024 * 1024

/** What an account may not have in its name. Known is only that `<script>` is refused (ERRORS.md §4). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
export const FORBIDDEN_IN_NAMES = /[<>\u0000-\u001f]/

/** What an e-mail address must look like. The published schema has no format, and a refusal was never recorded. */
export const EMAIL = /^[^\s@]+@[^\s@]+$/

/** Characters of the checksum at the end of a token of 2026; prefix and length before it are published (ERRORS.md §2.1). */
export const CHECKSUM_LENGTH = 8

/** The three letters at the end of a ray id. The live service names one of its data centres, this is one of them. */
export const RAY_PLACE = 'AMS'

/**
 * Whether a 429 of the limit tells in `Ratelimit` and `Ratelimit-Policy` that nothing is left. Published are the two
 * headers for answers at large, and `retry-after` for a 429; no recorded 429 shows whether it has all three
 * (ERRORS.md §6). Nor is it known when a window begins: here, with the first request (state/rate-limits.ts).
 */
export const REFUSAL_TELLS_LIMIT: boolean = true

/** Added to a status of which no failure is known, this is the code that a fault answers with it: 10503. */
export const UNRECORDED_CODES = 10_000

/** For each frequency: how far a period reaches, and how many monthly prices it costs. No price is published. */
export const PERIODS: Readonly<Record<string, { days?: number; months?: number; price: number }>> = {
  weekly: { days: 7, price: 0.25 },
  monthly: { months: 1, price: 1 },
  quarterly: { months: 3, price: 3 },
  yearly: { months: 12, price: 10 },
  'not-applicable': { months: 12, price: 1 },
}

/** Failures of which the status, the code or the words are this project's own. See ERRORS.md §8 for what is known. */
export const ASSUMED = {
  TOKEN_NOT_FOUND: { status: 404, code: 1003, message: 'Token not found' },
  ROLE_NOT_FOUND: { status: 404, code: 1003, message: 'Role not found' },
  SUBSCRIPTION_NOT_FOUND: { status: 404, code: 1199, message: 'Subscription not found' },
  DESTINATION_NOT_FOUND: { status: 404, code: 1003, message: 'Destination organization not found' },
  OTHER_HIERARCHY: {
    status: 400,
    code: 1001,
    message: 'The destination organization is not in the hierarchy of the account',
  },
  ACCOUNT_ID_MISMATCH: { status: 400, code: 1001, message: 'The id in the body is not the id in the path' },
  INVALID_EMAIL: { status: 400, code: 1001, message: 'Invalid request: Invalid email address' },
  MEMBER_EXISTS: { status: 400, code: 1001, message: 'Invalid request: Member already exists' },
  LAST_SUPER_ADMINISTRATOR: {
    status: 400,
    code: 1001,
    message: 'Invalid request: Cannot remove the last Super Administrator',
  },
  INVALID_POLICY_GROUP: { status: 400, code: 1001, message: "Invalid request: Invalid {kind} '{id}'" },
  MEMBER_INVALID: { status: 400, code: 1001, message: 'Invalid request: {problem}' },
  TOKEN_QUOTA: { status: 400, code: 1001, message: 'Token quota exceeded' },
  UNKNOWN_PERMISSION_GROUP: { status: 400, code: 1001, message: 'Invalid permission group id: {id}' },
  SUBSCRIPTION_JSON: { status: 400, code: 1198, message: 'Failed to decode the JSON body' },
  INVALID_BODY: { status: 400, code: 1001, message: 'Invalid request body: {problem}' },
  BODY_TOO_LARGE: { status: 413, code: 10413, message: 'The request body is larger than {limit} bytes' },
  BAD_REQUEST: { status: 400, code: 10400, message: 'Bad request: {problem}' },
} as const satisfies Record<string, FailureRow>
