/** What is found out about a thing of a world: once, until a collection changes that it was read from. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts } from '../../schemas/accounts.ts'
import { members } from '../../schemas/members.ts'
import { roles } from '../../schemas/roles.ts'
import { derived } from '../../server/state/derived.ts'
import type { World } from '../../server/state/world.ts'
import { simulator } from '../simulator.ts'

/** A world, and a function that counts how often it had to look. */
async function started(t: Parameters<typeof simulator>[0]) {
  const world = (await simulator(t)).worlds.of()
  let looks = 0
  const count = derived([members, roles], (about: { name: string }, { store }: World) => {
    looks += 1
    return { about, members: store.table(members).total() }
  })
  const looked = (run: () => unknown) => {
    looks = 0
    run()
    return looks
  }
  return { world, count, looked, row: world.store.table(members).all()[0] as { id: string } }
}

const [ONE, OTHER] = [{ name: 'one' }, { name: 'other' }]

test('what is known is not looked for again, each thing for itself', async (t) => {
  const { world, count, looked } = await started(t)
  const first = count(ONE, world)
  assert.equal(
    looked(() => assert.equal(count(ONE, world), first)),
    0,
  )
  assert.equal(
    looked(() => assert.equal(count(OTHER, world).about, OTHER)),
    1,
  )
})

test('a change to a collection that was looked into is noticed, one to another is not', async (t) => {
  const { world, count, looked, row } = await started(t)
  const { store } = world
  const before = count(ONE, world)
  store.table(accounts).put({ ...(store.table(accounts).first() as { id: string }) } as never)
  assert.equal(
    looked(() => count(ONE, world)),
    0,
  )
  const back = store.checkpoint()
  store.table(members).delete(row.id)
  assert.equal(
    looked(() => assert.equal(count(ONE, world).members, before.members - 1)),
    1,
  )
  back()
  assert.equal(
    looked(() => assert.equal(count(ONE, world).members, before.members)),
    1,
  )
})

test('worlds know nothing of one another, whichever is asked in between', async (t) => {
  const { world, count, looked, row } = await started(t)
  const fork = world.fork()
  fork.store.table(members).delete(row.id)
  assert.equal(
    looked(() => assert.equal(count(ONE, fork).members, count(ONE, world).members - 1)),
    2,
  )
  assert.equal(
    looked(() => {
      for (let n = 0; n < 5; n += 1) assert.notEqual(count(ONE, fork), count(ONE, world))
    }),
    0,
  )
})
