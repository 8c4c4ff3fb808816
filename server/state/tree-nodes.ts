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

/** A place in an order, whether or not a row is there. */
export interface Place<Row> {
  /** How a row stands to it: negative when the row comes before it, 0 when it is there. */
  compare(row: Row): number
}

/**
 * Binary search: how many of the rows come before a place. The end is looked at first: there logs are written and read.
 * @param isIncluded whether rows at the place count as well
 */
export function firstIndex<Row>(rows: readonly Row[], place: Place<Row>, isIncluded = false): number {
  let low = 0
  let high = rows.length - 1
  if (high < 0 || isBefore(place.compare(rows[high] as Row), isIncluded)) return rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(place.compare(rows[middle] as Row), isIncluded)) low = middle + 1
    else high = middle
  }
  return low
}

const isBefore = (sign: number, isIncluded: boolean): boolean => sign < 0 || (isIncluded && sign === 0)

/** The child in which the rows before a place end. */
export function childFor<Row>({ firsts }: Branch<Row>, place: Place<Row>, isIncluded = false): number {
  return Math.max(0, firstIndex(firsts, place, isIncluded) - 1)
}

export function firstOf<Row>(node: Node<Row>): Row {
  return (isLeaf(node) ? node.rows[0] : node.firsts[0]) as Row
}
