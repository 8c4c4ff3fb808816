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
  const byId = new Map<string, ReadonlyMap<string, Row>>()
  const find = (name: string, id: string): Row | undefined => {
    let rows = byId.get(name)
    if (!rows) {
      rows = new Map((tables[name] ?? []).map((row) => [row.id, row]))
      byId.set(name, rows)
    }
    return rows.get(id)
  }
  for (const reference of REFERENCES) {
    const { from, at, to } = reference
    const path = at.split('.')
    for (const [index, row] of (tables[from.name] ?? []).entries()) {
      const found = walk(row, path, '', (id) => leads(id, row, reference, find))
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

/** The first id at the end of a path that does not hold. */
function walk(
  value: unknown,
  path: readonly string[],
  pointer: string,
  holds: (id: string) => boolean,
): { pointer: string; id: string } | undefined {
  const [step, ...rest] = path
  if (step === undefined) {
    return typeof value !== 'string' || holds(value) ? undefined : { pointer, id: value }
  }
  if (step !== '*') {
    const next = (value as Record<string, unknown> | null | undefined)?.[step]
    return next === undefined ? undefined : walk(next, rest, `${pointer}/${step}`, holds)
  }
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    const found = walk(item, rest, `${pointer}/${index}`, holds)
    if (found) return found
  }
  return undefined
}

function leads(
  id: string,
  row: Row,
  { from, to, isOwn, isCaseless }: Reference,
  find: (name: string, id: string) => Row | undefined,
): boolean {
  const spellings = isCaseless ? [id, id.toUpperCase(), id.toLowerCase()] : [id]
  return to.some((key) =>
    spellings.some((spelling) => {
      const target = find(key.name, spelling)
      if (!target || !isOwn) return target !== undefined
      return column(key.owner ?? 'id')(target) === column(from.owner ?? 'id')(row)
    }),
  )
}
