/** Made-up worlds to look at. */
import { demo } from '../../fixtures/demo/index.ts'
import type { DemoGround, DemoPart, DemoPlan } from '../../fixtures/demo/story.ts'
import { CATALOGUE, rows } from '../../fixtures/rows.ts'
import { Random } from '../../server/state/random.ts'
import type { Row } from '../../server/state/table.ts'

export const DAY = 86_400_000

export const catalogue: Record<string, readonly Row[]> = Object.fromEntries(
  Object.values(CATALOGUE).map(({ name }) => [name, rows({ name })]),
)

/** A small plan with as many of each as is said. */
export const planOf = (plan: Partial<DemoPlan> = {}): DemoPlan => ({
  accounts: 3,
  members_per_account: 8,
  tokens_per_account: 4,
  audit_days: 0,
  until: Date.parse('2026-11-01T00:00:00Z'),
  isExact: { members: true, tokens: true },
  ...plan,
})

export const groundOf = (seed: number, ground: Partial<DemoGround> = {}): DemoGround => ({
  random: Random.ofCall(seed, 1),
  isTaken: () => false,
  catalogue,
  ...ground,
})

/** The rows of parts by collection. */
export function tablesOf(parts: Iterable<DemoPart>): Record<string, Row[]> {
  const tables: Record<string, Row[]> = {}
  for (const part of parts) {
    for (const [name, list] of Object.entries(part)) {
      const table = tables[name] ?? []
      tables[name] = table
      for (const row of list) table.push(row)
    }
  }
  return tables
}

export const worldOf = (plan: DemoPlan, ground: DemoGround): Record<string, Row[]> => tablesOf(demo(plan, ground))
