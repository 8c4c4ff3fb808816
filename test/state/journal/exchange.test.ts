/** What people read of an exchange, and how much of it is kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { Exchange } from '../../../schemas/exchanges.ts'
import { compile } from '../../../server/ajv.ts'
import { closed } from '../../../server/readings.ts'
import { Journal } from '../../../server/state/journal/journal.ts'
import { KEPT_BYTES } from '../../../server/state/journal/kept-text.ts'
import { entry, type Given, OPERATIONS } from './entries.ts'

const check = compile(closed(Exchange))

/** An entry as it is read, held to its schema. */
function read(given: Given): Exchange {
  const journal = new Journal(10, OPERATIONS)
  journal.add(entry(given))
  const [found] = journal.all()
  assert.ok(found)
  assert.deepEqual(check(found), undefined)
  assert.deepEqual(journal.get('1'), found)
  return found
}

test('says what was asked and what was answered', () => {
  const exchange = read({
    operation: 'account-api-tokens-update-token',
    method: 'PUT',
    url: '/accounts/account_id/tokens/a?x=1&y=2&x=3&empty=&flag&name[contains]=%C3%BC+b',
    headers: ['Host', 'localhost', 'X-Twice', 'a', 'x-twice', 'b', 'Content-Type', 'text/plain'],
    params: { account_id: '023e105f4ecef8ad9ca31a8372d0c353', token_id: 'a' },
    caller: { scheme: 'api_key', email: 'user@example.com' },
    body: '{"name":"a"}',
    answer: {
      status: 404,
      headers: { 'cf-ray': 'r', 'content-length': 5, 'set-cookies': ['a', 'b'] },
      body: '{"success":false}',
    },
    fault: 'flaky',
    violations: [{ kind: 'unknown_field', in: 'body', pointer: '/nam', message: 'is not allowed here.' }],
  })
  assert.deepEqual(exchange, {
    id: '1',
    time: '2026-11-21T10:00:00.000Z',
    operation: 'account-api-tokens-update-token',
    method: 'PUT',
    path: '/accounts/account_id/tokens/a',
    query: { x: ['1', '3'], y: '2', empty: '', flag: '', 'name[contains]': 'ü b' },
    params: { account_id: '023e105f4ecef8ad9ca31a8372d0c353', token_id: 'a' },
    caller: { scheme: 'api_key', email: 'user@example.com' },
    request: {
      headers: { host: 'localhost', 'x-twice': ['a', 'b'], 'content-type': 'text/plain' },
      body: { name: 'a' },
    },
    response: {
      status: 404,
      headers: { 'cf-ray': 'r', 'content-length': '5', 'set-cookies': ['a', 'b'] },
      body: { success: false },
    },
    fault: 'flaky',
    violations: [{ kind: 'unknown_field', in: 'body', pointer: '/nam', message: 'is not allowed here.' }],
    duration_ms: 1.235,
  })
})

test('says little of a request that nothing answers to', () => {
  const { operation, params, caller, nearest, response, request, fault, violations } = read({
    url: '/acounts',
    params: { '*': 'acounts' },
    nearest: 'GET /accounts',
    answer: undefined,
  })
  assert.deepEqual([operation, params, caller, nearest], [null, {}, { scheme: 'none' }, 'GET /accounts'])
  assert.deepEqual([response, request, fault, violations], [null, { headers: {} }, null, []])
})

test('names that mean something to JavaScript are names like any other', () => {
  const { query, request } = read({
    url: '/accounts?__proto__=a&constructor=b',
    headers: ['__proto__', 'c', 'constructor', 'd'],
    body: '{"__proto__":"e","constructor":{"prototype":"f"}}',
  })
  assert.deepEqual(Object.entries(query), [
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ])
  assert.deepEqual(Object.entries(request.headers), [
    ['__proto__', 'c'],
    ['constructor', 'd'],
  ])
  assert.equal(JSON.stringify(request.body), '{"__proto__":"e","constructor":{"prototype":"f"}}')
})

test('a body is JSON where it is JSON, and text where it is not', () => {
  const rows: [text: string, value: unknown][] = [
    ['{"a":[1,null,"x"]}', { a: [1, null, 'x'] }],
    ['[]', []],
    ['null', null],
    ['"text"', 'text'],
    ['5', 5],
    ['\ufeff{"a":1}', { a: 1 }],
    ['{"a":1', '{"a":1'],
    ['name=a', 'name=a'],
    [' ', ' '],
  ]
  for (const [text, value] of rows) {
    assert.deepEqual(read({ body: text }).request.body, value, text)
    assert.deepEqual(read({ answer: { body: text } }).response?.body, value, text)
  }
  for (const none of ['', undefined]) {
    assert.equal('body' in read({ ...(none !== undefined && { body: none }) }).request, false)
    assert.equal('body' in (read({ answer: { body: none } }).response ?? {}), false)
  }
})

test('a body that is nested more deeply than anybody would is text', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
  assert.deepEqual(read({ body: nested(100) }).request.body, JSON.parse(nested(100)))
  for (const levels of [101, 8000]) assert.equal(read({ body: nested(levels) }).request.body, nested(levels))
})

test('a body of 16 KB is kept whole, of a longer one the beginning', () => {
  const text = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`
  const whole = read({ body: text(KEPT_BYTES), answer: { body: text(KEPT_BYTES) } })
  assert.equal(whole.request.body, 'x'.repeat(KEPT_BYTES - 2))
  assert.equal('body_cut' in whole.request, false)
  assert.equal(whole.response && 'body_cut' in whole.response, false)
  for (const bytes of [KEPT_BYTES + 1, 1024 * 1024]) {
    const long = read({ body: text(bytes), answer: { body: text(bytes) } })
    assert.equal(long.request.body, `"${'x'.repeat(KEPT_BYTES - 1)}`)
    assert.equal(long.request.body_cut, true)
    assert.deepEqual(long.response?.body, long.request.body)
    assert.equal(long.response?.body_cut, true)
  }
})

test('what is kept is cut between characters, and as long as can be', () => {
  const character = fc.constantFrom('x', 'é', '€', '🎈')
  fc.assert(
    fc.property(fc.array(character, { minLength: 1, maxLength: 8 }), fc.nat(3), (characters, before) => {
      const unit = characters.join('')
      const text = 'x'.repeat(before) + unit.repeat(Math.ceil((2 * KEPT_BYTES) / unit.length))
      const { body: kept, body_cut } = read({ body: text }).request as { body: string; body_cut?: true }
      assert.ok(body_cut && text.startsWith(kept))
      const bytes = Buffer.byteLength(kept)
      const next = String.fromCodePoint(text.codePointAt(kept.length) as number)
      assert.ok(bytes <= KEPT_BYTES && bytes + Buffer.byteLength(next) > KEPT_BYTES, String(bytes))
    }),
  )
})

test('what was sent as bytes is kept as the same text is', () => {
  const character = fc.constantFrom('x', 'é', '€', '🎈')
  fc.assert(
    fc.property(
      fc.array(character, { minLength: 1, maxLength: 8 }),
      fc.nat(3),
      fc.nat(3000),
      (characters, before, times) => {
        const text = 'x'.repeat(before) + characters.join('').repeat(times)
        const { response } = read({ answer: { bytes: Buffer.from(text) } })
        assert.deepEqual(response, read({ answer: { body: text } }).response)
      },
    ),
  )
})

test('a text is cut only when its bytes are too many, not its characters', () => {
  fc.assert(
    fc.property(fc.constantFrom('x', 'é', '€', '🎈'), fc.integer({ min: -3, max: 3 }), (character, more) => {
      const count = Math.floor(KEPT_BYTES / Buffer.byteLength(character)) + more
      const text = character.repeat(count)
      assert.equal('body_cut' in read({ body: text }).request, Buffer.byteLength(text) > KEPT_BYTES)
    }),
  )
})

test('of a long body nothing else is held on to', () => {
  const journal = new Journal(100)
  const MANY = 100
  // Node has no other way to ask for it once it runs.
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = () => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const before = held()
  for (let at = 0; at < MANY; at += 1) {
    const body = JSON.stringify({ at, padding: 'x'.repeat(1024 * 1024) })
    journal.add(entry({ body, answer: { body } }))
  }
  const grown = held() - before
  assert.equal(journal.all().length, MANY)
  // Twice 16 KB each; whole bodies would be 100 MB.
  assert.ok(grown < 10 * 1024 * 1024, `${Math.round(grown / 1024)} KB`)
})

test('a journal of no size keeps nothing', () => {
  const journal = new Journal(0)
  const made = entry({ body: 'x'.repeat(KEPT_BYTES + 1) })
  journal.add(made)
  assert.deepEqual([made.id, journal.count, journal.dropped], [1, 1, 1])
  assert.deepEqual([journal.all(), journal.get('1')], [[], undefined])
})
