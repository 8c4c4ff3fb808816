/** Bodies that are wrong in every way: never a 500, never a trace of what was refused, never a list that breaks later. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { writes } from '../contract/calls.ts'
import { A, type Call, O, OTHER, PARENT, USER_GROUP, ZONE } from '../contract/driven.ts'
import { writes as documented } from '../contract/writes.ts'
import { ACCOUNT, type Simulator, simulator } from '../simulator.ts'
import { BROKEN, spoiled } from './hostile.ts'
import { assertUnchanged, remember } from './memory.ts'
import { assertSane } from './verdict.ts'

const SEED = 20261121
/** The documented operations are what clients use most. */
const RUNS = { documented: 80, neighbours: 25 }

/** Everything that a write of {@link writes} may show in, by what its path begins with. */
const LISTS: [paths: RegExp, lists: string[]][] = [
  [
    /^\/(?:accounts|zones)(?!.*\/iam\/)/,
    [
      'GET /accounts?per_page=50',
      ...[A, OTHER].flatMap((path) => [`GET ${path}/profile`, `GET ${path}/organizations`]),
      ...[1, 2].map((page) => `GET ${A}/members?per_page=50&page=${page}`),
      `GET ${A}/tokens?include_expired=true&per_page=50`,
      `GET ${A}/subscriptions`,
      `GET ${ZONE}/subscriptions`,
      `GET /organizations/${PARENT}/accounts`,
      `GET ${A}/logs/audit?since=2026-11-20&before=2026-11-22`,
    ],
  ],
  [
    /\/iam\//,
    [
      `GET ${A}/iam/user_groups`,
      `GET ${A}/iam/resource_groups`,
      `GET ${USER_GROUP}/members`,
      `GET ${A}/members?per_page=50`,
      `GET ${A}/logs/audit?since=2026-11-20&before=2026-11-22`,
    ],
  ],
  [
    /^\/organizations/,
    [
      'GET /organizations',
      `GET ${O}/profile`,
      `GET ${O}/members`,
      `GET ${O}/logs/audit?since=2026-11-20&before=2026-11-22`,
    ],
  ],
  [
    /^\/(?:user|memberships)/,
    [
      'GET /user',
      'GET /user/tokens?include_expired=true&per_page=50',
      'GET /user/subscriptions',
      'GET /user/invites',
      'GET /user/organizations',
      'GET /user/audit_logs',
      'GET /memberships',
      `GET ${OTHER}/members?per_page=50`,
    ],
  ],
]

/** Sends one body to a world as it was in the beginning, and looks at everything afterwards. */
async function send({ call, worlds }: Simulator, request: string, text: string): Promise<number> {
  worlds.reset()
  const before = remember(worlds)
  const reply = await call(request, { body: text })
  const what = `${request} ${text}`
  assertSane(reply, what)
  if (reply.status >= 400) {
    assertUnchanged(worlds, before, what)
  } else {
    const shown = LISTS.filter(([paths]) => paths.test(request.replace(/^\w+ /, ''))).flatMap(([, lists]) => lists)
    assert.ok(shown.length > 0, request)
    for (const list of shown) assert.equal((await call(list)).status, 200, `${list}, after ${what.slice(0, 300)}`)
  }
  return reply.status
}

for (const write of writes) {
  const { key, succeed } = write
  const numRuns = documented.includes(write) ? RUNS.documented : RUNS.neighbours
  const valid = succeed.filter(([, body]) => typeof body === 'object' && body !== null)
  test(`${key}: bodies that were valid once`, async (t) => {
    const app = await simulator(t)
    const statuses = new Set<number>()
    for (const [request, body] of valid) {
      const property = fc.asyncProperty(spoiled(body), async (text) => {
        statuses.add((await send(app, request, text)) < 400 ? 200 : 400)
      })
      await fc.assert(property, { seed: SEED, numRuns })
    }
    assert.deepEqual([...statuses].sort(), [200, 400], 'some are taken and some are refused')
  })
}

test('bodies that are no JSON, or too much of it', async (t) => {
  const app = await simulator(t)
  for (const { succeed } of writes) {
    const [request] = succeed[0] as Call
    for (const [name, text] of BROKEN) {
      const status = await send(app, request, text)
      assert.ok(status < 500, `${name} to ${request}`)
    }
  }
})

test('a body that is too large is refused, whatever the method', async (t) => {
  const { call, worlds } = await simulator(t)
  const text = `{"name":"${'x'.repeat(2_000_000)}"}`
  const before = remember(worlds)
  for (const request of ['POST /accounts', `PUT ${A}`, `DELETE ${A}`, `POST ${A}/tokens`, `PUT ${A}/profile`]) {
    const reply = await call(request, { body: text })
    assert.equal(reply.status, 413, request)
    assertSane(reply, request)
    assertUnchanged(worlds, before, request)
  }
})

test('nothing of a body reaches the prototypes', async (t) => {
  const { call } = await simulator(t)
  for (const body of ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}},"name":"x"}']) {
    for (const { succeed } of writes) assertSane(await call((succeed[0] as Call)[0], { body }), body)
  }
  assert.equal(({} as Record<string, unknown>).polluted, undefined)
  assert.equal((await call(`GET /accounts/${ACCOUNT}`)).status, 200)
})
