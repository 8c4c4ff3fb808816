/** What users of the SDK see of faults: the right class of error, and that its retries do what they should. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT } from '../simulator.ts'
import { clientOf, collect, listening, refused, sdk } from './clients.ts'

const account_id = ACCOUNT
const role = '3536bcfad5faccb999b47003c79917fb'
const { APIConnectionError, APIConnectionTimeoutError } = sdk

/** Asks for a fault of one request. */
const asking = (fault: unknown) => ({
  headers: { 'Fauxflare-Fault': typeof fault === 'string' ? fault : JSON.stringify(fault) },
})

/** The statuses of what was answered; undefined where nothing was. */
const statuses = (cf: Awaited<ReturnType<typeof listening>>) =>
  cf.requests.all().map(({ response }) => response?.status)

test('a client that is told to wait after a 429 waits as long as it is told, and then gets its answer', async (t) => {
  const cf = await listening(t)
  cf.faults.add({ when: { times: 2 }, effect: { error: { status: 429, retry_after: 7 } } })
  const { setTimeout } = globalThis
  let waits = 0
  t.mock.method(globalThis, 'setTimeout', (then: (...given: unknown[]) => void, ms: number, ...given: unknown[]) => {
    if (ms === 7000) waits += 1
    return setTimeout(then, ms === 7000 ? 0 : ms, ...given)
  })
  const account = await clientOf(cf, { maxRetries: 2 }).accounts.get({ account_id })
  assert.equal(account.id, account_id)
  assert.equal(waits, 2)
  assert.deepEqual(statuses(cf), [429, 429, 200])
})

test('without a retry a 429 is a RateLimitError with its code and its header', async (t) => {
  const cf = await listening(t)
  const fault = { error: { status: 429, retry_after: 30 } }
  const error = await refused(clientOf(cf).accounts.get({ account_id }, asking(fault)))
  assert.ok(error instanceof sdk.RateLimitError)
  assert.deepEqual([error.errors[0]?.code, error.headers?.get('retry-after')], [971, '30'])
})

test('a service that is down for two calls is repeated until it is up', async (t) => {
  const cf = await listening(t)
  cf.faults.add({ when: { times: 2 }, effect: { error: { status: 503, retry_after: 0 } } })
  await clientOf(cf, { maxRetries: 2 }).accounts.get({ account_id })
  assert.deepEqual(statuses(cf), [503, 503, 200])
})

test('the third call fails, and then everything works again', async (t) => {
  const cf = await listening(t)
  cf.faults.add({ when: { after: 2, times: 1 }, effect: { error: { status: 500 } } })
  const client = clientOf(cf)
  const seen: (string | undefined)[] = []
  for (let i = 0; i < 4; i += 1) {
    const call = client.accounts.get({ account_id })
    seen.push(await call.then(() => 'fine').catch((error: Error) => error.constructor.name))
  }
  assert.deepEqual(seen, ['fine', 'fine', 'InternalServerError', 'fine'])
})

const broken: [fault: unknown, Class: { name: string; new (...args: never[]): Error }, message: RegExp][] = [
  ['reset', APIConnectionError, /Connection error/],
  ['close', APIConnectionError, /Connection error/],
  ['noise', APIConnectionError, /Connection error/],
  ['duplicate', APIConnectionError, /Connection error/],
  // The SDK has begun to read when these break off: what fetch throws comes through as it is.
  ['truncate', TypeError, /terminated/],
  ['garbage', TypeError, /terminated/],
]

for (const [fault, Class, message] of broken) {
  test(`${fault} is a ${Class.name}, and the next call works`, async (t) => {
    const cf = await listening(t)
    const client = clientOf(cf)
    await assert.rejects(client.accounts.get({ account_id }, asking(fault)), (error) => {
      assert.ok(error instanceof Class, `${error}`)
      assert.match(error.message, message)
      return true
    })
    assert.equal((await client.accounts.get({ account_id })).id, account_id)
  })
}

test('a connection that is reset once is tried again', async (t) => {
  const cf = await listening(t)
  cf.faults.add({ when: { times: 1 }, effect: 'reset' })
  const account = await clientOf(cf, { maxRetries: 1 }).accounts.get({ account_id })
  assert.equal(account.id, account_id)
  assert.deepEqual(statuses(cf), [undefined, 200])
})

test('a connection that hangs is an APIConnectionTimeoutError as soon as the client gives up', async (t) => {
  const cf = await listening(t)
  for (const fault of ['hang', { delay: 3_600_000 }]) {
    const call = clientOf(cf, { timeout: 20 }).accounts.get({ account_id }, asking(fault))
    await assert.rejects(call, (error) => error instanceof APIConnectionTimeoutError)
  }
})

test('a slow drip and a slow close are whole answers in the end', async (t) => {
  const client = clientOf(await listening(t))
  const whole = await client.accounts.get({ account_id })
  for (const connection of [{ drip: { bytes_per_s: 100_000 } }, { slow_close: { ms: 5 } }]) {
    assert.deepEqual(await client.accounts.get({ account_id }, asking({ connection })), whole)
  }
})

test('a status that is preferred is an error of its class', async (t) => {
  const client = clientOf(await listening(t))
  const classes = [
    [400, 'BadRequestError'],
    [401, 'AuthenticationError'],
    [403, 'PermissionDeniedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [422, 'UnprocessableEntityError'],
    [429, 'RateLimitError'],
    [502, 'InternalServerError'],
  ] as const
  for (const [code, name] of classes) {
    const headers = { Prefer: `code=${code}` }
    const error = await refused(client.accounts.members.get('any', { account_id }, { headers }))
    assert.deepEqual([error.status, error.constructor.name], [code, name])
  }
})

test('a lost answer to a change makes it happen twice when the client repeats it', async (t) => {
  const cf = await listening(t)
  const client = clientOf(cf, { maxRetries: 1 })
  cf.faults.add({ match: { method: 'POST' }, when: { times: 1 }, effect: 'duplicate' })
  await client.accounts.create({ name: 'Twice', type: 'standard' })
  const twins = await collect(client.accounts.list({ name: 'Twice' }))
  assert.equal(twins.length, 2)
})

test('where a thing can be there only once, the repetition is told that it is there already', async (t) => {
  const cf = await listening(t)
  cf.faults.add({ match: { method: 'POST' }, when: { times: 1 }, effect: 'duplicate' })
  const client = clientOf(cf, { maxRetries: 1 })
  const invitation = client.accounts.members.create({ account_id, email: 'new@example.com', roles: [role] })
  const error = await refused(invitation)
  assert.ok(error instanceof sdk.BadRequestError)
  assert.match(error.errors[0]?.message ?? '', /already exists/)
})

test('what was just made is not there yet for a reader who lags', async (t) => {
  const cf = await listening(t)
  const client = clientOf(cf)
  cf.faults.add('eventual')
  const { id } = await client.accounts.create({ name: 'Fresh', type: 'standard' })
  assert.equal((await refused(client.accounts.get({ account_id: id }))).status, 403)
  cf.clock.advance('PT2S')
  assert.equal((await client.accounts.get({ account_id: id })).name, 'Fresh')
})

test('a spoilt answer reaches whoever trusts it', async (t) => {
  const client = clientOf(await listening(t))
  const account = await client.accounts.get({ account_id }, asking({ spoil: { type: '/result/id' } }))
  assert.equal(typeof account.id, 'number')
})
