/** What of an audit log a query asks for. Each filter looks at one place of an entry. CONTRACT.md §9.7. */
import type { Filter } from '../../schemas/audit-entry.ts'
import type { Caller } from '../../schemas/operation.ts'
import { OLD_AUDIT_LOGS_REFUSED } from '../assumed.ts'
import { column } from '../state/order.ts'
import type { Filter as Passing } from '../state/parts.ts'
import type { View } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { rangeOf, refuseOld, type Timed, within } from './audit-range.ts'

interface Query extends Readonly<Record<string, unknown>> {
  since: string
  before: string
  direction?: 'asc' | 'desc'
}

/**
 * The entries of a log that a query asks for.
 * @param log of one account, or of one organization
 * @throws ApiFailure for times that are none; where credentials must exist, also for those of which nothing is kept
 */
export function askedEntries<Entry extends Timed>(
  log: View<Entry>,
  { query, caller }: { query: Query; caller: Caller },
  filters: Readonly<Record<string, Filter>>,
  world: World,
): View<Entry> {
  const range = rangeOf(query)
  // The documented examples ask for years that are long gone: they are to be served by default.
  if (caller.acting && OLD_AUDIT_LOGS_REFUSED) refuseOld(query, world)
  const list = within(log, range, { direction: query.direction, world })
  return filtersOf(query, filters).reduce((view, filter) => view.filter(filter), list)
}

/**
 * What entries must pass: one filter for each that a query has. Its values are alternatives, and `.not` turns it round.
 * @example filtersOf({ action_type: ['create'], 'actor_id.not': ['x'] }, FILTERS)
 */
function filtersOf(
  query: Readonly<Record<string, unknown>>,
  filters: Readonly<Record<string, Filter>>,
): Passing<object>[] {
  return Object.entries(filters).flatMap(([name, { path }]) => {
    const read = column(path)
    return ['', '.not'].flatMap((ending): Passing<object>[] => {
      const values = query[`${name}${ending}`] as (string | number)[] | undefined
      if (!values) return []
      const wanted = new Set(values.map((value) => (path === 'id' ? bareId(String(value)) : value)))
      const isWanted = ending === ''
      return [
        {
          name: JSON.stringify([path, ending, ...wanted]),
          holds: (entry) => wanted.has(read(entry) as string) === isWanted,
          ...(path === 'id' && isWanted && { ids: [...wanted].map(String) }),
        },
      ]
    })
  })
}

/** Ids are stored without hyphens and may be asked for with them (CONTRACT.md, trap 12). */
export function bareId(id: string): string {
  return id.replaceAll('-', '').toLowerCase()
}
