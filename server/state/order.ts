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

/** A form in which a column is read. */
interface Form {
  read(text: string): string
  /** How a text stands, in this form, to another that is in it already. */
  compare(text: string, other: string): number
}

/** What a path may end in after a colon: the form in which the column is read, for keys that go by it. */
const FORMS: Readonly<Record<string, Form>> = {
  /** For texts in which case does not count. */
  lower: { read: (text) => text.toLowerCase(), compare: compareCaseless },
  /** For times: in the order of the moments, however they are written. */
  moment: { read: inMilliseconds, compare: (text, other) => compareValues(inMilliseconds(text), other) },
}

/** A column of rows. There are not many: they are named in the code. */
export class Column {
  static readonly #known = new Map<string, Column>()

  readonly #name: string
  readonly #inner: string | undefined
  readonly #rest: readonly string[]
  readonly #form: Form | undefined

  private constructor(path: string) {
    const [names = '', ending = ''] = path.split(':')
    const [name = '', inner, ...rest] = names.split('.')
    this.#name = name
    this.#inner = inner
    this.#rest = rest
    this.#form = FORMS[ending]
  }

  /** @param path may end in one of the {@link FORMS} */
  static of(path: string): Column {
    let column = Column.#known.get(path)
    if (!column) {
      column = new Column(path)
      Column.#known.set(path, column)
    }
    return column
  }

  read(row: object): Value {
    const value = this.#find(row)
    return this.#form && typeof value === 'string' ? this.#form.read(value) : value
  }

  /** How what is read off a row stands to a value. */
  compare(row: object, value: Value): number {
    const found = this.#find(row)
    if (!this.#form || typeof found !== 'string') return compareValues(found, value)
    return typeof value === 'string' ? this.#form.compare(found, value) : compareValues(found, value)
  }

  #find(row: object): Value {
    let value: unknown = (row as Record<string, unknown>)[this.#name]
    const inner = this.#inner
    if (inner === undefined) return (value ?? null) as Value
    value = (value as Record<string, unknown> | undefined | null)?.[inner]
    if (this.#rest.length > 0)
      for (const name of this.#rest) value = (value as Record<string, unknown> | undefined | null)?.[name]
    return (value ?? null) as Value
  }
}

/**
 * Reads a column by its path, which may end in one of the {@link FORMS}.
 * @example column('user.email')({ user: { email: 'User@example.com' } }) // 'User@example.com'
 * @example column('user.email:lower')({ user: { email: 'User@example.com' } }) // 'user@example.com'
 */
export function column(path: string): (row: object) => Value {
  const column = Column.of(path)
  return (row) => column.read(row)
}

/** Characters from here on are not changed by 32, nor one by one, when a text is put in lower case. */
const ASCII = 128

/**
 * Compares a text in lower case with another, character by character up to the first that is not the same: to put the
 * text in lower case makes a copy, and an index asks for that at each of fifteen comparisons.
 */
function compareCaseless(text: string, other: string): number {
  const length = Math.min(text.length, other.length)
  for (let at = 0; at < length; at += 1) {
    const [unit, against] = [text.charCodeAt(at), other.charCodeAt(at)]
    if (unit >= ASCII) return compareValues(text.toLowerCase(), other)
    const lower = unit >= 65 && unit <= 90 ? unit + 32 : unit
    if (lower !== against) return lower - against
  }
  return text.length - other.length
}
