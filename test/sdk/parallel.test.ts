/** Many clients at once: each sees its own work whole, and nothing is lost, doubled or mixed up. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT } from '../simulator.ts'
import { clientOf, collect, listening, refused } from './clients.ts'

const account_id = ACCOUNT
const CLIENTS = 20
const ROUNDS = 4
const ROLE = '3536bcfad5faccb999b47003c79917fb'

test(`${CLIENTS} clients create, read, change and delete at the same time`, async (t) => {
  const cf = await listening(t)
  const { members, tokens, subscriptions } = clientOf(cf).accounts
  const listAll = async () => ({
    members: await collect(members.list({ account_id, per_page: 50 })),
    tokens: await collect(tokens.list({ account_id, per_page: 50 })),
    subscriptions: await collect(subscriptions.get({ account_id })),
  })
  const before = await listAll()

  /** What one client leaves behind: the rows of odd rounds, as it last saw them. */
  async function work(name: string) {
    const { members, tokens, subscriptions } = clientOf(cf).accounts
    const kept = { members: [] as unknown[], tokens: [] as unknown[], subscriptions: [] as unknown[] }
    for (let round = 0; round < ROUNDS; round += 1) {
      const label = `${name} ${round}`
      const email = `${name}-${round}@example.com`
      const [member, token, subscription] = await Promise.all([
        members.create({ account_id, email, roles: [ROLE] }),
        tokens.create({ account_id, name: label, policies: [] }),
        subscriptions.create({ account_id, rate_plan: { id: 'pro', public_name: label } }),
      ])
      const [m, k, s] = [member.id as string, token.id as string, subscription.id as string]
      assert.deepEqual(await members.get(m, { account_id }), member)
      assert.equal(member.email, email)
      const changed = await Promise.all([
        members.update(m, { account_id, policies: [] }),
        tokens.update(k, { account_id, name: `${label}, changed`, policies: [] }),
        subscriptions.update(s, { account_id, frequency: 'yearly' }),
      ])
      assert.deepEqual([changed[0].email, changed[1].name], [email, `${label}, changed`])
      assert.equal(changed[2].rate_plan?.public_name, label)
      if (round % 2 === 1) {
        kept.members.push(changed[0])
        kept.tokens.push(changed[1])
        kept.subscriptions.push(changed[2])
        continue
      }
      await Promise.all([
        members.delete(m, { account_id }),
        tokens.delete(k, { account_id }),
        subscriptions.delete(s, { account_id }),
      ])
      assert.equal((await refused(tokens.get(k, { account_id }))).status, 404)
    }
    return kept
  }

  const kept = await Promise.all(Array.from({ length: CLIENTS }, (_, n) => work(`client${n}`)))
  const after = await listAll()
  for (const name of ['members', 'tokens', 'subscriptions'] as const) {
    const expected = [...before[name], ...kept.flatMap((each) => each[name])] as { id: string }[]
    assert.deepEqual(byId(after[name] as { id: string }[]), byId(expected), name)
    assert.equal(new Set(after[name].map(({ id }) => id)).size, before[name].length + (CLIENTS * ROUNDS) / 2)
  }
})

test('of many who want the same thing, one gets it', async (t) => {
  const cf = await listening(t)
  const invite = () => clientOf(cf).accounts.members.create({ account_id, email: 'wanted@example.com', roles: [ROLE] })
  const outcomes = await Promise.allSettled(Array.from({ length: CLIENTS }, invite))
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
  const { tokens } = clientOf(cf).accounts
  const { id } = await tokens.create({ account_id, name: 'short-lived', policies: [] })
  const remove = () => tokens.delete(id as string, { account_id })
  const removals = await Promise.allSettled(Array.from({ length: CLIENTS }, remove))
  assert.equal(removals.filter(({ status }) => status === 'fulfilled').length, 1)
})

function byId(rows: { id: string }[]): { id: string }[] {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
}
