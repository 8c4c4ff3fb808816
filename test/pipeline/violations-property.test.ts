/** Whatever is sent: lenient finds a violation exactly where strict refuses, and serves what it served before. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Violation } from '../../schemas/exchanges.ts'
import { compileDropping, compileQuery } from '../../server/ajv.ts'
import { parseQuery } from '../../server/pipeline/query.ts'
import { type RequestMode, validation } from '../../server/pipeline/validation.ts'
import { requested } from '../../server/readings.ts'
import type { Endpoint } from '../../server/resource.ts'
import { resources } from '../../server/resources/index.ts'
import { writes } from '../contract/calls.ts'
import { spoiled } from '../fuzz/hostile.ts'
import { query as anyQuery } from '../fuzz/targets.ts'

const SEED = 20261121

interface Sent {
  query: string
  body: unknown
  contentType: string | undefined
}

interface Judged {
  refusal: Error | undefined
  violations: readonly Violation[] | undefined
  header: string | undefined
  query: unknown
  body: unknown
}

/** What one mode makes of a request. */
function judge(check: ReturnType<typeof validation>, { query, body, contentType }: Sent): Judged {
  const entry: { violations?: Violation[] } = {}
  const request = { url: `/x?${query}`, query: parseQuery(query), body: structuredClone(body), contentType, entry }
  let header: string | undefined
  let refusal: Error | undefined
  const reply = { header: (_: string, value: string) => (header = value) }
  const done = (error?: Error) => {
    refusal = error
  }
  Reflect.apply(check, undefined, [request as unknown as FastifyRequest, reply as unknown as FastifyReply, done])
  return { refusal, violations: entry.violations, header, query: request.query, body: request.body }
}

/** What a behaviour was given before there were violations, or undefined when it was not even asked. */
function before({ operation }: Endpoint, { query, body }: Sent): { query: unknown; body: unknown } | undefined {
  const sent = structuredClone(body) ?? null
  const isUnread = operation.body === undefined || (operation.bodyOptional && sent === null)
  if (operation.body && !isUnread && compileDropping(requested(operation.body, 'lenient'))(sent)) return undefined
  const read = parseQuery(query) as Record<string, unknown>
  for (const [name, property] of Object.entries(operation.query.properties as Record<string, { items?: object }>)) {
    if (!property.items || !('enum' in property.items) || read[name] === undefined) continue
    read[name] = [read[name]].flat().flatMap((text) => String(text).split(','))
  }
  return compileQuery(requested(operation.query, 'lenient'), false)(read) ? undefined : { query: read, body: sent }
}

const VALID = writes.flatMap(({ key, succeed }) => succeed.map(([, body]) => ({ key, body })))

/** Bodies that an operation takes, and bodies near to those, or near to those that another takes. */
function bodiesOf({ operation }: Endpoint): fc.Arbitrary<unknown> {
  if (!operation.body) return fc.constant(undefined)
  const key = `${operation.method} ${operation.path.replace(/(?<!:):(\w+)(?:\([^)]*\))?/g, '{$1}').replace('::', ':')}`
  const own = VALID.filter((valid) => valid.key === key)
  const near = (own.length > 0 ? own : VALID).map(({ body }) =>
    spoiled(body).map((text) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        return undefined
      }
    }),
  )
  // Some are so small that whatever is done to them spoils them.
  return fc.oneof(...near, ...own.map(({ body }) => fc.constant(body)))
}

const contentTypes = fc.constantFrom('application/json', 'application/json', 'text/plain', undefined)

for (const endpoint of resources.flatMap(({ endpoints }) => endpoints)) {
  const { operation } = endpoint
  const seen = new Set<string>()
  const modes: Record<RequestMode, ReturnType<typeof validation>> = {
    lenient: validation(endpoint, 'lenient'),
    strict: validation(endpoint, 'strict'),
  }

  test(`${operation.id}: lenient finds a violation exactly where strict refuses`, () => {
    const names = Object.keys(operation.query.properties)
    const ownQuery = fc
      .array(fc.tuple(fc.constantFrom('x', ...names, ...names), fc.constantFrom('1', '5', '0x10', '99', 'asc', 'a')), {
        maxLength: 2,
      })
      .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'))
    const range = [
      names.includes('since') && 'since=2026-01-01&before=2026-12-31&',
      names.includes('action_time') && 'action_time=2026-01-01T00:00:00Z&',
    ]
    const sent = fc.record({
      query: fc.oneof(ownQuery, ownQuery, anyQuery).map((query) => range.filter(Boolean).join('') + query),
      body: bodiesOf(endpoint),
      contentType: contentTypes,
    })
    const property = fc.property(sent, (request) => {
      const [lenient, strict] = [judge(modes.lenient, request), judge(modes.strict, request)]
      const taken = before(endpoint, request)
      assert.equal(lenient.refusal === undefined, taken !== undefined, 'lenient takes what it took before')
      // Strict takes some numbers that lenient does not: the contract has no whole numbers for pages.
      if (lenient.refusal) return assert.equal(lenient.violations, undefined)
      seen.add(lenient.violations ? 'violations' : 'none')
      assert.equal(lenient.violations === undefined, strict.refusal === undefined)
      assert.deepEqual(lenient.violations, strict.violations, 'both write down the same')
      assert.equal(lenient.header, strict.header)
      if (lenient.violations) assert.ok(lenient.violations.length > 0 && lenient.header !== undefined)
      assert.deepEqual({ ...(lenient.query as object) }, { ...(taken?.query as object) })
      if (operation.body) assert.deepEqual(lenient.body ?? null, taken?.body)
    })
    fc.assert(property, { seed: SEED, numRuns: 300 })
    const expected = operation.deprecated ? ['violations'] : ['none', 'violations']
    assert.deepEqual([...seen].sort(), expected, 'both happen')
  })
}
