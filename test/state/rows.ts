/** Rows for tests of the state, and the plainest possible way of listing them, to compare the real one with. */
import fc from 'fast-check'
import type { Value } from '../../server/state/order.ts'

/** A row with columns that may be null or missing, at the top and one level down. */
export interface Thing {
  readonly id: string
  readonly owner: string
  readonly rank?: Value
  readonly user?: { readonly email?: Value } | null
}

/** Every column that the tests filter and order by. */
export const COLUMNS = ['id', 'owner', 'rank', 'user.email'] as const
export type Column = (typeof COLUMNS)[number]

/** A value of each kind, few enough that they repeat. */
export const value: fc.Arbitrary<Value> = fc.constantFrom(null, false, true, -1, 0, 2.5, 10, '', '10', 'B', 'a', 'é')

const owner = fc.constantFrom('ada', 'bob', 'eve')
const id = fc.nat(99).map((number) => `id-${String(number).padStart(2, '0')}`)

/** One row; a hundred ids, so that rows also get replaced. */
export const thing: fc.Arbitrary<Thing> = fc.record(
  { id, owner, rank: value, user: fc.option(fc.record({ email: value }, { requiredKeys: [] })) },
  { requiredKeys: ['id', 'owner'] },
)

/** Rows with different ids, in no order. */
export const things = fc.uniqueArray(thing, { selector: (row) => row.id, maxLength: 60, size: 'max' })

/** A column of a row; what is missing is null. */
export function read(row: Thing, column: Column): Value {
  if (column === 'user.email') return row.user?.email ?? null
  return row[column] ?? null
}

/** The place of a kind of value: null, then booleans, then numbers, then strings. */
const place = (one: Value) => (one === null ? 0 : ['boolean', 'number', 'string'].indexOf(typeof one) + 1)

/** Compares two values the long way round. */
export function plainCompare(a: Value, b: Value): number {
  if (place(a) !== place(b)) return place(a) - place(b)
  if (a === b) return 0
  return (a as number) < (b as number) ? -1 : 1
}

/** What a list may be asked for. */
export interface Question {
  where: Partial<Record<Column, Value>>
  order: Column
  direction: 'asc' | 'desc'
  between: readonly [Value, Value] | undefined
  /** Keeps only rows whose id ends in an even digit. */
  even: boolean
}

/** Two values, the first not after the second. */
const range = fc.tuple(value, value).map(([a, b]): [Value, Value] => (plainCompare(a, b) <= 0 ? [a, b] : [b, a]))

export const question: fc.Arbitrary<Question> = fc.record({
  where: fc.oneof(
    fc.constant({}),
    fc.record({ owner }),
    fc.record({ owner, rank: value, 'user.email': value }, { requiredKeys: [] }),
  ),
  order: fc.constantFrom(...COLUMNS),
  direction: fc.constantFrom('asc', 'desc'),
  between: fc.option(range, { nil: undefined, freq: 2 }),
  even: fc.boolean(),
})

export const isEven = (row: Thing) => Number(row.id.at(-1)) % 2 === 0

/** The answer to a question, from an array: filter, sort, turn round. */
export function answer(rows: readonly Thing[], { where, order, direction, between, even }: Question): Thing[] {
  const found = rows.filter((row) => {
    const fits = Object.entries(where).every(([column, wanted]) => read(row, column as Column) === wanted)
    const at = read(row, order)
    const lies = !between || (plainCompare(at, between[0]) >= 0 && plainCompare(at, between[1]) <= 0)
    return fits && lies && (!even || isEven(row))
  })
  found.sort((a, b) => plainCompare(read(a, order), read(b, order)) || plainCompare(a.id, b.id))
  return direction === 'asc' ? found : found.reverse()
}
