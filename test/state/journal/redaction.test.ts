/** Credentials never come out of a journal, wherever they went in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Journal } from '../../../server/state/journal/journal.ts'
import { KEPT_BYTES } from '../../../server/state/journal/kept-text.ts'
import { redactHeader } from '../../../server/state/journal/redaction.ts'
import { entry, type Given, OPERATIONS } from './entries.ts'

const TOKEN = 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY'
const ISSUED = `cfat_${'aB3-_'.repeat(9)}abc`

/** Everything that a journal says of some entries. */
function said(...given: Given[]): string {
  const journal = new Journal(10, OPERATIONS)
  for (const one of given) journal.add(entry(one))
  return JSON.stringify([
    journal.all(),
    journal.page({}, 5),
    journal.get('1'),
    journal.verify({ match: { method: 'PUT' } }),
  ])
}

test('a header that is a credential shows its scheme at most', () => {
  const rows: [name: string, value: string, shown: string][] = [
    ['authorization', `Bearer ${TOKEN}`, 'Bearer [redacted]'],
    ['authorization', `bearer   ${TOKEN}`, 'bearer [redacted]'],
    ['authorization', 'Basic dXNlcjpwYXNz', 'Basic [redacted]'],
    ['authorization', `Bearer Bearer ${TOKEN}`, 'Bearer [redacted]'],
    ['authorization', TOKEN, '[redacted]'],
    ['authorization', `${TOKEN} x`, '[redacted]'],
    ['authorization', 'Bearer', 'Bearer'],
    ['authorization', 'Bearer  ', 'Bearer'],
    ['authorization', '', ''],
    ['authorization', 'x', '[redacted]'],
    ['proxy-authorization', 'Basic dXNlcjpwYXNz', 'Basic [redacted]'],
    ['x-auth-key', '144c9defac04969c7bfad8efaa8ea194', '[redacted]'],
    ['x-auth-key', 'Bearer x', 'Bearer [redacted]'],
    ['x-auth-user-service-key', 'v1.0-x', '[redacted]'],
    ['cookie', 'a=b', '[redacted]'],
    ['set-cookie', 'a=b', '[redacted]'],
    ['fauxflare-control-token', 'x', '[redacted]'],
    ['x-auth-email', 'user@example.com', 'user@example.com'],
    ['user-agent', 'Bearer x', 'Bearer x'],
  ]
  for (const [name, value, shown] of rows) assert.equal(redactHeader(name, value), shown, `${name}: ${value}`)
})

test('headers are told by their names, in any case and however often they come', () => {
  const journal = new Journal(1)
  journal.add(
    entry({ headers: ['AUTHORIZATION', `Bearer ${TOKEN}`, 'X-Auth-Key', 'a', 'x-auth-key', 'b', 'Accept', '*/*'] }),
  )
  assert.deepEqual(journal.get('1')?.request.headers, {
    authorization: 'Bearer [redacted]',
    'x-auth-key': ['[redacted]', '[redacted]'],
    accept: '*/*',
  })
})

test('what a schema marks as secret is taken out of an answer, and nothing else', () => {
  const value = 'not in the form of any token'
  const journal = new Journal(10, OPERATIONS)
  const answer = (operation: string, result: unknown) => {
    journal.clear()
    journal.add(entry({ operation, answer: { body: JSON.stringify({ result, success: true }) } }))
    return journal.all()[0]?.response?.body
  }
  assert.deepEqual(answer('account-api-tokens-create-token', { id: 'a', value, name: value }), {
    result: { id: 'a', value: '[redacted]', name: value },
    success: true,
  })
  assert.deepEqual(answer('account-api-tokens-create-token', { id: 'a', value: { [value]: value } }), {
    result: { id: 'a', value: '[redacted]' },
    success: true,
  })
  assert.deepEqual(answer('account-api-tokens-roll-token', value), { result: '[redacted]', success: true })
  assert.deepEqual(answer('account-api-tokens-create-token', null), { result: null, success: true })
  assert.deepEqual(answer('account-api-tokens-token-details', { id: 'a', value }), {
    result: { id: 'a', value },
    success: true,
  })
})

test('an answer that may hold a secret and cannot be walked is withheld whole', () => {
  const operation = 'account-api-tokens-create-token'
  const journal = new Journal(10, OPERATIONS)
  const bodies = [
    `{"result":{"value":"secret"`,
    '"secret"',
    '["secret"]',
    '{"result":"secret"}',
    '{"result":["secret"]}',
    JSON.stringify({ result: { value: 'secret'.repeat(KEPT_BYTES) } }),
    `{"result":${'['.repeat(200)}"secret"${']'.repeat(200)}}`,
  ]
  for (const body of bodies) journal.add(entry({ operation, answer: { body } }))
  assert.doesNotMatch(JSON.stringify(journal.all()), /secret/)
  const [cutThrough, ...others] = journal.all().map(({ response }) => response?.body)
  assert.equal(cutThrough, '[redacted]')
  assert.equal(others[4], '[redacted]')
})

test('tokens that the simulator hands out are taken out without having been seen', () => {
  for (const text of [ISSUED, `x ${ISSUED} y`, `(${ISSUED})`, ISSUED.slice(0, 20)]) {
    assert.doesNotMatch(said({ body: JSON.stringify({ a: text }), url: `/a?b=${text}` }), /B3-_aB3/, text)
  }
  for (const kept of [1, 5, 20, 50]) {
    const body = `${'x '.repeat((KEPT_BYTES - kept - 1) / 2)} ${ISSUED}`
    assert.doesNotMatch(said({ body }), /cfat_a/, `the first ${kept} characters`)
  }
})

test('what is no credential stays as it is', () => {
  const journal = new Journal(1)
  const body = { id: '023e105f4ecef8ad9ca31a8372d0c353', email: 'user@example.com', text: 'Bearer of 100 % \\u0041 …' }
  journal.add(
    entry({
      headers: ['authorization', `Bearer ${TOKEN}`],
      url: '/accounts?a=100%25&b=undefined',
      body: JSON.stringify(body),
    }),
  )
  const [exchange] = journal.all()
  assert.deepEqual(exchange?.request.body, body)
  assert.deepEqual(exchange?.query, { a: '100%', b: 'undefined' })
})

test('the name of a cookie hides nothing', () => {
  const journal = new Journal(1)
  journal.add(
    entry({
      headers: ['cookie', 'account_session=abcdefghij; other_session=klmnopqrst'],
      url: '/account_session/abcdefghij/klmnopqrst/other_session',
    }),
  )
  assert.equal(journal.all()[0]?.path, '/account_session/[redacted]/[redacted]/other_session')
})

test('a word that is too short for a secret hides nothing', () => {
  const journal = new Journal(1)
  journal.add(entry({ headers: ['authorization', 'Bearer undefined'], body: '{"a":"undefined"}' }))
  assert.deepEqual(journal.all()[0]?.request, {
    headers: { authorization: 'Bearer [redacted]' },
    body: { a: 'undefined' },
  })
})
