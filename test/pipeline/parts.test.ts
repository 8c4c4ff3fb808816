/** Bodies of answers that are shown again: the same object, checked once and written once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operations as accounts } from '../../schemas/accounts.ts'
import type { Operation } from '../../schemas/operation.ts'
import type { Problem } from '../../server/ajv.ts'
import { bodyJson } from '../../server/pipeline/body-json.ts'
import { Answer, wrap } from '../../server/pipeline/envelope.ts'
import { checkPart, checkWhole, wholeJson, wholeOf } from '../../server/pipeline/parts.ts'
import { ACCOUNT, simulator, TOKEN } from '../simulator.ts'

const get = accounts.get as unknown as Operation
const update = accounts.update as unknown as Operation
const fine = () => undefined

/** Something that was shown before, or not. */
function shown(isKnown: boolean): object {
  const result = { id: 'a', text: 'é' }
  if (isKnown) checkPart(result, fine)
  return result
}

const bodyOf = (result: object, operation = get) =>
  wholeOf(result, operation, () => wrap(new Answer(result), operation, 200))

/** A check that counts how often it was asked. */
function counting(problem?: Problem) {
  const check = () => {
    check.calls += 1
    return problem
  }
  check.calls = 0
  return check
}

test('What is shown again has one body for each operation, which is checked and written once', () => {
  const result = shown(true)
  const body = bodyOf(result)
  assert.equal(bodyOf(result), body)
  assert.deepEqual(body, wrap(new Answer(result), get, 200))
  const [check, other] = [counting(), counting()]
  for (let time = 0; time < 3; time += 1) assert.equal(checkWhole(body, check), undefined)
  assert.equal(check.calls, 1)
  checkWhole(body, other)
  assert.equal(other.calls, 1)
  assert.equal(wholeJson(body), JSON.stringify(body))
  assert.equal(bodyJson(body), JSON.stringify(body))
  assert.notEqual(bodyOf(result, update), body)
})

test('What is shown for the first time, or fails its check, is looked at each time', () => {
  const result = shown(false)
  assert.notEqual(bodyOf(result), bodyOf(result))
  const problem: Problem = { pointer: '/a', keyword: 'type', message: 'must be a string' }
  for (const [body, failing] of [
    [bodyOf(shown(true)), counting(problem)],
    [bodyOf(shown(false)), counting()],
  ] as const) {
    checkWhole(body, failing)
    checkWhole(body, failing)
    assert.equal(failing.calls, 2)
  }
})

test('A copy of a body is another body', () => {
  const body = bodyOf(shown(true))
  const check = counting()
  checkWhole(body, check)
  wholeJson(body)
  const copy = { ...body, success: 'spoilt' }
  checkWhole(copy, check)
  assert.equal(check.calls, 2)
  assert.equal(wholeJson(copy), undefined)
  assert.equal(bodyJson(copy), JSON.stringify(copy))
})

test('What is not an object is no whole body', () => {
  for (const body of [null, undefined, 'text', 5]) assert.equal(checkWhole(body, fine), undefined)
})

test('A body that is shown again is spoilt for one request alone, and another one after a change', async (t) => {
  const { call } = await simulator(t)
  const ask = (headers = {}) =>
    call(`GET /accounts/${ACCOUNT}`, { headers: { authorization: `Bearer ${TOKEN}`, ...headers } })
  const first = await ask()
  for (let time = 0; time < 3; time += 1) assert.equal((await ask()).text, first.text)
  const spoilt = await ask({ 'fauxflare-fault': JSON.stringify({ spoil: [{ set: '/result/name', value: 5 }] }) })
  assert.equal(JSON.parse(spoilt.text).result.name, 5)
  assert.equal((await ask()).text, first.text)
  await call(`PUT /accounts/${ACCOUNT}`, { body: { id: ACCOUNT, name: 'Another name', type: 'standard' } })
  assert.equal(JSON.parse((await ask()).text).result.name, 'Another name')
})
