/** What there is to tell of the clients of a world, or of several worlds together. */

import type { KeptRule } from '../schemas/faults.ts'
import type { Report } from '../schemas/report.ts'
import { neededPolicies } from './rules/needed-policies.ts'
import type { Tally } from './state/journal/tally.ts'
import type { World } from './state/world.ts'

/**
 * The report.
 * @param tally what was counted
 * @param rules the fault rules that are there now
 * @param world whose operations and catalogue they were
 */
export function reportOf(tally: Tally, rules: readonly KeptRule[], world: World): Report {
  const { operations = [] } = world.options
  const { omitted, ...told } = tally.report(operations, rules)
  return { ...told, token_policy: neededPolicies(tally.footprint, operations, world), omitted }
}
