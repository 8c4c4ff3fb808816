/** The same seed, the same clock and the same requests give the same bytes, headers included. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fauxflare } from '../../server/index.ts'
import { ACCOUNT, TOKEN, UNKNOWN } from '../simulator.ts'
import { listening } from './clients.ts'

const A = `/accounts/${ACCOUNT}`
const policy = {
  effect: 'allow',
  permission_groups: [{ id: 'c8fed203ed3043cba015a93ad1616f1f' }],
  resources: { 'com.cloudflare.api.account.zone.22b1de5f1c0e4b3ea97bb1e963b06a43': '*' },
}

/** Reads and writes, successes and failures, of every resource. */
const story: [request: string, body?: unknown][] = [
  ['GET /accounts?per_page=5'],
  ['POST /accounts', { name: 'One', unit: { id: 'f267e341f3dd4697bd3b9f71dd96247f' } }],
  ['POST /accounts', { name: '' }],
  [`PUT ${A}`, { id: ACCOUNT, name: 'Renamed', type: 'standard' }],
  [`POST ${A}/members`, { email: 'a@example.com', roles: ['3536bcfad5faccb999b47003c79917fb'] }],
  [`POST ${A}/members`, { email: 'b@example.com', roles: [UNKNOWN] }],
  [`POST ${A}/members`, { email: 'c@example.com', roles: [], status: 'accepted' }],
  [`GET ${A}/members?order=status&direction=desc&per_page=50`],
  [`POST ${A}/tokens`, { name: 'two', policies: [policy, policy] }],
  [`PUT ${A}/tokens/ed17574386854bf78a67040be0a770b0/value`],
  [`PUT ${A}/tokens/ed17574386854bf78a67040be0a770b0`, { name: 'three', policies: [policy] }],
  [`POST ${A}/subscriptions`, { rate_plan: { id: 'pro' } }],
  [`GET ${A}/subscriptions`],
  [`GET ${A}/logs/audit?since=2026-01-01&before=2026-12-31&limit=3`],
  [`PUT ${A}/profile`, { business_name: 'Two' }],
  [`GET ${A}/organizations`],
  ['GET /organizations/4536bcfad5faccb111b47003c79917fa/accounts?page_size=1'],
  [`POST ${A}/move`, { destination_organization_id: 'a7b9c3d2e8f4g1h5i6j0k9l2m3n7o4p8' }],
  ['GET /nothing'],
  ['PATCH /accounts'],
  [`DELETE ${A}`],
  [`GET ${A}/tokens`],
]

/** What the network, and not the simulator, decides. */
const OF_THE_NETWORK = new Set(['date', 'connection', 'keep-alive'])

async function tell(cf: Fauxflare): Promise<string[]> {
  const answers: string[] = []
  for (const [request, body] of story) {
    const [method = '', path = ''] = request.split(' ')
    const answer = await fetch(cf.baseURL + path, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const headers = [...answer.headers].filter(([name]) => !OF_THE_NETWORK.has(name))
    answers.push(JSON.stringify([request, answer.status, headers, await answer.text()]))
  }
  return answers
}

test('tells the same story twice, and again after a reset', async (t) => {
  const cf = await listening(t, { seed: 7 })
  const first = await tell(cf)
  assert.ok(first.every((answer) => /"cf-ray","[0-9a-f]{16}-/.test(answer) && answer.includes('"cf-auditlog-id"')))
  cf.reset()
  assert.deepEqual(await tell(cf), first)
  assert.deepEqual(await tell(await listening(t, { seed: 7 })), first)
})

test('another seed gives other ids, secrets and headers', async (t) => {
  const seeds = [-1, 0, 1, 7, 8]
  const drawn: string[] = []
  for (const seed of seeds) {
    for (const answer of await tell(await listening(t, { seed }))) {
      const [request, status, headers, text] = JSON.parse(answer) as [string, number, [string, string][], string]
      drawn.push(...headers.filter(([name]) => name.startsWith('cf-')).map(([, value]) => value))
      if (!request.startsWith('POST') || status !== 200 || request.endsWith('/move')) continue
      const { id, value } = (JSON.parse(text) as { result: { id: string; value?: string } }).result
      drawn.push(id, ...(value === undefined ? [] : [value]))
    }
  }
  assert.equal(new Set(drawn).size, drawn.length)
  assert.equal(drawn.length, seeds.length * (2 * story.length + 6))
})

test('what is read changes nothing about what is written next', async (t) => {
  const [busy, calm] = [await listening(t), await listening(t)]
  const make = async (cf: Fauxflare) => {
    const answer = await fetch(`${cf.baseURL}${A}/tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ name: 'x', policies: [policy] }),
    })
    return ((await answer.json()) as { result: unknown }).result
  }
  for (const path of ['/accounts', `${A}/members`, `${A}/roles/nothing`, '/nothing']) {
    await fetch(busy.baseURL + path, { headers: { authorization: `Bearer ${TOKEN}` } })
  }
  assert.deepEqual(await make(busy), await make(calm))
})
