/** Where in an index rows stand. */
import type { Columns } from './columns.ts'
import type { Value } from './order.ts'
import type { SortedTree } from './sorted-tree.ts'

/** Rows that stand one after the other. */
export interface Range<R> {
  readonly index: SortedTree<R>
  readonly from: number
  /** The place after the last of them. */
  readonly to: number
}

/** The rows of an index between two keys, both included. A key may be shorter than the columns of the index. */
export function rangeOf<R extends object>(
  index: SortedTree<R>,
  columns: Columns,
  low: readonly Value[],
  high = low,
): Range<R> {
  if (low.length === 0) return { index, from: 0, to: index.size }
  const from = index.rank(columns.place(low))
  const to = index.rank(columns.place(high), true)
  return { index, from, to: Math.max(from, to) }
}

/** Rows of a range by their place in it, counted from the end at which a direction begins. */
export function rowsOf<R>(
  { index, from, to }: Range<R>,
  { direction = 'asc', offset = 0, limit = Number.POSITIVE_INFINITY }: Slice = {},
): R[] {
  const count = Math.max(0, Math.min(limit, to - from - offset))
  if (count === 0) return []
  return direction === 'asc' ? index.slice(from + offset, count) : index.slice(to - offset - count, count).reverse()
}

interface Slice {
  direction?: 'asc' | 'desc'
  offset?: number
  limit?: number
}
