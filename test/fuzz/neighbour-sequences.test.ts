/** Long random lives of invitations and user groups, told to the simulator and to a model of a few lines. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { INVITATION_DAYS } from '../../server/assumed.ts'
import { as } from '../acting.ts'
import { A, NONE } from '../contract/driven.ts'
import { simulator } from '../simulator.ts'

const SEED = 20261122
const ROLE = '3536bcfad5faccb999b47003c79917fb'
/** A user who is in no account. */
const GUEST = 'mina.sato@example.net'

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()

const step = fc.record({
  what: fc.constantFrom('invite', 'invite', 'accept', 'reject', 'withdraw', 'wait') as fc.Arbitrary<
    'invite' | 'accept' | 'reject' | 'withdraw' | 'wait'
  >,
  by: fc.constantFrom('invite', 'membership'),
})

test('invitations live as the model says', async (t) => {
  const { call, worlds } = await simulator(t)
  const headers = as(GUEST)
  const life = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
    worlds.reset()
    const before = ids((await call('GET /memberships?per_page=50', { headers })).body.result)
    /** Its age in days. */
    let invitation: { id: string; status: 'pending' | 'accepted'; age: number } | undefined
    for (const { what, by } of steps) {
      const isLapsed = invitation?.status === 'pending' && invitation.age >= INVITATION_DAYS
      if (what === 'invite') {
        const reply = await call(`POST ${A}/members`, { body: { email: GUEST, roles: [ROLE] } })
        assert.equal(reply.status, invitation ? 400 : 200, reply.text)
        if (!invitation) invitation = { id: reply.body.result.id, status: 'pending', age: 0 }
      } else if (what === 'accept' || what === 'reject') {
        const status = what === 'accept' ? 'accepted' : 'rejected'
        const id = invitation?.id ?? NONE
        const request = by === 'invite' ? `PATCH /user/invites/${id}` : `PUT /memberships/${id}`
        const reply = await call(request, { body: { status }, headers })
        const isOpen = invitation?.status === 'pending' && !isLapsed
        // A second yes is no news to a membership, and an invite that was answered is none any more.
        const isAgain = invitation?.status === 'accepted' && what === 'accept' && by === 'membership'
        assert.equal(reply.status < 300, isOpen || isAgain, `${request} ${reply.text}`)
        if (isOpen && invitation) {
          assert.equal(reply.body.result.status, status)
          invitation = what === 'accept' ? { ...invitation, status: 'accepted' } : undefined
        }
      } else if (what === 'withdraw') {
        const reply = await call(`DELETE ${A}/members/${invitation?.id ?? NONE}`)
        assert.equal(reply.status, invitation ? 200 : 404)
        invitation = undefined
      } else {
        worlds.of().clock.advance('P1D')
        if (invitation) invitation.age += 1
      }
      const { result } = (await call('GET /memberships?per_page=50', { headers })).body
      assert.deepEqual(ids(result), [...before, ...(invitation ? [invitation.id] : [])].sort())
      const invites = (await call('GET /user/invites', { headers })).body.result
      const found = invites.find(({ id }: { id: string }) => id === invitation?.id)
      const expected = invitation && (invitation.age >= INVITATION_DAYS ? 'expired' : 'pending')
      assert.equal(found?.status, invitation?.status === 'pending' ? expected : undefined)
    }
  })
  await fc.assert(life, { seed: SEED, numRuns: 15 })
})

const PEOPLE = [
  '962e59e12a20904e5cae232c24f06a9b',
  'df41b7b2c254affa4e23fcc33c5320d7',
  '0daeb8ae469aed46db52ef5bfdabeb28',
  'a0876c8c186b93b2ad55240e5bb85bab',
]

const turn = fc.record({
  what: fc.constantFrom('make', 'rename', 'delete', 'join', 'join', 'replace', 'leave', 'remove') as fc.Arbitrary<
    'make' | 'rename' | 'delete' | 'join' | 'replace' | 'leave' | 'remove'
  >,
  which: fc.nat({ max: 50 }),
  who: fc.subarray(PEOPLE),
})

test('user groups live as the model says, and know nobody who has left the account', async (t) => {
  const { call, worlds } = await simulator(t)
  const list = `${A}/iam/user_groups`
  const life = fc.asyncProperty(fc.array(turn, { minLength: 5, maxLength: 25 }), async (turns) => {
    worlds.reset()
    const people = new Set(PEOPLE)
    let groups: { id: string; name: string; members: Set<string> }[] = []
    for (const [n, { what, which, who }] of turns.entries()) {
      const group = groups[which % Math.max(1, groups.length)]
      const [first = NONE] = who
      const body = who.map((id) => ({ id }))
      const arePeople = who.every((id) => people.has(id))
      if (what === 'make' || !group) {
        const { id } = (await call(`POST ${list}`, { body: { name: `${n}`, policies: [] } })).body.result
        groups.push({ id, name: `${n}`, members: new Set() })
      } else if (what === 'rename') {
        group.name = `${n}`
        assert.equal((await call(`PUT ${list}/${group.id}`, { body: { name: `${n}` } })).body.result.name, `${n}`)
      } else if (what === 'delete') {
        assert.equal((await call(`DELETE ${list}/${group.id}`)).status, 200)
        groups = groups.filter((other) => other !== group)
      } else if (what === 'join' || what === 'replace') {
        const method = what === 'join' ? 'POST' : 'PUT'
        const { status } = await call(`${method} ${list}/${group.id}/members`, { body })
        assert.equal(status < 300, arePeople)
        if (arePeople) group.members = new Set([...(what === 'join' ? group.members : []), ...who])
      } else if (what === 'leave') {
        const { status } = await call(`DELETE ${list}/${group.id}/members/${first}`)
        assert.equal(status, group.members.delete(first) ? 200 : 404)
      } else {
        const { status } = await call(`DELETE ${A}/members/${first}`)
        assert.equal(status, people.delete(first) ? 200 : 404)
        for (const { members } of groups) members.delete(first)
      }
    }
    for (const { id, name, members } of groups) {
      assert.equal((await call(`GET ${list}/${id}`)).body.result.name, name)
      assert.deepEqual(ids((await call(`GET ${list}/${id}/members`)).body.result), [...members].sort())
    }
  })
  await fc.assert(life, { seed: SEED, numRuns: 15 })
})
