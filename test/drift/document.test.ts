import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drift } from '../../server/drift/compare.ts'
import { found } from './found.ts'
import { type TinyContract, tinyContract } from './tiny-contract.ts'

const text = { type: 'string' }
const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const person = { type: 'object', properties: { name: text, age: { type: 'integer' } }, required: ['name'] }

const alike: [title: string, theirs: TinyContract, ours: TinyContract][] = [
  ['a reference and what it stands for', { answer: refer('Person'), schemas: { Person: person } }, { answer: person }],
  [
    'parts and the whole',
    {
      answer: {
        allOf: [
          { type: 'object', properties: { name: text } },
          { ...person, required: ['name'] },
        ],
      },
    },
    { answer: person },
  ],
  [
    'a reference with siblings and both merged',
    {
      answer: { ...refer('Named'), type: 'object', required: ['name'] },
      schemas: { Named: { ...person, required: [] } },
    },
    { answer: person },
  ],
  ['a required field named twice', { answer: { ...person, required: ['name', 'name'] } }, { answer: person }],
  [
    'a failure that nothing satisfies, and null',
    { answer: { type: 'object', properties: { a: text }, required: ['a'], enum: [null] } },
    { answer: { type: 'object', enum: [null], nullable: true } },
  ],
  [
    'alternatives beside properties and inside them',
    { answer: { type: 'object', properties: { a: text }, anyOf: [{ required: ['a'] }, { required: ['b'] }] } },
    {
      answer: {
        anyOf: ['a', 'b'].map((name) => ({ type: 'object', properties: { a: text }, required: [name] })),
      },
    },
  ],
]

for (const [title, theirs, ours] of alike) {
  test(`reads as the same: ${title}`, () => {
    assert.deepEqual(found(tinyContract(ours), tinyContract(theirs)), [])
    assert.deepEqual(found(tinyContract(theirs), tinyContract(ours)), [])
  })
}

const node = (value: object) => ({
  type: 'object',
  properties: {
    value,
    next: { allOf: [refer('Node'), { nullable: true }] },
    others: { type: 'array', items: refer('Node') },
  },
})

test('a schema that refers to itself is compared once around', () => {
  const contract = (value: object) => tinyContract({ answer: refer('Node'), schemas: { Node: node(value) } })
  assert.deepEqual(found(contract(text), contract(text)), [])
  assert.ok(found(contract({ type: 'number' }), contract(text)).includes('type response 200 /value'))
})

test('a schema that refers to itself is the same when its first turn is written out', () => {
  const theirs = tinyContract({ answer: refer('Node'), schemas: { Node: node(text) } })
  const ours = tinyContract({ answer: node(text), schemas: { Node: node(text) } })
  assert.deepEqual(found(ours, theirs), [])
  assert.deepEqual(found(theirs, ours), [])
})

test('a reference that leads nowhere is a difference', () => {
  const lost = ['unreadable response 200', 'type response 200']
  assert.deepEqual(found(tinyContract({ answer: refer('Nobody') }), tinyContract({ answer: text })), lost)
})

test('an allOf whose parts contradict each other is a difference', () => {
  const theirs = tinyContract({ schemas: { Odd: { allOf: [{ type: 'string' }, { type: 'number' }] } } })
  assert.deepEqual(found(tinyContract(), theirs), ['unreadable theirs /components/schemas/Odd'])
})

test('the documents that are compared stay as they were', () => {
  const theirs = tinyContract({ answer: { allOf: [person, text] }, body: refer('Person'), schemas: { Person: person } })
  const before = structuredClone(theirs)
  drift(theirs, theirs, [])
  assert.deepEqual(theirs, before)
})
