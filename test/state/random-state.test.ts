/** Where randomness stands: written down, and gone on from. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Random } from '../../server/state/random.ts'

test('A stream that is made from the state of another draws the same from there on', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.constantFrom('ids', 'secrets', 'headers', 'chance'),
      fc.nat(50),
      (seed, name, draws) => {
        const random = Random.of(seed, name)
        for (let i = 0; i < draws; i += 1) random.hex(8)
        const { state } = random
        assert.match(state, /^[0-9a-f]{32}$/)
        const again = Random.at(state)
        assert.equal(again.state, state, 'Nothing is drawn by reading it.')
        assert.deepEqual([again.id(), again.text(40), again.state], [random.id(), random.text(40), random.state])
      },
    ),
  )
})

test('States differ by seed, by stream and by what was drawn', () => {
  const random = Random.of(1, 'ids')
  const states = [random.state, Random.of(2, 'ids').state, Random.of(1, 'secrets').state]
  random.id()
  assert.equal(new Set([...states, random.state]).size, 4)
})

for (const state of [
  '',
  '0',
  '0'.repeat(32),
  'f'.repeat(31),
  'f'.repeat(33),
  'F'.repeat(32),
  'g'.repeat(32),
  ` ${'f'.repeat(31)}`,
]) {
  test(`"${state}" is no state`, () => {
    assert.throws(() => Random.at(state), RangeError)
  })
}
