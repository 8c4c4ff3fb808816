/** The memory that forgets what was not asked for in a long time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Recent } from '../server/recent.ts'

const keysOf = (count: number) => Array.from({ length: count }, (_, id) => ({ id }))

test('As many are remembered as there is room for', () => {
  const recent = new Recent<object, number>(3)
  const keys = keysOf(3)
  for (const key of keys) recent.set(key, key.id)
  assert.deepEqual(
    keys.map((key) => recent.get(key)),
    [0, 1, 2],
  )
})

test('What is not read while twice as many come in is forgotten, and what is read stays', () => {
  const recent = new Recent<object, number>(3)
  const [read, unread] = [{ id: -1 }, { id: -2 }]
  recent.set(read, -1)
  recent.set(unread, -2)
  for (const key of keysOf(20)) {
    recent.set(key, key.id)
    assert.equal(recent.get(read), -1)
  }
  assert.equal(recent.get(unread), undefined)
})

test('Of very many, no more than twice the room is remembered', () => {
  const recent = new Recent<object, number>(10)
  const keys = keysOf(1000)
  for (const key of keys) recent.set(key, key.id)
  const known = keys.filter((key) => recent.get(key) !== undefined).length
  assert.ok(known >= 10 && known <= 20, `${known}`)
})
