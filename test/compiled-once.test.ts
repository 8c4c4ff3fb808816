/** What one simulator has compiled serves every other of its process: Ajv keeps all that it compiles. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Type } from 'typebox'
import { compile } from '../server/ajv.ts'
import { closed } from '../server/readings.ts'
import { ACCOUNT, simulator } from './simulator.ts'

const members = `/accounts/${ACCOUNT}/members`

/** Requests that are right, that break the contract, and that are refused, so that every kind of check is asked. */
const REQUESTS: [request: string, body?: unknown][] = [
  ['GET /accounts?per_page=5'],
  ['GET /accounts?pages=2'],
  ['GET /accounts?page=x'],
  ['POST /accounts', { name: 'a' }],
  ['POST /accounts', { name: 'a', colour: 'red' }],
  ['POST /accounts', { name: 7 }],
  [`GET ${members}`],
  [`POST ${members}`, { email: 7 }],
  ['GET /nowhere'],
]

/** How many validators are compiled: Ajv writes each as the source of a function. */
async function compiled(t: TestContext, act: () => unknown): Promise<number> {
  const { mock } = t.mock.method(globalThis, 'Function')
  await act()
  mock.restore()
  return mock.calls.filter(({ arguments: texts }) => String(texts.at(-1)).includes('return function validate')).length
}

async function drive(t: TestContext): Promise<void> {
  for (const requests of ['lenient', 'strict'] as const) {
    const { call } = await simulator(t, { requests, seed: 7 })
    for (const [request, body] of REQUESTS) await call(request, body === undefined ? {} : { body })
  }
}

test('Another simulator of the same process compiles nothing', async (t) => {
  await drive(t)
  assert.equal(await compiled(t, () => drive(t)), 0)
})

test('A schema that is new is compiled once', async (t) => {
  const schema = Type.Object({ a: Type.String() })
  assert.equal(await compiled(t, () => compile(closed(schema))({ a: 'x' })), 1)
  assert.equal(await compiled(t, () => compile(closed(schema))({ a: 'x' })), 0)
})
