/** The sorted tree against a plain sorted array, small and at random, then large and on purpose. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Order, SortedTree } from '../../server/state/sorted-tree.ts'

const byValue = (a: number, b: number) => a - b
const placeOf = (row: number) => ({ compare: (other: number) => other - row })
const order: Order<number> = { compare: byValue, placeOf }
const contents = (tree: SortedTree<number>) => tree.slice(0, tree.size)

/** Every number below a limit once, in an order that looks like none. */
const shuffled = (count: number) => Array.from({ length: count }, (_, at) => (at * 7919) % count)
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at)

/** A tree and the array that it must be like. */
interface Pair {
  tree: SortedTree<number>
  model: number[]
}

function add({ tree, model }: Pair, value: number): void {
  if (model.includes(value)) return
  tree.add(value)
  model.push(value)
  model.sort(byValue)
}

function remove({ tree, model }: Pair, value: number): void {
  const at = model.indexOf(value)
  if (at >= 0) model.splice(at, 1)
  assert.equal(tree.remove(value), at >= 0)
}

function assertAlike({ tree, model }: Pair, probe: number): void {
  assert.equal(tree.size, model.length)
  assert.deepEqual(contents(tree), model)
  assert.equal(tree.rank(placeOf(probe)), model.filter((row) => row < probe).length)
  for (const at of [-1, 0, probe % (model.length + 1), model.length - 1, model.length]) {
    assert.equal(tree.at(at), model[at])
  }
  const from = probe % (model.length + 1)
  assert.deepEqual(tree.slice(from, 70), model.slice(from, from + 70))
}

const VALUES = 2000
const value = fc.nat(VALUES - 1)
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('add' as const), tree: fc.nat(), value }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('remove' as const), tree: fc.nat(), value }) },
  // Whole stretches go, as they do when an account is deleted.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const), tree: fc.nat(), value }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fork' as const), tree: fc.nat(), value }) },
)

test('A tree and all its forks hold what sorted arrays hold, whatever is done to them', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(value, { maxLength: 500, size: 'max' }),
      fc.array(step, { maxLength: 80, size: 'max' }),
      (first, steps) => {
        const pairs: Pair[] = [{ tree: new SortedTree(order, first), model: [...first].sort(byValue) }]
        for (const { kind, tree: which, value } of steps) {
          const pair = pairs[which % pairs.length] as Pair
          if (kind === 'add') add(pair, value)
          else if (kind === 'remove') remove(pair, value)
          else if (kind === 'fork') pairs.push({ tree: pair.tree.fork(), model: [...pair.model] })
          else for (const row of pair.model.filter((row) => row >= value && row < value + 400)) remove(pair, row)
        }
        for (const pair of pairs) assertAlike(pair, first[0] ?? 7)
      },
    ),
    { numRuns: 200 },
  )
})

/** Something done to all values of a stretch: taken out, thinned out, or filled up. */
const sweep = fc.record({
  keep: fc.constantFrom(0, 1, 9, 50),
  from: fc.nat(12_000),
  length: fc.constantFrom(70, 700, 5000),
  tree: fc.nat(1),
})

test('Trees of several levels stay right while whole stretches are cleared, thinned out and filled again', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12_000 }),
      fc.array(sweep, { maxLength: 14, size: 'max' }),
      (first, sweeps) => {
        const tree = new SortedTree(order, upTo(first))
        const pairs = [tree.fork(), tree].map((tree) => ({ tree, held: new Set(upTo(first)) }))
        for (const { keep, from, length, tree: which } of sweeps) {
          const { tree, held } = pairs[which] as (typeof pairs)[number]
          for (let row = from; row < from + length; row += 1) {
            // `keep` of 0 clears, of 1 fills up, of n leaves every n-th.
            const stays = keep !== 0 && row % keep === 0
            if (stays && !held.has(row)) {
              tree.add(row)
              held.add(row)
            } else if (!stays) {
              assert.equal(tree.remove(row), held.delete(row))
            }
          }
        }
        for (const { tree, held } of pairs) {
          const rows = [...held].sort(byValue)
          assert.equal(tree.size, rows.length)
          assert.deepEqual(contents(tree), rows)
          for (const [place, row] of rows.entries()) {
            if (row % 31 !== 0) continue
            assert.equal(tree.at(place), row)
            assert.equal(tree.rank(placeOf(row)), place)
          }
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('A tree built at once has all rows in order, whichever order they came in', () => {
  for (const count of [0, 1, 63, 64, 65, 4096, 4097, 30_000]) {
    assert.deepEqual(contents(new SortedTree(order, shuffled(count))), upTo(count))
    assert.deepEqual(contents(new SortedTree(order, upTo(count).reverse())), upTo(count))
  }
})

test('Building a tree leaves the rows that it is given alone', () => {
  const rows = [3, 1, 2]
  new SortedTree(order, rows).add(0)
  assert.deepEqual(rows, [3, 1, 2])
})

test('Fifty thousand rows added one by one are found in their places', () => {
  const tree = new SortedTree(order)
  for (const row of shuffled(50_000)) tree.add(row)
  assert.deepEqual(contents(tree), upTo(50_000))
  for (const place of [0, 1, 63, 64, 24_999, 49_999]) {
    assert.equal(tree.at(place), place)
    assert.equal(tree.rank(placeOf(place)), place)
    assert.deepEqual(tree.slice(place, 130), upTo(50_000).slice(place, place + 130))
  }
})

test('Counts stay right while nearly everything is deleted and comes back', () => {
  const tree = new SortedTree(order, shuffled(40_000))
  const kept = (row: number) => row % 1000 === 0
  let left = 40_000
  for (const row of shuffled(40_000)) {
    if (kept(row)) continue
    assert.equal(tree.remove(row), true)
    left -= 1
    if (left % 5000 === 0) assert.equal(tree.slice(0, left + 1).length, left)
    assert.equal(tree.size, left)
  }
  assert.deepEqual(contents(tree), upTo(40_000).filter(kept))
  for (const row of shuffled(40_000)) if (!kept(row)) tree.add(row)
  assert.deepEqual(contents(tree), upTo(40_000))
})

test('A tree that was emptied, from either end, starts anew', () => {
  for (const rows of [upTo(5000), upTo(5000).reverse(), shuffled(5000)]) {
    const tree = new SortedTree(order, upTo(5000))
    for (const row of rows) tree.remove(row)
    assert.equal(tree.size, 0)
    assert.equal(tree.at(0), undefined)
    assert.deepEqual(tree.slice(0, 10), [])
    assert.equal(tree.rank(placeOf(9999)), 0)
    for (const row of [2, 1, 3]) tree.add(row)
    assert.deepEqual(contents(tree), [1, 2, 3])
  }
})

test('A search after heavy deletion compares no more rows than in a tree built anew', () => {
  let compared = 0
  const counting: Order<number> = {
    compare: byValue,
    placeOf: (row) => ({
      compare(other) {
        compared += 1
        return other - row
      },
    }),
  }
  const tree = new SortedTree(counting, upTo(40_000))
  for (const row of upTo(40_000)) if (row % 500 !== 0) tree.remove(row)
  compared = 0
  for (const row of tree.slice(0, 80)) tree.remove(row)
  assert.ok(compared < 80 * 20, `${compared} comparisons for 80 rows`)
  assert.equal(tree.size, 0)
})

test('Forks of a large tree never see what the other side does, over chains of forks', () => {
  const chain: Pair[] = [{ tree: new SortedTree(order, upTo(10_000)), model: upTo(10_000) }]
  for (const at of upTo(12)) {
    const last = chain.at(-1) as Pair
    const pair = { tree: last.tree.fork(), model: [...last.model] }
    chain.push(pair)
    // The older side writes after the fork, the younger side as well, in the same places and in others.
    for (const row of upTo(200)) {
      remove(last, at * 500 + row)
      remove(pair, at * 500 + row + 100)
      pair.tree.add(20_000 + at * 1000 + row)
      pair.model.push(20_000 + at * 1000 + row)
    }
  }
  for (const { tree, model } of chain) {
    assert.equal(tree.size, model.length)
    assert.deepEqual(contents(tree), model)
  }
})

test('A fork of a fork is untouched when the one in between is emptied', () => {
  const first = new SortedTree(order, upTo(5000))
  const second = first.fork()
  const third = second.fork()
  for (const row of upTo(5000)) second.remove(row)
  assert.equal(second.size, 0)
  assert.deepEqual(contents(first), upTo(5000))
  assert.deepEqual(contents(third), upTo(5000))
})

test('Removing what is not there changes nothing', () => {
  const tree = new SortedTree(order, [1, 3])
  for (const row of [0, 2, 4]) assert.equal(tree.remove(row), false)
  assert.deepEqual(contents(tree), [1, 3])
})
