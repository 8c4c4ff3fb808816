/**
 * Holds the comparison against the vendor's own document: it must find nothing when that is compared with itself, and
 * every one of the ways in which ours could fall behind.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { writeDocument } from '../../server/document.ts'
import { drift, unlisted } from '../../server/drift/compare.ts'
import type { OpenApiDocument } from '../../server/drift/document.ts'
import { readExceptions } from '../../server/drift/exceptions.ts'
import { isObject, type JsonObject } from '../../server/drift/json.ts'

const EXCEPTIONS = new URL('../../schemas/exceptions.json', import.meta.url)
const documented = await upstream('documented')
const extended = await upstream('extended')

async function upstream(name: string): Promise<OpenApiDocument | undefined> {
  const file = new URL(`../../../shared/upstream/openapi.${name}.json`, import.meta.url)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : JSON.parse(text)
}

const skip = documented && extended ? false : 'the vendor’s document is not here'

for (const [name, document] of Object.entries({ documented, extended })) {
  test(`the ${name} document does not differ from itself`, { skip }, () => {
    assert.deepEqual(drift(document as OpenApiDocument, document as OpenApiDocument, []).differences, [])
  })
}

for (const [name, document] of Object.entries({ documented, extended })) {
  test(`our document differs from the ${name} one in nothing that is not listed`, { skip }, async () => {
    const exceptions = readExceptions(JSON.parse(await readFile(EXCEPTIONS, 'utf8')))
    const report = drift(await writeDocument(), document as OpenApiDocument, exceptions)
    assert.equal(report.operations, name === 'documented' ? 31 : 95)
    assert.deepEqual(unlisted(report), [])
    assert.ok(report.differences.length > 0, 'some are listed')
  })
}

test('the operations that only we have are no difference', { skip }, () => {
  assert.deepEqual(drift(extended as OpenApiDocument, documented as OpenApiDocument, []).differences, [])
})

test('the operations that we lack are one difference each', { skip }, () => {
  const report = drift(documented as OpenApiDocument, extended as OpenApiDocument, [])
  assert.deepEqual(new Set(report.differences.map(({ kind }) => kind)), new Set(['missing-operation']))
  assert.equal(report.differences.length, 95 - 31)
})

/** A change to a copy of the document, at a JSON path of names; `undefined` strikes the member out. */
type Change = [path: string[], member: string | number, value: unknown]

const schema = (...path: string[]) => ['components', 'schemas', ...path]
const operation = (method: string, path: string, ...rest: string[]) => ['paths', path, method, ...rest]
const media = ['content', 'application/json', 'schema']
const members = '/accounts/{account_id}/members'
const tokens = '/accounts/{account_id}/tokens'

const changes: [title: string, change: Change, found: string][] = [
  [
    'an operation',
    [operation('get', members).slice(0, 2), 'get', undefined],
    'missing-operation GET /accounts/{account_id}/members operation',
  ],
  ['an operation id', [operation('get', '/accounts'), 'operationId', 'list'], 'operation-id GET /accounts operation'],
  [
    'a parameter',
    [operation('get', '/accounts', 'parameters'), 0, undefined],
    'missing-parameter GET /accounts query name',
  ],
  [
    'an order',
    [operation('get', '/accounts', 'parameters', '3', 'schema'), 'enum', ['asc']],
    'missing-enum-value GET /accounts query direction',
  ],
  [
    'a page size',
    [operation('get', '/accounts', 'parameters', '2', 'schema'), 'maximum', 20],
    'narrower-request GET /accounts query per_page',
  ],
  [
    'a limit of a page size',
    [operation('get', '/accounts', 'parameters', '2', 'schema'), 'maximum', undefined],
    'missing-limit GET /accounts query per_page',
  ],
  [
    'a default',
    [operation('get', '/accounts', 'parameters', '2', 'schema'), 'default', 25],
    'missing-default GET /accounts query per_page',
  ],
  [
    'the type of a parameter',
    [operation('get', '/accounts', 'parameters', '1', 'schema'), 'type', 'integer'],
    'narrower-request GET /accounts query page',
  ],
  [
    'a parameter made required',
    [operation('get', '/accounts', 'parameters', '0'), 'required', true],
    'narrower-request GET /accounts query name',
  ],
  [
    'a list written another way',
    [operation('get', '/accounts/{account_id}/logs/audit', 'parameters', '2'), 'explode', false],
    'serialisation GET /accounts/{account_id}/logs/audit query action_result',
  ],
  [
    'a value of a list',
    [operation('get', '/accounts/{account_id}/logs/audit', 'parameters', '2', 'schema', 'items'), 'enum', ['success']],
    'missing-enum-value GET /accounts/{account_id}/logs/audit query action_result /0',
  ],
  [
    'credentials',
    [operation('get', `${tokens}/verify`), 'security', [{ api_email: [], api_key: [] }]],
    'missing-security GET /accounts/{account_id}/tokens/verify security',
  ],
  [
    'permissions',
    [operation('get', members), 'x-api-token-group', []],
    'missing-permission GET /accounts/{account_id}/members permissions',
  ],
  [
    'a success',
    [operation('put', '/accounts/{account_id}/profile', 'responses'), '204', undefined],
    'missing-response PUT /accounts/{account_id}/profile response 204',
  ],
  [
    'the failures',
    [operation('get', '/accounts', 'responses'), '4XX', undefined],
    'missing-response GET /accounts response 4XX',
  ],
  [
    'a request body',
    [operation('post', tokens), 'requestBody', undefined],
    'missing-body POST /accounts/{account_id}/tokens request body',
  ],
  [
    'an alternative of a body',
    [
      operation('post', members, 'requestBody', ...media),
      'anyOf',
      [{ $ref: '#/components/schemas/iam_create-member-with-roles' }],
    ],
    'missing-field POST /accounts/{account_id}/members request body /policies',
  ],
  [
    'a field of a response',
    [schema('iam_account', 'properties'), 'name', undefined],
    'missing-field GET /accounts response 200 /result/0/name',
  ],
  [
    'the type of a field',
    [schema('iam_account', 'properties', 'settings', 'properties', 'enforce_twofactor'), 'type', 'string'],
    'type GET /accounts response 200 /result/0/settings/enforce_twofactor',
  ],
  [
    'a field that may be null',
    [schema('iam_account', 'properties', 'name'), 'nullable', true],
    'wider-response GET /accounts response 200 /result/0/name',
  ],
  [
    'a field that is never null',
    [schema('iam_first_name'), 'nullable', undefined],
    'missing-null GET /accounts/{account_id}/members response 200 /result/0/user/first_name',
  ],
  [
    'a longer field',
    [schema('iam_account', 'properties', 'name'), 'maxLength', 101],
    'wider-response GET /accounts response 200 /result/0/name',
  ],
  [
    'a required field of a response',
    [schema('iam_account'), 'required', ['name']],
    'missing-required GET /accounts response 200 /result/0/id',
  ],
  [
    'a required field of a request',
    [schema('iam_token_body'), 'required', ['name']],
    'missing-required PUT /accounts/{account_id}/tokens/{token_id} request body /policies',
  ],
  [
    'a field a request must have',
    [schema('iam_token_body'), 'required', ['name', 'policies', 'status']],
    'narrower-request PUT /accounts/{account_id}/tokens/{token_id} request body /status',
  ],
  [
    'a limit of a request',
    [schema('iam_name'), 'maxLength', 100],
    'narrower-request POST /accounts/{account_id}/tokens request body /name',
  ],
  [
    'a failure without its null',
    [schema('iam_api-response-common-failure', 'properties', 'result'), 'enum', undefined],
    'wider-response GET /accounts response 4XX /result',
  ],
  [
    'a success that may fail',
    [schema('iam_response_collection_accounts', 'properties', 'success'), 'enum', undefined],
    'wider-response GET /accounts response 200 /success',
  ],
  [
    'other fields',
    [schema('iam_token_base'), 'additionalProperties', false],
    'narrower-request PUT /accounts/{account_id}/tokens/{token_id} request body',
  ],
  [
    'a format',
    [schema('iam_expires_on'), 'format', undefined],
    'missing-limit GET /accounts/{account_id}/tokens response 200 /result/0/expires_on',
  ],
  ['a schema', [schema(), 'iam_role', undefined], 'unreadable GET /accounts/{account_id}/roles response 200 /result/0'],
]

for (const [title, change, expected] of changes) {
  test(`finds that ours differs in ${title}`, { skip }, () => {
    const ours = structuredClone(documented as OpenApiDocument)
    apply(ours, change)
    const report = drift(ours, documented as OpenApiDocument, [])
    const lines = unlisted(report).map((each) => `${each.kind} ${each.operation} ${each.where}`)
    assert.ok(lines.includes(expected), lines.join('\n'))
  })
}

function apply(document: OpenApiDocument, [path, member, value]: Change): void {
  const target = path.reduce<unknown>((node, name) => (node as JsonObject | undefined)?.[name], document)
  if (Array.isArray(target)) {
    target.splice(Number(member), 1, ...(value === undefined ? [] : [value]))
    return
  }
  assert.ok(isObject(target), `nothing at ${path.join(' ')}`)
  if (value === undefined) assert.ok(member in target, `nothing at ${path.join(' ')} ${member}`)
  Object.assign(target, { [member]: value })
  if (value === undefined) Reflect.deleteProperty(target, member)
}
