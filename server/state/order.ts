/** How rows are put in order: by columns, one after the other. */
import { inMilliseconds } from './written-time.ts'

/** A value that rows can be ordered by. What is missing counts as null, and null comes first. */
export type Value = string | number | boolean | null

const RANK: Record<string, number> = { null: 0, boolean: 1, number: 2, string: 3 }
const rank = (value: Value): number => RANK[value === null ? 'null' : typeof value] as number

/**
 * Compares two values: null, then booleans, then numbers, then strings by code unit, so that the order is the same
 * on every machine and in every locale.
 */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0
  // Nearly always the case, and several times quicker.
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : 1
  const difference = rank(a) - rank(b)
  if (difference !== 0) return difference
  return (a as string) < (b as string) ? -1 : 1
}

/** Compares two keys, value by value. Where one ends first, only the common part counts. */
export function compareKeys(a: readonly Value[], b: readonly Value[]): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i += 1) {
    const difference = compareValues(a[i] as Value, b[i] as Value)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * Compares rows by what is read off them, then by id: the order in which views have them.
 * @example rows.sort(ordering((row) => row.name, 'desc'))
 */
export function ordering<R extends { id?: string }>(
  read: (row: R) => Value,
  direction: 'asc' | 'desc' = 'asc',
): (a: R, b: R) => number {
  const sign = direction === 'asc' ? 1 : -1
  return (a, b) => sign * compareKeys([read(a), a.id ?? null], [read(b), b.id ?? null])
}

/** Rows in that order. What is read off them may take long to find: it is looked for once. */
export function inOrder<R extends { id?: string }>(
  rows: readonly R[],
  read: (row: R) => Value,
  direction?: 'asc' | 'desc',
): R[] {
  const values = new Map(rows.map((row) => [row, read(row)]))
  return [...rows].sort(ordering((row) => values.get(row) ?? null, direction))
}

/** Columns are named in the code: there are not many. */
const readers = new Map<string, (row: object) => Value>()

/** What a path may end in after a colon: the form in which the column is read, for keys that go by it. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  /** For texts in which case does not count. */
  lower: (text) => text.toLowerCase(),
  /** For times: in the order of the moments, however they are written. */
  moment: inMilliseconds,
}

/**
 * Reads a column by its path, which may end in one of the {@link FORMS}.
 * @example column('user.email')({ user: { email: 'User@example.com' } }) // 'User@example.com'
 * @example column('user.email:lower')({ user: { email: 'User@example.com' } }) // 'user@example.com'
 */
export function column(path: string): (row: object) => Value {
  let read = readers.get(path)
  if (!read) {
    read = reader(path)
    readers.set(path, read)
  }
  return read
}

/** All readers are made in one place, so that whatever calls them is compiled for a single function. */
function reader(path: string): (row: object) => Value {
  const [names = '', ending = ''] = path.split(':')
  const [first = '', ...rest] = names.split('.')
  const form = FORMS[ending]
  return (row) => {
    let value: unknown = (row as Record<string, unknown>)[first]
    for (const name of rest) value = (value as Record<string, unknown> | undefined | null)?.[name]
    return form && typeof value === 'string' ? form(value) : ((value ?? null) as Value)
  }
}
