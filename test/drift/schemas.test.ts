import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from './found.ts'
import { tinyContract } from './tiny-contract.ts'

type Row = [title: string, theirs: object, ours: object, asRequest: string[], asResponse: string[]]

const text = { type: 'string' }
const object = (properties: object, rest: object = {}) => ({ type: 'object', properties, ...rest })

const rows: Row[] = [
  // types
  ['the same type', text, text, [], []],
  ['an integer for a number', { type: 'number' }, { type: 'integer' }, ['narrower-request'], []],
  ['a number for an integer', { type: 'integer' }, { type: 'number' }, ['missing-limit'], ['wider-response']],
  ['another type', text, { type: 'boolean' }, ['type'], ['type']],
  ['no type for one', text, {}, ['type'], ['type']],
  ['a type for none', {}, text, ['narrower-request'], []],
  ['a type implied by its keywords', object({ a: text }), { properties: { a: text } }, [], []],

  // null
  ['null dropped', { ...text, nullable: true }, text, ['narrower-request'], ['missing-null']],
  ['null added', text, { ...text, nullable: true }, [], ['wider-response']],
  ['null in the spelling of 3.1', { ...text, nullable: true }, { type: ['string', 'null'] }, [], []],
  ['null as an alternative', { ...text, nullable: true }, { anyOf: [text, { enum: [null], nullable: true }] }, [], []],
  [
    'a value where only null may be',
    { type: 'object', enum: [null] },
    text,
    ['narrower-request'],
    ['wider-response', 'missing-null'],
  ],

  // enumerations
  ['a value dropped', { enum: ['a', 'b'] }, { enum: ['b'] }, ['missing-enum-value'], ['missing-enum-value']],
  ['a value added', { enum: ['a'] }, { enum: ['a', 'b'] }, [], ['wider-response']],
  ['an enumeration dropped', { ...text, enum: ['a'] }, text, ['missing-enum-value'], ['wider-response']],
  ['an enumeration added', text, { ...text, enum: ['a'] }, ['narrower-request'], []],
  ['an enumeration of one as const', { ...text, enum: ['a'] }, { ...text, const: 'a' }, [], []],
  [
    'an enumeration cut up',
    { ...text, enum: ['a', 'b'] },
    { anyOf: ['a', 'b'].map((v) => ({ ...text, enum: [v] })) },
    [],
    [],
  ],

  // limits
  ['a limit dropped', { ...text, maxLength: 9 }, text, ['missing-limit'], ['missing-limit']],
  ['a limit added', text, { ...text, maxLength: 9 }, ['narrower-request'], []],
  ['a limit loosened', { ...text, maxLength: 9 }, { ...text, maxLength: 10 }, ['missing-limit'], ['wider-response']],
  ['a limit tightened', { ...text, maxLength: 9 }, { ...text, maxLength: 8 }, ['narrower-request'], []],
  ['a lower limit tightened', { ...text, minLength: 1 }, { ...text, minLength: 2 }, ['narrower-request'], []],
  [
    'a lower limit loosened',
    { ...text, minLength: 2 },
    { ...text, minLength: 1 },
    ['missing-limit'],
    ['wider-response'],
  ],
  ['a limit that limits nothing', { ...text, minLength: 0 }, text, [], []],
  ['a limit of another type', { type: 'array', minLength: 1 }, { type: 'array' }, [], []],
  [
    'another format',
    { ...text, format: 'date' },
    { ...text, format: 'email' },
    ['narrower-request'],
    ['wider-response'],
  ],
  ['a format dropped', { ...text, format: 'date' }, text, ['missing-limit'], ['missing-limit']],
  ['another pattern', { ...text, pattern: 'a' }, { ...text, pattern: 'b' }, ['narrower-request'], ['wider-response']],
  [
    'an exclusive limit in the spelling of 3.1',
    { type: 'number', minimum: 0, exclusiveMinimum: true },
    { type: 'number', exclusiveMinimum: 0 },
    [],
    [],
  ],
  [
    'uniqueItems dropped',
    { type: 'array', uniqueItems: true },
    { type: 'array' },
    ['missing-limit'],
    ['missing-limit'],
  ],

  [
    'the entries of a list that is always empty',
    { type: 'array', items: object({ a: text }) },
    { type: 'array', items: {}, maxItems: 0 },
    ['narrower-request', 'type /0'],
    [],
  ],

  // fields
  ['a field dropped', object({ a: text }), object({}), ['missing-field /a'], ['missing-field /a']],
  ['a field added', object({}), object({ a: text }), [], []],
  [
    'a field called like a method',
    object({ constructor: text }),
    object({}),
    ['missing-field /constructor'],
    ['missing-field /constructor'],
  ],
  [
    'required dropped',
    object({ a: text }, { required: ['a'] }),
    object({ a: text }),
    ['missing-required /a'],
    ['missing-required /a'],
  ],
  ['required added', object({ a: text }), object({ a: text }, { required: ['a'] }), ['narrower-request /a'], []],
  [
    'a field deep down',
    object({ a: { type: 'array', items: object({ b: text }) } }),
    object({ a: { type: 'array', items: object({}) } }),
    ['missing-field /a/0/b'],
    ['missing-field /a/0/b'],
  ],
  ['a default dropped', { type: 'number', default: 20 }, { type: 'number' }, ['missing-default'], []],
  ['another default', { type: 'number', default: 20 }, { type: 'number', default: 25 }, ['missing-default'], []],
  ['deprecated dropped', { ...text, deprecated: true }, text, ['missing-deprecated'], ['missing-deprecated']],

  // read-only and write-only
  [
    'a read-only field dropped',
    object({ id: { ...text, readOnly: true } }, { required: ['id'] }),
    object({}),
    [],
    ['missing-field /id'],
  ],
  [
    'a read-only field made writable',
    object({ id: { ...text, readOnly: true } }),
    object({ id: text }),
    ['missing-read-only /id'],
    [],
  ],
  [
    'a writable field made read-only',
    object({ id: text }),
    object({ id: { ...text, readOnly: true } }),
    ['narrower-request /id'],
    [],
  ],
  ['a write-only field dropped', object({ id: { ...text, writeOnly: true } }), object({}), ['missing-field /id'], []],

  // other fields
  ['other fields refused', object({}), object({}, { additionalProperties: false }), ['narrower-request'], []],
  [
    'other fields let in',
    object({}, { additionalProperties: false }),
    object({}),
    ['missing-limit'],
    ['missing-limit'],
  ],
  [
    'a field where there may be none',
    object({}, { additionalProperties: false }),
    object({ a: text }, { additionalProperties: false }),
    [],
    ['wider-response /a'],
  ],
  [
    'a field unlike the other fields',
    object({}, { additionalProperties: { type: 'object' } }),
    object({ a: text }, { additionalProperties: { type: 'object' } }),
    ['type /a'],
    ['type /a'],
  ],
  [
    'another schema for other fields',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: { type: 'number' } },
    ['type /*'],
    ['type /*'],
  ],
  [
    'no schema for other fields',
    { type: 'object', additionalProperties: text },
    { type: 'object' },
    ['missing-limit'],
    ['missing-limit'],
  ],

  // alternatives
  ['an alternative dropped', { anyOf: [text, { type: 'number' }] }, text, ['missing-variant'], ['missing-variant']],
  ['an alternative added', text, { anyOf: [text, { type: 'number' }] }, [], ['wider-response']],
  [
    'alternatives in another order',
    { anyOf: [text, { type: 'number' }] },
    { oneOf: [{ type: 'number' }, text] },
    [],
    [],
  ],
  [
    'an alternative that lacks a field',
    { anyOf: [text, object({ a: text, b: text })] },
    { anyOf: [object({ a: text }), text] },
    ['missing-field /b'],
    ['missing-field /b'],
  ],
  [
    'alternatives made one object',
    { anyOf: [object({ a: text }, { required: ['a'] }), object({ b: text }, { required: ['b'] })] },
    object({ a: text, b: text }),
    ['missing-required /a', 'missing-required /b'],
    ['missing-required /a', 'missing-variant'],
  ],

  // keywords
  [
    'a keyword nobody knows, in theirs',
    { type: 'object', patternProperties: {} },
    { type: 'object' },
    ['unknown-keyword'],
    ['unknown-keyword'],
  ],
  [
    'a keyword nobody knows, in ours',
    text,
    { ...text, not: { enum: ['a'] } },
    ['unknown-keyword'],
    ['unknown-keyword'],
  ],
  [
    'a keyword that is passed over',
    { ...text, 'x-auditable': true, example: 'Anna' },
    { ...text, title: 'Name', description: 'A name.' },
    [],
    [],
  ],
]

for (const [title, theirs, ours, asRequest, asResponse] of rows) {
  test(`in a request: ${title}`, () => {
    const expected = asRequest.map((line) => line.replace(/^[^ ]+/, '$& request body'))
    assert.deepEqual(found(tinyContract({ body: ours }), tinyContract({ body: theirs })), expected)
  })
  test(`in a response: ${title}`, () => {
    const expected = asResponse.map((line) => line.replace(/^[^ ]+/, '$& response 200'))
    assert.deepEqual(found(tinyContract({ answer: ours }), tinyContract({ answer: theirs })), expected)
  })
}
