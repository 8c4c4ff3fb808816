/**
 * Oddities that the live service was seen to have, and that tests seldom want. Each is off until it is named. Option,
 * refusal of unknown names, control API and the README's table are read from here.
 */

interface Quirk {
  /** What happens, in a sentence. */
  what: string
  /** Who saw it (ERRORS.md has the sections). */
  evidence: string
}

/** Every quirk by its name. */
export const QUIRKS = {
  'accounts-page-ignored': {
    what: '`GET /accounts` answers the token of an account with its first page, whichever `page` is asked for. A client that stops only at an empty page never stops.',
    evidence: 'ERRORS.md §4: cloudflare-python #2584, terraform-provider-cloudflare PR #6951; high',
  },
  'members-empty-result': {
    what: 'Failures of the members of accounts begin with `"result": []`, where the contract has `null`.',
    evidence: 'ERRORS.md §1: qontract-reconcile #5079, terraform-provider-cloudflare #5205; high',
  },
  'members-need-key': {
    what: 'PUT and DELETE of a member or a membership want `X-Auth-Email` and `X-Auth-Key`: with an API token they are 405, code 10405.',
    evidence: 'ERRORS.md §2.2 and §2.3: Cloudflare.NET, distilled; medium, since Terraform does it with tokens',
  },
  'members-no-direct': {
    what: 'A new member cannot be `accepted` at once: 400, code 1001, as for accounts that may not add people unasked.',
    evidence: 'ERRORS.md §4 and §7.2: qontract-reconcile #5079; high',
  },
  'members-created-without-roles': {
    what: 'The answer to adding a member has no `roles`; reading the member has them.',
    evidence: 'ERRORS.md §7.2: the acceptance tests of terraform-provider-cloudflare; medium',
  },
  'tokens-reordered': {
    what: 'Policies of a token, and the permission groups in them, come back in another order than they were sent: the last first.',
    evidence:
      'ERRORS.md §7.4: terraform-provider-cloudflare compares without regard to order; high, but for which order',
  },
  'token-rights-by-zone': {
    what: 'With `--auth enforce`, a token may be given more than its maker has on whole accounts, on all zones and on buckets: the maker must have a permission group only where a policy names particular zones.',
    evidence: 'ERRORS.md §2.3: terraform-provider-cloudflare #7241; high',
  },
  'gateway-short-errors': {
    what: 'Audit logs and organizations refuse with `success` and `errors` alone, where the contract wants more.',
    evidence: 'ERRORS.md §1: terraform-provider-cloudflare #1533; high',
  },
  'organizations-settle': {
    what: 'An organization cannot be read in the first two seconds after it was made, by the clock of the world: 403, code 10000.',
    evidence: 'ERRORS.md §7.8: terraform-provider-cloudflare waits for it; medium, the time is assumed',
  },
} as const satisfies Record<string, Quirk>

/** The name of a quirk. */
export type QuirkName = keyof typeof QUIRKS

/** The names of all quirks, in the order of the table. */
export const QUIRK_NAMES = Object.keys(QUIRKS) as QuirkName[]
