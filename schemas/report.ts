/** The report: how clients kept to the contract, and which rights they need. */
import { type Static, Type } from 'typebox'
import { Violation } from './exchanges.ts'
import { Match } from './faults.ts'
import { mapOf, oneOf } from './fields.ts'

const Count = () => Type.Integer({ minimum: 0, example: 3 })

/** The least that the token of a client must be allowed. */
export const TokenPolicyProposal = Type.Object(
  {
    policies: Type.Array(
      Type.Object({
        effect: oneOf(['allow']),
        permission_groups: Type.Array(
          Type.Object({ id: Type.String(), name: Type.String({ example: 'Account Settings Read' }) }),
        ),
        resources: Type.Unsafe<Record<string, string> | Record<string, Record<string, string>>>({
          type: 'object',
          additionalProperties: true,
          example: { 'com.cloudflare.api.account.023e105f4ecef8ad9ca31a8372d0c353': '*' },
        }),
      }),
      { description: 'As they are sent to make a token. Accounts that the run itself made are there as `.*`.' },
    ),
    without_group: Type.Array(Type.String(), {
      description: 'Operations that were called and that list no group: who may do them depends on the user.',
    }),
    omitted: Type.Integer({ minimum: 0, description: 'Requests to places beyond the first 1000.' }),
  },
  {
    title: 'TokenPolicyProposal',
    description:
      'The smallest policies that would have covered every request whose credential was taken, with what those requests gave to tokens: with the fewest permission groups that may change something, then with the fewest at all.',
  },
)

/** Contract violations, and which operations were exercised, since the server started. */
export const Report = Type.Object(
  {
    operations: Type.Array(
      Type.Object({
        operation: Type.String(),
        requests: Count(),
        statuses: mapOf(Type.Integer(), { description: 'How often each status was answered.', example: { 200: 3 } }),
        violations: Count(),
      }),
      { description: 'Every operation that was called.' },
    ),
    coverage: Type.Object({
      documented: Type.Integer({ description: 'Operations of the contract.' }),
      exercised: Type.Integer({ description: 'Those of them that were called.' }),
      percent: Type.Number(),
      missing: Type.Array(Type.String()),
    }),
    violations: Type.Array(
      Type.Object({
        operation: Type.String(),
        ...Violation.properties,
        pointer: Type.String({ description: 'As in a violation, but `*` in the place of a position in a list.' }),
        count: Count(),
        example: Type.String({ description: 'One request that did it.', example: 'GET /accounts?pages=2' }),
      }),
    ),
    unmatched: Type.Array(
      Type.Object({
        method: Type.String(),
        path: Type.String(),
        nearest: Type.Optional(
          Type.String({ example: 'GET /accounts/{account_id}/members (account-members-list-members)' }),
        ),
        count: Count(),
      }),
      { description: 'Requests that no operation answers to.' },
    ),
    faults_unused: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.Optional(Type.String()),
        match: Type.Optional(Match),
        why: Type.String({ example: 'nothing matched it' }),
        count: Type.Integer({
          description: 'How often the same rule went unused: in several worlds, or with each reset.',
        }),
      }),
      { description: 'Rules that never struck, those that a reset dropped among them.' },
    ),
    token_policy: TokenPolicyProposal,
    omitted: Type.Object(
      { violations: Count(), unmatched: Count(), faults_unused: Count() },
      { description: 'How often something came that is not listed, since 1000 different ones are.' },
    ),
  },
  { title: 'Report' },
)
export type Report = Static<typeof Report>
