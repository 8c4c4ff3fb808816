/** Counts the entries that requests leave in audit logs. */
import type { TestContext } from 'node:test'
import { type AuditLogRow, auditLogs } from '../../schemas/audit-logs.ts'
import { organizationAuditLogs } from '../../schemas/organization-audit-logs.ts'
import type { TableKey } from '../../schemas/table.ts'
import { userAuditLogs } from '../../schemas/user-audit-logs.ts'
import { ACCOUNT, type Simulator, simulator } from '../simulator.ts'

const LOGS: TableKey<{ id: string }>[] = [auditLogs, organizationAuditLogs, userAuditLogs]

/** How many entries there are in the logs of accounts, of organizations and of users. */
const counts = ({ worlds }: Simulator) => LOGS.map((key) => worlds.of().store.table(key).total())

/** A simulator that tells how many entries a call leaves: `[accounts, organizations, users]`. */
export async function counting(t: TestContext, options: Parameters<typeof simulator>[1] = {}) {
  const made = await simulator(t, options)
  return {
    ...made,
    async left(...args: Parameters<Simulator['call']>) {
      const before = counts(made)
      const reply = await made.call(...args)
      return { reply, left: counts(made).map((count, at) => count - (before[at] ?? 0)) }
    },
    /** The entries of today in the log of the documented account, the newest first. */
    async today(): Promise<AuditLogRow[]> {
      const day = 'since=2026-11-21&before=2026-11-22'
      return (await made.call(`GET /accounts/${ACCOUNT}/logs/audit?${day}`)).body.result
    },
  }
}
