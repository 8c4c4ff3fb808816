/** A hundred clients at once, each in a sandbox with a seed and faults of its own, get what each gets alone. */
import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { type Cloud, type Fauxflare, fauxflare } from '../../server/index.ts'
import { ACCOUNT, TOKEN } from '../simulator.ts'

const MANY = 100
const CLOCK = '2026-11-21T10:00:00Z'

/** What each worker breaks: every one has another seed, and so other requests fail. */
const FAULTS = [
  { name: 'now and then', when: { probability: 0.3 }, effect: { error: { status: 503, retry_after: 1 } } },
  {
    name: 'cut',
    match: { operation: 'account-members-list-members' },
    when: { every: 2 },
    effect: { connection: 'noise' },
  },
  { name: 'late', match: { method: 'GET' }, when: { after: 2 }, effect: { stale: { ms: 1000 } } },
]

const members = `/accounts/${ACCOUNT}/members`
const tokens = `/accounts/${ACCOUNT}/tokens`
const SCRIPT: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ['POST', '/accounts', { name: 'One', type: 'standard' }],
  ['GET', members],
  ['POST', members, { email: 'new@example.com', roles: ['3536bcfad5faccb999b47003c79917fb'] }],
  ['GET', members],
  ['GET', '/accounts?per_page=50'],
  ['PUT', `/accounts/${ACCOUNT}/tokens/ed17574386854bf78a67040be0a770b0/value`, {}],
  ['GET', `${members}?page=abc`],
  ['POST', '/accounts', { name: 'Two', type: 'standard' }],
  ['GET', '/accounts?per_page=50'],
  ['GET', tokens],
  ['GET', '/nowhere'],
]

const HEADERS = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }

/** One answer as text: status, headers (but those of Node's own clock and connection), body; or that there was none. */
async function ask(agent: Agent, base: string, [method, path, body]: (typeof SCRIPT)[number]): Promise<string> {
  const sent = request(base + path, { method, agent, headers: HEADERS })
  sent.end(body === undefined ? undefined : JSON.stringify(body))
  return new Promise((resolve) => {
    sent.on('error', ({ code }: NodeJS.ErrnoException) => resolve(`${code}`))
    sent.on('response', async (answer) => {
      const { date: _, connection: __, 'keep-alive': ___, ...headers } = answer.headers
      const content = await text(answer).catch(({ code }: NodeJS.ErrnoException) => `${code}`)
      resolve(`${answer.statusCode} ${JSON.stringify(headers)} ${content}`)
    })
  })
}

/** What a client is told, and what the world says of it afterwards. */
async function drive(cloud: Cloud): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  cloud.faults.add(FAULTS)
  const answers: string[] = []
  for (const step of SCRIPT) answers.push(await ask(agent, cloud.baseURL, step))
  agent.destroy()
  const exchanges = cloud.requests.all().map(({ duration_ms: _, request: __, ...rest }) => rest)
  return [...answers, JSON.stringify(cloud.faults.list()), JSON.stringify(exchanges), JSON.stringify(cloud.diff())]
}

/** In a server of its own. */
async function apart(seed: number): Promise<string[]> {
  await using cf = await fauxflare({ seed, clock: CLOCK })
  return await drive(cf)
}

/** In a server that has no other sandbox, before or after it another one. */
async function alone(cf: Fauxflare, seed: number): Promise<string[]> {
  const answers = await drive(cf.sandbox('alone', { seed, clock: CLOCK }))
  cf.sandboxes.delete('alone')
  return answers
}

test('A hundred sandboxes driven at once answer as if each were alone', async () => {
  await using cf = await fauxflare({ clock: CLOCK })
  await using other = await fauxflare({ clock: CLOCK })
  const seeds = Array.from({ length: MANY }, (_, at) => at + 100)
  const together = await Promise.all(seeds.map((seed) => drive(cf.sandbox(`worker-${seed}`, { seed, clock: CLOCK }))))
  for (const [at, seed] of seeds.entries()) assert.deepEqual(together[at], await alone(other, seed), `seed ${seed}`)
  // A server of its own takes a while to start: a few will do.
  for (const at of [0, MANY - 1])
    assert.deepEqual(together[at], await apart(seeds[at] as number), 'a server of its own')
  assert.ok(new Set(together.map((answers) => answers.join('\n'))).size > MANY / 2, 'seeds make a difference')
  assert.equal(cf.requests.all().length, 0, 'nothing of it shows in the default world')
})
