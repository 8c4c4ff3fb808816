/** Looks for rows that name what is not there. */
import { REFERENCES, type Reference } from '../../schemas/references.ts'
import { column } from './order.ts'
import type { Row } from './table.ts'

/** An id that leads nowhere. */
export interface DeadEnd {
  /** Where it stands below the collections, as a JSON pointer: `/members/17/roles/0`. */
  pointer: string
  /** What is wrong with it. */
  message: string
}

/** Finds the first id that names nothing, collection by collection. */
export function findDeadEnd(tables: Readonly<Record<string, readonly Row[]>>): DeadEnd | undefined {
  const byId = new Map<string, Rows>()
  const rowsOf = (name: string): Rows => {
    const rows = byId.get(name) ?? new Map((tables[name] ?? []).map((row) => [row.id, row]))
    byId.set(name, rows)
    return rows
  }
  for (const reference of REFERENCES) {
    const { from, at, to } = reference
    const path = at.split('.')
    const leads = leading(reference, rowsOf)
    for (const [index, row] of (tables[from.name] ?? []).entries()) {
      const found = walk(row, path, 0, row, leads)
      if (!found) continue
      const names = to.map(({ name }) => name).join(' or ')
      const own = reference.isOwn ? ' of the same owner' : ''
      return {
        pointer: `/${from.name}/${index}${found.pointer}`,
        message: `names "${found.id}", which is not among the ${names}${own}`,
      }
    }
  }
  return undefined
}

type Rows = ReadonlyMap<string, Row>
/** Whether an id in a row names what is there. */
type Leads = (id: string, row: Row) => boolean

/**
 * The first id at the end of a path that leads nowhere. A document may have a million of them: the pointer is put
 * together on the way back, when there is something to point to.
 */
function walk(
  value: unknown,
  path: readonly string[],
  depth: number,
  row: Row,
  leads: Leads,
): { pointer: string; id: string } | undefined {
  const step = path[depth]
  if (step === undefined) return typeof value !== 'string' || leads(value, row) ? undefined : { pointer: '', id: value }
  if (step !== '*') {
    const next = (value as Record<string, unknown> | null | undefined)?.[step]
    return next === undefined ? undefined : below(step, walk(next, path, depth + 1, row, leads))
  }
  const items = value as readonly unknown[]
  for (let index = 0; index < items.length; index += 1) {
    const found = walk(items[index], path, depth + 1, row, leads)
    if (found) return below(index, found)
  }
  return undefined
}

function below(step: string | number, found: ReturnType<typeof walk>): ReturnType<typeof walk> {
  return found && { pointer: `/${step}${found.pointer}`, id: found.id }
}

/** Everything that can be found out once for all rows is found out here. */
function leading({ from, to, isOwn, isCaseless }: Reference, rowsOf: (name: string) => Rows): Leads {
  const ownerOf = column(from.owner ?? 'id')
  const targets = to.map(({ name, owner = 'id' }) => ({ rows: rowsOf(name), ownerOf: column(owner) }))
  const isThere: Leads = (id, row) =>
    targets.some((target) => {
      const named = target.rows.get(id)
      return named !== undefined && (!isOwn || target.ownerOf(named) === ownerOf(row))
    })
  if (!isCaseless) return isThere
  return (id, row) => isThere(id, row) || isThere(id.toUpperCase(), row) || isThere(id.toLowerCase(), row)
}
