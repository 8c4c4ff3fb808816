/** Texts that are told apart a few characters at a time are in the order in which comparing them puts them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { textOrder } from '../../server/state/text-order.ts'

/** The order that comparing gives, the plainest possible way. */
function compared(texts: readonly string[]): number[] {
  const order = texts.map((_, place) => place)
  return order.sort((a, b) => {
    const [one = '', other = ''] = [texts[a], texts[b]]
    return one === other ? 0 : one < other ? -1 : 1
  })
}

/** Texts of few characters, so that many begin alike: the end, NUL, what numbers do not tell apart, and halves of pairs. */
const Text = fc.string({
  unit: fc.constantFrom('a', 'b', '\0', '}', '~', '\x7f', 'é', '\ud83d', '\uffff'),
  maxLength: 12,
})

test('texts are in the order of their code units, and those that are alike in the order in which they come', () => {
  fc.assert(
    fc.property(
      fc.array(Text, { maxLength: 200, size: 'max' }),
      fc.constantFrom('', 'shared-by-all-'),
      (texts, begin) => {
        const all = texts.map((text) => begin + text)
        assert.deepEqual([...textOrder(all)], compared(all))
      },
    ),
    { seed: 5, numRuns: 100 },
  )
})

test('many texts that differ late, early, hardly or not at all are in order', () => {
  const numbers = Array.from({ length: 3000 }, (_, at) => (at * 7919) % 3001)
  const kinds: ((number: number) => string)[] = [
    (number) => new Date(Date.UTC(2026, 0, 1) + number * 977).toISOString(),
    (number) => `${'ab'.repeat(number % 40)}${number % 7}`,
    (number) => `name.${number % 90}@example.com`,
    (number) => String(number),
    () => 'the same',
    () => '',
  ]
  for (const kind of kinds) {
    const texts = numbers.map(kind)
    assert.deepEqual([...textOrder(texts)], compared(texts), texts[1])
  }
})
