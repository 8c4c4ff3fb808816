/** Adds generated data to a world. `fauxflare seed` and `--fixtures demo` are the same generator. */
import { type Static, Type } from 'typebox'
import { DateTime, mapOf, oneOf } from '../fields.ts'
import { call } from './call.ts'

/** The sizes that have a name, and what they stand for. */
export const SIZES = {
  small: { accounts: 8, members_per_account: 12, tokens_per_account: 5, audit_days: 365 },
  medium: { accounts: 60, members_per_account: 40, tokens_per_account: 6, audit_days: 365 },
  large: { accounts: 100, members_per_account: 250, tokens_per_account: 12, audit_days: 365 },
} as const

/** When the data of a release ends, so that it is the same whenever it is made. */
export const UNTIL = '2026-11-01T00:00:00Z'

/** Data ends here at the earliest: there is a history before it. Milliseconds since 1970. */
export const EARLIEST = Date.UTC(2000, 0)

const count = (most: number, description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: most, description }))

/** What each size stands for, in words. */
const sizes = Object.entries(SIZES)
  .map(
    ([name, { accounts, members_per_account }]) =>
      `\`${name}\` has ${accounts} accounts with about ${members_per_account} members`,
  )
  .join(', ')

/** What is added. */
export const SeedOptions = Type.Object(
  {
    size: Type.Optional(
      Type.Unsafe<'small' | 'medium' | 'large'>({
        ...oneOf(['small', 'medium', 'large'], { description: `How much, where no count is given: ${sizes}.` }),
        default: 'small',
      }),
    ),
    accounts: count(100_000, 'How many accounts. Left out, as many as the size says.'),
    members_per_account: count(
      1_000_000,
      'How many members each account has. Left out, about as many as the size says.',
    ),
    tokens_per_account: count(
      10_000,
      'How many API tokens each account owns. Left out, about as many as the size says.',
    ),
    audit_days: count(3650, 'For how many days the audit logs go back; 0 makes no entries. Left out, a year.'),
    seed: Type.Optional(
      Type.Integer({
        minimum: -2147483648,
        maximum: 2147483647,
        description: 'What it is drawn from; that of the world when it is left out. Calls with one seed never collide.',
      }),
    ),
    until: Type.Optional(
      DateTime({
        description: `A time such as ${UNTIL}, at which the data ends. Left out, it is the time of a clock that was set or stopped, else that one, so that the data is always the same.`,
        example: UNTIL,
      }),
    ),
  },
  { title: 'SeedOptions', additionalProperties: false },
)
export type SeedOptions = Static<typeof SeedOptions>

/** What was added. */
export const Seeded = Type.Object(
  {
    seed: Type.Integer(),
    call: Type.Integer({ description: 'Which call that added data it was in this world, counted from 1.' }),
    until: DateTime(),
    added: mapOf(Type.Integer(), { description: 'How many rows, by collection; those with none are left out.' }),
  },
  { title: 'Seeded' },
)
export type Seeded = Static<typeof Seeded>

export const seed = call({
  id: 'control-seed',
  method: 'POST',
  path: '/seed',
  summary: 'Add generated data',
  description:
    'Each call adds companies, people, tokens and a history to what is there. The same calls in the same order give the same data.',
  body: SeedOptions,
  bodyOptional: true,
  answer: Seeded,
  status: 201,
})
