/** The control API in the OpenAPI document: every call, as its schemas say. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CONTROL_CALLS } from '../../schemas/control.ts'
import { simulator } from '../simulator.ts'

interface Documented {
  operationId: string
  tags: string[]
  security: object[]
  requestBody?: { required: boolean }
  parameters?: { name: string; in: string }[]
  responses: Record<string, { content?: Record<string, unknown> }>
}

test('Every call is in the document, under a tag and below servers of its own', async (t) => {
  const { app } = await simulator(t)
  const { paths, tags } = (await app.inject('/openapi.json')).json()
  assert.deepEqual(
    tags.map(({ name }: { name: string }) => name),
    ['Control'],
  )
  for (const call of CONTROL_CALLS) {
    const { id, method, path, status, statusAgain, answer, body, query, params, bodyOptional, defaultOnly } = call
    const item = paths[`/_fauxflare${path.replace(/:(\w+)/g, '{$1}')}`]
    const operation: Documented = item?.[method.toLowerCase()]
    assert.equal(operation?.operationId, id)
    assert.deepEqual(operation.tags, ['Control'])
    const servers = item.servers.map(({ url }: { url: string }) => url)
    assert.deepEqual(servers, defaultOnly ? ['/'] : ['/', '/sandboxes/{sandbox}'], id)
    assert.equal(operation.requestBody?.required, body && !bodyOptional, id)
    assert.deepEqual(
      (operation.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`).sort(),
      [
        ...Object.keys(params?.properties ?? {}).map((name) => `path ${name}`),
        ...Object.keys(query?.properties ?? {}).map((name) => `query ${name}`),
      ].sort(),
      id,
    )
    const done = operation.responses[status]
    assert.deepEqual(Object.keys(done?.content ?? {}), answer ? ['application/json'] : [], id)
    assert.equal(statusAgain === undefined || operation.responses[statusAgain] !== undefined, true, id)
    assert.deepEqual(Object.keys(operation.responses['4XX']?.content ?? {}), ['application/problem+json'], id)
  }
  const ours = Object.entries<object>(paths).filter(([path]) => path.startsWith('/_fauxflare'))
  const methods = ours.flatMap(([, item]) => Object.keys(item).filter((name) => name !== 'servers'))
  assert.equal(methods.length, CONTROL_CALLS.length)
})

test('The landing page names the control API', async (t) => {
  const { app } = await simulator(t)
  const { body } = await app.inject('/')
  assert.match(body, /http:\/\/localhost:80\/_fauxflare/)
  assert.match(body, /\/sandboxes\/any-name\/client\/v4/)
})
