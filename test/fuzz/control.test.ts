/** The control API, asked with anything: a problem that says why, never a failure of the server. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CONTROL_CALLS } from '../../schemas/control.ts'
import { simulator } from '../simulator.ts'

/** Fields of every body that there is, and some that every object has. */
const KEYS = [
  ...['match', 'when', 'effect', 'sequence', 'name', 'error', 'delay', 'connection', 'status', 'times', 'every'],
  ...['after', 'between', 'probability', 'operation', 'path', 'header', 'method', 'body', 'query', 'exactly', 'mode'],
  ...['now', 'by', 'fixtures', 'seed', 'stateless', 'clock', 'version', 'tables', 'aliases', 'random', 'preset'],
  ...['spoil', 'set', 'value', 'stale', 'ms', 'type', 'toxicity', 'attributes', 'constructor', 'toString', ''],
]
const VALUES: unknown[] = [
  ...['reset', 'hang', 'flaky', 'account-creation', 'GET', '/accounts/**', '[', '!(', '2026-11-21T10:00:00Z', 'P1D'],
  ...['latency', 'docs', 'real', 'frozen', '/result', '/', '', -1, 0, 1, 503, 1e308, 0.5, null, true],
]
const leaf = fc.oneof(fc.constantFrom(...VALUES), fc.string())
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
  body: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('body'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('body'), { maxKeys: 5 }),
  ),
}))
const text = fc.oneof(fc.constantFrom('1', '0', '4xx', '[', '{a', '!(', 'x'.repeat(5000), '9'.repeat(30)), fc.string())
const query = fc.array(
  fc.tuple(
    fc.constantFrom('operation', 'method', 'path', 'status', 'since', 'limit', 'cursor', 'from', '__proto__', 'a[b]'),
    text.map((value) => encodeURIComponent(Buffer.from(value).toString())),
  ),
  { maxLength: 3 },
)

test('Nothing that is sent to it is a 500, and everything that is refused is a problem', async (t) => {
  const { app } = await simulator(t)
  const request = fc.tuple(fc.constantFrom(...CONTROL_CALLS), fc.constantFrom('', '/sandboxes/w1'), body, query)
  await fc.assert(
    fc.asyncProperty(request, async ([{ method, path }, sandbox, sent, pairs]) => {
      const search = pairs.map((pair) => pair.join('=')).join('&')
      const answer = await app.inject({
        method,
        url: `${sandbox}/_fauxflare${path.replace(/:\w+/, 'x')}${search && `?${search}`}`,
        ...(method.startsWith('P') && {
          headers: { 'content-type': 'application/json' },
          payload: JSON.stringify(sent),
        }),
      })
      assert.ok(answer.statusCode < 500, answer.body)
      if (answer.statusCode >= 400) assert.equal(answer.headers['content-type'], 'application/problem+json')
    }),
    { numRuns: 1500, seed: 20261121 },
  )
})

const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`

test('Data of any depth is taken or refused', async (t) => {
  const { app } = await simulator(t)
  for (const { method, path } of CONTROL_CALLS.filter((call) => call.body)) {
    for (const payload of [
      deep,
      `[${deep}]`,
      `{"match":{"body":${deep}}}`,
      `{"effect":{"spoil":[{"set":"/result","value":${deep}}]}}`,
      `{"version":2,"tables":{"accounts":${deep}}}`,
    ]) {
      const url = `/_fauxflare${path.replace(/:\w+/, 'x')}`
      const answer = await app.inject({ method, url, headers: { 'content-type': 'application/json' }, payload })
      assert.ok(answer.statusCode < 500, `${method} ${path} ${payload.slice(0, 50)}: ${answer.body.slice(0, 300)}`)
    }
  }
  for (const path of ['faults', 'requests', 'report', 'state']) {
    assert.equal((await app.inject(`/_fauxflare/${path}`)).statusCode, 200, path)
  }
})
