/** The accounts of an organization in order and page by page. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type AccountRow, accounts } from '../../schemas/accounts.ts'
import { failureOf, type Simulator, simulator } from '../simulator.ts'

const CUSTOMERS = '4d35cdf107a51ca115361e147c3c1569'
const PATH = `/organizations/${CUSTOMERS}/accounts`

/** A simulator with 25 accounts in the organization, some of which share a name. */
async function crowded(t: TestContext, options: Parameters<typeof simulator>[1] = {}) {
  const made = await simulator(t, options)
  for (let i = 0; i < 23; i += 1) {
    const body = { name: `Shop ${'CBA'[i % 3]}`, type: 'standard', unit: { id: CUSTOMERS } }
    await made.call('POST /accounts', { body })
  }
  const all = made.worlds.next().store.table(accounts).all()
  return { ...made, rows: all.filter(({ parent_org_id }) => parent_org_id === CUSTOMERS) }
}

/** Follows page tokens to the end. */
async function walk(call: Simulator['call'], query: string): Promise<{ pages: AccountRow[][]; sizes: number[] }> {
  const pages: AccountRow[][] = []
  const sizes: number[] = []
  for (let token = ''; ; ) {
    const { body } = await call(`GET ${PATH}?${query}${token && `&page_token=${token}`}`)
    pages.push(body.result)
    sizes.push(body.result_info.total_size)
    assert.ok(pages.length < 100, 'the pages never end')
    if (body.result_info.next_page_token === undefined) return { pages, sizes }
    token = body.result_info.next_page_token
  }
}

const byName = (a: AccountRow, b: AccountRow) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1)
const ids = (rows: AccountRow[]) => rows.map(({ id }) => id)

test('walks through all accounts, none twice and none left out', async (t) => {
  const { call, rows } = await crowded(t)
  const ordered = [...rows].sort(byName)
  const some = ordered.filter(({ name }) => name.includes(' B'))
  const cases: [title: string, query: string, lengths: number[], expected: AccountRow[]][] = [
    ['ten at a time unless told otherwise, by id', '', [10, 10, 5], rows],
    ['a size of nothing means ten', 'page_size=0', [10, 10, 5], rows],
    ['seven at a time', 'page_size=7', [7, 7, 7, 4], rows],
    ['five at a time, with nothing left for another page', 'page_size=5', [5, 5, 5, 5, 5], rows],
    ['one at a time', 'page_size=1', Array.from({ length: 25 }, () => 1), rows],
    ['all at once', 'page_size=1000', [25], rows],
    ['by name', 'order_by=account_name&page_size=7', [7, 7, 7, 4], ordered],
    ['by name, ascending', 'order_by=account_name&direction=asc&page_size=7', [7, 7, 7, 4], ordered],
    ['by name, descending', 'order_by=account_name&direction=desc&page_size=7', [7, 7, 7, 4], [...ordered].reverse()],
    ['filtered', 'order_by=account_name&name.contains=+b&page_size=3', [3, 3, 2], some],
    [
      'filtered, descending',
      'order_by=account_name&name.contains=+b&direction=desc&page_size=3',
      [3, 3, 2],
      [...some].reverse(),
    ],
  ]
  for (const [title, query, lengths, expected] of cases) {
    await t.test(title, async () => {
      const { pages, sizes } = await walk(call, query)
      assert.deepEqual(
        pages.map(({ length }) => length),
        lengths,
      )
      assert.deepEqual(ids(pages.flat()), ids(expected))
      assert.ok(sizes.every((size) => size === expected.length))
    })
  }
})

test('goes on after an account that is no longer there', async (t) => {
  const { call, rows } = await crowded(t)
  const first = await call(`GET ${PATH}?page_size=5`)
  for (const { id } of first.body.result) await call(`DELETE /accounts/${id}`)
  const { body } = await call(`GET ${PATH}?page_size=5&page_token=${first.body.result_info.next_page_token}`)
  assert.deepEqual(ids(body.result), ids(rows.slice(5, 10)))
  assert.equal(body.result_info.total_size, 20)
})

test('goes on with an account that was made behind the position', async (t) => {
  const { call, rows } = await crowded(t)
  const query = 'order_by=account_name&page_size=20'
  const first = await call(`GET ${PATH}?${query}`)
  const { id } = (await call('POST /accounts', { body: { name: 'Z', unit: { id: CUSTOMERS } } })).body.result
  const { body } = await call(`GET ${PATH}?${query}&page_token=${first.body.result_info.next_page_token}`)
  assert.deepEqual(ids(body.result), [...ids([...rows].sort(byName).slice(20)), id])
})

test('takes a token only for the question that it was given for', async (t) => {
  const lenient = await crowded(t)
  const strict = await crowded(t, { requests: 'strict' })
  const asked = 'order_by=account_name&name.contains=shop&page_size=5'
  const token = (await lenient.call(`GET ${PATH}?${asked}`)).body.result_info.next_page_token
  const cases: [title: string, query: string, token: string][] = [
    ['no token', asked, 'garbage'],
    ['an empty list', asked, Buffer.from('[]').toString('base64url')],
    ['a token that was changed', asked, `x${token}`],
    ['a token cut short', asked, token.slice(0, -4)],
    ['a token of another filter', 'order_by=account_name&name.contains=sho&page_size=5', token],
    ['a token of another order', 'name.contains=shop&page_size=5', token],
    ['a token of another direction', `${asked}&direction=desc`, token],
  ]
  for (const [title, query, page_token] of cases) {
    await t.test(`${title}: the first page, or in strict mode an error`, async () => {
      const first = await lenient.call(`GET ${PATH}?${query}`)
      const answer = await lenient.call(`GET ${PATH}?${query}&page_token=${page_token}`)
      assert.equal(answer.status, 200)
      assert.deepEqual(ids(answer.body.result), ids(first.body.result))
      const refused = await strict.call(`GET ${PATH}?${query}&page_token=${page_token}`)
      assert.deepEqual(failureOf(refused), [400, 6008, 'Invalid request parameters'])
      const [{ error_chain }] = refused.body.errors
      const message = 'page_token variable does not belong to this list and these filters'
      assert.deepEqual(error_chain, [{ code: 11000, message }])
    })
  }
  await t.test('another size is the same question', async () => {
    const { body } = await lenient.call(`GET ${PATH}?${asked.replace('=5', '=3')}&page_token=${token}`)
    assert.equal(body.result.length, 3)
    assert.notEqual(body.result[0].id, (await lenient.call(`GET ${PATH}?${asked}`)).body.result[0].id)
  })
  await t.test('no token at all means the first page in both modes', async () => {
    assert.equal((await strict.call(`GET ${PATH}?${asked}&page_token=`)).status, 200)
  })
})

test('refuses queries that do not fit', async (t) => {
  const { call } = await simulator(t)
  const size = 'page_size variable must be a number between 0 and 1000'
  const cases: [query: string, message: string][] = [
    ['page_size=-1', size],
    ['page_size=1001', size],
    ['page_size=ten', size],
    ['page_size=1.5', size],
    ['order_by=name', 'order_by variable must be equal to one of the allowed values'],
    ['direction=up', 'direction variable must be equal to one of the allowed values'],
  ]
  for (const [query, message] of cases) {
    await t.test(query, async () => {
      const answer = await call(`GET ${PATH}?${query}`)
      assert.deepEqual(failureOf(answer), [400, 6008, 'Invalid request parameters'])
      assert.deepEqual(answer.body.errors[0].error_chain, [{ code: 11000, message }])
    })
  }
})
