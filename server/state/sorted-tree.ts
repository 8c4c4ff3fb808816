/**
 * A sorted collection that knows how many rows stand before any other: a B+ tree whose branches count what is below
 * them. `at(999_950)` costs what `at(0)` costs, which is what makes page 20,000 as cheap as page 1.
 *
 * Forks share nodes until one side writes (copy on write), so that a copy of a million rows costs nothing.
 */
import type { Branch, Editor, Node, Place } from './tree-nodes.ts'
import { childFor, firstIndex, firstOf, isLeaf, sizeOf, widthOf } from './tree-nodes.ts'

/** Rows per leaf and children per branch. 64 keeps a million rows three branches deep. */
const WIDTH = 64

/** A total order of rows. */
export interface Order<Row> {
  compare(one: Row, other: Row): number
  /** The place of a row: what is to be known of the row need not be read off it at each comparison. */
  placeOf(row: Row): Place<Row>
}

export class SortedTree<Row> {
  readonly #order: Order<Row>
  #root: Node<Row>
  #editor: Editor = {}
  /** The row in whose place {@link add} put another. */
  #replaced: Row | undefined

  /** @param rows the first rows, in any order unless they are said to be sorted */
  constructor(order: Order<Row>, rows: readonly Row[] = [], isSorted = false) {
    this.#order = order
    this.#root = this.#build(isSorted ? rows : [...rows].sort((one, other) => order.compare(one, other)))
  }

  get size(): number {
    return sizeOf(this.#root)
  }

  /** An independent copy, made in no time. */
  fork(): SortedTree<Row> {
    const copy = new SortedTree<Row>(this.#order, [], true)
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
   * @param isIncluded whether rows at the place count as well
   */
  rank(place: Place<Row>, isIncluded = false): number {
    let node = this.#root
    let rank = 0
    while (!isLeaf(node)) {
      const child = childFor(node, place, isIncluded)
      for (let i = 0; i < child; i += 1) rank += sizeOf(node.children[i] as Node<Row>)
      node = node.children[child] as Node<Row>
    }
    return rank + firstIndex(node.rows, place, isIncluded)
  }

  /** The first row from a place on; undefined where none is left. See {@link rank}. */
  firstFrom(place: Place<Row>): Row | undefined {
    let node = this.#root
    let next: Node<Row> | undefined
    while (!isLeaf(node)) {
      const child = childFor(node, place)
      next = node.children[child + 1] ?? next
      node = node.children[child] as Node<Row>
    }
    const index = firstIndex(node.rows, place)
    if (index < node.rows.length) return node.rows[index]
    while (next && !isLeaf(next)) next = next.children[0]
    return next?.rows[0]
  }

  /** The last row before a place; undefined where there is none. See {@link rank}. */
  lastBefore(place: Place<Row>, isIncluded = false): Row | undefined {
    let node = this.#root
    let previous: Node<Row> | undefined
    while (!isLeaf(node)) {
      const child = childFor(node, place, isIncluded)
      previous = node.children[child - 1] ?? previous
      node = node.children[child] as Node<Row>
    }
    const index = firstIndex(node.rows, place, isIncluded)
    if (index > 0) return node.rows[index - 1]
    while (previous && !isLeaf(previous)) previous = previous.children.at(-1)
    return previous?.rows.at(-1)
  }

  /** Puts a row in its place. @returns the row that compares as equal and was there before */
  add(row: Row): Row | undefined {
    this.#replaced = undefined
    this.#root = this.#own(this.#root)
    const right = this.#insert(this.#root, row, this.#order.placeOf(row))
    if (right) this.#root = this.#branch([this.#root, right])
    return this.#replaced
  }

  /** Takes out the row that compares as equal. @returns whether there was one */
  remove(row: Row): boolean {
    this.#root = this.#own(this.#root)
    if (!this.#take(this.#root, this.#order.placeOf(row))) return false
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
  #insert(node: Node<Row>, row: Row, place: Place<Row>): Node<Row> | undefined {
    if (isLeaf(node)) {
      const at = firstIndex(node.rows, place)
      const there = node.rows[at]
      if (there !== undefined && place.compare(there) === 0) {
        this.#replaced = there
        node.rows[at] = row
        return undefined
      }
      // What comes in order leaves full leaves behind.
      if (at === WIDTH) return { editor: this.#editor, rows: [row] }
      node.rows.splice(at, 0, row)
      return node.rows.length > WIDTH ? { editor: this.#editor, rows: node.rows.splice(WIDTH / 2) } : undefined
    }
    const at = childFor(node, place, true)
    const child = this.#own(node.children[at] as Node<Row>)
    node.children[at] = child
    const right = this.#insert(child, row, place)
    if (this.#replaced === undefined) node.size += 1
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

  /** Takes a row out from below a node of ours; returns whether it was there. */
  #take(node: Node<Row>, place: Place<Row>): boolean {
    if (isLeaf(node)) {
      const at = firstIndex(node.rows, place)
      const there = node.rows[at]
      if (there === undefined || place.compare(there) !== 0) return false
      node.rows.splice(at, 1)
      return true
    }
    const at = childFor(node, place, true)
    const child = this.#own(node.children[at] as Node<Row>)
    node.children[at] = child
    if (!this.#take(child, place)) return false
    node.size -= 1
    if (sizeOf(child) === 0 && node.children.length > 1) {
      node.children.splice(at, 1)
      node.firsts.splice(at, 1)
    } else if (widthOf(child) < WIDTH / 4) {
      this.#merge(node, at > 0 ? at - 1 : at)
    }
    return true
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
