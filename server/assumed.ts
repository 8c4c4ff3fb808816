/**
 * What is assumed of the live service: nothing published and nothing recorded says it. It stands in this one file, so
 * that it is easy to change when somebody finds out. Each entry says what there is to go by.
 * Assumed as well, with nothing to turn: any content type is read as JSON, `per_page` is cut to what a list allows, a page
 * beyond the end is empty, tokens may share a name (ERRORS.md §4, §7.4), expired and disabled ones are verified with 200
 * (§2.4), entries of audit logs are there at once (§7.7), and the order of checks (§3).
 */
import type { Operation } from '../schemas/operation.ts'
import type { FailureRow } from './errors.ts'

/** Bytes of a body; beyond this it is 413. That there is a limit is certain, where it lies is not (ERRORS.md §6). */
export const BODY_LIMIT = 1024 * 1024

/** How many days an invitation can be answered. Four were observed, once (ERRORS.md §7.2). */
export const INVITATION_DAYS = 4

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
 * Whether a 429 has `Ratelimit` and `Ratelimit-Policy` beside its `retry-after`: no recording shows it (ERRORS.md §6). Nor
 * is it known when a window begins: here, with the first request (state/rate-limits.ts).
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

/** A zone has one of these before anything is added to it (1207, ERRORS.md §4). Which they are is read off the names. */
export const CORE_PLANS = /^(?:(?:cf|partners|msp)_)?(?:free|lite|pro|pro_plus|pro_20_20|biz|business|ent|enterprise)$/i

/** Not for accounts outside any tenant (1225, ERRORS.md §4). That there are such plans is published, not which. */
export const TENANT_PLANS = /^partners_/i

/** What of an operation roles are asked about. */
export type Asked = Pick<Operation, 'family' | 'method' | 'permissions'>

/** Managing members, their groups and the tokens of an account is for Super Administrators (ERRORS.md §7.2, §7.4). */
const managesAccess = ({ method, permissions }: Asked) =>
  method !== 'GET' && permissions.some((name) => name === 'SCIM Provisioning' || name === 'Account API Tokens Write')

/** What lists no groups, such as moving an account, and what manages access. */
const isForSuperAdministrators = (asked: Asked) => asked.permissions.length === 0 || managesAccess(asked)

/**
 * What a role opens, by the name of its permission group. That Super Administrators may do everything, and that
 * Administrators do not manage members, is documented; which operations the other roles open is read off their names.
 */
export const ROLE_RIGHTS: Readonly<Record<string, (asked: Asked) => boolean>> = {
  'Super Administrator - All Privileges': () => true,
  Administrator: (asked) => !isForSuperAdministrators(asked),
  'Account Administrator': (asked) => !isForSuperAdministrators(asked),
  'Administrator Read Only': (asked) => asked.method === 'GET' && !isForSuperAdministrators(asked),
  'Audit Logs Viewer': ({ family, method }) => family === 'audit' && method === 'GET',
  Billing: ({ permissions }) => permissions.some((name) => name.startsWith('Billing ')),
}

/** What everybody may do who has accepted: what opens to nearly every product's group (CONTRACT.md §9, READ29). */
export const ANY_ROLE = ({ method, permissions }: Asked): boolean =>
  method === 'GET' && permissions.includes('Trust and Safety Read')

/**
 * Whether the token of a user opens what lists no permission groups, as far as its user may. For most of that the
 * published document names address and key alone, and yet the list of accounts is one of these, and asked for with
 * tokens all the time (ERRORS.md §2.3). Terraform's provider tests accounts and organizations with whatever credential
 * there is, and sets the token aside where an API takes none: not here.
 */
export const OPEN_WITHOUT_GROUPS = (_asked: Asked): boolean => true

/** What of a permission group for tokens roles are asked about. */
export type AskedGroup = { name: string; scopes: readonly string[] }

/**
 * Whether a role has what a permission group for tokens stands for, so that whoever has it may put the group into a
 * token. The words of the refusal are known (ERRORS.md §2.3), which role has which groups is not: a role that opens
 * operations has the groups that open them; one of all domains has what is for zones; one of a product has the groups
 * with its name.
 */
export function ROLE_HOLDS(role: string, { name, scopes }: AskedGroup): boolean {
  const isReading = / Read$/i.test(name)
  const rights = ROLE_RIGHTS[role]
  if (rights) return rights({ family: 'iam', method: isReading ? 'GET' : 'POST', permissions: [name] })
  if (/\bRead/.test(role) && !isReading) return false
  if (role.startsWith('Domain Administrator')) return scopes.includes('com.cloudflare.api.account.zone')
  const product = role.replace(/^(?:Cloudflare|Domain) | (?:Platform|Editor|Admin|Read)\b.*$/g, '')
  return ` ${name.toLowerCase()} `.includes(` ${product.toLowerCase()} `)
}

/**
 * After so many refused credentials of one address the refusal says so. Only that was seen, not how many, nor that unknown
 * pairs count, that verifications do not, and that a good credential is taken all the same (ERRORS.md §2.2).
 */
export const AUTH_FAILURES = { limit: 20, window_s: 300 }

/** Whether a token is verified where it may not be used from: refusals are recorded of other calls (ERRORS.md §2.2). */
export const VERIFIED_FROM_ANYWHERE: boolean = false

/** The answers that count as a use of a token: when `last_used_on` moves is not published. Verification does not move it. */
export const isUse = (status: number): boolean => status < 400

/**
 * Reads that leave a `view` in audit logs, by operation. Since March 2026 reads leave nothing, but the vendor's changelog
 * says that sensitive ones will again, without a word on which they are. Here: whoever looks up what one token may do.
 */
export const SENSITIVE_READS: ReadonlySet<string> = new Set([
  'account-api-tokens-token-details',
  'user-api-tokens-token-details',
])

/**
 * From this status on a change that failed is in audit logs all the same. That answers of 4xx are not in them is
 * published (the same changelog); that others are follows from it, and from the filter `action_result`.
 */
export const LOGGED_FAILURES = 500

/** With the quirk `organizations-settle`: how long an organization cannot be read at first. `A moment`, ERRORS.md §7.8 says. */
export const ORGANIZATION_SETTLES_MS = 2000

/** What `GET /accounts` is ordered by. That `direction` is taken is known, of what it is the direction is not (ERRORS.md §7.1). */
export const ACCOUNTS_ORDER = 'name'

/** Whether administrators of a tenant are Super Administrators of its accounts: nobody else is, when one is made. */
export const TENANT_ADMINISTRATORS_GET_IN: boolean = true

/** Whether logs of version 2 refuse what is older than 18 months (113). Those of version 1 were seen to (ERRORS.md §4). */
export const OLD_AUDIT_LOGS_REFUSED: boolean = true

const A_NUMBER = 'must be a number between 1 and 1000'
const A_TIME = 'must be a date or an RFC 3339 time'

/**
 * What a parameter must be, in the words of the chain of 6008. Those for `per_page` were recorded once, elsewhere; the
 * others follow their pattern (ERRORS.md §4).
 */
export const PARAMETER_RULES: Readonly<Record<string, string>> = {
  page: A_NUMBER,
  per_page: A_NUMBER,
  limit: A_NUMBER,
  page_size: 'must be a number between 0 and 1000',
  since: A_TIME,
  before: A_TIME,
}

/** How far `action_time` may be from the time of the entry whose history is wanted, in milliseconds. That it must be near is published. */
export const NEAR_ACTION_TIME = 3_600_000

/** What the entries of audit logs of version 1 call the types of actions of version 2. Only `add` is published. */
export const OLD_ACTION_TYPES: Readonly<Record<string, string>> = { create: 'add' }

const invalid = (message: string): FailureRow => ({ status: 400, code: 1001, message })
const missing = (message: string): FailureRow => ({ status: 404, code: 1003, message })
const barred = (message: string): FailureRow => ({ status: 403, code: 10000, message })

/** Failures of which the status, the code or the words are this project's own. See ERRORS.md §8 for what is known. */
export const ASSUMED = {
  // Like unknown ones (ERRORS.md §2.2): of no answer to these was there a recording.
  TOKEN_EXPIRED: { status: 403, code: 9109, message: 'Invalid access token' },
  TOKEN_DISABLED: { status: 403, code: 9109, message: 'Invalid access token' },
  TOKEN_NOT_YET_VALID: { status: 403, code: 9109, message: 'Invalid access token' },
  // Of verification (ERRORS.md §2.4): another account's token, or a user's, was seen to fail, without the code.
  VERIFIED_ELSEWHERE: { status: 401, code: 1000, message: 'Invalid API Token' },
  VERIFIED_EARLY: { status: 401, code: 1000, message: 'Invalid API Token' },
  // As what belongs to somebody else, which is published (ERRORS.md §3).
  UNKNOWN_ORGANIZATION: barred('Authentication error'),
  // Of queries only `per_page` has a recording (ERRORS.md §4, §8): all others are refused alike.
  BAD_QUERY: { status: 400, code: 6008, message: 'Invalid request parameters' },
  // The scheme is retired, and none is known here.
  UNKNOWN_SERVICE_KEY: { status: 400, code: 9103, message: 'Unknown X-Auth-Key or X-Auth-Email' },
  // Of tokens the 404 was recorded, also after a deletion, without code and words; of roles nothing (ERRORS.md §3).
  TOKEN_NOT_FOUND: missing('Token not found'),
  ROLE_NOT_FOUND: missing('Role not found'),
  // Nothing is known of the refusals of groups; these follow those of members.
  PERMISSION_GROUP_NOT_FOUND: missing('Permission group not found'),
  RESOURCE_GROUP_NOT_FOUND: missing('Resource group not found'),
  USER_GROUP_NOT_FOUND: missing('User group not found'),
  USER_GROUP_MEMBER_NOT_FOUND: missing('Member not found for user group'),
  RESOURCE_GROUP_FIXED: invalid('Invalid request: The resource group is not editable'),
  RESOURCE_GROUP_NAME: invalid("Invalid request: The name '{name}' is reserved"),
  RESOURCE_GROUP_USED: invalid('Invalid request: The resource group is used by a policy'),
  INVALID_GROUP_MEMBER: invalid("Invalid request: Invalid member '{id}'"),
  // The code was seen for ids that cannot be; the words are those that Terraform takes for "gone" (ERRORS.md §3).
  SUBSCRIPTION_NOT_FOUND: { status: 404, code: 1199, message: 'Subscription not found' },
  AUDIT_LOG_NOT_FOUND: missing('Audit log entry not found'),
  // Published are the rules: 500 accounts, none of a tenant, none of another organization (ERRORS.md §7.8); no answer is.
  DESTINATION_NOT_FOUND: missing('Destination organization not found'),
  OTHER_HIERARCHY: invalid('The destination organization is not in the hierarchy of the account'),
  ACCOUNT_IN_TENANT: invalid('The account is managed by a tenant and cannot be moved into an organization'),
  ACCOUNT_DELETION_FORBIDDEN: { status: 403, code: 1002, message: 'Forbidden. Account deletion is not allowed' },
  ORGANIZATION_FULL: invalid('An organization cannot hold more than {limit} accounts'),
  // ERRORS.md §8 recommends the numbers. That organizations must be empty is published (§7.8), the words are not.
  ORGANIZATION_NOT_FOUND: missing('Organization not found'),
  ORGANIZATION_NAME_REQUIRED: invalid('Organization name is required'),
  PARENT_NOT_FOUND: missing('Parent organization not found'),
  ORGANIZATION_NOT_EMPTY: invalid('Organization must be empty: it still has {content}'),
  ORGANIZATION_MEMBER_NOT_FOUND: missing('Organization member not found'),
  ORGANIZATION_MEMBER_EXISTS: invalid('Organization member already exists'),
  // Of these six the words were published and the numbers were not (ERRORS.md §7.8).
  ORGANIZATION_PLAN: barred('Organization management is only available on the Enterprise plan at this time.'),
  ORGANIZATION_ROLE: barred('You need a super admin role on an enterprise account to create an Organization.'),
  ORGANIZATION_ACCOUNT_TAKEN: invalid('One or more of your enterprise accounts is already part of an Organization.'),
  ORGANIZATION_MAXIMUM: invalid('You have reached the maximum number of organizations.'),
  ORGANIZATION_COMPANY: invalid(
    'An Organization has already been created for accounts associated with your company. Please contact your company administrator.',
  ),
  ORGANIZATION_NOT_ELIGIBLE: invalid('You are not eligible to create an Organization because {reason}'),
  // Only what is to be refused is known (ERRORS.md §7.1), and that an update names the id.
  TWOFACTOR_MISSING: invalid('Two-factor authentication can be enforced only by somebody who has it enabled'),
  ACCOUNT_ID_MISMATCH: invalid('The id in the body is not the id in the path'),
  // That members are not invited twice is certain, the words are not; of the other two nothing was found (ERRORS.md §4, §7.2).
  INVALID_EMAIL: invalid('Invalid request: Invalid email address'),
  MEMBER_EXISTS: invalid('Invalid request: Member already exists'),
  LAST_SUPER_ADMINISTRATOR: invalid('Invalid request: Cannot remove the last Super Administrator'),
  // Of ids that are unknown here the 404 was recorded, and that invitations lapse was observed (ERRORS.md §7.2).
  INVITATION_NOT_FOUND: missing('Invitation not found'),
  MEMBERSHIP_NOT_FOUND: missing('Membership not found'),
  USER_ORGANIZATION_NOT_FOUND: missing('Organization not found'),
  INVITATION_EXPIRED: invalid('Invalid request: The invitation has expired'),
  MEMBERSHIP_ACCEPTED: invalid('Invalid request: The invitation was accepted before'),
  // The words begin like those recorded of members: `Invalid request: …` (ERRORS.md §4).
  INVALID_POLICY_GROUP: invalid("Invalid request: Invalid {kind} '{id}'"),
  MEMBER_INVALID: invalid('Invalid request: {problem}'),
  // Published is how many tokens there may be (ERRORS.md §6); seen of subscriptions was the code alone (§4). Of bodies that
  // do not fit, are too large or are no HTTP nothing is known (§6, §8).
  TOKEN_QUOTA: invalid('Token quota exceeded'),
  // Also for a group of users on the token of an account: published is only that the account is not offered it (§7.5).
  UNKNOWN_PERMISSION_GROUP: invalid('Invalid permission group id: {id}'),
  SUBSCRIPTION_JSON: { status: 400, code: 1198, message: 'Failed to decode the JSON body' },
  INVALID_BODY: invalid('Invalid request body: {problem}'),
  BODY_TOO_LARGE: { status: 413, code: 10413, message: 'The request body is larger than {limit} bytes' },
  BAD_REQUEST: { status: 400, code: 10400, message: 'Bad request: {problem}' },
} as const satisfies Record<string, FailureRow>
