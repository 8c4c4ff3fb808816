import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from './found.ts'
import { type TinyContract, tinyContract } from './tiny-contract.ts'

type Row = [title: string, theirs: TinyContract, ours: TinyContract, expected: string[]]

const text = { type: 'string' }
const texts = { type: 'array', items: text }
const json = (schema: object) => ({ 'application/json': { schema } })
const id = (name: string) => ({ name, in: 'path', required: true, schema: text })
const query = (rest: object = {}) => ({ name: 'page', in: 'query', schema: text, ...rest })
const answers = (responses: Record<string, object>): TinyContract => ({ operation: { responses } })
const bearer = { type: 'http', scheme: 'bearer' }
const email = { type: 'apiKey', in: 'header', name: 'X-Auth-Email' }
const key = { type: 'apiKey', in: 'header', name: 'X-Auth-Key' }
const secured = (securitySchemes: Record<string, object>, security: object[]): TinyContract => ({
  securitySchemes,
  operation: { security },
})

const rows: Row[] = [
  // the operation itself
  [
    'another path parameter’s name',
    { path: '/a/{id}', parameters: [id('id')] },
    { path: '/a/{account_id}', parameters: [id('account_id')] },
    [],
  ],
  ['a closing slash', { path: '/a' }, { path: '/a/' }, []],
  ['another path', { path: '/a' }, { path: '/b' }, ['missing-operation operation']],
  ['another operation id', {}, { operation: { operationId: 'other' } }, ['operation-id operation']],
  ['no operation id in theirs', { operation: { operationId: undefined } }, {}, []],
  ['deprecated dropped', { operation: { deprecated: true } }, {}, ['missing-deprecated operation']],
  ['callbacks', { operation: { callbacks: {} } }, {}, ['unknown-keyword operation']],

  // parameters
  ['a parameter dropped', { parameters: [query()] }, {}, ['missing-parameter query page']],
  ['a parameter added', {}, { parameters: [query()] }, []],
  ['a required parameter added', {}, { parameters: [query({ required: true })] }, ['narrower-request query page']],
  [
    'a parameter made required',
    { parameters: [query()] },
    { parameters: [query({ required: true })] },
    ['narrower-request query page'],
  ],
  [
    'a parameter made optional',
    { parameters: [query({ required: true })] },
    { parameters: [query()] },
    ['missing-required query page'],
  ],
  [
    'a narrower entry',
    { parameters: [query({ schema: texts })] },
    { parameters: [query({ schema: { type: 'array', items: { ...text, enum: ['a'] } } })] },
    ['narrower-request query page /0'],
  ],
  [
    'a deprecated parameter',
    { parameters: [query({ deprecated: true })] },
    { parameters: [query()] },
    ['missing-deprecated query page'],
  ],
  [
    'deprecated in the schema',
    { parameters: [query({ deprecated: true })] },
    { parameters: [query({ schema: { ...text, deprecated: true } })] },
    [],
  ],
  [
    'explode of a list',
    { parameters: [query({ schema: texts })] },
    { parameters: [query({ schema: texts, explode: false })] },
    ['serialisation query page'],
  ],
  [
    'explode spelled out',
    { parameters: [query({ schema: texts })] },
    { parameters: [query({ schema: texts, style: 'form', explode: true })] },
    [],
  ],
  ['explode of a string', { parameters: [query({ explode: true })] }, { parameters: [query({ explode: false })] }, []],
  [
    'an empty value refused',
    { parameters: [query({ allowEmptyValue: true })] },
    { parameters: [query()] },
    ['narrower-request query page'],
  ],
  [
    'a header in another case',
    { parameters: [{ name: 'X-Day', in: 'header', schema: text }] },
    { parameters: [{ name: 'x-day', in: 'header', schema: text }] },
    [],
  ],
  [
    'a header that security speaks for',
    { parameters: [{ name: 'Authorization', in: 'header', schema: text }] },
    {},
    [],
  ],
  [
    'a member nobody knows',
    { parameters: [query({ matrix: 1 })] },
    { parameters: [query()] },
    ['unknown-keyword query page'],
  ],

  // request bodies
  ['a body dropped', { body: text }, {}, ['missing-body request body']],
  ['a body added', {}, { body: text }, ['narrower-request request body']],
  [
    'a body made optional',
    { body: text },
    { operation: { requestBody: { content: json(text) } } },
    ['missing-required request body'],
  ],
  [
    'another media type',
    { body: text },
    { operation: { requestBody: { required: true, content: { 'text/plain': { schema: text } } } } },
    ['missing-media-type request body'],
  ],
  [
    'a media type with a charset',
    { body: text },
    {
      operation: { requestBody: { required: true, content: { 'application/json; charset=utf-8': { schema: text } } } },
    },
    [],
  ],

  // responses
  [
    'another success',
    answers({ 200: {} }),
    answers({ 201: {} }),
    ['missing-response response 200', 'wider-response response 201'],
  ],
  ['an error they do not document', answers({ 200: {} }), answers({ 200: {}, '5XX': {} }), []],
  ['failures dropped', answers({ 200: {}, '4XX': {} }), answers({ 200: {} }), ['missing-response response 4XX']],
  [
    'one failure for the range',
    answers({ '4XX': { content: json(text) } }),
    answers({ 404: { content: json({ type: 'number' }) } }),
    ['type response 404'],
  ],
  [
    'the range for one failure',
    answers({ 404: { content: json(text) } }),
    answers({ '4XX': { content: json({ type: 'number' }) } }),
    ['type response 404'],
  ],
  [
    'both the range and one failure',
    answers({ 404: { content: json(text) }, '4XX': { content: json(text) } }),
    answers({ '4XX': { content: json(text) } }),
    [],
  ],
  [
    'a header dropped',
    answers({ 200: { headers: { 'X-Day': { schema: text } } } }),
    answers({ 200: {} }),
    ['missing-header response 200 header X-Day'],
  ],
  [
    'a header widened',
    answers({ 200: { headers: { 'X-Day': { schema: { ...text, enum: ['a'] } } } } }),
    answers({ 200: { headers: { 'x-day': { schema: text } } } }),
    ['wider-response response 200 header X-Day'],
  ],
  ['links', answers({ 200: { links: {} } }), answers({ 200: {} }), ['unknown-keyword response 200']],
  [
    'a body where theirs has none',
    answers({ 204: {} }),
    answers({ 204: { content: json(text) } }),
    ['wider-response response 204'],
  ],

  // security and permissions
  [
    'the same scheme by another name',
    secured({ token: bearer }, [{ token: [] }]),
    secured({ api_token: { ...bearer, description: 'A token.' } }, [{ api_token: [] }]),
    [],
  ],
  [
    'a scheme dropped',
    secured({ token: bearer, email, key }, [{ token: [] }, { key: [], email: [] }]),
    secured({ email, key }, [{ email: [], key: [] }]),
    ['missing-security security'],
  ],
  [
    'half of a combination',
    secured({ email, key }, [{ email: [], key: [] }]),
    secured({ email, key }, [{ email: [] }]),
    ['missing-security security'],
  ],
  ['a scheme added', secured({ email }, [{ email: [] }]), secured({ email, key }, [{ email: [] }, { key: [] }]), []],
  ['nobody has to say who asks', secured({}, []), secured({ email }, [{ email: [] }]), ['missing-security security']],
  [
    'a permission dropped',
    { operation: { 'x-api-token-group': ['Read', 'Write'] } },
    { operation: { 'x-api-token-group': ['Read'] } },
    ['missing-permission permissions'],
  ],
  ['permissions that we do not speak of', { operation: { 'x-api-token-group': ['Read'] } }, {}, []],
]

for (const [title, theirs, ours, expected] of rows) {
  test(`between operations: ${title}`, () => {
    assert.deepEqual(found(tinyContract(ours), tinyContract(theirs)), expected)
  })
}
