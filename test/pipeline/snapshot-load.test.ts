/** Snapshots that are taken while clients change everything at once: each restores to exactly that state. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { accounts, zones } from '../../schemas/accounts.ts'
import { members } from '../../schemas/members.ts'
import { organizations } from '../../schemas/organizations.ts'
import { subscriptions } from '../../schemas/subscriptions.ts'
import type { TableKey } from '../../schemas/table.ts'
import { tokens } from '../../schemas/tokens.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import type { World } from '../../server/state/world.ts'
import { ACCOUNT, type Simulator, simulator } from '../simulator.ts'

const SUPER = '33666b9c79b9a5273fc7344ff42f953d'
const PLAIN = '3536bcfad5faccb999b47003c79917fb'
const DEMO = `/accounts/${ACCOUNT}`

const policies = [
  {
    effect: 'allow',
    resources: { 'com.cloudflare.api.account.zone.*': '*' },
    permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }],
  },
]
const grants = [
  {
    access: 'allow',
    permission_groups: [{ id: '6d7f2f5f5b1d4a0e9081fdc98d432fd1' }],
    resource_groups: [{ id: '6d7f2f5f5b1d4a0e9081fdc98d432fd1' }],
  },
]

/** A request, made up from the rows that there are and a number. */
type Act = (world: World, number: number) => [request: string, body?: object]

const ACTS: Record<string, Act> = {
  found: (_, n) => ['POST /accounts', { name: `Account ${n}`, ...(n % 2 && { unit: { id: `unit-${n}` } }) }],
  rename: (world, n) => [`PUT /accounts/${pick(accounts, world, n)}`, { name: `Renamed ${n}` }],
  close: (world, n) => [`DELETE /accounts/${pick(accounts, world, n)}`],
  move: (world, n) => [
    `POST /accounts/${pick(accounts, world, n)}/move`,
    { destination_organization_id: pick(organizations, world, n) },
  ],
  invite: (_, n) => [`POST ${DEMO}/members`, { email: `p${n}@example.com`, roles: [n % 2 ? SUPER : PLAIN] }],
  accept: (_, n) => [`POST ${DEMO}/members`, { email: `q${n}@example.com`, policies: grants, status: 'accepted' }],
  promote: (world, n) => [`PUT ${DEMO}/members/${pick(members, world, n)}`, { roles: [{ id: n % 2 ? SUPER : PLAIN }] }],
  dismiss: (world, n) => [`DELETE ${DEMO}/members/${pick(members, world, n)}`],
  issue: (_, n) => [`POST ${DEMO}/tokens`, { name: `token ${n}`, policies }],
  change: (world, n) => [`PUT ${DEMO}/tokens/${pick(tokens, world, n)}`, { name: `changed ${n}`, policies }],
  roll: (world, n) => [`PUT ${DEMO}/tokens/${pick(tokens, world, n)}/value`, {}],
  revoke: (world, n) => [`DELETE ${DEMO}/tokens/${pick(tokens, world, n)}`],
  subscribe: (_, n) => [`POST ${DEMO}/subscriptions`, { rate_plan: { id: n % 2 ? 'pro' : 'BUSINESS' } }],
  upgrade: (world, n) => [`POST /zones/${pick(zones, world, n)}/subscriptions`, { frequency: 'yearly' }],
  bill: (world, n) => [`PUT ${DEMO}/subscriptions/${pick(subscriptions, world, n)}`, { frequency: 'weekly' }],
  cancel: (world, n) => [`DELETE ${DEMO}/subscriptions/${pick(subscriptions, world, n)}`],
  read: () => [`GET ${DEMO}/members`],
  nonsense: () => [`POST ${DEMO}/members`, { email: 7 }],
}

function pick(key: TableKey<{ id: string }>, { store }: World, number: number): string {
  const rows = store.table(key).all()
  return rows[number % rows.length]?.id ?? 'none'
}

/** What follows a snapshot: a bit of everything that draws an id, a secret or a header, and lists of what there is. */
const SEQUEL = ['found', 'invite', 'accept', 'issue', 'subscribe', 'roll', 'read', 'bill', 'promote', 'change']

async function follow({ call, worlds }: Simulator): Promise<unknown[]> {
  const answers: unknown[] = []
  for (const name of SEQUEL) {
    const [request, body] = ACTS[name]?.(worlds.of(), 1000) ?? ['']
    answers.push(await call(request, { body }))
  }
  for (const list of ['/accounts?per_page=50', `${DEMO}/tokens?per_page=50`, `${DEMO}/subscriptions`]) {
    answers.push(await call(`GET ${list}`))
  }
  return answers
}

const rush = fc.record({
  acts: fc.array(fc.tuple(fc.constantFrom(...Object.keys(ACTS)), fc.nat(99)), { minLength: 5, maxLength: 20 }),
  duration: fc.constantFrom('PT1S', 'P1M', '-P1D'),
})

test('Whenever it is taken, a snapshot restores to exactly that state, and the same follows', async (t) => {
  const app = await simulator(t)
  const { call, worlds } = app
  const json = () => JSON.stringify(Checkpoint.of(worlds.of()))
  /** Snapshots that were neither as before the rush nor as after it. */
  let caught = 0
  const life = fc.asyncProperty(fc.array(rush, { minLength: 1, maxLength: 4 }), async (rushes) => {
    worlds.reset()
    const taken: { checkpoint: Checkpoint; text: string; sequel?: unknown[] }[] = []
    const take = () => {
      const checkpoint = Checkpoint.of(worlds.of())
      taken.push({ checkpoint, text: JSON.stringify(checkpoint) })
    }
    for (const { acts, duration } of rushes) {
      let open = acts.length
      const from = taken.length
      const before = json()
      const answers = acts.map(async ([name, number]) => {
        const [request, body] = ACTS[name]?.(worlds.of(), number) ?? ['']
        const { status, text } = await call(request, { body })
        assert.ok(status < 500, text)
        open -= 1
      })
      // As long as answers are on their way, at every turn of the event loop.
      while (open > 0) {
        take()
        await Promise.race([turn(), Promise.all(answers)])
      }
      await Promise.all(answers)
      const after = json()
      caught += taken.slice(from).filter(({ text }) => text !== before && text !== after).length
      worlds.of().clock.advance(duration)
      take()
      Object.assign(taken.at(-1) ?? {}, { sequel: await follow(app) })
    }
    for (const { checkpoint, text, sequel } of taken.reverse()) {
      assert.equal(JSON.stringify(checkpoint), text)
      worlds.restore('default', checkpoint)
      assert.equal(json(), text)
      const first = sequel ?? (await follow(app))
      worlds.restore('default', Checkpoint.read(JSON.parse(text), worlds.of()))
      assert.equal(json(), text)
      assert.deepEqual(await follow(app), first)
    }
  })
  await fc.assert(life, { seed: 20261121, numRuns: 8, endOnFailure: true })
  assert.ok(caught > 0)
})

test('The requests of the rush do what they say, so that there is something to restore', async (t) => {
  const app = await simulator(t)
  for (const [name, act] of Object.entries(ACTS)) {
    const statuses = new Set<number>()
    for (let number = 0; number < 10; number += 1) {
      app.worlds.reset()
      const [request, body] = act(app.worlds.of(), number)
      statuses.add((await app.call(request, { body })).status)
    }
    assert.ok(statuses.has(name === 'nonsense' ? 400 : 200), name)
  }
})
