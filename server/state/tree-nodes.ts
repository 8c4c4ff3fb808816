/** What a sorted tree is made of, and how to find a row in it: see sorted-tree.ts. */

/** Whoever may change a node in place. A fork takes new tokens, which makes all shared nodes read-only. */
export type Editor = object

export interface Leaf<Row> {
  readonly editor: Editor
  readonly rows: Row[]
}

export interface Branch<Row> {
  readonly editor: Editor
  readonly children: Node<Row>[]
  /** For each child, a row that is not after any row in that child, and after every row before it. */
  readonly firsts: Row[]
  size: number
}

export type Node<Row> = Leaf<Row> | Branch<Row>

export const isLeaf = <Row>(node: Node<Row>): node is Leaf<Row> => 'rows' in node
export const sizeOf = <Row>(node: Node<Row>): number => (isLeaf(node) ? node.rows.length : node.size)
export const widthOf = <Row>(node: Node<Row>): number => (isLeaf(node) ? node.rows.length : node.children.length)

/** How another row stands to one: negative when the other comes first, 0 only for the same place. */
export type Standing<Row> = (other: Row) => number

/** Binary search: how many of the rows come before a place. The end is looked at first: there logs are written and read. */
export function firstIndex<Row>(rows: readonly Row[], isBefore: (row: Row) => boolean): number {
  let low = 0
  let high = rows.length - 1
  if (high < 0 || isBefore(rows[high] as Row)) return rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(rows[middle] as Row)) low = middle + 1
    else high = middle
  }
  return low
}

/** The child that a row is in, or belongs into. */
export function childFor<Row>({ firsts }: Branch<Row>, standing: Standing<Row>): number {
  return Math.max(0, firstIndex(firsts, (first) => standing(first) <= 0) - 1)
}

export function firstOf<Row>(node: Node<Row>): Row {
  return (isLeaf(node) ? node.rows[0] : node.firsts[0]) as Row
}
