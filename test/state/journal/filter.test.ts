/** Which exchanges are listed, and what is said to a filter that means nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ExchangeFilter } from '../../../schemas/exchanges.ts'
import { Journal } from '../../../server/state/journal/journal.ts'
import { entry, OPERATIONS } from './entries.ts'

const HOUR = 3_600_000
const TEN = Date.UTC(2026, 10, 21, 10)

/** Written down in this order: the numbers are their ids. */
function filled(): Journal {
  const journal = new Journal(100, OPERATIONS)
  const A = '/accounts/a'
  journal.add(entry({ operation: 'accounts-list-accounts', url: '/accounts?page=2', time: TEN - HOUR })) // 1
  journal.add(entry({ operation: 'account-creation', method: 'POST', answer: { status: 400 } })) // 2
  journal.add(entry({ operation: 'account-api-tokens-list-tokens', url: `${A}/tokens` })) // 3
  journal.add(entry({ url: `${A}/members/b/c`, answer: { status: 404 } })) // 4
  journal.add(entry({ url: `${A}/.hidden`, method: 'DELETE', answer: undefined, time: TEN + HOUR })) // 5
  journal.add(entry({ operation: 'accounts-list-accounts', answer: { status: 500 }, time: TEN + HOUR })) // 6
  return journal
}

const rows: [title: string, filter: ExchangeFilter, ids: string][] = [
  ['nothing', {}, '123456'],
  ['what is undefined', { operation: undefined, status: undefined }, '123456'],
  ['an operation', { operation: 'accounts-list-accounts' }, '16'],
  ['an operation that was not called', { operation: 'account-deletion' }, ''],
  ['a method', { method: 'POST' }, '2'],
  ['a method in small letters', { method: 'delete' }, '5'],
  ['a path', { path: '/accounts' }, '126'],
  ['a path with its prefix', { path: '/client/v4/accounts' }, '126'],
  ['one segment', { path: '/accounts/*/tokens' }, '3'],
  ['one segment only', { path: '/accounts/*' }, ''],
  ['any number of segments', { path: '/accounts/*/**' }, '345'],
  ['one of several', { path: '/accounts/a/{tokens,.hidden}' }, '35'],
  ['a status', { status: '404' }, '4'],
  ['a class of status', { status: '4xx' }, '24'],
  ['a class in capitals', { status: '5XX' }, '6'],
  ['a status that was not answered', { status: '201' }, ''],
  ['a time', { since: '2026-11-21T10:00:00Z' }, '23456'],
  ['a moment later', { since: '2026-11-21T10:00:00.001Z' }, '56'],
  ['a time in another zone', { since: '2026-11-21T13:00:00+02:00' }, '56'],
  ['a day', { since: '2026-11-21' }, '123456'],
  [
    'all at once',
    { operation: 'accounts-list-accounts', method: 'GET', path: '/*', status: '2xx', since: '2026-11-21' },
    '1',
  ],
]

test('lists what a filter means', async (t) => {
  const journal = filled()
  for (const [title, filter, expected] of rows) {
    await t.test(title, () => {
      const found = journal.all(filter).map(({ id }) => id)
      assert.equal(found.join(''), expected)
      assert.deepEqual(
        journal.page(filter, 100).exchanges.map(({ id }) => id),
        found,
      )
    })
  }
})

const wrong: [title: string, filter: Record<string, unknown>, pointer: string, detail: RegExp][] = [
  ['an unknown operation', { operation: 'account-creaton' }, 'operation', /no "account-creaton".*"account-creation"/],
  ['an unknown method', { method: 'GTE' }, 'method', /such as GET, not "GTE"/],
  ['a status of two digits', { status: '40' }, 'status', /404, or a class such as 4xx, not "40"/],
  ['a status of half a class', { status: '40x' }, 'status', /4xx/],
  ['a status that cannot be', { status: '604' }, 'status', /4xx/],
  ['a number', { status: 404 }, 'status', /must be a text/],
  ['a glob that is not closed', { path: '/accounts/{a' }, 'path', /must be a glob/],
  ['a word for a time', { since: 'yesterday' }, 'since', /ISO 8601.*"yesterday"/],
  ['a time that cannot be', { since: '2026-02-30T25:00:00Z' }, 'since', /ISO 8601/],
  ['an unknown filter', { staus: '404' }, 'staus', /there are operation, method, path, status, since/],
]

test('refuses a filter that means nothing, and says what is allowed', async (t) => {
  const journal = filled()
  for (const [title, filter, pointer, detail] of wrong) {
    await t.test(title, () => {
      for (const ask of [
        () => journal.all(filter as ExchangeFilter),
        () => journal.page(filter as ExchangeFilter, 1),
      ]) {
        assert.throws(ask, (error: Error & { pointer: string; detail: string }) => {
          assert.deepEqual([error.name, error.pointer], ['JournalError', pointer])
          assert.match(error.detail, detail)
          assert.match(error.message, new RegExp(`^Failed to ask the journal: ${pointer} .*\\.$`))
          return true
        })
      }
    })
  }
})

test('takes any operation where it is not known which there are', () => {
  assert.deepEqual(new Journal(1).all({ operation: 'anything' }), [])
})
