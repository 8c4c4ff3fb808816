/** The history of what an entry of an audit log is about. EXTENDED.md §5. */
import type { View as List } from '../../schemas/operation.ts'
import { NEAR_ACTION_TIME } from '../assumed.ts'
import { fail } from '../errors.ts'
import type { Collection } from '../state/collection.ts'
import type { Filter } from '../state/parts.ts'
import type { World } from '../state/world.ts'
import { bareId } from './audit-filters.ts'
import { keptSince, rangeOf, readTime, type Timed, within } from './audit-range.ts'

/** What a history needs of an entry. */
interface Source extends Timed {
  raw?: { uri?: string; method?: string }
  resource?: { id?: string; product?: string; type?: string }
}

interface Asked<Entry> {
  /** The log of one account, or of one organization. */
  log: Collection<Entry & { id: string }>
  /** All logs of that kind. */
  everywhere: Collection<Entry & { id: string }>
  id: string
  query: { action_time: string; since: string; before: string; direction?: 'asc' | 'desc' }
}

/** By what a resource was recognised. */
type HistoryStatus = 'exact' | 'approximate' | 'unavailable'

/**
 * The entries of a log about the resource that one of them is about, that one included.
 * @param show makes of an entry what answers show
 * @throws ApiFailure when there is no such entry near `action_time`
 */
export function historyOf<Entry extends Source, Shown>(
  { log, everywhere, id, query }: Asked<Entry>,
  { show, world }: { show: (entry: Entry) => Shown; world: World },
): List<Shown> {
  // An example server is asked for the documented entry in whichever log, and near whatever time, the example names.
  const source = (world.stateless ? everywhere : log).get(bareId(id))
  const asked = readTime('action_time', query.action_time)
  const range = rangeOf(query)
  const time = source ? Date.parse(source.action.time) : Number.NaN
  const isNear = Math.abs(time - asked) <= NEAR_ACTION_TIME && time >= keptSince(world)
  if (!source || !(isNear || world.stateless)) throw fail('AUDIT_LOG_NOT_FOUND')
  const { status, same } = recognised(source)
  const list = within(log, range, { direction: query.direction, world }).filter(same).map(show)
  return {
    info: { history_status: status },
    total: () => list.total(),
    slice: (offset, limit) => list.slice(offset, limit),
    after: (position, limit) => list.after(position, limit),
  }
}

/** How to know the resource of an entry again: by its URI; without one, what is of the same product and type. */
function recognised(source: Source): { status: HistoryStatus; same: Filter<Source> } {
  const uri = resourceUri(source)
  if (uri !== undefined) {
    // Most entries are of something else, and their path says so at once.
    const mayBe = ({ raw: { uri: path = '' } = {} }: Source) => uri.startsWith(path) || path.startsWith(uri)
    const holds = (entry: Source) => mayBe(entry) && resourceUri(entry) === uri
    return { status: 'exact', same: { name: `of ${uri}`, holds } }
  }
  const { product, type } = source.resource ?? {}
  if (product === undefined || type === undefined) {
    return { status: 'unavailable', same: { name: 'none', holds: () => false } }
  }
  return {
    status: 'approximate',
    same: {
      name: JSON.stringify(['like', product, type]),
      holds: ({ resource }) => resource?.product === product && resource.type === type,
    },
  }
}

/**
 * Where a resource is, however it was changed: the part of the path that ends with its id. What was made by a request
 * to a list is below that list.
 * @example resourceUri(rolled) // '/accounts/…/tokens/…', of a request to '/accounts/…/tokens/…/value'
 */
function resourceUri({ raw, resource }: Source): string | undefined {
  const { uri, method } = raw ?? {}
  const id = resource?.id
  if (uri === undefined || id === undefined) return uri
  const steps = uri.split('/')
  const at = steps.indexOf(id)
  if (at >= 0) return steps.slice(0, at + 1).join('/')
  return method === 'POST' ? `${uri}/${id}` : uri
}
