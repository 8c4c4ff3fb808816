/** Looks for rows that name what is not there. */
import { REFERENCES, type Reference } from '../../schemas/references.ts'
import type { Findings } from './findings.ts'
import { isMap } from './is-map.ts'
import { column, type Value } from './order.ts'
import { hinted } from './row-findings.ts'
import type { Row } from './table.ts'

/** So many names are looked through for one that may have been meant: who has more of them did not write them by hand. */
const MOST_NAMES = 5000

/** What rows are called, where that is not their `name`. */
const CALLED: Readonly<Record<string, string>> = {
  users: 'email',
  members: 'user.email',
  organization_members: 'user.email',
  rate_plans: 'public_name',
  product_categories: 'label',
}

/** Reads what a row of a collection is called by people. */
export function calledIn(collection: string): (row: object) => Value {
  return column(CALLED[collection] ?? 'name')
}

/**
 * Finds the ids that name nothing, collection by collection.
 * @param bad rows that are wrong anyhow: it is not looked what they name, but they can be named
 * @param isNamed whether the names of rows are told
 * @returns findings with pointers below the collections: `/members/17/roles/0`
 */
export function* deadEnds(
  tables: Readonly<Record<string, readonly Row[]>>,
  bad: ReadonlySet<unknown> = new Set(),
  isNamed = false,
): Findings<void> {
  const byId = new Map<string, Rows>()
  const rowsIn = (name: string): readonly Row[] => (tables[name] ?? []).filter((row) => !bad.has(row) || isMap(row))
  const rowsOf = (name: string): Rows => {
    const rows = byId.get(name) ?? new Map(rowsIn(name).map((row) => [row.id, row]))
    byId.set(name, rows)
    return rows
  }
  for (const reference of REFERENCES) {
    const { from, at, to } = reference
    const path = at.split('.')
    const leads = leading(reference, rowsOf)
    for (const [index, row] of (tables[from.name] ?? []).entries()) {
      if (bad.has(row) || isLed(row, path, 0, row, leads)) continue
      const names = to.map(({ name }) => name).join(' or ')
      const own = reference.isOwn ? ' of the same owner' : ''
      for (const { pointer, id } of lost(row, path, row, leads)) {
        const finding = {
          pointer: `/${from.name}/${index}${pointer}`,
          message: `names "${id}", which is not among the ${names}${own}`,
        }
        yield isNamed ? hinted(finding, id, namesFor(reference, row, rowsIn)) : finding
      }
    }
  }
}

/** What the rows are called that a reference of a row can lead to. */
function namesFor({ from, to, isOwn }: Reference, row: Row, rowsIn: (name: string) => readonly Row[]): string[] {
  const owner = column(from.owner ?? 'id')(row)
  return to.flatMap(({ name, owner: belongs = 'id' }) => {
    const called = calledIn(name)
    const ownerOf = column(belongs)
    return rowsIn(name)
      .filter((target) => !isOwn || ownerOf(target) === owner)
      .slice(0, MOST_NAMES)
      .flatMap((target) => {
        const text = called(target)
        return typeof text === 'string' ? [text] : []
      })
  })
}

type Rows = ReadonlyMap<string, Row>
/** Whether an id in a row names what is there. */
type Leads = (id: string, row: Row) => boolean

/** Whether every id at the end of a path names what is there. A document may have a million of them. */
function isLed(value: unknown, path: readonly string[], depth: number, row: Row, leads: Leads): boolean {
  const step = path[depth]
  if (step === undefined) return typeof value !== 'string' || leads(value, row)
  if (step === '*') return (value as readonly unknown[]).every((item) => isLed(item, path, depth + 1, row, leads))
  const next = (value as Record<string, unknown> | null | undefined)?.[step]
  return next === undefined || isLed(next, path, depth + 1, row, leads)
}

/** The ids at the end of a path that lead nowhere, with the pointers that lead to them. */
function* lost(
  value: unknown,
  [step, ...rest]: readonly string[],
  row: Row,
  leads: Leads,
): Generator<{ pointer: string; id: string }> {
  if (step === undefined) {
    if (typeof value === 'string' && !leads(value, row)) yield { pointer: '', id: value }
    return
  }
  const items =
    step === '*' ? (value as readonly unknown[]).entries() : [[step, (value as Record<string, unknown>)[step]]]
  for (const [key, item] of items as Iterable<[string | number, unknown]>) {
    if (item == null) continue
    for (const { pointer, id } of lost(item, rest, row, leads)) yield { pointer: `/${key}${pointer}`, id }
  }
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
