/** Credentials are read once: the same headers are the same caller, and other headers are not. */
import assert from 'node:assert/strict'
import type { IncomingHttpHeaders } from 'node:http'
import { test } from 'node:test'
import fc from 'fast-check'
import { Callers } from '../../server/pipeline/callers.ts'
import { EMAIL, KEY, TOKEN } from '../simulator.ts'

const OTHER_KEY = KEY.replace('1', '2')

/** What headers come to: a caller, or the failure. */
function read(callers: Callers, headers: IncomingHttpHeaders): unknown {
  try {
    return callers.of(headers)
  } catch (failure) {
    return JSON.stringify(failure)
  }
}

const header = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
const headers = fc.record({
  authorization: header(`Bearer ${TOKEN}`, ` bearer  ${TOKEN} `, 'Bearer x', 'Basic x', ''),
  'x-auth-email': header(EMAIL, EMAIL.toUpperCase(), 'nobody', ''),
  'x-auth-key': header(KEY, OTHER_KEY, 'x', ''),
  'x-auth-user-service-key': header('v1.0-x', ''),
})

test('whatever was sent before, headers come to what they come to at first', () => {
  const callers = new Callers()
  fc.assert(
    fc.property(headers, (sent) => {
      assert.deepEqual(read(callers, sent), read(new Callers(), sent))
    }),
    { seed: 6, numRuns: 2000 },
  )
})

test('the same headers are the same object each time', () => {
  const callers = new Callers()
  const [token, pair] = [{ authorization: `Bearer ${TOKEN}` }, { 'x-auth-email': EMAIL, 'x-auth-key': KEY }]
  const first = [callers.of(token), callers.of(pair)]
  assert.deepEqual([callers.of({ ...token }), callers.of({ ...pair })], first)
  assert.ok([callers.of({ ...token }), callers.of({ ...pair })].every((caller, at) => caller === first[at]))
})

test('whatever anybody sends, so many callers are remembered at most, and nothing that is long or malformed', () => {
  const callers = new Callers()
  const tokenOf = (n: number) => `${n}`.padStart(40, 'x')
  for (let n = 0; n < 5000; n += 1) {
    assert.equal(callers.of({ authorization: `Bearer ${tokenOf(n)}` }).token, tokenOf(n))
    assert.ok(callers.size <= 1000, `${callers.size}`)
  }
  // As many as an account may have tokens fit in.
  const few = new Callers()
  const all = Array.from({ length: 500 }, (_, n) => few.of({ authorization: `Bearer ${tokenOf(n)}` }))
  for (const [n, caller] of all.entries()) assert.equal(few.of({ authorization: `Bearer ${tokenOf(n)}` }), caller)
  const none = new Callers()
  const padding = ' '.repeat(4000)
  assert.equal(none.of({ authorization: `Bearer ${padding}${TOKEN}` }).token, TOKEN)
  assert.equal(none.of({ authorization: `Bearer ${TOKEN}`, 'x-auth-email': 'x'.repeat(4000) }).token, TOKEN)
  read(none, { authorization: 'Bearer x' })
  assert.equal(none.size, 0)
})
