/** Answers that break the contract because a fault says so. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Spoil } from '../../schemas/faults.ts'
import { spoilt } from '../../server/pipeline/spoil.ts'
import { ACCOUNT, simulator } from '../simulator.ts'

const BODY = {
  result: [
    { id: 'a', size: 1, isOpen: true, note: null, tags: ['x', 'y'], owner: { name: 'Ada' }, 'a/b~c': 'odd' },
    { id: 'b' },
  ],
  success: true,
  result_info: { count: 2 },
}
const [first, second] = BODY.result

const rows: [title: string, spoils: Spoil[], expected: unknown][] = [
  ['a field is left out', [{ remove: '/result_info' }], { result: BODY.result, success: true }],
  ['an item is left out', [{ remove: '/result/0' }], { ...BODY, result: [second] }],
  ['the body is left out', [{ remove: '' }], null],
  ['a field gets another value', [{ set: '/success', value: 'yes' }], { ...BODY, success: 'yes' }],
  [
    'a field gets a value of any kind',
    [{ set: '/result_info', value: [{ deep: null }] }],
    { ...BODY, result_info: [{ deep: null }] },
  ],
  ['a field is added', [{ set: '/color', value: 'red' }], { ...BODY, color: 'red' }],
  ['an item gets another value', [{ set: '/result/1', value: 7 }], { ...BODY, result: [first, 7] }],
  ['an item is added', [{ set: '/result/-', value: 7 }], { ...BODY, result: [first, second, 7] }],
  ['an item is added by its number', [{ set: '/result/2', value: 7 }], { ...BODY, result: [first, second, 7] }],
  ['the body is another', [{ set: '', value: 'gone' }], 'gone'],
  ['a text becomes a number', [{ type: '/result/1/id' }], { ...BODY, result: [first, { id: 0 }] }],
  ['a number becomes a text', [{ type: '/result_info/count' }], { ...BODY, result_info: { count: '2' } }],
  ['a boolean becomes a text', [{ type: '/success' }], { ...BODY, success: 'true' }],
  ['null becomes a number', [{ type: '/result/0/note' }], { ...BODY, result: [{ ...first, note: 0 }, second] }],
  ['a list becomes an object', [{ type: '/result' }], { ...BODY, result: {} }],
  ['an object becomes a list', [{ type: '/result_info' }], { ...BODY, result_info: [] }],
  ['the body becomes a list', [{ type: '' }], []],
  [
    'a key with a slash and a tilde is found',
    [{ type: '/result/0/a~1b~0c' }],
    { ...BODY, result: [{ ...first, 'a/b~c': 0 }, second] },
  ],
  [
    'each of several is done, one after the other',
    [{ remove: '/result/0' }, { set: '/result/0/id', value: 'c' }, { remove: '/result_info/count' }],
    { ...BODY, result: [{ id: 'c' }], result_info: {} },
  ],
]

for (const [title, spoils, expected] of rows) {
  test(title, () => {
    const before = structuredClone(BODY)
    assert.deepEqual(spoilt(BODY, spoils), expected)
    assert.deepEqual(BODY, before, 'the body itself stays as it is')
  })
}

const nowhere: Spoil[] = [
  { remove: '/nothing' },
  { remove: '/result/9' },
  { remove: '/result/-' },
  { remove: '/result/length' },
  { remove: '/result/00' },
  { remove: '/success/deep' },
  { remove: '/toString' },
  { type: '/nothing' },
  { type: '/result/2' },
  { type: '/result/length' },
  { type: '/__proto__' },
  { set: '/nothing/deep', value: 1 },
  { set: '/success/deep', value: 1 },
  { set: '/result/9', value: 1 },
  { set: '/result/x', value: 1 },
  { set: '/result/00', value: 1 },
  { set: '/result/', value: 1 },
  { set: '/result/length', value: 0 },
  { set: '/__proto__/polluted', value: 1 },
]

test('a pointer that leads nowhere spoils nothing', () => {
  for (const spoil of nowhere) assert.deepEqual(spoilt(BODY, [spoil]), BODY, JSON.stringify(spoil))
  assert.equal(({} as { polluted?: unknown }).polluted, undefined)
})

test('a field may have any name', () => {
  const body = spoilt({}, [{ set: '/__proto__', value: 1 }])
  assert.equal(JSON.stringify(body), '{"__proto__":1}')
})

const A = `/accounts/${ACCOUNT}`
const header = (spoil: Spoil[]) => ({
  authorization: 'Bearer Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY',
  'fauxflare-fault': JSON.stringify({ spoil }),
})

test('an answer is spoilt after the check of the contract, and the row stays as it was', async (t) => {
  const { call } = await simulator(t, { contract: 'fail' })
  const before = await call(`GET ${A}`)
  const spoils: Spoil[] = [{ type: '/result/id' }, { remove: '/result/name' }, { set: '/extra', value: [1] }]
  const spoiled = await call(`GET ${A}`, { headers: header(spoils) })
  const { name: _, ...rest } = before.body.result
  assert.equal(spoiled.status, 200)
  assert.deepEqual(spoiled.body, { ...before.body, result: { ...rest, id: 0 }, extra: [1] })
  assert.equal(Number(spoiled.headers['content-length']), Buffer.byteLength(spoiled.text))
  assert.equal((await call(`GET ${A}`)).text, before.text)
})

test('lists and failures are spoilt alike, and an answer without a body stays without one', async (t) => {
  const { call } = await simulator(t)
  const list = await call('GET /accounts?per_page=5', { headers: header([{ type: '/result/0/id' }]) })
  assert.deepEqual(
    list.body.result.map(({ id }: { id: unknown }) => typeof id),
    ['number', 'string', 'string', 'string', 'string'],
  )
  const failure = await call('GET /accounts?page=0', { headers: header([{ remove: '/errors/0/code' }]) })
  assert.deepEqual([failure.status, 'code' in failure.body.errors[0]], [400, false])
  const empty = await call(`PUT ${A}/profile`, { headers: header([{ remove: '/result' }]), body: {} })
  assert.deepEqual([empty.status, empty.text], [204, ''])
})
