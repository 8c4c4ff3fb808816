/** The document that is served: valid, whole, without what only the simulator reads, and true of its answers. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import type { FastifyInstance } from 'fastify'
import { resources } from '../../server/resources/index.ts'
import { simulator } from '../simulator.ts'
import { reads, writes } from './calls.ts'
import { readOperations } from './documented.ts'
import { shared } from './material.ts'

interface Operation {
  operationId: string
  tags: string[]
  security: Record<string, string[]>[]
  deprecated?: boolean
  parameters?: { name: string; in: string; required?: boolean; schema: unknown }[]
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
}
interface Served {
  openapi: string
  servers: { url: string }[]
  components: { securitySchemes: Record<string, unknown>; schemas: Record<string, unknown> }
  paths: Record<string, Record<string, Operation>>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

async function served(app: FastifyInstance): Promise<{ source: string; document: Served }> {
  const answer = await app.inject('/openapi.json')
  assert.equal(answer.statusCode, 200)
  assert.match(String(answer.headers['content-type']), /^application\/json/)
  return { source: answer.body, document: answer.json() }
}

/** `[GET /accounts, its operation]`, the control API left out. */
function simulated({ paths }: Served): [key: string, operation: Operation][] {
  return Object.entries(paths)
    .filter(([path]) => !path.startsWith('/_fauxflare'))
    .flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method]
        return operation ? [[`${method.toUpperCase()} ${path}`, operation] as [string, Operation]] : []
      }),
    )
}

/** What a linter says that is meant as it is. */
const MEANT: [rule: string, pointer: string, reason: string][] = [
  ['no-unused-components', '#/components/securitySchemes/user_service_key', 'taken, though no operation names it'],
]

test('a linter finds it to be valid OpenAPI 3.0.3', async (t) => {
  const { source, document } = await served((await simulator(t)).app)
  assert.equal(document.openapi, '3.0.3')
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      'no-invalid-schema-examples': 'error',
      'no-invalid-parameter-examples': 'error',
      'no-invalid-media-type-examples': 'error',
    },
  })
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  const unmeant = problems
    .map(({ ruleId, location, message }) => [ruleId, location[0]?.pointer, message])
    .filter(([rule, pointer]) => !MEANT.some((meant) => meant[0] === rule && meant[1] === pointer))
  assert.deepEqual(unmeant, [])
})

test('the linter would find what is wrong', async (t) => {
  const { source } = await served((await simulator(t)).app)
  const config = await createConfig({ extends: ['recommended-strict'] })
  for (const [right, wrong] of [
    ['"type":"string"', '"type":"text"'],
    ['"schemas/Account"', '"schemas/NoAccount"'],
    ['"operationId":"account-creation"', '"operationId":"accounts-list-accounts"'],
  ] as const) {
    const [from, to] = right.startsWith('"schemas') ? [right.slice(1), wrong.slice(1)] : [right, wrong]
    const spoiled = source.replace(from, to)
    assert.notEqual(spoiled, source, from)
    const problems = await lintFromString({ source: spoiled, absoluteRef: 'openapi.json', config })
    assert.ok(problems.length > MEANT.length, from)
  }
})

test('has every operation once, with tags, security and both kinds of answer', async (t) => {
  const { document } = await served((await simulator(t)).app)
  const operations = simulated(document)
  const declared = resources.flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))
  assert.equal(declared.length, 95)
  assert.equal(declared.filter(({ neighbour }) => !neighbour).length, 31)
  assert.deepEqual(operations.map(([, { operationId }]) => operationId).sort(), declared.map(({ id }) => id).sort())
  const all = Object.values(document.paths).flatMap((item) => METHODS.flatMap((method) => item[method] ?? []))
  assert.equal(new Set(all.map(({ operationId }) => operationId)).size, all.length)
  const schemes = Object.keys(document.components.securitySchemes)
  for (const [key, operation] of operations) {
    const { status = 200, deprecated = false, notFound } = declared.find(({ id }) => id === operation.operationId) ?? {}
    assert.ok(operation.tags.length === 1 && operation.tags[0], `${key} has no tag`)
    assert.ok(operation.security.length > 0, `${key} has no security`)
    for (const name of operation.security.flatMap(Object.keys)) assert.ok(schemes.includes(name), `${key}: ${name}`)
    assert.equal(operation.deprecated ?? false, deprecated, key)
    const statuses = [String(status), ...(notFound ? ['404'] : []), '4XX']
    assert.deepEqual(Object.keys(operation.responses), statuses, key)
    for (const [code, { description, content }] of Object.entries(operation.responses)) {
      assert.ok(description, `${key} ${code} has no description`)
      assert.deepEqual(Object.keys(content ?? {}), code === '204' ? [] : ['application/json'], `${key} ${code}`)
    }
    const inPath = [...key.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    assert.deepEqual(named.map(({ name }) => name).sort(), inPath.sort(), key)
  }
})

test('names, paths and tags are those of the contract', {
  skip: shared('contract/operations.json').skip,
}, async (t) => {
  const { document } = await served((await simulator(t)).app)
  const contract = JSON.parse(shared('contract/operations.json').text) as Record<string, string | boolean>[]
  const rows = contract.map(({ method, path, operationId, suggestedOperationId, tag }) => [
    `${method} ${path}`,
    operationId ?? suggestedOperationId,
    tag,
  ])
  const ours = simulated(document).map(([key, { operationId, tags }]) => [key, operationId, tags[0]])
  assert.deepEqual(ours.sort(), rows.sort())
  const isNeighbour = new Map(
    resources.flatMap(({ endpoints }) => endpoints.map(({ operation: { id, neighbour = false } }) => [id, neighbour])),
  )
  for (const { operationId, suggestedOperationId, documented } of contract) {
    const id = String(operationId ?? suggestedOperationId)
    assert.equal(isNeighbour.get(id), !documented, id)
  }
})

test('nothing that only the simulator reads is in it', async (t) => {
  const { source } = await served((await simulator(t)).app)
  for (const word of ['x-tolerated', '~kind', '~optional', '[object', 'undefined', 'def-0']) {
    assert.ok(!source.includes(word), word)
  }
})

test('every answer is what the document says', async (t) => {
  const { app, call, worlds } = await simulator(t)
  const operations = readOperations((await served(app)).document as unknown as Record<string, unknown>)
  for (const { key, succeed, fail } of [...reads, ...writes]) {
    const operation = operations.find((candidate) => candidate.key === key)
    assert.ok(operation, `${key} is not in the document`)
    for (const [request, body] of [...succeed, ...fail]) {
      worlds.reset()
      const reply = await call(request, body === undefined ? {} : { body })
      const problems = operation.problems(reply.status, reply.body)
      // Some refusals carry a code below the published minimum; the document says what is published.
      const isCode400 = reply.body?.errors?.[0]?.code === 400
      assert.deepEqual(isCode400 ? [] : problems, [], `${request} answered ${reply.text.slice(0, 300)}`)
    }
  }
})

test('Swagger UI is loaded when it is asked for, not before', async (t) => {
  const { cache } = createRequire(import.meta.url)
  const isLoaded = () => Object.keys(cache).some((path) => path.includes('swagger-ui'))
  const { app } = await simulator(t)
  await served(app)
  assert.equal(isLoaded(), false)
  const redirect = await app.inject('/docs')
  assert.deepEqual([redirect.statusCode, redirect.headers.location], [302, '/docs/'])
  const page = await app.inject('/docs/')
  assert.equal(page.statusCode, 200)
  assert.match(String(page.headers['content-type']), /^text\/html/)
  assert.match(page.body, /swagger-ui/)
  assert.equal(isLoaded(), true)
  for (const [, asset] of page.body.matchAll(/(?:src|href)="(\.[^"]+)"/g)) {
    assert.equal((await app.inject(`/docs/${asset}`)).statusCode, 200, asset)
  }
})
