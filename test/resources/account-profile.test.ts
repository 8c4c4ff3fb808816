/** Profiles of accounts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, simulator } from '../simulator.ts'

const PATH = `/accounts/${ACCOUNT}/profile`
const WITHOUT = '/accounts/4bb334f7c94c4a29a045f03944f072e5/profile'
const DEMO = {
  business_name: 'Demo Inc',
  business_email: 'ops@example.com',
  business_phone: '+1 555 0100',
  business_address: '1 Example Way, Springfield',
  external_metadata: '{"crm_id":"42"}',
}
const EMPTY = {
  business_name: '',
  business_email: '',
  business_phone: '',
  business_address: '',
  external_metadata: '',
}

test('shows the documented profile', async (t) => {
  const { call } = await simulator(t)
  const { status, body } = await call(`GET ${PATH}`)
  assert.equal(status, 200)
  assert.deepEqual(body.result, DEMO)
})

test('shows five empty texts where nothing was ever set', async (t) => {
  const { call } = await simulator(t)
  assert.deepEqual((await call(`GET ${WITHOUT}`)).body.result, EMPTY)
})

test('changes the profile and answers nothing', async (t) => {
  const { call } = await simulator(t)
  const body = { ...DEMO, business_name: 'Demo Ltd', external_metadata: 'x' }
  const { status, text } = await call(`PUT ${PATH}`, { body })
  assert.deepEqual([status, text], [204, ''])
  assert.deepEqual((await call(`GET ${PATH}`)).body.result, body)
})

test('an update changes what it names', async (t) => {
  const rows: [title: string, path: string, body: object, expected: object][] = [
    ['one field, the others stay', PATH, { business_phone: '1' }, { ...DEMO, business_phone: '1' }],
    [
      'an empty text leaves a field as it is',
      PATH,
      { business_name: '', business_phone: '1' },
      {
        ...DEMO,
        business_phone: '1',
      },
    ],
    ['nothing', PATH, {}, DEMO],
    ['one field where there were none', WITHOUT, { business_name: 'New' }, { ...EMPTY, business_name: 'New' }],
    ['no field that nobody knows', PATH, { color: 'red' }, DEMO],
    ['no field with the name of a method', PATH, { toString: 'x', constructor: 'y' }, DEMO],
  ]
  for (const [title, path, body, expected] of rows) {
    await t.test(title, async (t) => {
      const { call } = await simulator(t)
      assert.equal((await call(`PUT ${path}`, { body })).status, 204)
      const after = await call(`GET ${path}`)
      assert.equal(after.status, 200, after.text)
      assert.deepEqual(after.body.result, expected)
    })
  }
})

test('refuses bodies that do not fit', async (t) => {
  const { call } = await simulator(t)
  const rows: [title: string, body: unknown, problem: string, pointer: string][] = [
    ['a number', { business_name: 5 }, '/business_name must be string', '/business_name'],
    ['null', { external_metadata: null }, '/external_metadata must be string', '/external_metadata'],
    ['a list', [], 'the body must be object', ''],
    ['nothing at all', undefined, 'the body must be object', ''],
  ]
  for (const [title, body, problem, pointer] of rows) {
    await t.test(title, async () => {
      const answer = await call(`PUT ${PATH}`, { body })
      assert.equal(answer.status, 400)
      assert.deepEqual(answer.body.errors, [
        { code: 1001, message: `Invalid request body: ${problem}`, source: { pointer } },
      ])
    })
  }
  assert.deepEqual((await call(`GET ${PATH}`)).body.result, DEMO)
})
