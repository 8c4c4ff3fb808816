/** The header `Prefer`: what a client may ask for of one request, and how it may write it. RFC 7240. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiFailure } from '../../server/errors.ts'
import { applied, type Preferences, preferencesOf } from '../../server/pipeline/prefer.ts'
import { failureOf, simulator, TOKEN } from '../simulator.ts'

const understood: [header: string, preferences: Preferences | undefined][] = [
  ['code=503', { code: 503 }],
  ['wait=3', { wait: 3 }],
  ['wait=0', { wait: 0 }],
  ['wait=0.25', { wait: 0.25 }],
  ['code=400', { code: 400 }],
  ['code=599', { code: 599 }],
  ['wait=3600', { wait: 3600 }],
  ['code=429, wait=3', { code: 429, wait: 3 }],
  ['code=429,wait=3', { code: 429, wait: 3 }],
  ['respond-async, wait=3', { wait: 3 }],
  ['return=minimal; foo="some, parameter", code=404', { code: 404 }],
  ['CODE=404, Wait=1', { code: 404, wait: 1 }],
  ['code="404"', { code: 404 }],
  ['code="\\4\\0\\4"', { code: 404 }],
  ['code = 404', { code: 404 }],
  ['  code=404  ', { code: 404 }],
  ['code=404; because="I say so"; x', { code: 404 }],
  ['foo="code=500, wait=9", wait=1', { wait: 1 }],
  ['foo="a \\", code=500", wait=1', { wait: 1 }],
  [', ,code=404,,', { code: 404 }],
  ['code=404, code=500', { code: 404 }],
  ['code=404, code=nonsense', { code: 404 }],
  ['', undefined],
  ['respond-async', undefined],
  ['return=representation; code=500', undefined],
  ['handling=lenient, example=cat, dynamic=true', undefined],
  ['codes=500, xwait=1, wait-for=2', undefined],
  ['toString, __proto__=1, constructor="x"', undefined],
  ['="404"', undefined],
  ['"code=404"', undefined],
  ['foo="never closed, code=500', undefined],
]

for (const [header, preferences] of understood) {
  test(`"${header}" means ${preferences ? JSON.stringify(preferences) : 'nothing here'}`, () => {
    assert.deepEqual(preferencesOf(header), preferences)
  })
}

const refused: [header: string, problem: string][] = [
  ['code=200', '"code" must be a number from 400 to 599, not "200".'],
  ['code=399', '"code" must be a number from 400 to 599, not "399".'],
  ['code=600', '"code" must be a number from 400 to 599, not "600".'],
  ['code=404.5', '"code" must be a number from 400 to 599, not "404.5".'],
  ['code=4e2', '"code" must be a number from 400 to 599, not "4e2".'],
  ['code=0x1f4', '"code" must be a number from 400 to 599, not "0x1f4".'],
  ['code="not found"', '"code" must be a number from 400 to 599, not "not found".'],
  ['code', '"code" must be a number from 400 to 599, not nothing.'],
  ['code=""', '"code" must be a number from 400 to 599, not nothing.'],
  ['wait=-1', '"wait" must be a number from 0 to 3600, in seconds, not "-1".'],
  ['wait=3601', '"wait" must be a number from 0 to 3600, in seconds, not "3601".'],
  ['wait=Infinity', '"wait" must be a number from 0 to 3600, in seconds, not "Infinity".'],
  ['code=404, wait=soon', '"wait" must be a number from 0 to 3600, in seconds, not "soon".'],
]

for (const [header, problem] of refused) {
  test(`"${header}" is refused`, () => {
    assert.throws(
      () => preferencesOf(header),
      (error) => {
        assert.ok(error instanceof ApiFailure)
        assert.deepEqual([error.status, error.message], [400, `Failed to read the header Prefer: ${problem}`])
        return true
      },
    )
  })
}

test('a header as long as a server takes it is read in no time', () => {
  for (const part of ['a', '"', 'a"', '\\', '"\\', ',', ';', 'a=', ' ']) {
    assert.equal(preferencesOf(part.repeat(16_000)), undefined, part)
  }
})

test('what was applied is said in the order of the parts', () => {
  assert.equal(applied({ wait: 0.5, code: 429 }), 'code=429, wait=0.5')
  assert.equal(applied({ wait: 0 }), 'wait=0')
  assert.equal(applied({ code: 503 }), 'code=503')
})

const authorization = `Bearer ${TOKEN}`

test('a preferred status is answered in the envelope, and said to have been applied', async (t) => {
  const { call } = await simulator(t)
  for (const code of [400, 404, 429, 503, 599]) {
    const reply = await call('GET /accounts', { headers: { authorization, prefer: `code=${code}` } })
    assert.equal(reply.status, code)
    assert.equal(reply.body.success, false)
    assert.equal(reply.headers['preference-applied'], `code=${code}`)
    assert.equal(reply.headers['fauxflare-fault'], 'prefer')
  }
})

test('a preferred wait is waited, and the operation runs', async (t) => {
  const { call } = await simulator(t)
  const timers = t.mock.method(globalThis, 'setTimeout')
  const headers = { authorization, prefer: 'wait=0.017' }
  const reply = await call('POST /accounts', { headers, body: { name: 'awaited' } })
  assert.deepEqual(
    timers.mock.calls.map(({ arguments: [, ms] }) => ms).filter((ms) => ms === 17),
    [17],
  )
  assert.equal(reply.body.result.name, 'awaited')
  assert.equal(reply.headers['preference-applied'], 'wait=0.017')
})

test('several lines of the header are one list', async (t) => {
  const { app } = await simulator(t)
  const headers = { authorization, prefer: ['respond-async', 'code=503', 'wait=0'] }
  const answer = await app.inject({ url: '/accounts', headers: headers as never })
  assert.equal(answer.statusCode, 503)
  assert.equal(answer.headers['preference-applied'], 'code=503, wait=0')
})

test('a preference that cannot be is refused in the envelope, whatever the operation, and changes nothing', async (t) => {
  const { call } = await simulator(t)
  const headers = { authorization, prefer: 'code=200' }
  const before = (await call('GET /accounts')).body.result_info.total_count
  const reply = await call('POST /accounts', { headers, body: { name: 'never' } })
  const words = 'Failed to read the header Prefer: "code" must be a number from 400 to 599, not "200".'
  assert.deepEqual(failureOf(reply), [400, 10400, words])
  assert.equal(reply.headers['preference-applied'], undefined)
  assert.equal((await call('GET /accounts')).body.result_info.total_count, before)
})

test('preferences that mean nothing here are ignored', async (t) => {
  const { call } = await simulator(t)
  const reply = await call('GET /accounts', { headers: { authorization, prefer: 'respond-async, return=minimal' } })
  assert.equal(reply.status, 200)
  assert.equal(reply.headers['preference-applied'], undefined)
  assert.equal(reply.headers['fauxflare-fault'], undefined)
})
