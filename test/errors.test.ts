/** The table of failures, and that every failure the code makes gets the words that its message wants. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ASSUMED } from '../server/assumed.ts'
import { ApiFailure, FAILURES, type FailureName, fail } from '../server/errors.ts'
import { refuse } from '../server/resource.ts'
import { resources } from '../server/resources/index.ts'

const NAMES = Object.keys(FAILURES) as FailureName[]
const SERVER = new URL('../server/', import.meta.url)

/** What stands between braces in a message. */
const placeholders = (name: FailureName) =>
  [...FAILURES[name].message.matchAll(/\{(\w+)\}/g)].map(([, word = '']) => word)

for (const name of NAMES) {
  test(`${name} has a status, a code and words`, () => {
    const { status, code, message } = FAILURES[name]
    assert.ok(Number.isInteger(status) && status >= 400 && status <= 599)
    assert.ok(Number.isInteger(code) && code >= 100)
    assert.match(message, /\S/)
    assert.equal(message, message.trim())
    assert.equal(message.replace(/\{\w+\}/g, '').search(/[{}]/), -1, 'Braces come in pairs around a word.')
  })

  test(`${name} is filled in`, () => {
    const words = Object.fromEntries(placeholders(name).map((word) => [word, `the ${word}`]))
    const failure = fail(name, words)
    const { status, code, message } = FAILURES[name]
    assert.ok(failure instanceof ApiFailure && failure instanceof Error)
    assert.equal(failure.name, name)
    assert.equal(failure.status, status)
    assert.deepEqual(failure.item, { code, message: message.replace(/\{(\w+)\}/g, 'the $1') })
    assert.equal(failure.message, failure.item.message)
  })
}

test('What is assumed is part of the table, and not all of it', () => {
  const assumed = Object.keys(ASSUMED)
  assert.ok(assumed.every((name) => name in FAILURES))
  assert.ok(assumed.length > 0 && assumed.length < NAMES.length)
})

test('Words are put in as they are, braces, dollars and all', () => {
  for (const word of ['$&', '$1', '{id}', '{problem}', '<b>', '', '0']) {
    const { item } = fail('UNKNOWN_RATE_PLAN', { id: word })
    assert.equal(item.message, `unknown or deprecated rate plan: '${word}'`)
  }
  assert.match(fail('BODY_TOO_LARGE', { limit: 1024 }).message, /1024 bytes/)
})

test('A pointer and a chain are there when they are given, and only then', () => {
  const chain = [{ code: 6111, message: 'Invalid format' }]
  assert.deepEqual(fail('BAD_HEADERS', {}, { chain }).item.error_chain, chain)
  assert.deepEqual(fail('INVALID_BODY', { problem: 'x' }, { pointer: '/name' }).item.source, { pointer: '/name' })
  assert.deepEqual(fail('INVALID_BODY', { problem: 'x' }, { pointer: '' }).item.source, { pointer: '' })
  assert.deepEqual(Object.keys(fail('NO_ROUTE').item), ['code', 'message'])
})

test('A 5xx of our own tells clients not to repeat the request, for that will not mend it', () => {
  for (const name of NAMES) {
    const { status, headers } = fail(name)
    assert.deepEqual(headers, status >= 500 ? { 'x-should-retry': 'false' } : {}, name)
  }
})

const sources = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'errors.ts')
  .map((file) => ({ file, source: readFileSync(new URL(file, SERVER), 'utf8') }))

/** Each `fail('NAME', { word: … })` in the code, as far as names stand there in letters. */
const calls = sources.flatMap(({ file, source }) =>
  [...source.matchAll(/\bfail\(\s*([^(){},]+?)\s*(?:,\s*\{((?:\$\{[^}]*\}|[^{}])*)|,?\s*\))/g)].flatMap(
    ([, choice = '', words = '']) =>
      [...choice.matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, name]) => ({ file, name: name as FailureName, words })),
  ),
)

test('The code passes every word that a message wants', () => {
  assert.ok(calls.length > 30, 'The calls are found.')
  for (const { file, name, words } of calls) {
    for (const word of placeholders(name)) {
      assert.match(words, new RegExp(`\\b${word}\\b`), `${file}: fail('${name}') lacks "${word}"`)
    }
  }
})

test('Every failure of the table is used', () => {
  const unused = NAMES.filter((name) => !sources.some(({ source }) => source.includes(`'${name}'`)))
  assert.deepEqual(unused, [])
})

const refusals = resources.flatMap(({ endpoints }) =>
  endpoints.flatMap(({ operation, refusals }) => refusals.map((refusal) => ({ id: operation.id, refusal }))),
)

test('Every refusal of a resource fits a problem and fills its message in', () => {
  assert.ok(refusals.length > 10)
  for (const { id, refusal } of refusals) {
    const [pattern, keyword, failure, words = {}] = refusal
    const problem = {
      pointer: pattern.replaceAll('**', '/any/0').replaceAll('*', '0'),
      keyword: keyword === '*' ? 'type' : keyword,
      message: 'must be string',
    }
    const found = refuse(problem, [refusal])
    assert.equal(found.name, failure, `${id} ${pattern}`)
    for (const word of placeholders(failure)) {
      assert.ok(word === 'problem' || word in words, `${id} ${pattern}: ${failure} lacks "${word}"`)
    }
  }
})

test('The first refusal that fits is taken, and a body that none fits is refused with its pointer', () => {
  const name = { pointer: '/name', keyword: 'type', message: 'must be string' }
  const rows = [
    ['/name', 'maxLength', 'ACCOUNT_NAME_TOO_LONG'],
    ['/*', 'type', 'ACCOUNT_TYPE'],
    ['**', '*', 'MEMBER_INVALID'],
  ] as const
  assert.equal(refuse(name, rows).name, 'ACCOUNT_TYPE')
  assert.equal(refuse({ ...name, keyword: 'maxLength' }, rows).name, 'ACCOUNT_NAME_TOO_LONG')
  assert.equal(refuse({ ...name, pointer: '/name/0' }, rows).name, 'MEMBER_INVALID')
  assert.deepEqual(refuse(name, []).item, {
    code: 1001,
    message: 'Invalid request body: /name must be string',
    source: { pointer: '/name' },
  })
  assert.match(refuse({ ...name, pointer: '' }, []).message, /: the body must be string$/)
})
