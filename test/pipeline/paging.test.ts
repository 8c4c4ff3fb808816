/** Pages: what `result_info` says, and where lists begin and end. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeCursor, encodeCursor, question } from '../../server/pipeline/cursor.ts'
import { ACCOUNT, simulator } from '../simulator.ts'

const A = `/accounts/${ACCOUNT}`

test('result_info of a page-numbered list has five fields in the order of the live service', async (t) => {
  const { call } = await simulator(t)
  for (const path of ['/accounts', `${A}/members`, `${A}/roles`, `${A}/tokens`, `${A}/subscriptions`]) {
    const { text, body } = await call(`GET ${path}`)
    assert.match(text, /"result_info":\{"page":\d+,"per_page":\d+,"total_pages":\d+,"count":\d+,"total_count":\d+\}\}$/)
    assert.equal(body.result_info.count, body.result.length)
  }
})

test('tells where a page stands among 65 members', async (t) => {
  const { call } = await simulator(t)
  const rows: [query: string, info: number[]][] = [
    ['', [1, 20, 4, 20, 65]],
    ['page=1', [1, 20, 4, 20, 65]],
    ['page=4', [4, 20, 4, 5, 65]],
    ['page=5', [5, 20, 4, 0, 65]],
    ['page=1000000', [1000000, 20, 4, 0, 65]],
    ['per_page=5', [1, 5, 13, 5, 65]],
    ['per_page=5&page=13', [13, 5, 13, 5, 65]],
    ['per_page=5&page=14', [14, 5, 13, 0, 65]],
    ['per_page=1&page=65', [65, 1, 65, 1, 65]],
    ['per_page=50', [1, 50, 2, 50, 65]],
    ['per_page=50&page=2', [2, 50, 2, 15, 65]],
    ['per_page=51', [1, 50, 2, 50, 65]],
    ['per_page=1000&page=2', [2, 50, 2, 15, 65]],
    ['per_page=64', [1, 50, 2, 50, 65]],
    ['status=pending', [1, 20, 1, 15, 15]],
    ['status=pending&per_page=15', [1, 15, 1, 15, 15]],
    ['status=pending&per_page=14&page=2', [2, 14, 2, 1, 15]],
    ['status=rejected', [1, 20, 0, 0, 0]],
    ['status=rejected&page=2', [2, 20, 0, 0, 0]],
  ]
  for (const [query, expected] of rows) {
    await t.test(query || 'without a query', async () => {
      const { status, body } = await call(`GET ${A}/members?${query}`)
      assert.equal(status, 200)
      assert.deepEqual(Object.values(body.result_info), expected)
      assert.equal(body.result.length, expected[3])
    })
  }
})

test('pages follow each other, whatever their size', async (t) => {
  const { call } = await simulator(t)
  const members = async (query: string): Promise<string[]> =>
    (await call(`GET ${A}/members?${query}`)).body.result.map(({ id }: { id: string }) => id)
  const all = [...(await members('per_page=50')), ...(await members('per_page=50&page=2'))]
  assert.equal(new Set(all).size, 65)
  for (const size of [1, 7, 32, 33, 49]) {
    const found: string[] = []
    for (let page = 1; ; page += 1) {
      const next = await members(`per_page=${size}&page=${page}`)
      if (next.length === 0) break
      found.push(...next)
    }
    assert.deepEqual(found, all, `${size} at a time`)
  }
})

test('iterating past the end of a list ends it, for every list that has pages', async (t) => {
  const { call } = await simulator(t)
  for (const path of ['/accounts', `${A}/members`, `${A}/roles`, `${A}/tokens`]) {
    const { status, body } = await call(`GET ${path}?page=100`)
    assert.deepEqual([status, body.success, body.result, body.result_info.page], [200, true, [], 100], path)
  }
})

test('a size that is no whole number is not more than it says', async (t) => {
  const { call } = await simulator(t, { requests: 'strict' })
  const { body } = await call(`GET ${A}/members?per_page=5.5`)
  assert.ok(body.result.length <= 5.5)
  assert.equal(body.result_info.per_page, body.result.length)
  const { body: next } = await call(`GET ${A}/members?per_page=5.5&page=2`)
  const { body: both } = await call(`GET ${A}/members?per_page=${2 * body.result.length}`)
  assert.deepEqual([...body.result, ...next.result], both.result)
})

test('lists that are one page say so, or nothing', async (t) => {
  const { call } = await simulator(t)
  assert.equal('result_info' in (await call(`GET ${A}/organizations`)).body, false)
  assert.equal('result_info' in (await call(`GET ${A}/tokens/permission_groups`)).body, false)
  const { result, result_info } = (await call(`GET ${A}/subscriptions?page=2&per_page=5`)).body
  assert.ok(result.length >= 25)
  assert.deepEqual([result_info.page, result_info.total_pages], [1, 1])
})

test('single objects have no result_info', async (t) => {
  const { call } = await simulator(t)
  assert.deepEqual(Object.keys((await call(`GET ${A}`)).body), ['result', 'success', 'errors', 'messages'])
})

test('a cursor gives back the position that it was made of', () => {
  const bound = question('/a', { since: '2024-01-01' })
  const positions = [
    ['2024-01-01T00:00:00Z', 'id'],
    [null, 'id'],
    [5, 'id'],
    [true, ''],
    ['ü 🎈', 'id'],
  ] as const
  for (const position of positions) assert.deepEqual(decodeCursor(encodeCursor(position, bound), bound), position)
  assert.match(encodeCursor(['a', 'b'], bound), /^[\w-]+$/)
})

test('what is no cursor of a question is none', () => {
  const bound = question('/a', {})
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const rows: [title: string, text: string][] = [
    ['nothing', ''],
    ['words', 'not a cursor'],
    ['a number', encode(5)],
    ['null', encode(null)],
    ['an empty list', encode([])],
    ['an object', encode({ 0: bound, 1: 'a', 2: 'b', length: 3 })],
    ['a list that is too short', encode([bound, 'a'])],
    ['a list that is too long', encode([bound, 'a', 'b', 'c'])],
    ['a position of objects', encode([bound, {}, 'b'])],
    ['the cursor of another question', encodeCursor(['a', 'b'], question('/b', {}))],
  ]
  for (const [title, text] of rows) assert.equal(decodeCursor(text, bound), undefined, title)
})

test('a question is what filters and orders a list, not where in it one is', () => {
  const same: [object, object][] = [
    [
      { a: '1', b: '2' },
      { b: '2', a: '1' },
    ],
    [{ a: '1', cursor: 'x', limit: 5 }, { a: '1' }],
    [
      { a: '1', page_token: 'x', page_size: 5 },
      { a: '1', page_size: 7 },
    ],
  ]
  for (const [one, other] of same) assert.equal(question('/a', { ...one }), question('/a', { ...other }))
  const different = [{}, { a: '1' }, { a: '2' }, { b: '1' }, { a: ['1'] }, { a: '1', direction: 'asc' }]
  const questions = [...different.map((query) => question('/a', query)), question('/b', {})]
  assert.equal(new Set(questions).size, questions.length)
})
