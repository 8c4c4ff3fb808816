/** Long random lives of members and tokens, told to the simulator and to a model of a few lines: both must agree. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { A } from '../contract/driven.ts'
import { type Simulator, simulator } from '../simulator.ts'

const SEED = 20261121
const SUPER = '33666b9c79b9a5273fc7344ff42f953d'
const PLAIN = '3536bcfad5faccb999b47003c79917fb'

interface Person {
  id: string
  email: string
  status: string
  roles: string[]
}

const act = fc.record({
  what: fc.constantFrom('invite', 'invite', 'change', 'remove', 'list') as fc.Arbitrary<
    'invite' | 'change' | 'remove' | 'list'
  >,
  /** Which of the people there are, or which of a few addresses. */
  who: fc.nat({ max: 200 }),
  role: fc.constantFrom(SUPER, PLAIN),
  status: fc.constantFrom('accepted', 'pending'),
  per_page: fc.constantFrom(5, 7, 50),
  order: fc.constantFrom('user.email', 'status'),
  direction: fc.constantFrom('asc', 'desc'),
})

async function listMembers({ call }: Simulator, query: string): Promise<Person[]> {
  const people: Person[] = []
  for (let page = 1; ; page += 1) {
    const { body } = await call(`GET ${A}/members?page=${page}&${query}`)
    assert.equal(body.result_info.count, body.result.length)
    for (const { id, email, status, roles } of body.result) {
      people.push({ id, email, status, roles: roles.map((role: { id: string }) => role.id) })
    }
    if (body.result.length === 0) {
      assert.equal(body.result_info.total_count, people.length)
      return people
    }
  }
}

const isLastSuper = (people: Person[], person: Person) =>
  person.status === 'accepted' &&
  person.roles.includes(SUPER) &&
  !people.some((other) => other !== person && other.status === 'accepted' && other.roles.includes(SUPER))

test('members live as the model says', async (t) => {
  const app = await simulator(t)
  const life = fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
    app.worlds.reset()
    let people = await listMembers(app, 'per_page=50')
    for (const { what, who, role, status, per_page, order, direction } of acts) {
      const person = people[who % people.length] as Person
      if (what === 'invite') {
        const email = `person${who % 9}@example.com`
        const { body, ...reply } = await app.call(`POST ${A}/members`, { body: { email, roles: [role], status } })
        const isThere = people.some((other) => other.email === email)
        assert.equal(reply.status, isThere ? 400 : 200)
        if (!isThere) people.push({ id: body.result.id, email, status, roles: [role] })
      } else if (what === 'change') {
        const isRefused = role !== SUPER && isLastSuper(people, person)
        const reply = await app.call(`PUT ${A}/members/${person.id}`, { body: { roles: [{ id: role }] } })
        assert.equal(reply.status, isRefused ? 400 : 200)
        if (!isRefused) people = people.map((other) => (other === person ? { ...person, roles: [role] } : other))
      } else if (what === 'remove') {
        const isRefused = isLastSuper(people, person)
        assert.equal((await app.call(`DELETE ${A}/members/${person.id}`)).status, isRefused ? 400 : 200)
        if (!isRefused) people = people.filter((other) => other !== person)
      } else {
        const found = await listMembers(app, `per_page=${per_page}&order=${order}&direction=${direction}`)
        const key = (one: Person) => `${order === 'status' ? one.status : one.email} ${one.id}`
        const sorted = [...people].sort((a, b) => (key(a) < key(b) ? -1 : 1))
        assert.deepEqual(found, direction === 'asc' ? sorted : sorted.reverse())
      }
    }
    const left = await listMembers(app, 'per_page=50')
    assert.deepEqual(new Map(left.map((one) => [one.id, one])), new Map(people.map((one) => [one.id, one])))
  })
  await fc.assert(life, { seed: SEED, numRuns: 25 })
})

const turn = fc.record({
  what: fc.constantFrom('make', 'make', 'rename', 'roll', 'delete') as fc.Arbitrary<
    'make' | 'rename' | 'roll' | 'delete'
  >,
  which: fc.nat({ max: 50 }),
  status: fc.constantFrom('active', 'disabled'),
})

test('tokens live as the model says, and only their latest value is good', async (t) => {
  const app = await simulator(t)
  const life = fc.asyncProperty(fc.array(turn, { minLength: 5, maxLength: 25 }), async (turns) => {
    app.worlds.reset()
    const dead: string[] = []
    let tokens: { id: string; name: string; status: string; value: string }[] = []
    for (const [n, { what, which, status }] of turns.entries()) {
      const token = tokens[which % Math.max(1, tokens.length)]
      const body = { name: `${n}`, policies: [], status }
      if (what === 'make' || !token) {
        const { id, value } = (await app.call(`POST ${A}/tokens`, { body })).body.result
        tokens.push({ id, name: `${n}`, status: 'active', value })
      } else if (what === 'rename') {
        const { result } = (await app.call(`PUT ${A}/tokens/${token.id}`, { body })).body
        Object.assign(token, { name: `${n}`, status })
        assert.deepEqual([result.id, result.name, result.status], [token.id, token.name, status])
      } else if (what === 'roll') {
        dead.push(token.value)
        token.value = (await app.call(`PUT ${A}/tokens/${token.id}/value`)).body.result
      } else {
        assert.equal((await app.call(`DELETE ${A}/tokens/${token.id}`)).status, 200)
        dead.push(token.value)
        tokens = tokens.filter((other) => other !== token)
      }
    }
    const verify = (value: string) =>
      app.call(`GET ${A}/tokens/verify`, { headers: { authorization: `Bearer ${value}` } })
    for (const { id, name, status, value } of tokens) {
      const { body } = await verify(value)
      assert.deepEqual(body.result, { id, status })
      const shown = (await app.call(`GET ${A}/tokens/${id}`)).body.result
      assert.deepEqual([shown.name, shown.status], [name, status])
    }
    for (const value of dead) assert.equal((await verify(value)).status, 401)
  })
  await fc.assert(life, { seed: SEED, numRuns: 25 })
})
