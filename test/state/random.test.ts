/** Chance and identifiers: the same again from the same seed, and no stream in step with another. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { following, Random } from '../../server/state/random.ts'

const STREAMS = ['ids', 'secrets', 'headers', 'chance'] as const
const SEEDS = [0, 1, 2, 7, -1, 2 ** 31 - 1, -(2 ** 31)]

/** What a stream gives from here on. */
const draw = (random: Random) => [
  random.id(),
  random.hex(5),
  random.text(40),
  random.uuid(1_700_000_000_000),
  random.id(),
]

test('The same seed and stream give the same values', () => {
  for (const seed of SEEDS) {
    for (const stream of STREAMS) assert.deepEqual(draw(Random.of(seed, stream)), draw(Random.of(seed, stream)))
  }
})

test('Every seed and every stream gives values of its own', () => {
  const ids = SEEDS.flatMap((seed) =>
    STREAMS.flatMap((stream) => {
      const random = Random.of(seed, stream)
      return Array.from({ length: 500 }, () => random.id())
    }),
  )
  assert.equal(new Set(ids).size, SEEDS.length * STREAMS.length * 500)
})

test('What one stream draws leaves the others alone', () => {
  const [ids, headers] = [Random.of(7, 'ids'), Random.of(7, 'headers')]
  const alone = draw(Random.of(7, 'ids'))
  for (let i = 0; i < 100; i += 1) headers.hex(16)
  assert.deepEqual(draw(ids), alone)
})

test('A fork draws the same from where it was made, and neither side moves the other on', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...STREAMS), fc.nat(20), (seed, stream, before) => {
      const random = Random.of(seed, stream)
      for (let i = 0; i < before; i += 1) random.hex(3)
      const [first, second] = [random.fork(), random.fork()]
      const wanted = draw(first)
      draw(first)
      assert.deepEqual(draw(random), wanted)
      assert.deepEqual(draw(second), wanted)
    }),
  )
})

test('An id is 32 lower-case hexadecimal characters, none of them rarer than the others', () => {
  const random = Random.of(1, 'ids')
  const counts = new Map<string, number>()
  for (let i = 0; i < 2000; i += 1) {
    const id = random.id()
    assert.match(id, /^[0-9a-f]{32}$/)
    for (const [at, digit] of [...id].entries()) {
      counts.set(`${at} ${digit}`, (counts.get(`${at} ${digit}`) ?? 0) + 1)
    }
  }
  assert.equal(counts.size, 32 * 16, 'Every digit comes up in every place.')
})

test('Digits and characters come in the length that was asked for', () => {
  const random = Random.of(3, 'secrets')
  for (const length of [0, 1, 7, 8, 9, 16, 40, 100]) {
    assert.match(random.hex(length), new RegExp(`^[0-9a-f]{${length}}$`))
    assert.match(random.text(length), new RegExp(`^[A-Za-z0-9_-]{${length}}$`))
  }
  assert.equal(new Set(random.text(5000)).size, 64, 'Every character of the alphabet comes up.')
})

const MOMENTS = ['1970-01-01T00:00:00.000Z', '2026-11-21T10:00:00.000Z', '9999-12-31T23:59:59.999Z']

test('A UUID is of version 7, with its moment in front', () => {
  const random = Random.of(1, 'headers')
  const variants = new Set<string>()
  for (const iso of MOMENTS) {
    const milliseconds = Date.parse(iso)
    for (let i = 0; i < 50; i += 1) {
      const uuid = random.uuid(milliseconds)
      assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      assert.equal(Number.parseInt(uuid.slice(0, 13).replace('-', ''), 16), milliseconds)
      variants.add(uuid[19] as string)
    }
  }
  assert.deepEqual([...variants].sort(), ['8', '9', 'a', 'b'])
})

test('UUIDs of later moments sort behind', () => {
  const random = Random.of(1, 'headers')
  const uuids = MOMENTS.map((iso) => random.uuid(Date.parse(iso)))
  assert.deepEqual([...uuids].sort(), uuids)
})

test('An id is kept as one text, not as the pieces that it was made of', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const random = Random.of(1, 'ids')
  for (const draw of [() => random.id(), () => random.uuid(1_700_000_000_000)]) {
    const kept: string[] = new Array(20_000).fill('')
    collect()
    const before = process.memoryUsage().heapUsed
    for (let at = 0; at < kept.length; at += 1) kept[at] = draw()
    collect()
    const bytes = (process.memoryUsage().heapUsed - before) / kept.length
    assert.ok(bytes < 100, `${bytes} bytes each`)
    assert.equal(new Set(kept).size, kept.length)
  }
})

test('What follows an id is one more in its last twelve digits, and after the last of them the first', () => {
  const [moment, hex] = ['019c4f65e7607d8c9f6f', (count: number) => count.toString(16).padStart(12, '0')]
  fc.assert(
    fc.property(fc.nat(2 ** 48 - 2), (count) => {
      assert.equal(following(moment + hex(count)), moment + hex(count + 1))
    }),
  )
  for (const [last, next] of [
    ['ffffffffffff', '000000000000'],
    ['0fffffffffff', '100000000000'],
    ['00000000009f', '0000000000a0'],
  ]) {
    assert.equal(following(`${moment}${last}`), `${moment}${next}`)
  }
  // Documents may have had other ids for their entries.
  for (const odd of ['', 'x', 'short', `${moment}zzzzzzzzzzzz`]) assert.match(following(odd), /^[\w]{32}$/)
})
