/** A server that is killed while eight clients write has everything that it said it had, and nothing by half. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Random } from '../../server/state/random.ts'
import { folder, serve } from '../cli/command.ts'
import { KEY, EMAIL as USER } from '../simulator.ts'

/** How often a server is killed; several at a time, each with a file of its own. */
const KILLS = 50
const CHAINS = 2
const CLIENTS = 8
/** A server is killed when so many answers have come, at most. */
const MOST_ANSWERS = 24

const HEADERS = { 'x-auth-email': USER, 'x-auth-key': KEY, 'content-type': 'application/json' }

/** One client, its account, and what the account must have by now. */
interface Client {
  account: string
  /** By id, the name of each token that was acknowledged. */
  tokens: Map<string, string>
  /** What was asked for and not answered: it may be there or not. */
  open: { made?: string; renamed?: { id: string; name: string }; deleted?: string } | undefined
}

type Answer = { result: { id: string } }

async function ask(url: string, call: string, body?: unknown): Promise<Answer> {
  const [method = '', path = ''] = call.split(' ')
  const answer = await fetch(`${url}/client/v4${path}`, {
    method,
    headers: HEADERS,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  assert.equal(answer.status, 200, `${call}: ${answer.status}`)
  return (await answer.json()) as Answer
}

const policies = [
  {
    effect: 'allow',
    resources: { 'com.cloudflare.api.account.*': '*' },
    permission_groups: [{ id: 'c1fde68c7bcc44588cbb6ddbc16d6480' }],
  },
]

/** Writes until the server is gone. */
async function write(url: string, client: Client, random: Random, answered: () => void): Promise<void> {
  const tokens = `/accounts/${client.account}/tokens`
  for (let turn = 0; ; turn += 1) {
    const [some] = [...client.tokens.keys()].slice(Math.floor(random.fraction() * client.tokens.size))
    const kind = some === undefined ? 0 : Math.floor(random.fraction() * 4)
    const name = `${turn} ${random.hex(8)}`
    try {
      if (some === undefined || kind < 2) {
        client.open = { made: name }
        const { result } = await ask(url, `POST ${tokens}`, { name, policies })
        client.tokens.set(result.id, name)
      } else if (kind === 2) {
        client.open = { renamed: { id: some, name } }
        await ask(url, `PUT ${tokens}/${some}`, { name, policies })
        client.tokens.set(some, name)
      } else {
        client.open = { deleted: some }
        await ask(url, `DELETE ${tokens}/${some}`)
        client.tokens.delete(some)
      }
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error
      return
    }
    client.open = undefined
    answered()
  }
}

interface State {
  tables: {
    tokens: { id: string; owner_id: string; name: string }[]
    audit_logs: { account: { id: string }; action: { type: string }; resource: { id: string; product: string } }[]
  }
}

/** Holds what is there against what was acknowledged, and takes note of what became of the open call. */
function check({ tables }: State, client: Client): void {
  const { account, tokens, open = {} } = client
  const own = tables.tokens.filter(({ owner_id }) => owner_id === account)
  const there = new Map(own.map(({ id, name }) => [id, name]))
  const made = own.find(({ name }) => name === open.made)
  if (made) tokens.set(made.id, made.name)
  if (open.renamed && there.get(open.renamed.id) === open.renamed.name) tokens.set(open.renamed.id, open.renamed.name)
  if (open.deleted && !there.has(open.deleted)) tokens.delete(open.deleted)
  client.open = undefined
  const sorted = (map: Map<string, string>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  assert.deepEqual(sorted(there), sorted(tokens))
  // A change and its entry in the audit log are kept together, or neither is.
  const entries = tables.audit_logs
    .filter((entry) => entry.account.id === account && entry.resource.product === 'tokens')
    .map(({ action, resource }) => `${action.type} ${resource.id}`)
  for (const id of there.keys()) assert.ok(entries.includes(`create ${id}`), `${id} is there, its entry is not`)
  const gone = entries.filter((entry) => entry.startsWith('create ') && !there.has(entry.slice(7)))
  for (const entry of gone) assert.ok(entries.includes(entry.replace('create', 'delete')), `${entry}, but no token`)
}

async function live(t: Parameters<typeof serve>[0], chain: number): Promise<number> {
  const random = Random.of(chain, 'chance')
  const data = join(folder(t), 'cloud.json')
  const clients: Client[] = []
  let checked = 0
  for (let kill = 0; kill <= KILLS / CHAINS; kill += 1) {
    const { ready, stop } = await serve(t, [
      ...['--port', '0', '--data', data, '--fixtures', 'empty', '--clock', '2026-11-21T10:00:00Z', '--journal', '0'],
    ])
    const { url } = ready
    if (kill === 0) {
      const names = Array.from({ length: CLIENTS }, (_, index) => `Client ${index}`)
      const accounts = await Promise.all(names.map((name) => ask(url, 'POST /accounts', { name, type: 'standard' })))
      clients.push(...accounts.map(({ result }) => ({ account: result.id, tokens: new Map(), open: undefined })))
    }
    const state = (await (await fetch(`${url}/_fauxflare/state`)).json()) as State
    for (const client of clients) check(state, client)
    checked += clients.reduce((sum, { tokens }) => sum + tokens.size, 0)
    let left = Math.floor(random.fraction() * MOST_ANSWERS)
    const writing = clients.map((client) =>
      write(url, client, random, () => {
        left -= 1
        if (left === 0) stop('SIGKILL')
      }),
    )
    if (left === 0) stop('SIGKILL')
    await Promise.all(writing)
    assert.equal((await stop('SIGKILL')).signal, 'SIGKILL')
    JSON.parse(readFileSync(data, 'utf8'))
  }
  return checked
}

test('What was acknowledged survives fifty kills, and nothing is there by half', async (t) => {
  const checked = await Promise.all(Array.from({ length: CHAINS }, (_, chain) => live(t, chain)))
  for (const tokens of checked) assert.ok(tokens > KILLS, `only ${tokens} tokens were looked at`)
})
