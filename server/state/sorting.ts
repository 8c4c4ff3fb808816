/** Puts very many rows in order in a fraction of the time that comparing them two by two takes. */
import { column, compareValues, type Value } from './order.ts'
import type { Row } from './table.ts'

/** With more rows than that to a value on average, they are gathered by it. */
const WORTH = 8

/** So many characters of a text tell most texts apart. */
const BEGINNING = 3

/**
 * Rows in the order of columns; what is alike there stays in the order in which it comes. Rows that have the first value
 * in common, such as those of one account, or its beginning, are gathered and sorted on their own: there are fewer to
 * compare each with, and they are near one another in memory.
 */
export function sortedBy<R extends Row>(rows: readonly R[], columns: readonly string[]): readonly R[] {
  const [first, ...rest] = columns
  if (first === undefined || rows.length < 2) return rows
  const read = column(first)
  const alike = gathered(rows, read)
  if (alike) return inOrder(alike, (group) => sortedBy(group, rest))
  const begun = gathered(rows, (row) => {
    const value = read(row)
    return typeof value === 'string' ? value.slice(0, BEGINNING) : value
  })
  return begun ? inOrder(begun, (group) => comparedBy(group, columns)) : comparedBy(rows, columns)
}

/** Rows by a value; undefined where hardly any two have one in common. */
function gathered<R extends Row>(rows: readonly R[], read: (row: R) => Value): Map<Value, R[]> | undefined {
  const groups = new Map<Value, R[]>()
  const most = rows.length / WORTH
  for (const row of rows) {
    const value = read(row)
    const group = groups.get(value)
    if (group) group.push(row)
    else if (groups.size < most) groups.set(value, [row])
    else return undefined
  }
  return groups
}

function inOrder<R>(groups: ReadonlyMap<Value, R[]>, sorted: (group: readonly R[]) => readonly R[]): R[] {
  const values = [...groups.keys()].sort(compareValues)
  return values.flatMap((value) => sorted(groups.get(value) ?? []))
}

/** Each column of a row is read once, not at each of some twenty comparisons. */
function comparedBy<R extends Row>(rows: readonly R[], columns: readonly string[]): R[] {
  const values = columns.map((path): Value[] => rows.map(column(path)))
  const order = Array.from(rows, (_, index) => index)
  order.sort((a, b) => {
    for (const value of values) {
      const difference = compareValues(value[a] as Value, value[b] as Value)
      if (difference !== 0) return difference
    }
    return 0
  })
  return order.map((index) => rows[index] as R)
}

/** How many digits of an id are looked at, and where the place of a row stands below them: 53 bits are a whole number. */
const DIGITS = 7
const PLACES = 2 ** 24

/** A number of four bits for each character, no greater for one that comes before another. */
const DIGIT = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code < 58) return Math.max(0, code - 48)
  return code < 97 ? 9 : Math.min(15, code - 87)
})

/**
 * Rows about in the order of their ids, so that sorting them is a matter of one look at each: by the first digits,
 * which are all different where ids are random. They are sorted as numbers, for which no function need be called.
 */
export function roughlyById<R extends Row>(rows: readonly R[]): readonly R[] {
  if (rows.length > PLACES) return rows
  const keys = Float64Array.from(rows, ({ id }, index) => {
    let key = 0
    for (let at = 0; at < DIGITS; at += 1) key = key * 16 + (DIGIT[id.charCodeAt(at)] ?? 15)
    return key * PLACES + index
  })
  keys.sort()
  return Array.from(keys, (key) => rows[key % PLACES] as R)
}
