/**
 * A sorted collection that knows how many rows stand before any other: a B+ tree whose branches count what is below
 * them. `at(999_950)` costs what `at(0)` costs, which is what makes page 20,000 as cheap as page 1.
 *
 * Forks share nodes until one side writes (copy on write), so that a copy of a million rows costs nothing.
 */

/** Rows per leaf and children per branch. 64 keeps a million rows three branches deep. */
const WIDTH = 64

/** Whoever may change a node in place. A fork takes new tokens, which makes all shared nodes read-only. */
type Editor = object

interface Leaf<Row> {
  readonly editor: Editor
  readonly rows: Row[]
}

interface Branch<Row> {
  readonly editor: Editor
  readonly children: Node<Row>[]
  /** For each child, a row that is not after any row in that child, and after every row before it. */
  readonly firsts: Row[]
  size: number
}

type Node<Row> = Leaf<Row> | Branch<Row>

const isLeaf = <Row>(node: Node<Row>): node is Leaf<Row> => 'rows' in node
const sizeOf = <Row>(node: Node<Row>): number => (isLeaf(node) ? node.rows.length : node.size)
const widthOf = <Row>(node: Node<Row>): number => (isLeaf(node) ? node.rows.length : node.children.length)

/** A total order of rows: negative when `a` comes first, 0 only for the same place. */
export type Compare<Row> = (a: Row, b: Row) => number

export class SortedTree<Row> {
  readonly #compare: Compare<Row>
  #root: Node<Row>
  #editor: Editor = {}

  /** @param rows the first rows, in any order unless they are said to be sorted */
  constructor(compare: Compare<Row>, rows: readonly Row[] = [], isSorted = false) {
    this.#compare = compare
    this.#root = this.#build(isSorted ? rows : [...rows].sort(compare))
  }

  get size(): number {
    return sizeOf(this.#root)
  }

  /** An independent copy, made in no time. */
  fork(): SortedTree<Row> {
    const copy = new SortedTree<Row>(this.#compare)
    copy.#root = this.#root
    this.#editor = {}
    return copy
  }

  /** The row at a place, counted from 0. */
  at(index: number): Row | undefined {
    let node = this.#root
    if (index < 0 || index >= sizeOf(node)) return undefined
    while (!isLeaf(node)) {
      let child = 0
      for (
        let size = sizeOf(node.children[0] as Node<Row>);
        index >= size;
        size = sizeOf(node.children[child] as Node<Row>)
      ) {
        index -= size
        child += 1
      }
      node = node.children[child] as Node<Row>
    }
    return node.rows[index]
  }

  /** `count` rows from a place on. */
  slice(from: number, count: number): Row[] {
    const found: Row[] = []
    this.#collect(this.#root, from, count, found)
    return found
  }

  /**
   * How many rows come before a place.
   * @param isBefore true for every row before the place, false for every row from there on
   */
  rank(isBefore: (row: Row) => boolean): number {
    let node = this.#root
    let rank = 0
    while (!isLeaf(node)) {
      const child = Math.max(0, firstIndex(node.firsts, isBefore) - 1)
      for (let i = 0; i < child; i += 1) rank += sizeOf(node.children[i] as Node<Row>)
      node = node.children[child] as Node<Row>
    }
    return rank + firstIndex(node.rows, isBefore)
  }

  /** Puts a row in its place. A row that compares as equal must not be there yet. */
  add(row: Row): void {
    this.#root = this.#own(this.#root)
    const right = this.#insert(this.#root, row)
    if (right) this.#root = this.#branch([this.#root, right])
  }

  /** Takes out the row that compares as equal. */
  remove(row: Row): boolean {
    const index = this.rank((other) => this.#compare(other, row) < 0)
    const found = this.at(index)
    if (found === undefined || this.#compare(found, row) !== 0) return false
    this.#root = this.#own(this.#root)
    this.#delete(this.#root, index)
    while (!isLeaf(this.#root) && this.#root.children.length === 1) this.#root = this.#root.children[0] as Node<Row>
    return true
  }

  #build(rows: readonly Row[]): Node<Row> {
    const leaves: Node<Row>[] = []
    for (let i = 0; i < rows.length; i += WIDTH) leaves.push({ editor: this.#editor, rows: rows.slice(i, i + WIDTH) })
    let level: Node<Row>[] = leaves.length > 0 ? leaves : [{ editor: this.#editor, rows: [] }]
    while (level.length > 1) {
      const above: Node<Row>[] = []
      for (let i = 0; i < level.length; i += WIDTH) above.push(this.#branch(level.slice(i, i + WIDTH)))
      level = above
    }
    return level[0] as Node<Row>
  }

  #branch(children: Node<Row>[]): Branch<Row> {
    const size = children.reduce((sum, child) => sum + sizeOf(child), 0)
    return { editor: this.#editor, children, firsts: children.map(firstOf), size }
  }

  /** The node itself when it is ours to change, else a copy that is. */
  #own<Kind extends Node<Row>>(node: Kind): Kind {
    if (node.editor === this.#editor) return node
    const copy: Node<Row> = isLeaf(node)
      ? { editor: this.#editor, rows: [...node.rows] }
      : { editor: this.#editor, children: [...node.children], firsts: [...node.firsts], size: node.size }
    return copy as Kind
  }

  /** Inserts below a node of ours; returns the right half when the node had to be split. */
  #insert(node: Node<Row>, row: Row): Node<Row> | undefined {
    if (isLeaf(node)) {
      node.rows.splice(
        firstIndex(node.rows, (other) => this.#compare(other, row) < 0),
        0,
        row,
      )
      return node.rows.length > WIDTH ? { editor: this.#editor, rows: node.rows.splice(WIDTH / 2) } : undefined
    }
    const at = Math.max(0, firstIndex(node.firsts, (other) => this.#compare(other, row) <= 0) - 1)
    const child = this.#own(node.children[at] as Node<Row>)
    node.children[at] = child
    node.size += 1
    const right = this.#insert(child, row)
    // The first child may have got a new first row.
    if (at === 0) node.firsts[0] = firstOf(child)
    if (!right) return undefined
    node.children.splice(at + 1, 0, right)
    node.firsts.splice(at + 1, 0, firstOf(right))
    if (node.children.length <= WIDTH) return undefined
    const half = this.#branch(node.children.splice(WIDTH / 2))
    node.firsts.length = node.children.length
    node.size -= half.size
    return half
  }

  #delete(node: Node<Row>, index: number): void {
    if (isLeaf(node)) {
      node.rows.splice(index, 1)
      return
    }
    let at = 0
    for (
      let size = sizeOf(node.children[0] as Node<Row>);
      index >= size;
      size = sizeOf(node.children[at] as Node<Row>)
    ) {
      index -= size
      at += 1
    }
    const child = this.#own(node.children[at] as Node<Row>)
    node.children[at] = child
    node.size -= 1
    this.#delete(child, index)
    if (sizeOf(child) === 0 && node.children.length > 1) {
      node.children.splice(at, 1)
      node.firsts.splice(at, 1)
    } else if (widthOf(child) < WIDTH / 4) {
      this.#merge(node, at > 0 ? at - 1 : at)
    }
  }

  /** Joins a child with the one to its right when both fit into one, so that deletions leave no thin nodes behind. */
  #merge(node: Branch<Row>, at: number): void {
    const left = node.children[at]
    const right = node.children[at + 1]
    if (!left || !right || widthOf(left) + widthOf(right) > WIDTH) return
    const joined = this.#own(left)
    if (isLeaf(joined) && isLeaf(right)) joined.rows.push(...right.rows)
    else if (!isLeaf(joined) && !isLeaf(right)) {
      joined.children.push(...right.children)
      joined.firsts.push(...right.firsts)
      joined.size += right.size
    }
    node.children.splice(at, 2, joined)
    node.firsts.splice(at + 1, 1)
  }

  #collect(node: Node<Row>, from: number, count: number, found: Row[]): void {
    if (isLeaf(node)) {
      for (let i = from; i < node.rows.length && found.length < count; i += 1) found.push(node.rows[i] as Row)
      return
    }
    for (const child of node.children) {
      if (found.length >= count) return
      const size = sizeOf(child)
      if (from < size) this.#collect(child, from, count, found)
      from = Math.max(0, from - size)
    }
  }
}

/** Binary search: how many of the rows come before a place. */
function firstIndex<Row>(rows: readonly Row[], isBefore: (row: Row) => boolean): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(rows[middle] as Row)) low = middle + 1
    else high = middle
  }
  return low
}

function firstOf<Row>(node: Node<Row>): Row {
  return (isLeaf(node) ? node.rows[0] : node.firsts[0]) as Row
}
