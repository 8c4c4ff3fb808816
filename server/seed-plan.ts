/** How much generated data is asked for, and until when it goes. */
import type { DemoPlan } from '../fixtures/demo/story.ts'
import { EARLIEST, type SeedOptions, SIZES, UNTIL } from '../schemas/control/seed.ts'
import { CloudError } from './cloud-error.ts'
import { type Clock, momentOf } from './state/clock.ts'

/**
 * How much is made, and until when.
 * @throws CloudError for a time that is none, or too early for a history
 * @example planOf({ size: 'medium', accounts: 3 }, world.clock).members_per_account // 40
 */
export function planOf(options: SeedOptions, clock: Clock): DemoPlan {
  const size = SIZES[options.size ?? 'small']
  return {
    accounts: options.accounts ?? size.accounts,
    members_per_account: options.members_per_account ?? size.members_per_account,
    tokens_per_account: options.tokens_per_account ?? size.tokens_per_account,
    audit_days: options.audit_days ?? size.audit_days,
    until: untilOf(options.until, clock),
    isExact: {
      members: options.members_per_account !== undefined,
      tokens: options.tokens_per_account !== undefined,
    },
  }
}

/** The same whenever and wherever it is asked for, but for a clock that somebody set. In whole seconds. */
function untilOf(until: string | undefined, clock: Clock): number {
  const unsaid = () => (clock.mode === 'real' ? momentOf(UNTIL) : Math.max(clock.now(), EARLIEST))
  const moment = until === undefined ? unsaid() : readUntil(until)
  return moment - (moment % 1000)
}

function readUntil(until: string): number {
  const refuse = (detail: string) =>
    new CloudError(`Failed to add generated data: /until ${detail}.`, { errors: [{ pointer: '/until', detail }] })
  try {
    const moment = momentOf(until)
    if (moment < EARLIEST) throw refuse(`must be in the year 2000 or later, not ${JSON.stringify(until)}`)
    return moment
  } catch (error) {
    throw error instanceof RangeError ? refuse(error.message) : error
  }
}
