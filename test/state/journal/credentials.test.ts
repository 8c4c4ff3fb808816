/** Where credentials may turn up in an exchange: nowhere do they come out again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Journal } from '../../../server/state/journal/journal.ts'
import { KEPT_BYTES } from '../../../server/state/journal/kept-text.ts'
import { entry, type Given, OPERATIONS } from './entries.ts'

const TOKEN = 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY'

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

const PERCENT = [...TOKEN].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('')

/** Where a token may stand as a word of its own. */
const words: [title: string, given: Given][] = [
  ['the path', { url: `/accounts/${TOKEN}/members` }],
  ['the path, percent-encoded', { url: `/accounts/%53n3${TOKEN.slice(3)}/members` }],
  ['the query', { url: `/accounts?token=${TOKEN}` }],
  ['the query, percent-encoded', { url: `/accounts?token=${PERCENT}` }],
  ['a path that cannot be decoded', { url: `/accounts/%ff%53n3${TOKEN.slice(3)}` }],
  ['a text, behind a line break', { body: `{"a":"\\n${TOKEN}` }],
  ['a parameter', { operation: 'accounts-account-details', params: { account_id: TOKEN } }],
  ['another header', { headers: ['x-mine', `<${TOKEN}>`] }],
  ['a header of the answer', { answer: { headers: { 'x-yours': TOKEN } } }],
  ['the e-mail address', { caller: { scheme: 'api_key', email: `${TOKEN}@example.com` } }],
  ['a field', { body: JSON.stringify({ [TOKEN]: 1 }) }],
  ['a value with escapes', { body: `{"a":"\\u0053n3${TOKEN.slice(3)}"}` }],
  ['a text', { body: `a=${TOKEN}&b=1` }],
  ['a text with escapes', { body: `{"a":"\\u0053n3${TOKEN.slice(3)}"` }],
  ['an error message', { answer: { status: 400, body: JSON.stringify({ errors: [{ message: `not ${TOKEN}!` }] }) } }],
  [
    'an error message, percent-encoded',
    { answer: { body: JSON.stringify({ message: `/a%2F%53n3${TOKEN.slice(3)}` }) } },
  ],
  ['a fault', { fault: TOKEN }],
  ['a violation', { violations: [{ kind: 'unknown_field', in: 'body', pointer: `/${TOKEN}`, message: TOKEN }] }],
  ['JSON in a header', { answer: { headers: { told: `[{"at":"\\u0053n3${TOKEN.slice(3)}"}]` } } }],
  ['JSON in a header, shortened', { answer: { headers: { told: `[{"at":"${TOKEN.slice(0, 20)}\\u2026"}]` } } }],
  [
    'a pointer that is shortened',
    { violations: [{ kind: 'unknown_field', in: 'body', pointer: `/${TOKEN.slice(0, 20)}…`, message: '' }] },
  ],
  ['the end of a long text', { body: `${'x '.repeat(KEPT_BYTES / 2 - 10)}${TOKEN}` }],
  ['the nearest operation', { nearest: TOKEN }],
]

/** Where it is part of a word. */
const parts: [title: string, given: Given][] = [
  ['a name in the query', { url: `/accounts?x${TOKEN}x=1` }],
  ['a value, deep in JSON', { body: JSON.stringify([[{ a: `x${TOKEN}` }]]) }],
  ['the end of a long text', { body: 'x'.repeat(KEPT_BYTES - 20) + TOKEN }],
  ['the end of a long text, with an escape', { body: `${'x'.repeat(KEPT_BYTES - 20)}\\u0053n3${TOKEN.slice(3)}` }],
]

test('the credentials of a request are taken out wherever they stand', () => {
  for (const [title, given] of [...words, ...parts]) {
    const headers = ['authorization', `Bearer ${TOKEN}`, ...(given.headers ?? [])]
    assert.doesNotMatch(said({ ...given, headers }), /n3lZJTBX|OFYY/, title)
  }
})

test('those of other requests are taken out word by word', () => {
  for (const [title, given] of words) {
    assert.doesNotMatch(said({ headers: ['authorization', `Bearer ${TOKEN}`] }, given), /n3lZJTBX|OFYY/, title)
  }
})

const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-')
const digit = fc.constantFrom(...'0123456789abcdef')
const credential = fc.oneof(
  fc.string({ unit: letter, minLength: 40, maxLength: 80 }),
  fc.string({ unit: digit, minLength: 32, maxLength: 45 }),
  fc.string({ unit: letter, minLength: 40, maxLength: 60 }).map((text) => `cfk_${text}`),
)

/** Places of a request and an answer, each made of a text. */
const place = fc.constantFrom<(text: string) => Given>(
  (text) => ({ url: `/accounts/${text}?a=1` }),
  (text) => ({ url: `/accounts?a=${text}&b=2` }),
  (text) => ({ body: JSON.stringify({ a: [text] }) }),
  (text) => ({ body: JSON.stringify({ [text]: 1 }) }),
  (text) => ({ body: `a=${text}` }),
  (text) => ({ headers: ['x-mine', text] }),
  (text) => ({ headers: ['Cookie', `a=${text}; b=c`] }),
  (text) => ({ answer: { body: JSON.stringify({ errors: [{ message: text }] }) } }),
  (text) => ({ operation: 'account-api-tokens-roll-token', answer: { body: JSON.stringify({ result: text }) } }),
  (text) => ({
    operation: 'account-api-tokens-create-token',
    answer: { body: JSON.stringify({ result: { value: text } }) },
  }),
)

test('no credential of any request is ever read, wherever it was sent and however it was cut', () => {
  const header = fc.constantFrom(
    'authorization',
    'Authorization',
    'x-auth-key',
    'X-Auth-User-Service-Key',
    'fauxflare-control-token',
  )
  fc.assert(
    fc.property(
      credential,
      header,
      fc.array(place, { maxLength: 4 }),
      fc.integer({ min: -100, max: 10 }),
      (secret, name, places, at) => {
        const value = name.toLowerCase() === 'authorization' ? `Bearer ${secret}` : secret
        const long = 'x'.repeat(KEPT_BYTES + at) + secret
        const text = said(
          { headers: [name, value], body: long, answer: { body: long } },
          ...places.map((make) => {
            const given = make(secret)
            return { ...given, headers: [...(given.headers ?? []), name, value] }
          }),
        )
        assert.ok(!text.includes(secret.slice(0, 8)), secret)
        assert.ok(!text.includes(secret.slice(-8)), secret)
      },
    ),
    { numRuns: 200 },
  )
})
