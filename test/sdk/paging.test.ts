/** The SDK's iterators: each ends, asks as often as it must, and gives every row exactly once. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type Cloudflare from 'cloudflare'
import type { Config } from '../../server/index.ts'
import { ACCOUNT } from '../simulator.ts'
import { clientOf, collect, listening } from './clients.ts'

const account_id = ACCOUNT
const PARENT = '4536bcfad5faccb111b47003c79917fa'

type Paged = AsyncIterable<{ id?: string }>

/** How a list is asked for, with how many rows a page, and how many rows there are. */
const lists: [name: string, list: (api: Cloudflare.Accounts, query: { per_page?: number }) => Paged, rows: number][] = [
  ['accounts', (api, query) => api.list(query), 12],
  ['accounts, last first', (api, query) => api.list({ ...query, direction: 'desc' }), 12],
  ['members', (api, query) => api.members.list({ account_id, ...query }), 65],
  ['pending members', (api, query) => api.members.list({ account_id, status: 'pending', ...query }), 15],
  ['roles', (api, query) => api.roles.list({ account_id, ...query }), 41],
  ['tokens', (api, query) => api.tokens.list({ account_id, include_expired: true, ...query }), 45],
  ['live tokens, newest first', (api, query) => api.tokens.list({ account_id, direction: 'desc', ...query }), 41],
]

async function counting(t: TestContext, options: Partial<Config> = {}) {
  const cf = await listening(t, options)
  const asked = { times: 0 }
  const client = clientOf(cf, {
    fetch: (url, init) => {
      asked.times += 1
      return fetch(url as string, init)
    },
  })
  return { client, asked }
}

test('page-numbered lists give every row exactly once, whatever the size of a page', async (t) => {
  const { client, asked } = await counting(t)
  for (const [name, list, rows] of lists) {
    const whole = await collect(list(client.accounts, { per_page: 50 }))
    assert.equal(whole.length, rows, name)
    assert.equal(new Set(whole.map(({ id }) => id)).size, rows, name)
    for (const per_page of [undefined, 5, 6, rows, 50]) {
      asked.times = 0
      const all = await collect(list(client.accounts, per_page === undefined ? {} : { per_page }))
      assert.deepEqual(all, whole, `${name}, ${per_page} a page`)
      // The SDK stops only at a page that is empty.
      assert.equal(asked.times, Math.ceil(rows / Math.min(50, per_page ?? 20)) + 1, `${name}, ${per_page} a page`)
    }
  }
})

test('pages know where they stand, and the one past the end is empty', async (t) => {
  const { client } = await counting(t)
  const sizes: number[] = []
  let page = await client.accounts.members.list({ account_id, per_page: 20 })
  for (;;) {
    sizes.push(page.result.length)
    assert.equal(page.result_info.page, sizes.length)
    assert.equal(page.result_info.per_page, 20)
    if (!page.hasNextPage()) break
    page = await page.getNextPage()
  }
  assert.deepEqual(sizes, [20, 20, 20, 5, 0])
  const far = await client.accounts.members.list({ account_id, page: 1_000_000 })
  assert.deepEqual(far.result, [])
  assert.deepEqual(far.result_info, { page: 1_000_000, per_page: 20, total_pages: 4, count: 0, total_count: 65 })
})

test('lists of a single page are whole, and asked for once', async (t) => {
  const { client, asked } = await counting(t)
  const rows: [name: string, list: () => Paged, atLeast: number][] = [
    ['subscriptions', () => client.accounts.subscriptions.get({ account_id }), 25],
    ['permission groups', () => client.accounts.tokens.permissionGroups.list({ account_id }), 300],
  ]
  for (const [name, list, atLeast] of rows) {
    asked.times = 0
    const all = await collect(list())
    assert.ok(all.length >= atLeast, name)
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length, name)
    assert.equal(asked.times, 1, name)
  }
})

test('the accounts of an organization are walked by page token', async (t) => {
  const { client } = await counting(t)
  const pages: string[][] = []
  let token: string | undefined
  do {
    const answer = (await client.get(`/organizations/${PARENT}/accounts`, {
      query: { page_size: 1, order_by: 'account_name', ...(token !== undefined && { page_token: token }) },
    })) as { result: { name: string }[]; result_info: { next_page_token?: string; total_size: number } }
    assert.equal(answer.result_info.total_size, 3)
    pages.push(answer.result.map(({ name }) => name))
    token = answer.result_info.next_page_token
  } while (token !== undefined && pages.length < 10)
  assert.deepEqual(pages, [['Demo Account'], ['Demo Sandbox'], ['Demo Staging']])
})

test('iterators keep to what is documented: strict reading lets them pass', async (t) => {
  const { client } = await counting(t, { requests: 'strict' })
  // The list of roles is deprecated, which strict reading refuses.
  for (const [name, list, rows] of lists.filter(([name]) => name !== 'roles')) {
    assert.equal((await collect(list(client.accounts, { per_page: 5 }))).length, rows, name)
  }
  const range = { account_id, since: '2020-01-01', before: '2027-01-01', limit: 100 }
  assert.ok((await collect(client.accounts.logs.audit.list(range))).length > 300)
})

test('rows that come while a list is walked are neither lost nor doubled', async (t) => {
  const { client } = await counting(t)
  const before = await collect(client.accounts.tokens.list({ account_id }))
  const walked: string[] = []
  for await (const { id } of client.accounts.tokens.list({ account_id, per_page: 5 })) {
    // New tokens are the youngest: they stand at the end, which the iterator has not reached.
    if (walked.length === 0) await client.accounts.tokens.create({ account_id, name: 'late', policies: [] })
    walked.push(id as string)
  }
  assert.equal(new Set(walked).size, before.length + 1)
  assert.equal(walked.length, before.length + 1)
})
