/** Names of made-up people and companies: nobody's twice, however many there are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakerOf, Names } from '../../fixtures/demo/names.ts'
import { EMAIL } from '../../server/assumed.ts'
import { Random } from '../../server/state/random.ts'

function namesOf(seed: number, isTaken: (email: string) => boolean = () => false): Names {
  const random = Random.ofCall(seed, 1)
  return new Names(fakerOf(random), { random, isTaken })
}

test('no two people have one address, also beyond those who are remembered', () => {
  const names = namesOf(1)
  const people = Array.from({ length: 21_000 }, () => names.person('example.com'))
  const addresses = new Set(people.map(({ email }) => email))
  assert.equal(addresses.size, people.length)
  for (const email of addresses) assert.ok(EMAIL.test(email) && /^[a-z.-]+\d*@example\.com$/.test(email), email)
  // Some have a namesake, and names vary.
  assert.ok([...addresses].some((email) => email.includes('2@')))
  assert.ok(new Set(people.map(({ first }) => first)).size > 1000)
})

test('an address that somebody in the world has is given to nobody', () => {
  const first = Array.from(
    { length: 3 },
    (
      (names) => () =>
        names.person('example.org').email
    )(namesOf(2)),
  )
  const names = namesOf(2, (email) => first.includes(email))
  const second = Array.from({ length: 3 }, () => names.person('example.org').email)
  assert.deepEqual(
    second.filter((email) => first.includes(email)),
    [],
  )
  const [name = ''] = first[0]?.split('@') ?? []
  assert.equal(second[0], `${name}2@example.org`)
})

test('no two companies have one name', () => {
  const names = namesOf(3)
  const slugs = Array.from({ length: 3000 }, () => names.company().slug)
  assert.equal(new Set(slugs).size, slugs.length)
  for (const slug of slugs) assert.match(slug, /^[a-z]+(?:-[a-z]+)*$/)
})
