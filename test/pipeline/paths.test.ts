/** Which part of the server a URL means. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { route } from '../../server/paths.ts'
import { ACCOUNT, simulator, TOKEN } from '../simulator.ts'

const rows: [title: string, url: string, expected: string][] = [
  ['with its prefix', '/client/v4/accounts', '/client/v4/accounts'],
  ['without it', '/accounts', '/client/v4/accounts'],
  ['with a query', '/accounts?page=2', '/client/v4/accounts?page=2'],
  ['with a slash at the end', '/client/v4/accounts/', '/client/v4/accounts'],
  ['with many', '/client/v4/accounts///', '/client/v4/accounts'],
  ['with a slash before the query', '/accounts/?page=2', '/client/v4/accounts?page=2'],
  ['with two slashes behind the prefix', '/client/v4//accounts', '/client/v4/accounts'],
  ['with many of them', '/client/v4////accounts/x', '/client/v4/accounts/x'],
  ['with two slashes at the start', '//accounts', '/client/v4/accounts'],
  ['slashes within are left alone', '/accounts//roles', '/client/v4/accounts//roles'],
  ['slashes in a query are left alone', '/accounts?name=a//b/', '/client/v4/accounts?name=a//b/'],
  ['a question mark in a query is left alone', '/accounts?name=a?b', '/client/v4/accounts?name=a?b'],
  ['the prefix alone', '/client/v4', '/client/v4/'],
  ['the prefix and a slash', '/client/v4/', '/client/v4/'],
  ['what only begins like the prefix', '/client/v4x', '/client/v4/client/v4x'],
  ['what is encoded stays so', '/accounts/a%2Fb', '/client/v4/accounts/a%2Fb'],
  ['the page of the server', '/', '/'],
  ['the document', '/openapi.json', '/openapi.json'],
  ['the pages of the document', '/docs', '/docs'],
  ['and what they need', '/docs/static/index.css', '/docs/static/index.css'],
  ['the control API', '/_fauxflare/health', '/_fauxflare/health'],
  ['the control API with a query', '/_fauxflare/health?x=1', '/_fauxflare/health?x=1'],
  ['what only begins like ours', '/docsx', '/client/v4/docsx'],
]

for (const [title, url, expected] of rows) {
  test(title, () => {
    assert.deepEqual(route(url), { url: expected, sandbox: undefined })
    assert.deepEqual(route(expected).url, expected, 'what routing sees stays as it is')
  })
}

const within: [title: string, url: string, sandbox: string | undefined, expected: string][] = [
  ['a sandbox', '/sandboxes/w1/client/v4/accounts', 'w1', '/client/v4/accounts'],
  ['without the prefix', '/sandboxes/w1/accounts?page=2', 'w1', '/client/v4/accounts?page=2'],
  ['with slashes too many', '/sandboxes/w1/client/v4//accounts/', 'w1', '/client/v4/accounts'],
  ['nothing behind its name', '/sandboxes/w1', 'w1', '/client/v4/'],
  ['a query behind its name', '/sandboxes/w1?page=2', 'w1', '/client/v4/?page=2'],
  ['its control API', '/sandboxes/w1/_fauxflare/state', 'w1', '/_fauxflare/state'],
  ['what only begins like that', '/sandboxes/w1/_fauxflarex', 'w1', '/client/v4/_fauxflarex'],
  ['pages, which are there once', '/sandboxes/w1/openapi.json', 'w1', '/client/v4/openapi.json'],
  ['no name', '/sandboxes//accounts', '', '/client/v4/accounts'],
  ['a name that is encoded, as it stands', '/sandboxes/a%2Fb/accounts', 'a%2Fb', '/client/v4/accounts'],
  ['a sandbox in a sandbox', '/sandboxes/a/sandboxes/b/accounts', 'a', '/client/v4/sandboxes/b/accounts'],
  ['what only begins like sandboxes', '/sandboxesx/w1/accounts', undefined, '/client/v4/sandboxesx/w1/accounts'],
  ['the form of a proxy', 'http://localhost:4010/sandboxes/w1/accounts', 'w1', '/client/v4/accounts'],
  ['the form of a proxy, and nothing else', 'http://localhost:4010', undefined, '/'],
]

for (const [title, url, sandbox, expected] of within) {
  test(`below /sandboxes: ${title}`, () => {
    assert.deepEqual(route(url), { url: expected, sandbox })
  })
}

test('every spelling of a path gets the same answer', async (t) => {
  const { app } = await simulator(t)
  const get = async (url: string) => (await app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })).body
  const list = `/accounts/${ACCOUNT}/roles`
  const expected = await get(`/client/v4${list}`)
  for (const url of [list, `${list}/`, `/client/v4${list}/`, `/client/v4/${list}`, `/${list}//`, `${list}/?`]) {
    assert.equal(await get(url), expected, url)
  }
})

test('a failure names the path with its prefix', async (t) => {
  const { app } = await simulator(t)
  const url = '/accounts/short/?x=1'
  const answer = await app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })
  const message = 'Could not route to /client/v4/accounts/short, perhaps your object identifier is invalid?'
  assert.deepEqual(answer.json().errors, [{ code: 7003, message }])
})
