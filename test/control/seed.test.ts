/** `POST /_fauxflare/seed`: what it adds, what it refuses, and what happens when several things happen at once. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Seeded } from '../../schemas/control/seed.ts'
import type { MemberRow } from '../../schemas/members.ts'
import type { Document } from '../../schemas/state.ts'
import type { UserRow } from '../../schemas/users.ts'
import type { CloudError } from '../../server/cloud-error.ts'
import { powersOver } from '../../server/powers.ts'
import { ACCOUNT, type Simulator, simulator, TOKEN } from '../simulator.ts'
import { misfits, type Steer, steering } from './steer.ts'

/** Little, so that it takes no time. */
const LITTLE = { accounts: 2, members_per_account: 3, tokens_per_account: 1, audit_days: 20 }

const stateOf = async (steer: Steer): Promise<Document> => (await steer('GET /state?secrets=true')).body
const rowsOf = ({ tables }: Document, name: string) => (tables[name] ?? []) as { id: string; email?: string }[]

/** Every id of a document, with its collection. */
const idsOf = ({ tables }: Document) =>
  Object.entries(tables).flatMap(([name, rows]) => rows.map(({ id }) => `${name} ${id}`))

async function empty(t: Parameters<typeof simulator>[0]): Promise<Simulator & { steer: Steer }> {
  const made = await simulator(t, { fixtures: 'empty', seed: 7 })
  return { ...made, steer: steering(made.app) }
}

test('the same calls in the same order give the same data, and say what was added', async (t) => {
  const [one, other] = [await empty(t), await empty(t)]
  for (const { steer } of [one, other]) {
    const before = await stateOf(steer)
    const reply = await steer('POST /seed', LITTLE)
    assert.deepEqual([reply.status, misfits('POST /seed', reply)], [201, []], reply.text)
    const after = await stateOf(steer)
    const { seed, call, until, added }: Seeded = reply.body
    assert.deepEqual([seed, call, until], [7, 1, '2026-11-21T10:00:00Z'])
    assert.deepEqual([added.accounts, added.members, added.tokens], [2, 6, added.tokens])
    for (const [name, rows] of Object.entries(after.tables)) {
      assert.equal(rows.length - rowsOf(before, name).length, added[name] ?? 0, name)
    }
    await steer('POST /seed', { ...LITTLE, seed: 8 })
  }
  assert.equal(JSON.stringify(await stateOf(one.steer)), JSON.stringify(await stateOf(other.steer)))
})

test('calls with the same seed share no id and no e-mail address, and what they name is there', async (t) => {
  const { steer } = await empty(t)
  for (const call of [1, 2, 3]) assert.equal((await steer('POST /seed', { ...LITTLE, seed: 5 })).body.call, call)
  const state = await stateOf(steer)
  assert.equal(state.seeds, 3)
  assert.equal(rowsOf(state, 'accounts').length, 6)
  const emails = rowsOf(state, 'users').map(({ email }) => email)
  assert.equal(new Set(emails).size, emails.length)
  // Whoever is a member under an address is the user who has it, or has never signed in.
  const idOf = new Map((state.tables.users as unknown as UserRow[]).map(({ id, email }) => [email, id]))
  for (const { user } of state.tables.members as unknown as MemberRow[])
    assert.equal(idOf.get(user.email), user.id, user.email)
  assert.equal(new Set(idsOf(state)).size, idsOf(state).length)
  // A document is refused when an id leads nowhere.
  assert.equal((await steer('PUT /state', state)).status, 204)
  assert.equal((await steer('POST /seed', { ...LITTLE, seed: 5 })).body.call, 4)
})

test('a clock that was set is where the data ends, and another seed is other data', async (t) => {
  const { steer } = await empty(t)
  assert.equal(
    (await steer('POST /seed', { ...LITTLE, until: '2024-02-01T12:00:00.700Z' })).body.until,
    '2024-02-01T12:00:00Z',
  )
  const real = steering((await simulator(t, { fixtures: 'empty', clock: 'real' })).app)
  assert.equal((await real('POST /seed', LITTLE)).body.until, '2026-11-01T00:00:00Z')
  const { steer: other } = await empty(t)
  await other('POST /seed', { ...LITTLE, until: '2024-02-01T12:00:00Z', seed: 6 })
  const shared = new Set(idsOf(await stateOf(steer)))
  const accounts = idsOf(await stateOf(other)).filter((id) => id.startsWith('accounts '))
  assert.equal(accounts.length, 2)
  assert.ok(!accounts.some((id) => shared.has(id)))
})

const refused: [body: unknown, status: number, detail: RegExp, pointer?: string][] = [
  [{ acounts: 3 }, 400, /acounts is not allowed here\. Did you mean "accounts"\?/, '/acounts'],
  [{ accounts: -1 }, 400, /\/accounts must be >= 0/, '/accounts'],
  [{ accounts: 100_001 }, 400, /\/accounts must be <= 100000/, '/accounts'],
  [{ members_per_account: 1.5 }, 400, /\/members_per_account must be integer/, '/members_per_account'],
  [{ size: 'huge' }, 400, /\/size must be one of small, medium, large/, '/size'],
  [
    { until: 'yesterday' },
    400,
    /\/until must be a time such as 2026-11-01T00:00:00Z, at which the data ends\.$/,
    '/until',
  ],
  [{ until: '1999-12-31T23:59:59Z' }, 400, /\/until must be in the year 2000 or later/, '/until'],
  [{ until: '2026-06-30T23:59:60Z' }, 400, /\/until .* is not an ISO 8601 time/, '/until'],
  [[], 400, /it must be object/, ''],
  [
    { accounts: 100_000, members_per_account: 1_000_000 },
    507,
    /take about .* GB, and there is room for .* would fit\./,
  ],
]

describe('what cannot be is refused, and changes nothing', () => {
  for (const [body, status, detail, pointer] of refused) {
    test(JSON.stringify(body), async (t) => {
      const { steer } = await empty(t)
      const before = (await steer('GET /state')).text
      const reply = await steer('POST /seed', body)
      assert.deepEqual([reply.status, misfits('POST /seed', reply)], [status, []], reply.text)
      assert.match(reply.body.detail, detail)
      assert.equal(reply.body.errors?.[0].pointer, pointer)
      assert.equal((await steer('GET /state')).text, before)
    })
  }
})

test('calls at the same time come one after another, as if they had come so', async (t) => {
  const [together, apart] = [await empty(t), await empty(t)]
  const bodies = [LITTLE, { acounts: 1 }, { ...LITTLE, accounts: 1 }, { ...LITTLE, seed: 9 }]
  const replies = await Promise.all(bodies.map((body) => together.steer('POST /seed', body)))
  assert.deepEqual(
    replies.map(({ status, body }) => [status, body.call]),
    [
      [201, 1],
      [400, undefined],
      [201, 2],
      [201, 3],
    ],
  )
  for (const body of bodies) await apart.steer('POST /seed', body)
  assert.equal(JSON.stringify(await stateOf(together.steer)), JSON.stringify(await stateOf(apart.steer)))
})

test('a world that was reset, restored or deleted meanwhile gets nothing', async (t) => {
  const { worlds } = await empty(t)
  const cloud = powersOver(worlds, 'w1', '')
  const checkpoint = cloud.snapshot()
  const before = JSON.stringify(cloud.state())
  const changes = [
    () => cloud.reset(),
    () => cloud.restore(checkpoint),
    () => {
      worlds.delete('w1')
    },
  ]
  for (const change of changes) {
    const replaced = worlds.of('w1')
    const seeded = cloud.seed({ size: 'medium' })
    // So much is not drawn in one go: when others get their turn for the first time, it is under way.
    const refused = assert.rejects(seeded, (error: CloudError) => {
      assert.equal(error.status, 409)
      assert.match(error.message, /was reset, restored or deleted .* nothing was added\. Call again\.$/)
      return true
    })
    await new Promise(setImmediate)
    change()
    await refused
    assert.equal(replaced.seeds, 0)
    if (worlds.has('w1')) assert.equal(JSON.stringify(cloud.state()), before)
  }
  assert.ok(!worlds.has('w1'))
})

test('options are checked in process as well', async (t) => {
  const { worlds } = await empty(t)
  const { seed } = powersOver(worlds, 'default', '')
  await assert.rejects(seed({ accounts: -1 }), { name: 'CloudError', message: /\/accounts must be >= 0/ })
  assert.equal((await seed(LITTLE)).call, 1)
})

test('a stateless world serves what was added, until it is reset', async (t) => {
  const { app, call } = await simulator(t, { stateless: true })
  const steer = steering(app)
  const count = async () => (await call('GET /accounts')).body.result_info.total_count
  const before = await count()
  assert.equal((await steer('POST /seed', LITTLE)).status, 201)
  assert.equal(await count(), before + 2)
  await call(`DELETE /accounts/${ACCOUNT}`)
  assert.equal(await count(), before + 2)
  await steer('POST /reset')
  assert.equal(await count(), before)
})

test('who signs in as the documentation does sees what was added, in every mode', async (t) => {
  for (const auth of ['any', 'enforce'] as const) {
    const { app, call } = await simulator(t, { fixtures: 'empty', auth })
    await steering(app)('POST /seed', LITTLE)
    const headers = { authorization: `Bearer ${TOKEN}` }
    const { body } = await call('GET /accounts', { headers })
    assert.equal(body.result.length, 2, auth)
    const { result } = (await call('GET /user', { headers })).body
    assert.equal(result.email, 'user@example.com')
    assert.deepEqual(
      result.organizations.map(({ id }: { id: string }) => id).sort(),
      body.result.map(({ id }: { id: string }) => id).sort(),
    )
    const members = await call(`GET /accounts/${body.result[0].id}/members`, { headers })
    assert.deepEqual([members.status, members.body.result_info.total_count], [200, 3])
  }
})
