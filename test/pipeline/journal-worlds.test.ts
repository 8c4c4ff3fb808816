/** Which world's journal a request is in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exchange } from '../../schemas/exchanges.ts'
import { type Simulator, simulator, TOKEN } from '../simulator.ts'

const journalOf = ({ worlds }: Simulator, name?: string) => worlds.of(name).journal

/** What the journal has of the last request. */
function last(made: Simulator, name?: string): Exchange {
  const found = journalOf(made, name).all().at(-1)
  assert.ok(found)
  return found
}

test('each world has its own', async (t) => {
  const made = await simulator(t)
  const ask = (url: string) => made.app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })
  await ask('/sandboxes/one/accounts')
  await ask('/sandboxes/two/client/v4/accounts/%ff')
  await ask('/accounts')
  assert.deepEqual([journalOf(made).count, journalOf(made, 'one').count, journalOf(made, 'two').count], [1, 1, 1])
  assert.equal(last(made, 'one').path, '/accounts')
  assert.equal(last(made, 'two').path, '/accounts/%ff')
})

test('a request to a sandbox that cannot be is in the default world, with its whole path', async (t) => {
  const made = await simulator(t, { maxSandboxes: 1 })
  const ask = (url: string) => made.app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })
  await ask('/sandboxes/one/accounts')
  for (const [url, status] of [
    ['/sandboxes/two/client/v4/accounts?page=1', 507],
    ['/sandboxes/a%20b/accounts', 400],
    ['/sandboxes/two/accounts/%ff', 400],
  ] as const) {
    const before = journalOf(made).count
    assert.equal((await ask(url)).statusCode, status)
    assert.equal(journalOf(made).count, before + 1, url)
    const { path, operation, response } = last(made)
    assert.deepEqual([path, operation, response?.status], [url.split('?', 1)[0], null, status])
  }
})

test('what is not the API is not in it', async (t) => {
  const made = await simulator(t)
  for (const url of ['/', '/docs', '/docs/%ff', '/_fauxflare/health', '/_fauxflare/%ff', '/_fauxflare/nothing']) {
    await made.app.inject({ url, headers: { host: 'localhost' } })
  }
  assert.equal(journalOf(made).count, 0)
})

test('a stateless world has one all the same', async (t) => {
  const made = await simulator(t, { stateless: true })
  await made.call('POST /accounts', { body: { name: 'a' } })
  await made.call('GET /accounts')
  assert.deepEqual(
    journalOf(made)
      .all()
      .map(({ id, operation }) => [id, operation]),
    [
      ['1', 'account-creation'],
      ['2', 'accounts-list-accounts'],
    ],
  )
})

test('a journal of no size has nothing, while requests are counted', async (t) => {
  const made = await simulator(t, { journal: 0 })
  await made.call('GET /accounts')
  await made.call('POST /accounts', { body: '{' })
  await made.call('GET /nothing')
  const { journal, tally } = made.worlds.of()
  assert.deepEqual([journal.all(), journal.count, journal.dropped], [[], 3, 3])
  const { operations, unmatched } = tally.report([], [])
  assert.deepEqual(
    operations.map(({ operation, statuses }) => [operation, statuses]),
    [
      ['accounts-list-accounts', { 200: 1 }],
      ['account-creation', { 400: 1 }],
    ],
  )
  assert.equal(unmatched.length, 1)
})
